"""HTML in Markdown: what news needs stays, what harms goes, and the author is told."""

from __future__ import annotations

import pytest

from ssg.model import Address, Body, Href, Picture, Video
from ssg.reading.markdown import Rendered, Rules, render


def read(text: str, first_line: int = 1) -> Rendered:
    return render(text, path="content/2021/a.md", first_line=first_line, rules=Rules(shortcodes={"ref": "link"}))


def html(body: Body) -> str:
    parts = []
    for part in body:
        match part:
            case str():
                parts.append(part)
            case Href(target):
                parts.append(f" href=[{target.how}:{target.to or target.fragment}]")
            case Address(target):
                parts.append(f"[{target.to}]")
            case Picture(src, alt, caption, block):
                parts.append(f"[{'figure' if block else 'picture'} {src}|{alt}|{caption}]")
            case Video(host, id_):
                parts.append(f"[{host} {id_}]")
    return "".join(parts).strip()


KEPT = {
    '<p class="a" lang="en" dir="ltr">x <b>y</b><br>z</p>': '<p class="a" lang="en" dir="ltr">x <b>y</b><br>z</p>',
    "<a href='../b.md' title='&quot;c&quot;' target=_blank>x</a>": '<p><a title="&quot;c&quot;" href=[path:b.md]>x</a></p>',
    '<a href="https://who.int/?a&amp;b" rel="license">x</a>': '<p><a rel="license" href="https://who.int/?a&amp;b">x</a></p>',
    '<a name="atas"></a>Satu <a href="#atas">ke atas</a>': '<p><a id="atas"></a>Satu <a href=[page:atas]>ke atas</a></p>',
    '<table><tr><td colspan="2" align="center">x</td></tr></table>': ""
    '<table><tbody><tr><td colspan="2">x</td></tr></tbody></table>',
    "<table>\n<tr>\n    <td>a</td>\n\n    <td>\n      b</td>\n  </tr>\n</table>": ""
    "<table>\n<tbody><tr>\n    <td>a</td>\n<td>\nb</td>\n  </tr>\n</tbody></table>",
    "<div>\n  <p>a</p>\n\n    <p>b</p>\n\n    c <i>d</i>\n</div>": "<div>\n  <p>a</p>\n<p>b</p>\n<p>c <i>d</i></p>\n</div>",
    "<p>a</p>\n  \n  <p>b</p>\n\n    <p>c</p>": "<p>a</p>\n  <p>b</p>\n<p>c</p>",
    "<div>\n\n    if a < b:\n\n</div>": "<div>\n<pre><code>if a &lt; b:\n</code></pre>\n</div>",
    "<div>a</div>\n\n    <p>kode": "<div>a</div>\n<pre><code>&lt;p&gt;kode\n</code></pre>",
    "<div>Lihat <https://who.int/?a&b></div>": '<div>Lihat <a href="https://who.int/?a&amp;b">https://who.int/?a&amp;b</a></div>',
    '<ol start="3" type="a"><li value="4">x</li></ol>': '<ol start="3"><li value="4">x</li></ol>',
    '<time datetime="2021-12-30">Kamis</time> H<sub>2</sub>O': '<p><time datetime="2021-12-30">Kamis</time> H<sub>2</sub>O</p>',
    "<details><summary>a</summary>b</details>": "<details><summary>a</summary>b</details>",
    "<h1>a</h1><h4>b</h4>": "<h2>a</h2><h3>b</h3>",
    '<img src="a.jpg" alt="b" title="c">': "[figure a.jpg|b|c]",
    'x <img src="a.jpg" alt="b">': "<p>x [picture a.jpg|b|]</p>",
    '<img src="https://x.example/a.jpg">': '<p><a href="https://x.example/a.jpg">a.jpg</a></p>',
    '<figure><img src="a.jpg" alt="b"></figure>': "[figure a.jpg|b|]",
    '<figure>\n<img src="a.jpg">\n<figcaption>c</figcaption></figure>': ""
    "<figure>\n[picture a.jpg||]\n<figcaption>c</figcaption></figure>",
    "<p>\n\n![a](b.jpg)\n\n</p>": "[figure b.jpg|a|]",
    "<font color=red>a</font> <tt>c</tt> <big>d</big>": "<p>a c d</p>",
    "<center>b</center>": "b",
    '<span style="color:red" align="left">a</span>': "<p><span>a</span></p>",
    "<div><![x](a.jpg)> b</div>": "<div> b</div>",
    "a <!-- rahasia --> b": "<p>a  b</p>",
    "<b>a <i>b</b> c</i>": "<p><b>a <i>b</i></b><i> c</i></p>",
    '<td colspan="x">a</td>': "a",
    '<p id="a">x</p><p id="a">y</p><p id="b c">z</p>': '<p id="a">x</p><p>y</p><p>z</p>',
    '<p title="{{< ref "b.md" >}}">{{< ref "c.md" >}}</p>': '<p title="b.md">[c.md]</p>',
    '<a href="x.md"><img src="//y.example/z.jpg" alt="w"></a>': "<p><a href=[path:2021/x.md]>w</a></p>",
    '[<img src="https://y.example/z.jpg" alt="w">](x.md)': "<p><a href=[path:2021/x.md]>w</a></p>",
    "AT&T &copy <b>5 < 6</b>": "<p>AT&amp;T &amp;copy <b>5 &lt; 6</b></p>",
}


