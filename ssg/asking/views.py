"""What answers are made of, beside the shared types: small frozen values that a template may show."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from ssg.archive import Gap
from ssg.model import Card, Correction, CountedTerm, Day, Photo, Source, Term, Withdrawal, YearStatistics


class Link(msgspec.Struct, frozen=True):
    """A place to go: the text of the link, and where it leads. `current`: it is the page itself."""

    title: str  # the text of the link
    address: str  # for `href`
    current: bool = False  # it leads to the page itself


class FeedLink(msgspec.Struct, frozen=True):
    """A feed that a page names, in one format."""

    title: str  # what it is a feed of
    address: str  # for `href`
    type: str  # its media type: `application/rss+xml`


class Role(msgspec.Struct, frozen=True):
    """The people of an article in one role: `editor` or `author`."""

    name: str  # `editor` or `author`, which is a label too
    people: tuple[Term, ...]  # in the order in which they are written


class DrawnPicture(msgspec.Struct, frozen=True):
    """A picture of an article's headline, for shared links where it has no photo."""

    address: str  # for `src`
    width: int  # pixels
    height: int  # pixels
    alt: str  # what stands on it
    type: str = "image/png"  # its media type


class ArticleView(msgspec.Struct, frozen=True, kw_only=True):
    """What a template sees of the article whose page it renders."""

    id: str  # permanent, as feeds know it
    path: str  # its source file
    title: str  # its headline, as plain text
    address: str  # for `href`
    date: datetime  # in the site's time zone
    updated: datetime | None  # its last change, as its editor wrote it
    changed: datetime | None  # the same, or a later correction
    roles: tuple[Role, ...]  # who edited and wrote it; only roles that have people
    section: Term | None  # at most one
    regions: tuple[Term, ...]  # in the order in which they are written
    tags: tuple[Term, ...]  # in the order in which they are written
    source: Source | None  # who the news came from
    photo: Photo | None  # the lead photo
    drawn: DrawnPicture | None  # for shared links: its headline as a picture, if it has no photo and the settings want it
    summary: str  # one or two sentences, as plain text
    standfirst: str  # the summary if an editor wrote it, else "": it would repeat the first paragraph
    corrections: tuple[Correction, ...]  # in the order in which they are written
    withdrawn: Withdrawal | None  # set where the newsroom took it back
    draft: bool  # not published yet: only previews show it
    scheduled: bool  # dated after the moment of the build
    canonical: str  # the web address of its true page elsewhere, or ""
    language: str  # a BCP 47 code
    words: int  # how many its text has
    minutes: int  # reading time
    extra: dict[str, object]  # keys of the front matter that the program does not know

    def people(self, role: str) -> tuple[Term, ...]:
        """The people in one role."""
        return next((r.people for r in self.roles if r.name == role), ())


class NewsEntry(msgspec.Struct, frozen=True):
    """An article, as the news sitemap tells of it."""

    address: str  # for `href`
    publication: str  # the title of the site in its language
    language: str  # a BCP 47 code
    date: datetime  # in the site's time zone
    title: str  # its headline, as plain text


class StandingView(msgspec.Struct, frozen=True):
    """What a template sees of a page without a date."""

    title: str  # as plain text
    address: str  # for `href`
    summary: str  # one or two sentences, or ""
    updated: datetime | None  # its last change that the newsroom names
    draft: bool  # not published yet: in a preview only
    extra: dict[str, object]  # keys of the front matter that the program does not know


class DataLink(msgspec.Struct, frozen=True):
    """A file in which an article stands as data, beside its page."""

    address: str  # for `href`
    type: str  # its media type: `application/json`


class Record(msgspec.Struct, frozen=True):
    """An article as data: all that its page tells of itself."""

    article: ArticleView  # beside its text
    story: Term | None  # its running story
    translations: tuple[tuple[str, Link], ...]  # the same article in other languages, by their codes


class MonthFile(msgspec.Struct, frozen=True):
    """The file that holds the articles of a month as data."""

    year: int  # of the articles
    month: int  # of the articles
    address: str  # for `href`
    articles: int  # how many it holds
    withdrawn: int  # of how many others it says that they were withdrawn
    size: int  # bytes
    sha256: str  # of its bytes, in hexadecimal digits


