"""Related articles for Pelican: those that share the most tags, of equals the newest, five for each article."""

from collections import Counter
from typing import Any

from pelican import signals

MOST = 5


def relate(generator: Any) -> None:
    """Give each article its `related` ones; the tags' lists stand newest first already."""
    places = {article: place for place, article in enumerate(generator.articles)}
    held = {tag: [places[article] for article in articles if article in places] for tag, articles in generator.tags.items()}
    for place, article in enumerate(generator.articles):
        shared: Counter[int] = Counter()
        for tag in getattr(article, "tags", ()):
            shared.update(held[tag])
        del shared[place]
        best = sorted(shared.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST]
        article.related = [generator.articles[other] for other, _ in best]


def register() -> None:
    """What Pelican calls when it loads a plugin."""
    signals.article_generator_finalized.connect(relate)
