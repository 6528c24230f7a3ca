"""Published HTML as Markdown: whatever signs a text holds, another parser finds the same words in it."""

from __future__ import annotations

from html import escape

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from ssg.rendering.as_markdown import markdown_of
from tests.conftest import Html

PIECES = [*"ab1 .)(!#*_-+=>|~`[]<&;:^\\\"'\n", "é", "😀", "ب", "”", "&amp;", "---", "1. "]
SIGNS = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
TEXT = SIGNS.map(lambda text: escape(text, quote=False))
LINE = st.recursive(
    TEXT
    | SIGNS.filter(str.strip).map(lambda text: f"<code>{escape(text)}</code>")
    | TEXT.map(lambda text: f'<a href="https://kabar.example/a_(b)">{text}</a>'),
    lambda inner: st.builds(
        lambda parts, tag: f"<{tag}>{''.join(parts)}</{tag}>",
        st.lists(inner, max_size=3),
        st.sampled_from(["em", "strong", "del", "sub", "span"]),
    ),
    max_leaves=6,
)
BLOCK = st.recursive(
    st.lists(LINE, max_size=4).map(lambda parts: f"<p>{''.join(parts)}</p>\n")
    | LINE.map(lambda line: f"<h2>{line}</h2>\n")
    | SIGNS.map(lambda text: f"<pre><code>{escape(text)}\n</code></pre>\n"),
    lambda inner: st.builds(
        lambda parts, tag: (
            f"<{tag}>{''.join(parts)}</{tag}>\n"
            if tag == "blockquote"
            else f"<{tag}>{''.join(f'<li>{part}</li>' for part in parts)}</{tag}>\n"
        ),
        st.lists(inner, min_size=1, max_size=3),
        st.sampled_from(["blockquote", "ul", "ol"]),
    ),
    max_leaves=5,
)


def words(html: str) -> str:
    """The text of a piece of HTML without white space."""
    return "".join(Html(f"<main>{html}</main>").main.split())


@settings(max_examples=300, deadline=None)
@given(st.lists(BLOCK, max_size=3).map("".join))
def test_the_words_stay(html: str) -> None:
    """Signs that Markdown takes for its own are no more than signs."""
    markdown = markdown_of(html)
    made = MarkdownIt("commonmark").enable(["strikethrough", "table"]).render(markdown)
    assert words(made) == words(html), markdown


def test_what_markdown_has_a_sign_for() -> None:
    """Emphasis, links, pictures with captions, lists, quotations and code are written as people write them."""
    html = (
        '<h2 id="x">Judul</h2>\n<p>Teks <em>miring</em>, <strong>tebal</strong> dan <a href="https://a.example/">tautan</a>!</p>\n'
        '<figure class="photo"><img src="https://a.example/b.jpg" alt="Sawah" width="1" height="1">'
        '<figcaption>Padi "baru"</figcaption></figure>\n'
        "<ul>\n<li>satu</li>\n<li>dua\n<ul>\n<li>dalam</li>\n</ul>\n</li>\n</ul>\n<blockquote>\n<p>Kutipan</p>\n</blockquote>\n"
        '<pre><code class="language-py">a = 1\n</code></pre>\n'
    )
    assert markdown_of(html) == (
        "## Judul\n\nTeks *miring*, **tebal** dan [tautan](https://a.example/)!\n\n"
        '![Sawah](https://a.example/b.jpg "Padi \\"baru\\"")\n\n'
        "- satu\n- dua\n  - dalam\n\n> Kutipan\n\n```py\na = 1\n```"
    )