class FileSum(msgspec.Struct, frozen=True):
    """A published file, and by what its bytes are proved."""

    path: str  # below the site's root
    sha256: str  # of its bytes, in hexadecimal digits
    size: int  # bytes


class KeptOffline(msgspec.Struct, frozen=True):
    """What browsers keep of a site beside articles, for when there is no connection. All but digests are links."""

    pages: tuple[tuple[str, str], ...]  # of each language its front, and the page that is shown instead; the default one last
    files: tuple[str, ...]  # what is kept from the first visit on
    assets: str  # the folder of the theme's static files, each of which is kept once it was shown
    digests: tuple[str, ...]  # of the bytes of the pages and of all static files of the theme


class SearchLinks(msgspec.Struct, frozen=True):
    """Where the articles of a language are searched."""

    page: str  # the address of the search page, for `href`
    parts: str  # the address of the list of the parts of its index, which the page's script reads
    description: str  # the address of what tells browsers how the site is searched (OpenSearch), for `href`


class Findable(msgspec.Struct, frozen=True):
    """An article as it is searched: what is shown of it, and all that it is found by."""

    title: str  # its headline, as plain text
    address: str  # for `href`
    date: datetime  # in the site's time zone
    summary: str  # one or two sentences, as plain text
    section: Term | None  # at most one
    people: tuple[Term, ...]  # who edited and wrote it, each once
    others: tuple[str, ...]  # the names of its tags, its regions and its running story
    words: int  # how many its text has
    text: str  # the text, as plain text, and a summary that an editor wrote


class SearchPart(msgspec.Struct, frozen=True):
    """A part of the index by which a language is searched, as it is published."""

    year: int  # of its articles
    address: str  # of its file, for `href`
    articles: int  # how many it holds
    size: int  # bytes
    sha256: str  # of its bytes, in hexadecimal digits


class Story(msgspec.Struct, frozen=True):
    """The running story of an article, as far as it stands around the article."""

    term: Term  # its name, its page and its feed
    first: Card | None  # its first step, where others between it and `earlier` are left out
    earlier: tuple[Card, ...]  # the steps just before the article, oldest first; with `first` at most three
    later: tuple[Card, ...]  # the steps just after it, at most three, oldest first
    goes_on: bool  # there are more steps after `later`


class StoryNews(msgspec.Struct, frozen=True):
    """A running story, as the list of all stories tells it."""

    term: Term  # its name, its page and its feed
    count: int  # how many steps it has
    since: datetime  # the date of its first step
    until: datetime  # the date of its newest step
    newest: str  # the headline of its newest step, as plain text
    photo: Photo | None  # the lead photo of its newest step


class CorrectionCard(msgspec.Struct, frozen=True):
    """A correction of an article, or its withdrawal, as lists and feeds of them show it."""

    id: str  # permanent, as feeds know it: a tag URI
    title: str  # the headline of the article, as plain text
    address: str  # of the article, for `href`
    date: datetime  # when it was published
    text: str  # what is put right, or why the article was taken back; as plain text
    withdrawn: bool  # the newsroom took the article back


class Corrections(msgspec.Struct, frozen=True):
    """One page of the list of all corrections and withdrawals, numbered from the oldest as a Listing is."""

    cards: tuple[CorrectionCard, ...]  # newest first
    number: int  # 0: the front of the list
    first: str  # the address of the front
    older: str  # the address of the page with older ones, or ""
    newer: str  # the address of the page with newer ones, or ""
    oldest: str  # the address of the page with the oldest, or "" where that is here or the next
    feeds: tuple[FeedLink, ...]  # the feed of all of them in every format, RSS first


class RegionNews(msgspec.Struct, frozen=True):
    """A region and its newest articles."""

    region: Term  # with its address and its feed
    cards: tuple[Card, ...]  # newest first


