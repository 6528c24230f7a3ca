"""Other generators' codes: what they mean is kept, the rest is taken out and reported."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssg.model import Address, Headline, Href, Picture, ReadAlso, Target, Video
from ssg.reading.codes import take_out
from ssg.reading.draft import Draft
from ssg.reading.markdown import Rendered, Rules, render

RULES = Rules(
    shortcodes={
        "ref": "link",
        "link": "link",
        "img": "image",
        "legacy-img": "image",
        "youtube": "youtube",
        "vimeo": "vimeo",
        "quote-block": "quote",
        "note": "unwrap",
        "layout/box": "unwrap",
        "tweet": "drop",
        "caption": "unwrap",
        "site.baseurl": "drop",
        "post_url": "link",
    }
)


def read(text: str, first_line: int = 1) -> Rendered:
    return render(text, path="content/2021/a.md", first_line=first_line, rules=RULES)


def html(text: str) -> str:
    """The body, its links as `href=[to#fragment]`, its other holes as their names."""
    parts = []
    for part in read(text).body:
        match part:
            case str():
                parts.append(part)
            case Href(target):
                parts.append(f" href=[{target.to}{'#' if target.fragment else ''}{target.fragment}]")
            case Address(target) | Headline(target) | ReadAlso(target):
                parts.append(f"[{target.to}]")
            case Picture(src, alt, caption, block):
                parts.append(f"[{'figure' if block else 'picture'} {src}|{alt}|{caption}]")
            case Video(host, id_, title):
                parts.append(f"[{host} {id_}|{title}]")
    return "".join(parts).strip()


HUGO = {
    '[x]({{< ref "a.md" >}})': "<p><a href=[a.md]>x</a></p>",
    "[x]({{<ref `a.md#b`>}} 'Judul')": '<p><a href=[a.md#b] title="Judul">x</a></p>',
    '[x]({{% ref path="a.md" %}}#c)': "<p><a href=[a.md#c]>x</a></p>",
    '[x]({{< ref "#c" >}})': "<p><a href=[#c]>x</a></p>",
    "[x]({{< tweet 1 >}} 'Judul') dua": "<p>x dua</p>",
    '<a href="{{< tweet 1 >}}">x</a>': "<p><a>x</a></p>",
    'a\n\n    [x]({{< ref "a.md" >}})': "<p>a</p>\n<p><a href=[a.md]>x</a></p>",
    'Lihat {{< ref "a.md" >}}.': "<p>Lihat [a.md].</p>",
    '<a href="{{< ref "a.md" >}}">x</a>': "<p><a href=[a.md]>x</a></p>",
    '[x]({{< ref "https://who.int/" >}})': '<p><a href="https://who.int/">x</a></p>',
    '{{< link "a.md" >}}baca *ini*{{< /link >}}': "<p><a href=[a.md]>baca <em>ini</em></a></p>",
    '{{< link file="a.pdf" label="baca [ini]" >}}': "<p><a href=[a.pdf]>baca [ini]</a></p>",
    '{{< img src="a.jpg" alt="b \\"c\\"" caption="d" >}}': '[figure a.jpg|b "c"|d]',
    '{{< img\n  src="a.jpg"\n  alt="b"\n/>}}': "[figure a.jpg|b|]",
    '{{< img "a.jpg" >}}Lalu': "<p>[picture a.jpg||]Lalu</p>",
    '{{< img "a.jpg" >}}\n{{< img "b.jpg" >}}\nLalu': "[figure a.jpg||]\n[figure b.jpg||]\n<p>Lalu</p>",
    '{{< img src="a.jpg" >}}Kolase *karya*.{{< /img >}}': "[figure a.jpg||Kolase *karya*.]",
    '{{< img src="https://x.example/a.jpg" alt="b" >}}': '<p><a href="https://x.example/a.jpg">b</a></p>',
    '{{< youtube id="dQw4w9WgXcQ" title="Pidato" >}}': "[youtube dQw4w9WgXcQ|Pidato]",
    "{{< youtube dQw4w9WgXcQ >}}{{< /youtube >}}": "[youtube dQw4w9WgXcQ|]",
    "Satu {{< vimeo 76979871 >}} dua": "<p>Satu</p>\n[vimeo 76979871|]\n<p>dua</p>",
    "**{{< vimeo 76979871 >}}**": '<p><strong><a href="https://vimeo.com/76979871">https://vimeo.com/76979871</a></strong></p>',
    '{{< quote-block text="Satu *dua*" cite="A & B" >}}': '<figure class="quote">\n<blockquote>\n<p>Satu <em>dua</em></p>\n'
    "</blockquote>\n<figcaption>A &amp; B</figcaption>\n</figure>",
    "{{< quote-block >}}\nSatu [x](b.md)\n\nDua\n{{< /quote-block >}}": "<blockquote>\n<p>Satu <a href=[2021/b.md]>x</a></p>\n"
    "<p>Dua</p>\n</blockquote>",
    "{{< note >}}\n\nSatu\n\n{{< /note >}}": "<p>Satu</p>",
    '{{< note text="hilang" >}}Satu': "<p>Satu</p>",
    "{{< layout/box >}}    Satu{{< /layout/box >}}": "<p>Satu</p>",
    "Satu{{< tweet 1 >}}dua": "<p>Satu dua</p>",
    "Satu {{< tweet >}}hilang{{< /tweet >}} dua.": "<p>Satu  dua.</p>",
    "{{% comment %}}catatan redaksi{{% /comment %}}": "",
    "Satu {{</* ref x */>}} dua": "<p>Satu {{&lt; ref x &gt;}} dua</p>",
    "`{{%/* note */%}}`": "<p><code>{{% note %}}</code></p>",
    '```\n{{</* img "a" */>}}\n{{< tweet >}}\n```': "<pre><code>{{&lt; img &quot;a&quot; &gt;}}\n\n</code></pre>",
    '```\n{{< quote-block >}}a {{< ref "b" >}}{{< /quote-block >}}\n```': "<pre><code>a b\n</code></pre>",
    '## {{< quote-block >}}a {{< ref "b" >}}{{< /quote-block >}}': '<h2 id="a-b">a b</h2>',
    'https://youtu.be/dQw4w9WgXcQ#{{< ref "b" >}}': "<p>https://youtu.be/dQw4w9WgXcQ#[b]</p>",
    "[a {{< img src='https://x.example/y.jpg' >}}](b.md)": "<p><a href=[2021/b.md]>a y.jpg</a></p>",
    "{{< note >}}{{< tweet >}}{{< /note >}}{{< /note >}}Satu": "<p>Satu</p>",
}


@pytest.mark.parametrize(("text", "expected"), HUGO.items(), ids=HUGO)
def test_hugos_codes_mean_what_the_site_says(text: str, expected: str) -> None:
    """Each meaning of [shortcodes], in every way of writing a code, and the escape that shows one."""
    assert html(text) == expected


OTHERS = {
    "Satu {% if x %}dua{% endif %} tiga": ("<p>Satu dua tiga</p>", {"if"}),
    "[x]({{ site.baseurl }}/tag/)": ("<p><a href=[/tag/]>x</a></p>", set()),
    "[x]({% post_url 2021-a %})": ("<p><a href=[2021-a]>x</a></p>", set()),
    "{{ page.title | upcase }}Satu": ("<p>Satu</p>", {"page.title"}),
    "`{{ site.x }}` {% raw": ("<p><code>{{ site.x }}</code> {% raw</p>", set()),
    "```\n{% if x %}\n[gallery]\n```": ("<pre><code>{% if x %}\n[gallery]\n</code></pre>", set()),
    '[caption id="a" align="left"]![b](c.jpg) Teks[/caption]': ("<p>[picture c.jpg|b|] Teks</p>", set()),
    '[gallery ids="1,2"]\n\nSatu': ("<p>Satu</p>", {"gallery"}),
    "[embed]https://youtu.be/dQw4w9WgXcQ[/embed]": ("[youtube dQw4w9WgXcQ|]", {"embed"}),
    "[video](a.md) dan [audio][x] dan [video]\n\n[x]: b.md": (
        "<p><a href=[2021/a.md]>video</a> dan <a href=[2021/b.md]>audio</a> dan [video]</p>",
        set(),
    ),
}


@pytest.mark.parametrize(("text", "expected"), OTHERS.items(), ids=OTHERS)
def test_liquid_and_wordpress_codes_are_taken_out_of_running_text(text: str, expected: tuple[str, set[str]]) -> None:
    """Outside code, the tags go, the words stay, and what is not mapped is reported; a Markdown link is no code."""
    body, unknown = expected
    assert html(text) == body
    assert {problem.what.split("`")[1] for problem in read(text).problems if problem.code == "code.unknown"} == unknown


def test_an_unknown_code_is_reported_once_with_its_first_line_and_count() -> None:
    """One problem for each name, however often the code stands in the file."""
    rendered = read("Satu\n\n{{< peta 1 >}}\n{{< kotak >}}dua{{< /kotak >}}\n{{< peta\n2 >}}", first_line=8)
    assert [(p.code, p.place.line, p.what) for p in rendered.problems] == [
        ("code.unknown", 10, "the code `peta` means nothing here, 2 times, first here"),
        ("code.unknown", 11, "the code `kotak` means nothing here"),
    ]
    assert rendered.text == "Satu dua"


@pytest.mark.parametrize(
    "text", ['Satu {{< ref "a.md" dua', "Satu {{< dua", "Satu {{<>}} dua", "{{< a {{< b >}} Satu dua", "Satu {{% dua"]
)
def test_a_code_without_an_end_leaves_no_opening_behind(text: str) -> None:
    """No `{{<` reaches a reader; the words behind it do, and the problem says where."""
    rendered = read(text)
    assert "{{" not in "".join(part for part in rendered.body if isinstance(part, str))
    assert "dua" in rendered.text.split() or "dua" in text.split()[2:]
    assert {problem.code for problem in rendered.problems} == {"code.unknown"}


def test_a_video_code_without_an_id_is_unknown() -> None:
    """A code that cannot be understood is reported, not turned into a dead frame."""
    rendered = read("{{< youtube >}}")
    assert (rendered.body, [p.code for p in rendered.problems]) == ((), ["code.unknown"])


def test_lines_stay_right_behind_codes_of_several_lines() -> None:
    """A code's own lines vanish from the text, never from the count."""
    text = "{{< img\n  src='x'\n  >}}\n\n{{< tweet >}}\na\nb\n{{< /tweet >}}\n\n"
    text += "[x](b.md)\n\n{{< note >}}\n[y](c.md)\n{{< /note >}}\n![](d.jpg)"
    rendered = read(text, first_line=100)
    assert [(link.to, link.line) for link in rendered.links] == [("2021/b.md", 109), ("2021/c.md", 112)]
    assert [picture.line for picture in rendered.pictures] == [100, 114]


def test_the_line_of_a_code_in_a_link_is_its_own() -> None:
    """A `ref` that leads nowhere is reported where it is written."""
    assert read('Satu\n\n[x]({{< ref "a.md" >}})', first_line=4).links == (Target("ref", "a.md", "", 6),)


@given(
    st.lists(
        st.sampled_from(["{", "{{<", "{{%", ">}}", "%}}", " x ", "/", '"', "`", "\n", "{{< note >}}", "{{< /note >}}", "/*"])
    )
)
def test_no_opening_of_a_code_survives(pieces: list[str]) -> None:
    """Taking codes out never puts a new one together."""
    source, lines = take_out("".join(pieces), 1, Draft("content/a.md", RULES))
    assert "{{<" not in source
    assert "{{%" not in source
    assert lines.of(source.count("\n")) <= "".join(pieces).count("\n") + 1
