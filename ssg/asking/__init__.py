"""Asking: a question and its answer. Pages and templates learn about the archive through this one door."""

from ssg.asking.door import Ask
from ssg.asking.filling import Filling
from ssg.asking.published import Published
from ssg.asking.questions import Bodies
from ssg.asking.views import (
    ArticleView,
    Calendar,
    CalendarDay,
    CorrectionCard,
    Corrections,
    DataLink,
    DayInHistory,
    FeedLink,
    FileSum,
    FrontNews,
    History,
    KeptOffline,
    Link,
    MonthFile,
    NewsEntry,
    Record,
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
    "CalendarDay",
    "CorrectionCard",
    "Corrections",
    "DataLink",
    "DayInHistory",
    "FeedLink",
    "FileSum",
    "Filling",
    "FrontNews",
    "History",
    "KeptOffline",
    "Link",
    "MonthFile",
    "NewsEntry",
    "Published",
    "Record",
    "RegionNews",
    "Role",
    "Site",
    "StandingView",
    "Story",
]
