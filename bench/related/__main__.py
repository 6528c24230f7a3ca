"""`python -m bench.related ARCHIVE`: how many hidden links each ranking finds again."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.related import hidden
from bench.related.hidden import Hidden
from bench.related.measures import MEASURES, interval, mean
from bench.related.rankings import RANKINGS, Lists
from ssg.problems import BuildStopped

NEAR = 90  # days
_OURS = "ssg"
PARTS = ("all", f"within {NEAR} days", f"beyond {NEAR} days")

Values = dict[str, dict[str, dict[str, list[float]]]]  # part -> measure -> ranking -> one value for each article that asks


def main(arguments: list[str] | None = None) -> int:
    """Measure and print; 0, or 1 where the archive cannot be read or has no links."""
    asked = _parser().parse_args(arguments)
    values: Values = {part: {measure: {name: [] for name in RANKINGS} for measure in MEASURES} for part in PARTS}
    with tempfile.TemporaryDirectory() as work:
        try:
            found = hidden.articles(asked.archive, Path(work), site=asked.site, language=asked.language)
        except BuildStopped as stopped:
            print(*stopped.problems, sep="\n", file=sys.stderr)
            return 1
    for articles in found.values():
        if any(article.linked for article in articles):
            for name, ranking in RANKINGS.items():
                _note(values, name, articles, ranking(articles))
    if not values["all"]["hit@5"][_OURS]:
        print(f"no article of {asked.archive} links to another: nothing says what is related", file=sys.stderr)
        return 1
    print("\n".join(_told(values)))
    if asked.json:
        asked.json.write_text(json.dumps(_summed(values), indent=1) + "\n", encoding="utf-8")
    return 0


def _note(values: Values, name: str, articles: Sequence[Hidden], lists: Lists) -> None:
    days = [article.article.date.timestamp() / 86_400 for article in articles]
    for asking, article in enumerate(articles):
        near = frozenset(other for other in article.linked if abs(days[other] - days[asking]) <= NEAR)
        for part, linked in zip(PARTS, (article.linked, near, article.linked - near), strict=True):
            if linked:
                for measure, of in MEASURES.items():
                    values[part][measure][name].append(of(lists[asking], linked))


def _told(values: Values) -> Iterator[str]:
    for part, measures in values.items():
        yield f"{part}: {len(measures['hit@5'][_OURS]):,} articles that are linked"
        for measure, rankings in measures.items():
            yield f"  {measure}"
            for name, single in rankings.items():
                line = f"    {name:<28}{_bounds(single)}"
                if name != _OURS:
                    line += f"   ssg better by {_bounds(_differences(rankings, name), signed=True)}"
                yield line
        yield ""


def _differences(rankings: dict[str, list[float]], name: str) -> list[float]:
    return [ours - theirs for ours, theirs in zip(rankings[_OURS], rankings[name], strict=True)]


def _bounds(single: Sequence[float], *, signed: bool = False) -> str:
    low, high = interval(single)
    sign = "+" if signed else ""
    return f"{mean(single):{sign}.4f} [{low:{sign}.4f}, {high:{sign}.4f}]"


def _summed(values: Values) -> dict[str, object]:
    return {
        part: {
            measure: {
                name: {"mean": mean(single), "interval": interval(single), "asked": len(single)}
                | ({} if name == _OURS else {"ssg better by": interval(_differences(rankings, name))})
                for name, single in rankings.items()
            }
            for measure, rankings in measures.items()
        }
        for part, measures in values.items()
    }


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bench.related",
        description="Hide the links between articles, and count how many of them each ranking of related articles finds again.",
        epilog="A pair counts in either direction; every other article of 40 words or more is a candidate.",
    )
    parser.add_argument("archive", type=Path, metavar="ARCHIVE", help="the folder of a site, or one of articles alone")
    parser.add_argument("--site", type=Path, metavar="FILE", help="its site.toml, if that stands elsewhere")
    parser.add_argument("--language", default="en", metavar="CODE", help="of articles without any site.toml (%(default)s)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    return parser


if __name__ == "__main__":
    sys.exit(main())
