"""How an article is cited, in the formats that programs read which keep references: BibTeX, RIS and CSL-JSON.

None of them says when the page was read, since a page that holds for ever knows no clock. Names stand as they are written and
are never parted into given and family names, which many Indonesians do not have.
"""

from __future__ import annotations

from datetime import date
from urllib.parse import quote

import msgspec

from ssg.asking import ArticleView, Site
from ssg.rendering.feeds.items import cleared
from ssg.slugs import slug_of

# What LaTeX takes for a command. Readers of BibTeX count braces, escaped ones too, so those have names.
_LATEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "%&#_$"},
    }
)
# Names that every style of BibTeX defines in its own language, and that stand without braces.
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_IN_ADDRESSES = "%/:?#[]@!$&'()*+,;=~"  # RFC 3986, 2.2, and what is encoded already
_IN_LINKS = "/:,;=@!$()*+?"  # signs that may stand in the path and query of an address, without those that HTML escapes


class CitationFile(msgspec.Struct, frozen=True):
    """An article as cited in one format, in a link that a browser saves as a file."""

    format: str  # `BibTeX`, `RIS` or `CSL-JSON`
    name: str  # what the file is called: `2021-12-30-putin-biden.bib`
    text: str  # what stands in it
    link: str  # for `href`: the file itself, as a `data:` address (RFC 2397)


class _Cited(msgspec.Struct, frozen=True):
    """What is told of an article, each in one line. `role` is `author`, or where nobody is named as such `editor`."""

    key: str
    title: str
    role: str
    names: tuple[str, ...]
    site: str
    date: date
    address: str
    language: str


def citations(article: ArticleView, site: Site, address: str) -> tuple[CitationFile, ...]:
    """An article of a site in each format; `address` is the whole one by which it is cited."""
    authors = article.people("author")
    role, people = ("author", authors) if authors else ("editor", article.people("editor"))
    cited = _Cited(
        key=slug_of(article.id),
        title=_line(article.title),
        role=role,
        names=tuple([_line(person.name) for person in people]),
        site=_line(site.title),
        date=article.date.date(),
        address=quote(_line(address), safe=_IN_ADDRESSES),
        language=article.language,
    )
    return (
        _file("BibTeX", f"{cited.key}.bib", "application/x-bibtex", _bibtex(cited)),
        _file("RIS", f"{cited.key}.ris", "application/x-research-info-systems", _ris(cited)),
        _file("CSL-JSON", f"{cited.key}.json", "application/vnd.citationstyles.csl+json", _csl(cited)),
    )


def _file(format: str, name: str, type: str, text: str) -> CitationFile:
    return CitationFile(format, name, text, f"data:{type},{quote(text, safe=_IN_LINKS)}")


def _line(text: str) -> str:
    return " ".join(cleared(text).split())


def _bibtex(cited: _Cited) -> str:
    """An `@article` of BibTeX (Patashnik, "BibTeXing", 3), in UTF-8; two pairs of braces keep capitals and names whole.

    Its styles know year and month, biblatex the `date` with the day and the `url` (its manual, 2.2.2) as well.
    """
    fields = {
        cited.role: " and ".join(f"{{{_latex(name)}}}" for name in cited.names),
        "title": f"{{{_latex(cited.title)}}}",
        "journal": f"{{{_latex(cited.site)}}}",
        "year": str(cited.date.year),
        "date": cited.date.isoformat(),
        "url": cited.address,  # verbatim
    }
    lines = [f"{name}={{{value}}}" for name, value in fields.items() if value]
    lines.append(f"month={_MONTHS[cited.date.month - 1]}")
    return f"@article{{{cited.key},\n" + ",\n".join(lines) + "\n}\n"


def _latex(text: str) -> str:
    return text.translate(_LATEX)


def _ris(cited: _Cited) -> str:
    """A newspaper article in RIS (Research Information Systems, specification of 2011), whose lines end as in Windows."""
    names = [("AU" if cited.role == "author" else "ED", name) for name in cited.names]
    day = f"{cited.date.year:04}/{cited.date.month:02}/{cited.date.day:02}/"
    dates = [("PY", f"{cited.date.year:04}"), ("DA", day)]  # there are readers that take the year from PY alone
    fields = [("TY", "NEWS"), *names, ("TI", cited.title), ("T2", cited.site), *dates, ("UR", cited.address)]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in (*fields, ("LA", cited.language), ("ER", "")))


def _csl(cited: _Cited) -> str:
    """A list of one item of CSL-JSON (Citation Style Language, schema 1.0.2)."""
    names = {cited.role: [{"literal": name} for name in cited.names]} if cited.names else {}
    item = {
        "id": cited.key,
        "type": "article-newspaper",
        "title": cited.title,
        **names,
        "container-title": cited.site,
        "issued": {"date-parts": [[cited.date.year, cited.date.month, cited.date.day]]},
        "URL": cited.address,
        "language": cited.language,
    }
    return msgspec.json.encode([item]).decode()
