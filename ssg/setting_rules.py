"""What a setting must be beyond its type: each rule raises `tables.RuleError`, in words that go on after the setting's name."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from urllib.parse import urlsplit, urlunsplit

from babel import Locale, UnknownLocaleError
from babel.localedata import locale_identifiers

from ssg import crawlers, dates
from ssg.problems import nearest
from ssg.tables import RuleError

PLACEHOLDERS = ("year", "month", "day", "slug", "section", "id", "filename")

# The unreserved signs of RFC 3986, section 2.3. Web servers hide names that begin with a dot, GitHub Pages those with `_`.
_SEGMENT = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._~-]*[A-Za-z0-9_~-])?", re.ASCII)
_SEGMENT_WORDS = "of the letters a to z, digits and . _ ~ -, beginning with a letter or digit and not ending with a dot"
_FEED = re.compile(r".+\.(?:xml|rss)")
# RFC 3986, section 3.3: a path of segments, none of them empty, `.` or `..`.
_URL_PATH = re.compile(r"(?:/(?!\.{1,2}(?:/|$))(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})+)*/?", re.ASCII)
_BRACES = re.compile(r"\{([^{}]*)\}")
# BCP 47 in its canonical case: language, script, region.
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?", re.ASCII)
# RFC 4151, section 2.1: an authority is a DNS name or an e-mail address, in small letters.
_DNS_NAME = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*"
_AUTHORITY = re.compile(rf"(?:[a-z0-9._-]+@)?{_DNS_NAME}", re.ASCII)
_MINTED = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?", re.ASCII)
_MENU_ADDRESS = re.compile(r"(?:/(?!/)|https?://[^/]|mailto:.|tel:.)\S*")
_PICTURE = re.compile(r"/(?!/)[^\s?#]+\.(?:avif|gif|jpe?g|png|svg|webp)")
_WEB_ADDRESS = re.compile(r"https?://[^/\s]\S*")
_OWN_ADDRESS = re.compile(r"/(?:[^/?#\\\x00-\x1f\x7f]+/)*(?:[^/?#\\\x00-\x1f\x7f]+\.[^/?#\\\x00-\x1f\x7f]+)?")
_CRAWLER = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)  # RFC 9309, section 2.2.1, and digits, which some have
_INDEXNOW_KEY = re.compile(r"[A-Za-z0-9-]{8,128}", re.ASCII)
_SHORTCODE = re.compile(r"[^\s{}<>%\"'=]+")


def normal_base_url(text: str) -> str:
    """`text` as the site uses it: scheme and host in small letters, the host in ASCII (IDNA), a slash at the end.

    Raises RuleError unless it is an http or https address with a host, without user, query and fragment.
    """
    must = RuleError("must be a web address such as https://kabar.example/, without query and fragment")
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
        if ":" not in host:
            host = host.encode("idna").decode("ascii")
    except ValueError:
        raise must from None
    # urlsplit lets blanks and control characters fall; here they are a slip.
    clean = text.isprintable() and not any(sign.isspace() or sign in '\\<>"' for sign in text)
    named = ":" in host or re.fullmatch(_DNS_NAME, host)
    plain = parts.scheme in ("http", "https") and "@" not in parts.netloc and not ("?" in text or "#" in text)
    if not (clean and named and plain and _URL_PATH.fullmatch(parts.path)):
        raise must
    site = f"[{host}]" if ":" in host else host
    netloc = f"{site}:{port}" if port is not None else site
    return urlunsplit((parts.scheme, netloc, parts.path.rstrip("/") + "/", "", ""))


def host_of(base_url: str) -> str:
    """The host of an address that `normal_base_url` has accepted."""
    return urlsplit(normal_base_url(base_url)).hostname or ""


def base_url(text: str) -> None:
    """An http or https address with a host."""
    normal_base_url(text)


def timezone(name: str) -> None:
    """A time zone of the IANA database."""
    if name not in dates.zone_names():
        near = nearest(name, dates.zone_names())
        mend = f"Did you mean {near}?" if near else ""
        raise RuleError("must be a time zone of the IANA database, such as Asia/Jakarta", mend)


def language(code: str) -> None:
    """A language that CLDR, by way of Babel, can write dates in; the code in the case of BCP 47, since addresses show it."""
    try:
        known = bool(_LANGUAGE.fullmatch(code)) and Locale.parse(code, sep="-").language == code.split("-")[0]
    except (UnknownLocaleError, ValueError):
        known = False
    if not known:
        near = nearest(code, sorted(name.replace("_", "-") for name in locale_identifiers()))
        mend = f"Did you mean {near}?" if near else ""
        raise RuleError("must be the code of a language that CLDR knows, such as id, en or zh-Hant", mend)


def segment(word: str) -> None:
    """One clean segment of an address."""
    if not _SEGMENT.fullmatch(word):
        raise RuleError(f"must be one part of an address: {_SEGMENT_WORDS}")


def theme(name: str) -> None:
    """The name of a theme's folder."""
    if not _SEGMENT.fullmatch(name):
        raise RuleError("must be the name of a folder alone, without slashes and blanks")


def feed_name(word: str) -> None:
    """The file name of feeds: hosts tell a file's type by its ending."""
    segment(word)
    if not _FEED.fullmatch(word):
        raise RuleError("must end in .xml or .rss, by which web servers know what it is")


