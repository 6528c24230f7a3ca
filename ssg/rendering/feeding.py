"""What a feed shows -> its bytes, in whatever format it is asked for."""

from __future__ import annotations

import re
from functools import partial
from html import escape

import msgspec

from ssg import dates
from ssg.asking import ArticleView, Ask, CorrectionCard, Filling
from ssg.asking.questions import Question
from ssg.model import Correction, Page, Photo
from ssg.pages.showing import AnyFeed, CorrectionsFeed, FeedDocument, FeedList, FeedStyle
from ssg.rendering.bodies import Filler
from ssg.rendering.feeds import Enclosure, Feed, Item, atom, json_feed, opml, rss, style_sheet
from ssg.rendering.templates import Templates

_OVERRIDE = re.compile(r"(</?)bdo(?=[\s>])")  # which feed readers take out (W3C feed validator, "SecurityRisk")
_MOST_ITEMS = 500  # that are remembered
_WRITERS = {"rss": rss, "atom": atom, "json": json_feed}


class Feeds:
    """Writes the feeds of one build, with the labels of a theme."""

    def __init__(self, templates: Templates) -> None:
        self._templates = templates
        # By language and path, with the labels that were asked for: a feed in its further formats has the same ones.
        self._items: dict[tuple[str, str], tuple[Item, dict[Question, None]]] = {}

    def write(self, page: Page, shown: AnyFeed, ask: Ask, filling: Filling) -> bytes:
        """The bytes of a feed, of the list of all feeds, or of what makes them explain themselves."""
        match shown:
            case FeedDocument():
                return _WRITERS[shown.format](self._of_articles(page, shown, ask, filling))
            case CorrectionsFeed():
                return _WRITERS[shown.format](self._of_corrections(page, shown, ask))
            case FeedList():
                return self._list(page.language, shown, ask)
            case FeedStyle():
                explained = self._explained(page.language, shown.title)
                return style_sheet(shown.sheet, explained, self._templates.direction(page.language))

    def _of_articles(self, page: Page, shown: FeedDocument, ask: Ask, filling: Filling) -> Feed:
        filler = self._templates.filler(filling, whole=True)
        items = tuple(self._item(page.language, article, ask, filling, filler) for article in shown.articles)
        feed = self._feed(page, ask, shown, shown.title, shown.description, items)
        if shown.of:
            of = {"id": ask.id_of_feed(shown.of), "current": ask.absolute(ask.link(shown.of)), "hub": ""}
            feed = msgspec.structs.replace(feed, **of)
        return msgspec.structs.replace(feed, earlier=ask.absolute(shown.earlier), lasting=shown.lasting)

    def _item(self, language: str, article: ArticleView, ask: Ask, filling: Filling, filler: Filler) -> Item:
        known = self._items.get((language, article.path))
        if known is None:
            if len(self._items) >= _MOST_ITEMS:
                self._items.clear()
            outer, self._templates.asked = self._templates.asked, {}
            try:
                known = self._items[language, article.path] = (
                    _item(article, ask, filling, filler, self._notes(language, article)),
                    self._templates.asked,
                )
            finally:
                self._templates.asked = outer
        self._templates.asked.update(known[1])
        return known[0]

    def _notes(self, language: str, article: ArticleView) -> str:
        """What was corrected in an article, for the foot of its text."""

        def note(one: Correction) -> str:
            label, day = self._templates.label(language, "correction"), self._templates.day(language, one.date)
            when = f'<time datetime="{dates.iso(one.date)}">{escape(day)}</time>'
            return f"<p><strong>{escape(label)}</strong>, {when}: {escape(one.text)}</p>\n"

        return "".join([note(one) for one in article.corrections])

    def _of_corrections(self, page: Page, shown: CorrectionsFeed, ask: Ask) -> Feed:
        label = partial(self._templates.label, page.language)

        def item(card: CorrectionCard) -> Item:
            link = ask.absolute(card.address)
            what = label("withdrawal" if card.withdrawn else "correction")
            leading = f'<p><a href="{escape(link)}">{escape(card.title)}</a></p>'
            return Item(
                guid=card.id,
                title=f"{what}: {card.title}",
                link=link,
                date=card.date,
                html=f"<p>{escape(card.text)}</p>{leading}",
                summary=card.text,
            )

        title = f"{label('all_corrections')} · {ask.site().title}"
        return self._feed(page, ask, shown, title, label("every_correction"), tuple(item(card) for card in shown.cards))

    def _feed(
        self, page: Page, ask: Ask, shown: FeedDocument | CorrectionsFeed, title: str, description: str, items: tuple[Item, ...]
    ) -> Feed:
        site, sheet = ask.site(), ask.feed_style()
        # What explains itself by a sheet in XML does so by a comment in JSON, which knows no sheets.
        explained = self._explained(page.language, site.title) if sheet and shown.format == "json" else ""
        return Feed(
            id=ask.id_of_feed(page.address),
            title=title,
            description=description,
            link=ask.absolute(shown.link),
            self_link=ask.absolute(ask.link(page.address)),
            publisher=site.title,
            language=page.language,
            minted=ask.minted(),
            hub=site.hub,
            sheet=sheet,
            explained=explained,
            items=items,
        )

    def _explained(self, language: str, title: str) -> str:
        return self._templates.label(language, "feed_explained", title=title)

    def _list(self, language: str, shown: FeedList, ask: Ask) -> bytes:
        outer = [(shown.site.title, ask.absolute(shown.feed), ask.absolute(shown.site.address))]
        if shown.corrections:
            name = self._templates.label(language, "all_corrections")
            outer.append((name, ask.absolute(shown.corrections), ask.absolute(shown.corrected)))
        groups = [
            (word.capitalize(), tuple((term.name, ask.absolute(term.feed), ask.absolute(term.address)) for term in terms))
            for word, terms in shown.groups
        ]
        return opml(shown.site.title, [("", tuple(outer)), *groups])


def _item(article: ArticleView, ask: Ask, filling: Filling, filler: Filler, notes: str) -> Item:
    document, body = filling.article(article.path)
    people = (*article.people("author"), *article.people("editor"))
    return Item(
        guid=ask.feed_id(article),
        title=article.title,
        link=ask.absolute(article.address),
        date=article.date,
        updated=article.changed,
        html=_OVERRIDE.sub(r"\1span", filler.fill(body, document)) + notes,
        summary=article.summary,
        authors=tuple(dict.fromkeys(person.name for person in people)),
        categories=tuple(term.name for term in ((article.section,) if article.section else ()) + article.tags),
        enclosure=_enclosure(article.photo, ask) if article.photo else None,
    )


def _enclosure(photo: Photo, ask: Ask) -> Enclosure:
    return Enclosure(
        url=ask.absolute(photo.address),
        length=photo.size,
        type=photo.type,
        width=photo.width,
        height=photo.height,
        description=photo.caption or photo.alt,
        credit=photo.credit,
    )
