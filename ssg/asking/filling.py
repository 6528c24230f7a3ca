"""What fills the holes of a body: addresses, titles, pictures, datelines."""

from __future__ import annotations

from ssg.asking.site import SiteQuestions
from ssg.model import Article, Body, Document, Image, Photo, Target


class Filling(SiteQuestions):
    """Fills the bodies of one language. Nothing of it is noted: all of it is a part of `Ask.body` or `Ask.feed_articles`.

    So no template has it: what it tells would be known to no trace.
    """

    def article(self, path: str) -> tuple[Article, Body]:
        """An article of a feed, and its body."""
        article = self._archive.article[path]
        return article, self._bodies(article)

    def place(self, article: Article, written: str = "") -> str:
        """The place that an article names before its first sentence: what its front matter says and what its text begins with
        (`written`); "" for none."""
        return " – ".join([text for text in (article.dateline, written) if text])

    def dateline(self, article: Article, written: str = "") -> str:
        """What stands before the first sentence of an article: what its front matter says and what its text begins with
        (`written`), else the site's own; "" for nothing."""
        own = self.place(article, written)
        if own or article.dateline is not None:
            return own
        return self._settings.dateline.replace("{title}", self.site().title)

    def link_to(self, target: Target, source: Document) -> tuple[str, str]:
        """Where a link in a document leads, and the title of what stands there; ("", "") if it leads nowhere."""
        if target.how == "page":
            return self._addresses.anchor(target.fragment), ""
        fragment = self._addresses.anchor(target.fragment)
        if target.how == "site":  # with a query it is as its author wrote it, else decoded
            address = self._addresses.written(target.to) if "?" in target.to else self._addresses.link(target.to)
            return address + fragment, ""
        found = self._archive.links.find(target, source)
        if found is None:
            return "", ""
        address = (found.address if found.outside else self._addresses.link(found.address)) + fragment
        return address, found.document.title if found.document else ""

    def address_of(self, document: Document) -> str:
        """Where the page of a document stands."""
        return self._link(document)

    def photo_in(self, source: Document, image: Image) -> Photo | None:
        """A picture in a document's body, or None if it is not there."""
        return self._archive.photo(source, image)