def feed_address(text: str) -> None:
    """The address of a feed of this site, as a build names it."""
    if not text.startswith("/") or "//" in text:
        raise RuleError("must be an address from the site's root, such as /tag/nato/feed.xml")


def permalink(pattern: str) -> None:
    """A pattern of addresses that tells articles apart and makes a folder for each."""
    if len(pattern) < 2 or not (pattern.startswith("/") and pattern.endswith("/")):
        raise RuleError("must begin and end with /")
    names = _BRACES.findall(pattern)
    for name in names:
        if name not in PLACEHOLDERS:
            near = nearest(name, PLACEHOLDERS)
            known = ", ".join(f"{{{one}}}" for one in PLACEHOLDERS)
            mend = f"Did you mean {{{near}}}?" if near else ""
            raise RuleError(f"must have no other placeholders than {known}, not {{{name}}}", mend)
    if not {"slug", "id", "filename"}.intersection(names):
        raise RuleError("must contain {slug}, {id} or {filename}, or all articles of a day would have one address")
    if not all(_SEGMENT.fullmatch(part) for part in _BRACES.sub("x", pattern)[1:-1].split("/")):
        raise RuleError(f"must have parts, between its slashes, {_SEGMENT_WORDS}")


def dateline(pattern: str) -> None:
    """A text that may hold the site's title, and no other placeholder."""
    for name in _BRACES.findall(pattern):
        if name != "title":
            raise RuleError(f"must have no other placeholder than {{title}}, not {{{name}}}")


def authority(text: str) -> None:
    """Who may mint tag URIs: a domain name or an e-mail address (RFC 4151, section 2.1), or "" for the host of base_url."""
    if text and not _AUTHORITY.fullmatch(text):
        raise RuleError("must be a domain name or an e-mail address in small letters, such as kabar.example (RFC 4151)")


def minted(text: str) -> None:
    """The date of a tag URI: YYYY, YYYY-MM or YYYY-MM-DD (RFC 4151, section 2.1)."""
    must = RuleError("must be a year, a month or a day, such as 2026, 2026-03 or 2026-03-01 (RFC 4151)")
    if not _MINTED.fullmatch(text):
        raise must
    try:
        date.fromisoformat(text + "-01-01"[len(text) - 4 :])
    except ValueError:
        raise must from None


def logo(address: str) -> None:
    """The address of a picture of this site, or nothing."""
    if address and not _PICTURE.fullmatch(address):
        raise RuleError("must be the address of a picture from the site's root, such as /logo.png")


def menu_address(text: str) -> None:
    """Where a menu leads."""
    if not _MENU_ADDRESS.fullmatch(text):
        raise RuleError("must be an address from the site's root such as /tentang/, or a web address with https://")


def redirect_source(text: str) -> None:
    """An address of this site, decoded: of a folder, or of a file with a suffix."""
    if not _OWN_ADDRESS.fullmatch(text) or {".", ".."} & {*text.split("/")}:
        raise RuleError("must be an address of this site from its root, such as /lama/ or /lama/berkas.pdf")


def redirect_target(text: str) -> None:
    """Where an old address leads: an address of this site or of another one, or nothing."""
    if text and not _WEB_ADDRESS.fullmatch(text):
        redirect_source(text)


def web_address(text: str) -> None:
    """An address anywhere on the web, whole."""
    if not _WEB_ADDRESS.fullmatch(text):
        raise RuleError("must be a whole web address, beginning with https:// or http://")


def hub(text: str) -> None:
    """The whole address of a hub, or nothing."""
    if text:
        web_address(text)


def indexnow_key(text: str) -> None:
    """A key as IndexNow has it (indexnow.org, "Documentation"), or nothing."""
    if text and not _INDEXNOW_KEY.fullmatch(text):
        raise RuleError("must be 8 to 128 letters, digits and hyphens, such as a number that `uuidgen` gives")


def shortcode(name: str) -> None:
    """The name of another generator's code, as it stands between its braces."""
    if not _SHORTCODE.fullmatch(name):
        raise RuleError("must be the name of a code alone, without braces, quotes and blanks")


def tag(name: str) -> None:
    """The name of a tag."""
    if not name.strip():
        raise RuleError("must be the name of a tag, which is not empty")


def archive_keys(keys: list[str]) -> None:
    """The keys that an archive uses for one of ours."""
    if not keys or not all(key.strip() for key in keys):
        raise RuleError("must name at least one key, none of them empty")


def crawler(name: str) -> None:
    """The name that a crawler heeds in robots.txt: no version, and not `*`, which is all of them."""
    if not _CRAWLER.fullmatch(name):
        raise RuleError("must be the name of a crawler alone, of the letters a to z, digits, - and _, such as GPTBot")


def known_crawler(name: str) -> None:
    """The name of a crawler that a setting could keep out."""
    names = [one.name for one in crawlers.CRAWLERS]
    if name.casefold() not in map(str.casefold, names):
        near = nearest(name, names)
        mend = f"Did you mean {near}?" if near else "Take it out: every crawler that is not named is let in."
        raise RuleError("must be one of the crawlers that `ssg explain settings` lists", mend)


def widths(numbers: list[int]) -> None:
    """The widths of the smaller pictures: with the photo itself, and one in its own format, these are five files."""
    if len(numbers) > 3 or any(later <= earlier for earlier, later in pairwise(numbers)):
        raise RuleError("must be at most three widths, the smallest first")