@pytest.mark.parametrize(("text", "expected"), KEPT.items(), ids=KEPT)
def test_html_for_news_is_kept_and_made_valid(text: str, expected: str) -> None:
    """The allow-list, the holes for links and pictures, and the right nesting."""
    rendered = read(text)
    assert html(rendered.body) == expected
    assert [problem for problem in rendered.problems if problem.code != "photo.remote"] == []


REMOVED = {
    "<script>alert(1)</script>": "",
    "<style>p { color: red }</style>": "",
    "<p onclick=\"x()\" ONLOAD='y()'>a</p>": "<p>a</p>",
    '<form action="/x"><p>a</p></form>': "<p>a</p>",
    '<object data="x.swf">a</object>b': "<p>b</p>",
    '<a href="java&#x0A;script:alert(1)">a</a>': "<p><a>a</a></p>",
    '<a href=" data:text/html,x">a</a>': "<p><a>a</a></p>",
    "<iframe>teks</iframe>": "",
    '<iframe src="https://slides.example/1" title="Salindia"></iframe>': '<a href="https://slides.example/1">Salindia</a>',
    '<iframe src="javascript:alert(1)"></iframe>': "",
    '<img src="x" onerror="alert(1)">': "[figure x||]",
    '<img src="data:image/png;base64,AA" alt="a">': "<p>a</p>",
    "<svg><a href='javascript:x'>a</a></svg>": "",
    "<math><mi>a</mi></math>": "",
    "<nama Anda>": "",
}


@pytest.mark.parametrize(("text", "expected"), REMOVED.items(), ids=REMOVED)
def test_html_that_harms_is_taken_out_and_reported(text: str, expected: str) -> None:
    """Nothing that runs or loads reaches a page, and nothing goes without a word."""
    rendered = read(text)
    assert html(rendered.body).replace("<p></p>", "") == expected
    assert {problem.code for problem in rendered.problems} == {"html.removed"}


def test_an_element_is_reported_once_with_its_first_line() -> None:
    """Two scripts in a file are one problem, at the first one."""
    rendered = read("a\n\n<div>\n<script>1</script>\n</div>\n\n<script>2</script>", first_line=10)
    assert [(p.place.line, p.what) for p in rendered.problems] == [
        (13, "<script> is not allowed and was taken out, with all that is in it")
    ]


def test_links_in_html_have_their_line() -> None:
    """A block of HTML of several lines does not blur where a link stands."""
    rendered = read("<ul>\n<li>a</li>\n<li><a\n href='b.md'>b</a></li>\n</ul>", first_line=5)
    assert [(link.to, link.line) for link in rendered.links] == [("2021/b.md", 7)]


def test_words_of_html_are_text_and_words_of_scripts_are_not() -> None:
    """Blocks part words, inline tags do not."""
    rendered = read("<div>sa<b>tu</b><p>dua &amp; tiga</p><script>x y</script></div>")
    assert rendered.text == "satu dua & tiga"


def test_markup_of_ours_survives_the_cleaning() -> None:
    """End mark, footnotes, tables' classes and headings' ids look the same with and without HTML in the text."""
    text = "## Satu\n\n| a |\n| -: |\n| b |\n\n~~c~~ `d`[^1]\n\n3. e\n\nselesai.***\n\n[^1]: f"
    plain, raw = html(read(text).body), html(read(text + "\n\n<!-- x -->").body)
    assert raw.replace("&quot;", '"') == plain
