"""Bodies: Markdown becomes HTML with typed holes, and nothing else."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssg.model import (
    Address,
    Body,
    Dateline,
    Gap,
    Headline,
    Hole,
    Href,
    Image,
    Picture,
    ReadAlso,
    Video,
)
from ssg.reading.markdown import Rendered, Rules, render

PATH = "content/2021/12/a.md"
RULES = Rules(
    shortcodes={"ref": "link", "img": "image", "youtube": "youtube", "quote": "quote", "note": "unwrap", "tweet": "drop"},
    datelines=("KARAWANGPOST", "Kabar Uji (1)"),
)
ARCHIVE = Path(__file__).parents[4] / "shared" / "archives" / "digitalgov-news"


def read(text: str, rules: Rules = RULES, first_line: int = 1) -> Rendered:
    return render(text, path=PATH, first_line=first_line, rules=rules)


def shown(hole: Hole) -> str:
    """A hole, readable in an expected text."""
    match hole:
        case Href(target):
            return f" href={{{target.how}:{target.to}{'#' if target.fragment else ''}{target.fragment}}}"
        case Address(target):
            return f"{{address {target.how}:{target.to}}}"
        case Headline(target):
            return f"{{headline {target.to}}}"
        case ReadAlso(target):
            return f"{{read also {target.how}:{target.to}}}"
        case Picture(src, alt, caption, block):
            return f"{{{'figure' if block else 'picture'} {src}|{alt}|{caption}}}"
        case Video(host, id_, title, poster):
            return f"{{video {host}:{id_}|{title}|{poster}}}"
        case Dateline():
            return "{dateline}"
        case Gap(number):
            return f"{{gap {number}}}\n"


def html(body: Body) -> str:
    return "".join(part if isinstance(part, str) else shown(part) for part in body).strip()


def without_dateline(text: str, rules: Rules = RULES) -> str:
    return html(read(text, rules).body).replace("{dateline}", "")


LINKS = {
    "[x](../11/g20.md)": "<p><a href={path:2021/11/g20.md}>x</a></p>",
    "[x](../11/g20/index.md#hasil)": "<p><a href={path:2021/11/g20/index.md#hasil}>x</a></p>",
    "[x](/2022/a.md)": "<p><a href={path:2022/a.md}>x</a></p>",
    "[x](lampiran%20satu.pdf?unduh=1)": "<p><a href={path:2021/12/lampiran satu.pdf}>x</a></p>",
    "[x](<lampiran satu.pdf>)": "<p><a href={path:2021/12/lampiran satu.pdf}>x</a></p>",
    "[x](/tag/nato/)": "<p><a href={site:/tag/nato/}>x</a></p>",
    "[x](#catatan)": "<p><a href={page:#catatan}>x</a></p>",
    "[x](../../../etc/passwd)": "<p><a href={path:../etc/passwd}>x</a></p>",
    "[x][g]\n\n[g]: b.md 'Judul'": '<p><a href={path:2021/12/b.md} title="Judul">x</a></p>',
    "[x](https://who.int/?a=1&b=2)": '<p><a href="https://who.int/?a=1&amp;b=2">x</a></p>',
    "[x](https://bücher.example/é)": '<p><a href="https://xn--bcher-kva.example/%C3%A9">x</a></p>',
    "[x](//who.int/a)": '<p><a href="https://who.int/a">x</a></p>',
    "<redaksi@kabar.example>": '<p><a href="mailto:redaksi@kabar.example">redaksi@kabar.example</a></p>',
    "[x](tel:+62-21-500)": '<p><a href="tel:+62-21-500">x</a></p>',
    "Lihat [[g20-bali]].": "<p>Lihat {headline g20-bali}.</p>",
    "[[g20-bali#hasil|KTT *G20*]]": "<p><a href={slug:g20-bali#hasil}>KTT *G20*</a></p>",
    "[[1]](https://who.int/)": '<p><a href="https://who.int/">[1]</a></p>',
    "[[1]]\n\n[1]: https://who.int/": '<p>[<a href="https://who.int/">1</a>]</p>',
    "`[[slug]]` dan `[x](a.md)`": "<p><code>[[slug]]</code> dan <code>[x](a.md)</code></p>",
}


@pytest.mark.parametrize(("text", "expected"), LINKS.items(), ids=LINKS)
def test_a_link_becomes_a_hole_or_stays_an_address_of_the_web(text: str, expected: str) -> None:
    """Links of this site are holes with normalised targets; links of the web are attributes."""
    assert without_dateline(text) == expected


@pytest.mark.parametrize("url", ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc"])
def test_a_dangerous_link_loses_its_address_and_keeps_its_words(url: str) -> None:
    """A scheme that is not of the web never reaches the page, and the author is told the line."""
    rendered = read(f"Satu\n\n[baca *ini*]({url}) ya", first_line=5)
    assert html(rendered.body).endswith("<p>baca <em>ini</em> ya</p>")
    assert [(p.code, p.place.line) for p in rendered.problems] == [("html.removed", 7)]


READ_ALSO = {
    "Baca Juga: [Judul](../11/g20.md)": "{read also path:2021/11/g20.md}",
    "**Baca Juga:** [Judul](../11/g20.md)": "{read also path:2021/11/g20.md}",
    "**Baca juga**: [*Judul* lama](../11/g20.md)": "{read also path:2021/11/g20.md}",
    "_BACA JUGA: [Judul](../11/g20.md)_": "{read also path:2021/11/g20.md}",
    "Read also: [[g20-bali]]": "{read also slug:g20-bali}",
    "Baca Juga:\n[[g20-bali|Judul]]": "{read also slug:g20-bali}",
    'Baca Juga: [Judul]({{< ref "g20.md" >}})': "{read also ref:g20.md}",
    "Baca Juga: [Judul](https://lain.example/)": '<p class="read-also">Baca Juga: <a href="https://lain.example/">Judul</a></p>',
    "Baca Juga: [Judul](denah.pdf)": '<p class="read-also">Baca Juga: <a href={path:2021/12/denah.pdf}>Judul</a></p>',
    "Baca Juga: [Satu](a.md) dan [dua](b.md)": "<p>Baca Juga: <a href={path:2021/12/a.md}>Satu</a> dan "
    "<a href={path:2021/12/b.md}>dua</a></p>",
    "Baca juga buku [ini](a.md)": "<p>Baca juga buku <a href={path:2021/12/a.md}>ini</a></p>",
}


@pytest.mark.parametrize(("text", "expected"), READ_ALSO.items(), ids=READ_ALSO)
def test_a_paragraph_of_baca_juga_becomes_a_hole(text: str, expected: str) -> None:
    """`Baca Juga` as a whole paragraph is a hole where it names an article, a marked paragraph where it leads elsewhere."""
    assert without_dateline(text) == expected


def test_baca_juga_is_no_text_of_the_article() -> None:
    """The recommended headline counts neither as a word, nor as the first paragraph, nor as a place for the dateline."""
    rendered = read("Baca Juga: [Judul](b.md)\n\nBaca Juga: [X](https://x.example/)\n\nKedua pemimpin bertemu.")
    assert rendered.text == rendered.first_paragraph == "Kedua pemimpin bertemu."
    assert rendered.words == 3
    assert html(rendered.body).endswith("<p>{dateline}Kedua pemimpin bertemu.</p>")


DATELINES = {
    "KARAWANGPOST - Kedua pemimpin": "<p>{dateline}Kedua pemimpin</p>",
    "Karawangpost – Kedua pemimpin": "<p>{dateline}Kedua pemimpin</p>",
    "**KARAWANGPOST** — Kedua pemimpin": "<p>{dateline}Kedua pemimpin</p>",
    "**KARAWANGPOST -** Kedua pemimpin": "<p>{dateline}Kedua pemimpin</p>",
    "*Kabar Uji (1)* - Kedua pemimpin": "<p>{dateline}Kedua pemimpin</p>",
    "KARAWANGPOST-Kedua pemimpin": "<p>{dateline}KARAWANGPOST-Kedua pemimpin</p>",
    "JAKARTA - Kedua pemimpin": "<p>{dateline}Kedua pemimpin</p>",
    "**Kedua** pemimpin": "<p>{dateline}<strong>Kedua</strong> pemimpin</p>",
    "![a](b.jpg)\n\nKedua pemimpin": "{figure b.jpg|a|}\n<p>{dateline}Kedua pemimpin</p>",
    "<div>kotak</div>\n\nKedua pemimpin": "<div>kotak</div>\n<p>{dateline}Kedua pemimpin</p>",
    "![a](b.jpg) ![c](d.jpg)\n\nKedua": "<p>{picture b.jpg|a|} {picture d.jpg|c|}</p>\n<p>{dateline}Kedua</p>",
    "> Kutipan\n\nKedua": "<blockquote>\n<p>Kutipan</p>\n</blockquote>\n<p>{dateline}Kedua</p>",
    "- satu\n- dua": "<ul>\n<li>satu</li>\n<li>dua</li>\n</ul>",
    "": "",
}


@pytest.mark.parametrize(("text", "expected"), DATELINES.items(), ids=DATELINES)
def test_the_dateline_stands_before_the_first_sentence(text: str, expected: str) -> None:
    """One hole at the start of the first paragraph of text; a dateline that is written there is taken out."""
    assert html(read(text).body) == expected


def test_the_dateline_is_no_part_of_the_words() -> None:
    """What is taken out as dateline is in neither plain text."""
    rendered = read("**KARAWANGPOST** - Kedua pemimpin")
    assert (rendered.text, rendered.first_paragraph) == ("Kedua pemimpin", "Kedua pemimpin")


END = '<span class="end-mark">***</span>'
END_MARKS = {
    "Satu.\n\nselesai.***": f"<p>Satu.</p>\n<p>selesai.{END}</p>",
    "selesai*** ": f"<p>selesai{END}</p>",
    "**selesai**.***": f"<p><strong>selesai</strong>.{END}</p>",
    "selesai.***[^1]\n\n[^1]: Catatan.": f"<p>selesai.{END}<sup",
    "selesai.***\n\nBaca Juga: [[x]]": f"<p>selesai.{END}</p>\n{{read also slug:x}}",
    "***penting*** sekali": "<p><em><strong>penting</strong></em> sekali</p>",
    "selesai ***": "<p>selesai ***</p>",
    "satu.***\n\nselesai": "<p>satu.***</p>\n<p>selesai</p>",
    "selesai\n\n***": "<p>selesai</p>\n<hr>",
}


@pytest.mark.parametrize(("text", "expected"), END_MARKS.items(), ids=END_MARKS)
def test_the_end_mark_is_glued_to_the_last_word(text: str, expected: str) -> None:
    """`***` behind the last word is the end mark of the house: neither emphasis, nor a rule, nor text."""
    rendered = read(text)
    assert html(rendered.body).replace("{dateline}", "").startswith(expected)
    assert ("***" in rendered.text) == (END not in expected and "***" in expected)


PICTURES = {
    '![Presiden](foto.jpg "Di Bali")': "{figure foto.jpg|Presiden|Di Bali}",
    "Lihat ![a *b* `c`](foto.jpg) ini": "<p>Lihat {picture foto.jpg|a b c|} ini</p>",
    "[![a](kecil.jpg)](besar.jpg)": "<p><a href={path:2021/12/besar.jpg}>{picture kecil.jpg|a|}</a></p>",
    "- ![a](foto.jpg)": "<ul>\n<li>\n{figure foto.jpg|a|}\n</li>\n</ul>",
    "![]()": "<p></p>",
    "![a](https://x.example/b.jpg?c=1)": '<p><a href="https://x.example/b.jpg?c=1">a</a></p>',
    "![](https://x.example/d/b.jpg?c=1)": '<p><a href="https://x.example/d/b.jpg?c=1">b.jpg</a></p>',
    "[![a<b](//x.example/b.jpg)](https://y.example/)": '<p><a href="https://y.example/">a&lt;b</a></p>',
    "![a](data:image/png;base64,AA)": "<p>a</p>",
}


@pytest.mark.parametrize(("text", "expected"), PICTURES.items(), ids=PICTURES)
def test_a_picture_becomes_a_hole(text: str, expected: str) -> None:
    """Alone in its paragraph a picture is a figure; one that lies elsewhere is a link, and never a link in a link."""
    assert without_dateline(text) == expected


def test_pictures_and_links_are_listed_in_order_with_their_lines() -> None:
    """What a body shows and links to is known without looking at it again."""
    text = "Satu [a](a.md)\ndua [b](b.md) ![](satu.jpg)\n\n[![P](poster.jpg)](https://youtu.be/abcdefghijk)\n\n"
    text += "![x](dua.jpg 'K') [[c]]"
    rendered = read(text, first_line=10)
    assert [(link.how, link.to, link.line) for link in rendered.links] == [
        ("path", "2021/12/a.md", 10),
        ("path", "2021/12/b.md", 11),
        ("slug", "c", 15),
    ]
    assert rendered.pictures == (
        Image("satu.jpg", line=11),
        Image("poster.jpg", "P", line=13),
        Image("dua.jpg", "x", "K", line=15),
    )


def test_a_photo_on_another_host_is_reported_with_its_line() -> None:
    """A photo of another host is a problem of the catalogue, not a request of every reader."""
    rendered = read("Satu\n\ndua\n![a](http://x.example/b.jpg)", first_line=3)
    assert [(p.code, p.place.path, p.place.line) for p in rendered.problems] == [("photo.remote", PATH, 6)]


VIDEO = "{video youtube:dQw4w9WgXcQ||}"
VIDEOS = {
    "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=42s": VIDEO,
    "<https://youtu.be/dQw4w9WgXcQ?si=abc>": VIDEO,
    "https://m.youtube.com/shorts/dQw4w9WgXcQ": VIDEO,
    "https://www.youtube.com/live/dQw4w9WgXcQ?feature=share": VIDEO,
    "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ": VIDEO,
    "https://www.youtube.com/watch?v=_abc_def_-x": "{video youtube:_abc_def_-x||}",
    "https://vimeo.com/76979871": "{video vimeo:76979871||}",
    "[Pidato *Presiden*](https://vimeo.com/channels/berita/76979871)": "{video vimeo:76979871|Pidato Presiden|}",
    "[![Pidato](poster.jpg)](https://youtu.be/dQw4w9WgXcQ)": "{video youtube:dQw4w9WgXcQ|Pidato|poster.jpg}",
    '<iframe src="//www.youtube.com/embed/dQw4w9WgXcQ?rel=0" title="Pidato"></iframe>': "{video youtube:dQw4w9WgXcQ|Pidato|}",
    '<p><iframe src="https://player.vimeo.com/video/76979871?h=1"></iframe></p>': "{video vimeo:76979871||}",
    "- https://youtu.be/dQw4w9WgXcQ": f"<ul>\n<li>\n{VIDEO}\n</li>\n</ul>",
    "Tonton https://youtu.be/dQw4w9WgXcQ": "<p>Tonton https://youtu.be/dQw4w9WgXcQ</p>",
    "https://www.youtube.com/@kanal": "<p>https://www.youtube.com/@kanal</p>",
    "https://evil.example/youtube.com/embed/dQw4w9WgXcQ": "<p>https://evil.example/youtube.com/embed/dQw4w9WgXcQ</p>",
}


@pytest.mark.parametrize(("text", "expected"), VIDEOS.items(), ids=VIDEOS)
def test_a_video_alone_in_its_paragraph_becomes_a_hole(text: str, expected: str) -> None:
    """Every way to name a video of a known host is one hole; anything else stays what it is."""
    assert without_dateline(text) == expected


def test_a_video_of_a_host_that_the_site_does_not_load_is_a_link() -> None:
    """Only the hosts of the settings may load frames."""
    rules = Rules(video_hosts=("vimeo",))
    assert without_dateline("https://youtu.be/dQw4w9WgXcQ", rules) == (
        '<p><a href="https://youtu.be/dQw4w9WgXcQ">https://youtu.be/dQw4w9WgXcQ</a></p>'
    )
    assert without_dateline("[Pidato](https://youtu.be/dQw4w9WgXcQ)", rules) == (
        '<p><a href="https://youtu.be/dQw4w9WgXcQ">Pidato</a></p>'
    )


HEADINGS = {
    "# Satu\n\n## Dua": '<h2 id="satu">Satu</h2>\n<h3 id="dua">Dua</h3>',
    "### Satu\n\n### Satu\n\n##### Dua": '<h2 id="satu">Satu</h2>\n<h2 id="satu-1">Satu</h2>\n<h3 id="dua">Dua</h3>',
    "## Jum'at, *30* Desember!": '<h2 id="jumat-30-desember">Jum\'at, <em>30</em> Desember!</h2>',
    "## Jadwal {#kapan .besar}": '<h2 id="kapan">Jadwal</h2>',
    "## ???": "<h2>???</h2>",
    '## Satu\n\n<p id="satu">x</p>': '<h2 id="satu-1">Satu</h2>\n<p id="satu">x</p>',
}


@pytest.mark.parametrize(("text", "expected"), HEADINGS.items(), ids=HEADINGS)
def test_headings_stand_under_the_headline_with_ids_of_their_own(text: str, expected: str) -> None:
    """No second h1, no level left out, no id twice."""
    assert without_dateline(text) == expected


def test_tables_are_aligned_without_inline_style() -> None:
    """A strict content security policy forbids the `style` that CommonMark's table extension writes."""
    body = without_dateline("| a | b | c |\n| :- | :-: | -: |\n| 1 | 2 | 3 |")
    assert '<td>1</td>\n<td class="center">2</td>\n<td class="right">3</td>' in body
    assert "style" not in body


