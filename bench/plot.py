"""The growth of a build from scratch as an SVG: wall time over articles, both on logarithmic axes."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape

WIDTH, HEIGHT = 760, 460
LEFT, RIGHT, TOP, BOTTOM = 70, 190, 48, 54
GAP = 15  # between two names at the right

_STYLE = """\
svg { --ink: #1c1b19; --faint: #d8d4cb; --paper: #fffefb;
  --c0: #b3261e; --c1: #a05a00; --c2: #7b3fa0; --c3: #12508c; --c4: #17786c; --c5: #5f6b1e; }
@media (prefers-color-scheme: dark) { svg { --ink: #e9e6df; --faint: #3a3831; --paper: #16150f;
  --c0: #ff8a80; --c1: #ffc266; --c2: #d3a6f0; --c3: #93c3f3; --c4: #7fdccf; --c5: #c5d36b; } }
.paper { fill: var(--paper); } text { fill: var(--ink); font: 13px system-ui, sans-serif; } .title { font-weight: 600; }
.grid { stroke: var(--faint); stroke-width: 1; } .line { fill: none; stroke-width: 2; } .lead { stroke-width: 1; }"""
# Colours alone tell nobody who cannot tell them apart: lines differ in dashes too, and bear their names.
_DASHES = ("", "6 3", "2 3", "", "6 3", "9 3 2 3")

Points = Sequence[tuple[int, float]]  # (articles, seconds), fewest articles first


def svg(lines: Mapping[str, Points]) -> str:
    """The plot of some named lines; each point is a median. A line without points is left out."""
    drawn = {name: points for name, points in lines.items() if points}
    across = _decades(count for points in drawn.values() for count, _ in points)
    up = _decades(seconds for points in drawn.values() for _, seconds in points)
    title = "From scratch: seconds over articles"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="t d">',
        f'<title id="t">{title}</title>',
        f'<desc id="d">{escape("; ".join(_told(name, points) for name, points in drawn.items()))}</desc>',
        f"<style>{_STYLE}</style>",
        f'<rect class="paper" width="{WIDTH}" height="{HEIGHT}"/>',
        f'<text class="title" x="{LEFT}" y="24">{title} (logarithmic, less is better)</text>',
        *_grid(across, up),
        *_lines(drawn, across, up),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _told(name: str, points: Points) -> str:
    return f"{name}: " + ", ".join(f"{seconds:.3g} s at {count:,}" for count, seconds in points)


def _decades(values: Iterable[float]) -> tuple[int, int]:
    """The powers of ten that hold all values: the greatest below, the least above."""
    logs = [math.log10(value) for value in values] or [0.0]
    low = math.floor(min(logs))
    return low, max(low + 1, math.ceil(max(logs)))


def _x(count: float, across: tuple[int, int]) -> float:
    low, high = across
    return LEFT + (math.log10(count) - low) / (high - low) * (WIDTH - LEFT - RIGHT)


def _y(seconds: float, up: tuple[int, int]) -> float:
    low, high = up
    return HEIGHT - BOTTOM - (math.log10(seconds) - low) / (high - low) * (HEIGHT - TOP - BOTTOM)


def _grid(across: tuple[int, int], up: tuple[int, int]) -> Iterator[str]:
    for power in range(across[0], across[1] + 1):
        x = _x(10.0**power, across)
        yield f'<path class="grid" d="M{x:.1f} {TOP}V{HEIGHT - BOTTOM}"/>'
        yield f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle">{10.0**power:,.0f}</text>'
    for power in range(up[0], up[1] + 1):
        y = _y(10.0**power, up)
        yield f'<path class="grid" d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}"/>'
        yield f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{10.0**power:,g} s</text>'
    yield f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 12}" text-anchor="middle">articles</text>'


def _lines(drawn: Mapping[str, Points], across: tuple[int, int], up: tuple[int, int]) -> Iterator[str]:
    ends: list[tuple[float, float, str, str]] = []
    for number, (name, points) in enumerate(drawn.items()):
        colour = f"var(--c{number % 6})"
        places = [(_x(count, across), _y(seconds, up)) for count, seconds in points]
        path = "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
        dashes = f' stroke-dasharray="{dash}"' if (dash := _DASHES[number % 6]) else ""
        yield f'<path class="line" d="M{path}"{dashes} style="stroke: {colour}"/>'
        for x, y in places:
            yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" style="fill: {colour}"/>'
        ends.append((places[-1][1], places[-1][0], name, colour))
    below = float(TOP - GAP)
    for y, x, name, colour in sorted(ends):  # names that would overlap move down, and keep a line to their end
        below = max(y, below + GAP)
        at = WIDTH - RIGHT + 14
        yield f'<path class="lead" d="M{x + 5:.1f} {y:.1f}L{at - 4} {below:.1f}" style="stroke: {colour}"/>'
        yield f'<text x="{at}" y="{below + 4:.1f}" style="fill: {colour}">{escape(name)}</text>'
