"""Structured data: what a page says of itself to search engines, beside what it shows to readers.

It is made of the very answers that the page was given, so that a page is rendered again whenever it would say something else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

import msgspec

from ssg.asking import ArticleView, Ask, Filling
from ssg.model import Article, Body, Card, Dateline, Image, Listing, Photo, Picture, Term
from ssg.pages.showing import Template
from ssg.rendering.schema import (
    BreadcrumbList,
    CorrectionComment,
    CreativeWork,
    ImageObject,
    ItemList,
    ListItem,
    NewsArticle,
    Organization,
    Person,
    ProfilePage,
    Thing,
    WebPage,
    WebSite,
)
from ssg.rendering.trails import Trail


class Subject(msgspec.Struct, frozen=True):
    """The page that is being rendered: its kind, the web address of the true page, what it shows, and who answers for it.

    `body` is its text with the holes as they are, () where it has none; `iso` writes a moment as in RFC 3339.
    """

    kind: str
    canonical: str
    shown: Template
    ask: Ask
    filling: Filling
    iso: Callable[[datetime], str]
    body: Body = ()


def things(subject: Subject, title: str, trail: Trail) -> Iterator[Thing]:
    """What a page is about; nothing on the page of a withdrawn article. `title` is the page's own, `trail` the way to it."""
    context, ask = subject.shown.context, subject.ask
    article, term, listing = context.get("article"), context.get("term"), context.get("listing")
    if isinstance(article, ArticleView):
        if article.withdrawn:
            return
        yield _news_article(subject, article)
    if subject.kind == "front":
        yield _web_site(ask)
    if isinstance(listing, Listing):
        if isinstance(term, Term) and term.taxonomy == "editor" and not listing.number:
            yield ProfilePage(main_entity=_person(ask, term), in_language=ask.language)
        if listing.cards:
            yield _item_list(ask, reversed(listing.cards) if subject.kind == "story" else listing.cards)
    if trail:
        yield _breadcrumb(ask, title, trail)


def _news_article(subject: Subject, article: ArticleView) -> NewsArticle:
    ask, iso, document = subject.ask, subject.iso, subject.shown.document
    assert isinstance(document, Article)
    publisher = _publisher(ask)
    authors, editors = (tuple([_person(ask, one) for one in article.people(role)]) for role in ("author", "editor"))
    source = article.source
    return NewsArticle(
        headline=article.title,
        url=subject.canonical,
        main_entity_of_page=WebPage(id=subject.canonical),
        identifier=article.id,
        date_published=iso(article.date),
        date_modified=iso(article.changed or article.date),
        author=authors or (publisher,),
        editor=editors,
        publisher=publisher,
        description=article.summary,
        dateline=subject.filling.place(document, _written_dateline(subject.body)),
        image=tuple([_image(ask, photo) for photo in _photos(subject, article, document)]),
        article_section=article.section.name if article.section else "",
        keywords=tuple([tag.name for tag in article.tags]),
        in_language=article.language,
        word_count=article.words,
        is_accessible_for_free=True,
        is_based_on=CreativeWork(name=source.name, url=source.url) if source else None,
        correction=tuple([CorrectionComment(text=one.text, date_published=iso(one.date)) for one in article.corrections]),
    )


def _written_dateline(body: Body) -> str:
    return next((part.written for part in body if type(part) is Dateline), "")


def _photos(subject: Subject, article: ArticleView, document: Article) -> Iterable[Photo]:
    """The lead photo, then the pictures in the text, each once; a video's picture is none of the article's."""
    found = {article.photo.address: article.photo} if article.photo else {}
    for part in subject.body if document.pictures else ():
        if type(part) is Picture:
            photo = subject.filling.photo_in(document, Image(part.src, alt=part.alt, caption=part.caption))
            if photo:
                found.setdefault(photo.address, photo)
    return found.values()


def _image(ask: Ask, photo: Photo) -> ImageObject:
    return ImageObject(
        url=ask.absolute(photo.address),
        width=photo.width,
        height=photo.height,
        caption=photo.caption,
        credit_text=photo.credit,
    )


def _person(ask: Ask, person: Term) -> Person:
    return Person(name=person.name, url=ask.absolute(person.address))


def _publisher(ask: Ask) -> Organization:
    site = ask.site()
    logo = ImageObject(url=ask.absolute(site.logo)) if site.logo else None
    return Organization(name=site.title, url=ask.absolute(site.address), logo=logo)


def _web_site(ask: Ask) -> WebSite:
    site = ask.site()
    return WebSite(name=site.title, url=ask.absolute(site.address), description=site.description, in_language=site.language)


def _item_list(ask: Ask, cards: Iterable[Card]) -> ItemList:
    entries = [ListItem(position=n, url=ask.absolute(card.address)) for n, card in enumerate(cards, 1)]
    return ItemList(item_list_element=tuple(entries))


def _breadcrumb(ask: Ask, title: str, trail: Trail) -> BreadcrumbList:
    steps = [ListItem(position=n, name=text, item=ask.absolute(address)) for n, (text, address) in enumerate(trail, 1)]
    return BreadcrumbList(item_list_element=(*steps, ListItem(position=len(steps) + 1, name=title)))