class FrontNews(msgspec.Struct, frozen=True):
    """What stands on a front page. No article stands in two parts of it."""

    lead: Card | None  # the first of the desk's picks; where nothing is picked the newest article, one with a photo first
    picks: tuple[Card, ...]  # the next picks, at most four, in the editor's order
    latest: tuple[Card, ...]  # the newest other articles, at most six
    sections: tuple[tuple[CountedTerm, tuple[Card, ...]], ...]  # at most three of each, one with a photo first; full ones first
    regions: tuple[RegionNews, ...]  # at most six that have news left, with one article each


class Calendar(msgspec.Struct, frozen=True):
    """A year, month or day: the parts of it that have articles, and the nearest other ones that do."""

    date: date  # its first day
    address: str  # for `href`
    parts: tuple[Day, ...]  # the months of a year or the days of a month, oldest first; a day has none
    before: Day | None  # the nearest earlier one
    after: Day | None  # the nearest later one


class History(msgspec.Struct, frozen=True):
    """The whole archive by time."""

    years: tuple[tuple[Day, tuple[Day | None, ...]], ...]  # newest first, each with its twelve months; none: without articles
    count: int  # how many articles there are
    fullest: Day | None  # the month with the most articles, of several the latest


class CalendarDay(msgspec.Struct, frozen=True):
    """A day of the calendar, in any year."""

    date: date  # in the year 2000, which has all days: show it without its year
    address: str  # for `href`; "" where it has no articles in any year


class DayInHistory(msgspec.Struct, frozen=True):
    """What was published on a day of the calendar, year by year."""

    date: date  # in the year 2000, which has all days: show it without its year
    years: tuple[tuple[Day, tuple[Card, ...]], ...]  # the day in each year, newest first, and its newest articles, at most five
    before: CalendarDay | None  # the nearest earlier day that has articles; that of 1 January is in December
    after: CalendarDay | None  # the nearest later one


class Statistics(msgspec.Struct, frozen=True):
    """The archive in figures. A median is the middle one, in order of size; articles without a text do not count for it."""

    articles: int  # how many there are
    words: int  # the median length of an article in words
    first: Card | None  # the oldest article, its title, address and date alone
    newest: Card | None  # the newest article, its title, address and date alone
    years: tuple[YearStatistics, ...]  # from the first to the newest; one without articles has no address
    sections: tuple[CountedTerm, ...]  # at most twenty, those with the most articles first
    more_sections: int  # how many others there are
    people: tuple[CountedTerm, ...]  # editors and authors, at most twenty, those with the most articles first
    more_people: int  # how many others there are
    gaps: tuple[Gap, ...]  # the five longest runs of days without an article, the longest first


class Profile(msgspec.Struct, frozen=True):
    """A tag, person, section, region or story in short, as its own articles tell it."""

    years: tuple[Day, ...]  # from its first article to its newest; one without articles has no address
    fullest: tuple[Day, ...]  # of these the three with the most, the most first
    tags: tuple[CountedTerm, ...]  # the eight that its articles have most often, two of them at least; how many have each


class IndexLetter(msgspec.Struct, frozen=True):
    """A letter of the index."""

    title: str  # as it is shown: `A`
    address: str  # of its page, for `href`
    count: int  # how many tags, people, sections, regions and stories begin with it


class Site(msgspec.Struct, frozen=True):
    """The site, in one language."""

    title: str  # in this language
    description: str  # in this language, or ""
    language: str  # a BCP 47 code
    address: str  # of the front page in this language, for `href`
    feed: str  # of the whole site in this language, for `href`
    logo: str  # the address of the newsroom's logo, for `src`, or ""
    hub: str  # the address of a WebSub hub that tells of changes of the feeds, or ""
    base_url: str  # the web address at which the site lives
    noindex: bool  # search engines are asked to stay away from all of it
    languages: tuple[str, ...]  # the codes of all languages, the default one first
    shared_blocks: bool  # `blocks.mode` is `shared`: what changes every hour is fetched, or linked to
    footer: str  # the line at the foot of every page
    old_after: int  # years after which an article is called old; 0: never
    worker: str  # the link of the script that keeps what is read for readers without a connection, or ""
