"""What each template of a theme is given beside what every template gets: the interface that a theme is written against.

A record for each template, a field for each name in it. The kinds of pages make them as plain mappings; a test holds the two
together.
"""

from __future__ import annotations

import msgspec

from ssg.asking import (
    ArticleView,
    Calendar,
    CalendarDay,
    Corrections,
    DayInHistory,
    History,
    IndexLetter,
    Link,
    Profile,
    RegionNews,
    SearchLinks,
    StandingView,
    Statistics,
    Story,
)
from ssg.model import Card, CountedTerm, Day, Listing, Term


class _Given(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a template is given."""


class Front(_Given, frozen=True):
    """The front page of each language. No article stands in two of these."""

    lead: Card | None  # the first of the desk's picks; where nothing is picked the newest article, one with a photo first
    picks: tuple[Card, ...]  # the next picks, at most four, in the editor's order
    latest: tuple[Card, ...]  # the newest other articles, at most six
    sections: tuple[tuple[CountedTerm, tuple[Card, ...]], ...]  # at most three of each, one with a photo first; full ones first
    regions: tuple[RegionNews, ...]  # at most six that have news left, with one article each


class Article(_Given, frozen=True):
    """An article. `body` is its text."""

    article: ArticleView  # all that its page shows of it
    related: tuple[Card, ...]  # Terkait: those named by hand first
    latest_then: tuple[Card, ...]  # Terkini as it stood when the article was published; () where the page holds today's
    before: Card | None  # the article just before it, in its section if it has one
    after: Card | None  # the article just after it
    story: Story | None  # its running story, and the steps of it just before and after the article
    translations: tuple[tuple[str, Link], ...]  # the same article in other languages, by their codes


class Withdrawn(_Given, frozen=True):
    """What is left of an article that the newsroom took back."""

    article: ArticleView  # show no more of it than its headline and `withdrawn`


class Standing(_Given, frozen=True):
    """A page without a date. `body` is its text."""

    standing: StandingView  # what it shows beside its text
    translations: tuple[tuple[str, Link], ...]  # the same page in other languages, by their codes


class Latest(_Given, frozen=True):
    """A page of the list of all articles."""

    listing: Listing  # one page of it


class OneTerm(_Given, frozen=True):
    """A page of a tag, person, section or region. `body` is what is written of it, on the front of its list."""

    term: Term  # which it is; a numbered page that is to hold for ever shows nothing of its count
    listing: Listing  # one page of its articles
    roles: tuple[str, ...]  # of a person: `editor`, `author` or both
    profile: Profile | None  # its years and the tags beside it; on the front of its list alone


class OneStory(_Given, frozen=True):
    """A page of a running story: a part of its timeline. `body` is what is written of it, on the front of its list."""

    term: Term  # which it is; a numbered page that is to hold for ever shows nothing of its count
    listing: Listing  # one page of its articles; `listing.cards|reverse` tells them from the beginning
    profile: Profile | None  # its years and its tags; on the front of its list alone


class Terms(_Given, frozen=True):
    """The list of all tags, people, sections, regions or stories."""

    taxonomy: str  # `tag`, `editor`, `section`, `region` or `story`
    terms: tuple[CountedTerm, ...]  # by name


class AllCorrections(_Given, frozen=True):
    """A page of the list of all corrections and withdrawals."""

    listing: Corrections  # one page of it


class Archive(_Given, frozen=True):
    """The picture of the whole archive."""

    history: History  # its years and their months


class InFigures(_Given, frozen=True):
    """The archive in figures."""

    statistics: Statistics  # all of them


class Index(_Given, frozen=True):
    """The front of the index of all tags, people, sections, regions and stories."""

    letters: tuple[IndexLetter, ...]  # those that have any


class Letter(_Given, frozen=True):
    """A letter of the index."""

    letter: Link  # which it is
    subjects: tuple[Term, ...]  # by name; nothing of how many articles each has, so that news change no page of the index


class Year(_Given, frozen=True):
    """A year."""

    calendar: Calendar  # the year; its parts are months


class Month(_Given, frozen=True):
    """A month."""

    calendar: Calendar  # the month; its parts are days
    days: tuple[tuple[Day, tuple[Card, ...]], ...]  # newest first, each with its articles


class OneDay(_Given, frozen=True):
    """A page of a day's list."""

    calendar: Calendar  # the day
    listing: Listing  # one page of its articles


class OnThisDay(_Given, frozen=True):
    """What was published on a day of the calendar, in any year."""

    day: DayInHistory  # the day, year by year


class EveryDay(_Given, frozen=True):
    """The days of the calendar, in any year."""

    months: tuple[tuple[CalendarDay, ...], ...]  # twelve, each with all of its days


class Block(_Given, frozen=True):
    """The page of a block, or below `blocks/` the bare content of it, for other pages to hold or fetch."""

    block: tuple[Card, ...]  # in order


class Regional(_Given, frozen=True):
    """The page of Kabar Daerah, or below `blocks/` the bare content of the block."""

    block: tuple[RegionNews, ...]  # the region with the newest article first


class Search(_Given, frozen=True):
    """The page on which all articles are searched, by the theme's `search.js`; a theme without that script has none."""

    search: SearchLinks  # what the script reads, and the address of the page itself


class NotFound(_Given, frozen=True):
    """The page of each language for an address that is not there: `404.html`."""

    latest: tuple[Card, ...]  # the newest articles, as many as the block shows


class Offline(_Given, frozen=True):
    """The page for readers without a connection. The script of `site.worker` lists there what the browser has kept."""


class Onward(_Given, frozen=True):
    """An address that leads on to another: an alias, or the place after the last page of a list."""

    target: str  # for `href`


CONTEXTS: dict[str, type[msgspec.Struct]] = {
    "front.html": Front,
    "article.html": Article,
    "withdrawn.html": Withdrawn,
    "page.html": Standing,
    "latest.html": Latest,
    "term.html": OneTerm,
    "story.html": OneStory,
    "terms.html": Terms,
    "corrections.html": AllCorrections,
    "archive.html": Archive,
    "statistics.html": InFigures,
    "index.html": Index,
    "letter.html": Letter,
    "year.html": Year,
    "month.html": Month,
    "day.html": OneDay,
    "on_this_day.html": OnThisDay,
    "every_day.html": EveryDay,
    "picks.html": Block,
    "popular.html": Block,
    "regional.html": Regional,
    "blocks/latest.html": Block,
    "blocks/picks.html": Block,
    "blocks/popular.html": Block,
    "blocks/regional.html": Regional,
    "search.html": Search,
    "not_found.html": NotFound,
    "offline.html": Offline,
    "onward.html": Onward,
}
