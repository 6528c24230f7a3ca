"""Asking: a question and its answer. Pages and templates learn about the archive through this one door."""

from ssg.asking.door import Ask
from ssg.asking.filling import Filling
from ssg.asking.questions import Bodies
from ssg.asking.views import (
    ArticleView,
    Calendar,
    CorrectionCard,
    Corrections,
    FeedLink,
    FrontNews,
    Link,
    NewsEntry,
    RegionNews,
    Role,
    Site,
    StandingView,
    Story,
)

__all__ = [
    "ArticleView",
    "Ask",
    "Bodies",
    "Calendar",
    "CorrectionCard",
    "Corrections",
    "FeedLink",
    "Filling",
    "FrontNews",
    "Link",
    "NewsEntry",
    "RegionNews",
    "Role",
    "Site",
    "StandingView",
    "Story",
]