def test_footnotes_have_ids_of_their_own_and_lead_back() -> None:
    """A note used twice has two ways back, and no id of the page is given twice."""
    body = without_dateline("## fn1\n\nA[^x] b[^x] c[^y].\n\n[^x]: Satu.\n[^y]: Dua.")
    ids = re.findall(r' id="([^"]+)"', body)
    assert sorted(ids) == sorted({"fn1-1", "fn1", "fn2", "fnref1", "fnref1-1", "fnref2"})
    assert '<li id="fn1"><p>Satu. <a class="footnote-backref" href={page:#fnref1}>' in body.replace("\n", "")


def test_plain_text_holds_the_words_of_the_body_alone() -> None:
    """Text for search and related articles: all words in order, none of the marks."""
    rendered = read(
        "## Judul &amp; sub\n\nSatu **dua**\ntiga[^1] ![alt](x.jpg).\n\n- empat\n- `lima`\n\n| enam |\n| - |\n| tujuh |\n\n"
        "<div>delapan<br>sembilan &lt;</div>\n\n[^1]: Catatan.\n"
    )
    assert rendered.text == "Judul & sub Satu dua tiga . empat lima enam tujuh delapan sembilan < Catatan."
    assert rendered.first_paragraph == "Satu dua tiga ."
    assert rendered.words == len(rendered.text.split())


