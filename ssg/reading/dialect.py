"""The Markdown that articles are written in: CommonMark with tables, footnotes, strikethrough and `[[slug]]`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink
from markdown_it.common.utils import normalizeReference
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.footnote import footnote_plugin

from ssg.model import Target
from ssg.reading.draft import Draft
from ssg.reading.holes import block

# Where a rule of ours or of CommonMark's can begin; at all other signs the parser would try a dozen rules in vain.
_TERMINATOR = re.compile(r"[\n\\`~*_\[\]<&]|[!^](?=\[)")
_SLUG = re.compile(r"\[\[([^\[\]|#<>\n]+)(?:#([^\[\]|\n]*))?(?:\|([^\[\]\n]+))?\]\](?![(\[:])")
_WEB = re.compile(r"(?:https?|ftp)://|mailto:", re.IGNORECASE)

_FOOTNOTES_OPEN = '<hr class="footnotes-sep">\n<div class="footnotes">\n<ol>\n'
_FOOTNOTES_CLOSE = "</ol>\n</div>\n"


@lru_cache(maxsize=1)
def dialect() -> MarkdownIt:
    """The parser and renderer. It keeps nothing between two texts; `env["draft"]` is the Draft of the text it renders."""
    md = MarkdownIt("commonmark", {"xhtmlOut": False}).enable(["table", "strikethrough"])
    md.use(footnote_plugin)
    md.inline.ruler.before("link", "slug_link", _slug_link)
    md.inline.terminator_re = _TERMINATOR
    md.normalizeLink = normalised  # type: ignore[method-assign]
    md.validateLink = _any_link  # type: ignore[method-assign]
    for name, rule in (
        ("hole", _hole),
        ("block_hole", _block_hole),
        ("footnote_ref", _footnote_ref),
        ("footnote_block_open", _footnotes_open),
        ("footnote_block_close", _footnotes_close),
        ("footnote_open", _footnote_open),
        ("footnote_anchor", _footnote_anchor),
    ):
        md.add_render_rule(name, rule)
    return md


def rendered(tokens: Sequence[Token], draft: Draft) -> str:
    """The HTML of settled tokens."""
    md = dialect()
    return str(md.renderer.render(tokens, md.options, {"draft": draft}))


def normalised(url: str) -> str:
    """The address of a link as the parser hands it on."""
    # what is not of the web is looked at when the whole text is known, as its author wrote it
    return url if not _WEB.match(url) or url.isascii() else normalizeLink(url)


def _any_link(url: str) -> bool:
    # a refused address must not turn into Markdown shown to readers: `Draft.href` keeps the words and takes the link
    return True


def _slug_link(state: StateInline, silent: bool) -> bool:
    """`[[slug]]`, `[[slug#fragment]]`, `[[slug|text]]`."""
    if not state.src.startswith("[[", state.pos) or state.linkLevel:
        return False
    found = _SLUG.match(state.src, state.pos, state.posMax)
    if not found or normalizeReference(found[1]) in state.env.get("references", ()):
        return False
    if not silent:
        target = Target("slug", found[1].strip(), found[2] or "")
        token = state.push("link_open" if found[3] else "headline", "a", 1 if found[3] else 0)
        token.meta = {"target": target}
        if found[3]:
            state.push("text", "", 0).content = found[3].strip()
            state.push("link_close", "a", -1)
    state.pos = found.end()
    return True


def _hole(self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
    return tokens[idx].content


def _block_hole(self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
    return block(tokens[idx].content) + "\n"


def _footnote_ref(self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
    number, again = _numbers(tokens[idx])
    href = _fragment(env, f"fn{number}")
    return f'<sup class="footnote-ref"><a id="fnref{number}{again}" href="{href}">[{number}]</a></sup>'


def _footnotes_open(self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
    return _FOOTNOTES_OPEN


def _footnotes_close(self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
    return _FOOTNOTES_CLOSE


def _footnote_open(self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
    return f'<li id="fn{_numbers(tokens[idx])[0]}">'


def _footnote_anchor(self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
    number, again = _numbers(tokens[idx])
    # U+FE0E asks for the arrow as text, not as a coloured picture
    return f' <a class="footnote-backref" href="{_fragment(env, f"fnref{number}{again}")}">\u21a9\ufe0e</a>'


def _numbers(token: Token) -> tuple[int, str]:
    again = token.meta.get("subId", 0)
    return token.meta["id"] + 1, f"-{again}" if again > 0 else ""


def _fragment(env: EnvType, id_: str) -> str:
    draft: Draft = env["draft"]
    return draft.holes.note(Target("page", "", id_))


def footnote_ids(env: EnvType) -> set[str]:
    """The ids that the footnotes of a parsed text will have."""
    ids: set[str] = set()
    for number, note in env.get("footnotes", {}).get("list", {}).items():
        ids.add(f"fn{number + 1}")
        ids.update(f"fnref{number + 1}" + (f"-{again}" if again else "") for again in range(max(1, note.get("count", 1))))
    return ids
