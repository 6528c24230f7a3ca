"""The crawlers of language models that robots.txt can name: what each one reads for, and where that is said of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Literal

import msgspec

Use = Literal["training", "answers"]  # texts to train models with; a person's question to answer now, or a search


class Crawler(msgspec.Struct, frozen=True):
    """One crawler: the name that it heeds in robots.txt (RFC 9309, "product token"), its maker, its use, and the source.

    The source is the maker's own page; where there is none, that of Known Agents, which watches crawlers (Dark Visitors).
    """

    name: str
    maker: str
    use: Use
    source: str


_AMAZON = "https://developer.amazon.com/amazonbot"
_ANTHROPIC = "https://support.anthropic.com/en/articles/8896518"
_GOOGLE = "https://developers.google.com/search/docs/crawling-indexing/google-common-crawlers"
_META = "https://developers.facebook.com/docs/sharing/webmasters/web-crawlers/"
_OPENAI = "https://platform.openai.com/docs/bots"
_PERPLEXITY = "https://docs.perplexity.ai/guides/bots"
_WATCHED = "https://darkvisitors.com/agents/"

CRAWLERS = (
    Crawler("AI2Bot", "Ai2", "training", "https://allenai.org/crawler"),
    Crawler("Amazonbot", "Amazon", "training", _AMAZON),
    Crawler("anthropic-ai", "Anthropic", "training", f"{_WATCHED}anthropic-ai"),
    Crawler("Applebot-Extended", "Apple", "training", "https://support.apple.com/en-us/119829"),
    Crawler("Bytespider", "ByteDance", "training", f"{_WATCHED}bytespider"),
    Crawler("CCBot", "Common Crawl", "training", "https://commoncrawl.org/ccbot"),
    Crawler("ClaudeBot", "Anthropic", "training", _ANTHROPIC),
    Crawler("cohere-training-data-crawler", "Cohere", "training", f"{_WATCHED}cohere-training-data-crawler"),
    Crawler("Diffbot", "Diffbot", "training", f"{_WATCHED}diffbot"),
    Crawler("FacebookBot", "Meta", "training", "https://developers.facebook.com/docs/sharing/bot/"),
    Crawler("Google-Extended", "Google", "training", _GOOGLE),
    Crawler("GPTBot", "OpenAI", "training", _OPENAI),
    Crawler("Meta-ExternalAgent", "Meta", "training", _META),
    Crawler("Webzio-Extended", "Webz.io", "training", "https://webz.io/bot.html"),
    Crawler("Amzn-SearchBot", "Amazon", "answers", _AMAZON),
    Crawler("Amzn-User", "Amazon", "answers", _AMAZON),
    Crawler("ChatGPT-User", "OpenAI", "answers", _OPENAI),
    Crawler("Claude-SearchBot", "Anthropic", "answers", _ANTHROPIC),
    Crawler("Claude-User", "Anthropic", "answers", _ANTHROPIC),
    Crawler("cohere-ai", "Cohere", "answers", f"{_WATCHED}cohere-ai"),
    Crawler("DuckAssistBot", "DuckDuckGo", "answers", "https://duckduckgo.com/duckduckgo-help-pages/results/duckassistbot"),
    Crawler("Meta-ExternalFetcher", "Meta", "answers", _META),
    Crawler("Meta-WebIndexer", "Meta", "answers", _META),
    Crawler("MistralAI-User", "Mistral AI", "answers", "https://docs.mistral.ai/robots"),
    Crawler("OAI-SearchBot", "OpenAI", "answers", _OPENAI),
    Crawler("Perplexity-User", "Perplexity", "answers", _PERPLEXITY),
    Crawler("PerplexityBot", "Perplexity", "answers", _PERPLEXITY),
)


def denied(uses: Collection[Use], more: Iterable[str], but: Iterable[str]) -> tuple[str, ...]:
    """The names of the crawlers that read for one of some uses, and of `more`, without those in `but`; by alphabet.

    Each stands there once, as it is first written: names that differ in the case of letters alone are one (RFC 9309, 2.2.1).
    """
    names = [*(crawler.name for crawler in CRAWLERS if crawler.use in uses), *more]
    named = {name.casefold(): name for name in reversed(names)}
    let_in = {name.casefold() for name in but}
    return tuple(named[name] for name in sorted(named.keys() - let_in))


_ABOUT = """\
## Crawlers

What `[robots]` says is written into `robots.txt`, which crawlers heed of their own free will: one that does not can only be
kept out by the web host. Search engines are let in whatever it says; `noindex` is for them. `Google-Extended` and
`Applebot-Extended` are names alone, by which Google and Apple ask what they may do with what their search engines read; a site
that denies them is found as before. Of `ChatGPT-User`, `Meta-ExternalFetcher` and `Perplexity-User` their makers say that a
page for which a person asked may be fetched all the same. A file `static/robots.txt` of your own stands in the place of all
this.

| name in robots.txt | whose | reads for | said at |
| --- | --- | --- | --- |
"""


def markdown() -> str:
    """The Markdown section about all crawlers that the program knows."""
    rows = [f"| `{one.name}` | {one.maker} | {one.use} | {one.source} |\n" for one in CRAWLERS]
    return _ABOUT + "".join(rows)