def test_a_body_of_html_alone_has_a_first_paragraph() -> None:
    """Summaries come from somewhere in archives whose bodies are all HTML."""
    assert read("<p>Satu <b>dua</b>.</p>\n<p>Tiga.</p>").first_paragraph == "Satu dua."


def test_strikethrough_is_read() -> None:
    """CommonMark's commonest extension is on."""
    assert without_dateline("~~lama~~ baru") == "<p><s>lama</s> baru</p>"


def test_signs_that_begin_no_markup_stay() -> None:
    """The parser skips them; nothing of them may be lost."""
    text = "a - b: c=d #e $5 50% {x} y@z p^2 q! ]"
    assert without_dateline(text) == f"<p>{text}</p>"


@pytest.mark.parametrize(
    "forged",
    [
        "\ue0000\ue001",
        "&#xE000;0&#xE001;",
        "&#57344;0&#57345;",
        "&#xE0\ue00000;0&#xE001",
        '<a href="\ue0000\ue001">x</a>',
        "[x](%EE%80%800)",
    ],
)
def test_nobody_can_forge_a_hole(forged: str) -> None:
    """The marks that stand for holes while a body is made cannot be written by an author."""
    rendered = read(f"![asli](a.jpg)\n\n{forged}")
    assert [part for part in rendered.body if isinstance(part, Picture)] == [Picture("a.jpg", "asli", block=True, line=1)]
    assert not any("\ue000" in part or "\ue001" in part for part in rendered.body if isinstance(part, str))


