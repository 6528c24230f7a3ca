"""Filling the holes of a body: with addresses and headlines of the archive, pictures, labels."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from ssg.asking import Filling
from ssg.model import (
    Address,
    Article,
    Body,
    Card,
    Dateline,
    Document,
    Gap,
    Headline,
    Hole,
    Href,
    Image,
    Photo,
    Picture,
    ReadAlso,
    Target,
    Video,
)

Label = Callable[[str], str]

POSTER = "video.svg"  # a theme's static file
_SIZES = "auto, (min-width: 48rem) 38rem, 100vw"  # how wide a picture of a text is shown, where the browser cannot tell itself

_WATCH = {"youtube": "https://www.youtube.com/watch?v={}", "vimeo": "https://vimeo.com/{}"}
_EMBED = {"youtube": "https://www.youtube-nocookie.com/embed/{}", "vimeo": "https://player.vimeo.com/video/{}"}


class Filler:
    """Fills the bodies of one language: for a page of the site, or (`whole`) for a feed, where every address is whole.

    Without `pictures` words stand in their place: a picture's caption or its alternative text, a video's link.
    `poster` is the theme's static file for a video that has no picture of its own, or "".
    """

    def __init__(
        self, filling: Filling, label: Label, *, whole: bool = False, pictures: bool = True, poster: str = POSTER
    ) -> None:
        self._filling = filling
        self._label = label
        self._whole = whole
        self._pictures = pictures
        self._poster = poster if pictures else ""

    def fill(self, body: Body, source: Document, read_also: Sequence[Card] = ()) -> str:
        """The body as HTML; the articles to `read_also` stand in its gaps."""
        if read_also:
            body = tuple([self._suggestion(part, read_also) if type(part) is Gap else part for part in body])
        return "".join([part if type(part) is str else self._hole(part, source) for part in body])  # type: ignore[arg-type]

    def _hole(self, hole: Hole, source: Document) -> str:
        match hole:
            case Href(target):
                address, _ = self._address(target, source)
                return f' href="{escape(address)}"' if address else ""
            case Address(target):
                return escape(self._address(target, source)[0])
            case Headline(target):
                address, title = self._address(target, source)
                return f'<a href="{escape(address)}">{escape(title)}</a>' if address else escape(target.to)
            case ReadAlso(target):
                return self._read_also(target, source)
            case Picture():
                return self._picture(hole, source)
            case Video():
                return self._video(hole, source)
            case Dateline(written):
                return self._dateline(source, written)
            case Gap():
                return ""

    def _suggestion(self, gap: Gap, read_also: Sequence[Card]) -> str:
        card = read_also[gap.number] if gap.number < len(read_also) else None
        return self._leading_on(card.address, card.title) if card else ""

    def _address(self, target: Target, source: Document) -> tuple[str, str]:
        address, title = self._filling.link_to(target, source)
        if self._whole and address.startswith("#"):
            address = self._filling.address_of(source) + address
        return (self._filling.absolute(address) if self._whole else address), title

    def _read_also(self, target: Target, source: Document) -> str:
        address, title = self._address(target, source)
        return self._leading_on(address, title) if address else ""

    def _leading_on(self, address: str, title: str) -> str:
        label = escape(self._label("read_also"))
        return f'<p class="read-also"><span class="label">{label}:</span> <a href="{escape(address)}">{escape(title)}</a></p>'

    def _picture(self, hole: Picture, source: Document) -> str:
        photo = self._filling.photo_in(source, Image(hole.src, alt=hole.alt, caption=hole.caption))
        if photo is None:
            return "" if hole.block else " "  # the words on its two sides stay two words
        if not self._pictures:
            words = escape(hole.caption or hole.alt)
            return words if not hole.block else f'<p class="caption">{words}</p>' if words else ""
        image = self._img(photo)
        if not hole.block:
            return image
        caption = f"<figcaption>{escape(hole.caption)}</figcaption>" if hole.caption else ""
        return f'<figure class="photo">{image}{caption}</figure>'

    def _video(self, hole: Video, source: Document) -> str:
        photo = self._filling.photo_in(source, Image(hole.poster, alt="")) if hole.poster else None
        image = ""
        if photo and self._pictures:
            image = self._img(photo)
        elif self._poster:
            poster = self._src(self._filling.asset(self._poster))
            image = f'<img src="{escape(poster)}" alt="" width="480" height="270" loading="lazy" decoding="async">'
        words = self._label("play_video") + (f": {hole.title}" if hole.title else "")
        watch, embed = _WATCH[hole.host].format(hole.id), _EMBED[hole.host].format(hole.id)
        return f'<a class="video" href="{escape(watch)}" data-embed="{escape(embed)}">{image}<span>{escape(words)}</span></a>'

    def _img(self, photo: Photo) -> str:
        src, words = escape(self._src(photo.address)), escape(photo.alt)
        size = f'width="{photo.width}" height="{photo.height}" loading="lazy" decoding="async"'
        if self._whole or not photo.srcset:
            return f'<img src="{src}" alt="{words}" {size}>'
        sets = [f'<source type="{one.type}" srcset="{escape(one.srcset)}" sizes="{_SIZES}">' for one in photo.sources]
        image = f'<img src="{src}" alt="{words}" srcset="{escape(photo.srcset)}" sizes="{_SIZES}" {size}>'
        return f"<picture>{''.join(sets)}{image}</picture>"

    def _src(self, link: str) -> str:
        return self._filling.absolute(link) if self._whole else link

    def _dateline(self, source: Document, written: str) -> str:
        text = self._filling.dateline(source, written) if isinstance(source, Article) else written
        return f'<span class="dateline">{escape(text)}</span> – ' if text else ""
