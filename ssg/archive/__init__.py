"""All Articles, and what is known of them together. It is asked; it is never changed."""

from ssg.archive.amendments import Amendment
from ssg.archive.archive import Archive, Sources
from ssg.archive.closed import Closed
from ssg.archive.edition import (
    TAXONOMIES,
    Edition,
    Group,
    Moment,
    Taxonomy,
    last_numbered,
    names_in,
    news_after,
    news_until,
    order,
)
from ssg.archive.faults import faults
from ssg.archive.figures import Figures, Gap, YearFigures, by_year, figures, fullest, tags_beside
from ssg.archive.indexed import Indexed
from ssg.archive.links import Found
from ssg.archive.searched import Searched

__all__ = [
    "TAXONOMIES",
    "Amendment",
    "Archive",
    "Closed",
    "Edition",
    "Figures",
    "Found",
    "Gap",
    "Group",
    "Indexed",
    "Moment",
    "Searched",
    "Sources",
    "Taxonomy",
    "YearFigures",
    "by_year",
    "faults",
    "figures",
    "fullest",
    "last_numbered",
    "names_in",
    "news_after",
    "news_until",
    "order",
    "tags_beside",
]