def test_strings_of_a_body_are_never_side_by_side() -> None:
    """A body is as small as it can be."""
    body = read("Satu [a](b.md) {{</* x */>}} <b>dua</b>\n\n![](https://x.example/a.jpg)").body
    assert not any(isinstance(one, str) and isinstance(two, str) for one, two in pairwise(body))


_WORDS = st.sampled_from(
    [
        *"\n\n\n   *_`~[]()!<>&;#|-:\"'{}%/\\",
        *("a", "Baca Juga: ", "[[s]]", "[x](y.md)", "![p](q.jpg)", "***", "\n\n", "{{<", "{{%", ">}}", "%}}", "{{< img a >}}"),
        *("{{< note >}}", "{{< /note >}}", "{{< quote >}}", "{{< /quote >}}", "{{< ref 'a' >}}", "{{</* x */>}}", "{% if %}"),
        *("<a href='b.md'>", "</a>", "<img src=z>", "<iframe src='//youtu.be/abcdefghijk'>", "<script>", "<h1>", "<p>", "<!--"),
        *(
            "https://youtu.be/abcdefghijk",
            "&#xE000;",
            "\ue000",
            "1",
            "\ue001",
            "[^1]",
            "\n[^1]: n",
            "[caption id=a]",
            "\t",
            "    ",
        ),
    ]
)
_RULES = [RULES, Rules(shortcodes=dict.fromkeys(("img", "note", "quote", "ref"), "quote"), video_hosts=())]


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(_WORDS, max_size=40).map("".join)), st.sampled_from(_RULES))
def test_any_text_renders_and_leaves_no_mark(text: str, rules: Rules) -> None:
    """Whatever an author writes: no traceback, no mark left in the HTML, no opening of a code left in the text."""
    rendered = render(text, path=PATH, first_line=1, rules=rules)
    strings = [part for part in rendered.body if isinstance(part, str)]
    assert not any("\ue000" in string or "\ue001" in string for string in [*strings, rendered.text])
    assert rendered == render(text, path=PATH, first_line=1, rules=rules)


@pytest.mark.skipif(not ARCHIVE.is_dir(), reason="the real archives are not here")
def test_real_articles_render_without_a_code_left() -> None:
    """Every fortieth article of a real archive: a body with words, and no code of its old generator."""
    for path in sorted(ARCHIVE.rglob("*.md"))[::40]:
        text = path.read_text("utf-8-sig").lstrip().split("\n---\n", 1)[-1]
        rendered = read(text)
        assert "{{" not in html(rendered.body).replace("{{<", "").replace("{{%", "") or "{{<" not in html(rendered.body), path
        assert rendered.words or len(text.split()) < 20, path
