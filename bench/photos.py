"""A made site of photos, to measure what making them smaller costs."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from random import Random

from PIL import Image

from bench.generators.base import PACKAGE
from bench.measure import Measured, run

PHOTOS = 20
WIDTH, HEIGHT = 2400, 1600  # pixels
_SETTINGS = 'title = "Foto"\nbase_url = "https://bench.example/"\nlanguage = "id"\n'
_KEPT = ".ssg-cache"  # what a host keeps for the next build


def from_scratch(folder: Path) -> Measured:
    """Build the site in a folder, where nothing of an earlier build is left. Raises as `measure.run` does."""
    if not (folder / "content").is_dir():
        _lay_out(folder)
    return _built(folder, keep={"content"})


def with_photos_kept(folder: Path) -> Measured:
    """Build the site of a folder in which nothing of the last build is left but its cache. Raises as `measure.run` does."""
    if not (folder / _KEPT).is_dir():
        from_scratch(folder)
    return _built(folder, keep={"content", _KEPT})


def _built(folder: Path, keep: set[str]) -> Measured:
    for entry in folder.iterdir():
        if entry.is_dir() and entry.name not in keep:
            shutil.rmtree(entry)
    return run([sys.executable, "-m", "ssg", "build", "--source", str(folder)], PACKAGE.parent)


def _lay_out(folder: Path) -> None:
    content = folder / "content"
    content.mkdir(parents=True)
    (folder / "site.toml").write_text(_SETTINGS, encoding="utf-8")
    for number in range(1, PHOTOS + 1):
        _photo(number).save(content / f"foto-{number}.jpg", quality=90)
        article = (
            f"---\ntitle: Foto {number}\ndate: 2025-01-{number:02}\nimage: {{src: foto-{number}.jpg, alt: Foto}}\n---\nIsi.\n"
        )
        (content / f"berita-{number}.md").write_text(article, encoding="utf-8")


def _photo(seed: int) -> Image.Image:
    """Blurred patches with some grain: about as much to encode as a photo has."""
    random = Random(seed)
    return Image.blend(_noise(random, WIDTH // 50, HEIGHT // 50), _noise(random, WIDTH // 4, HEIGHT // 4), 0.1)


def _noise(random: Random, width: int, height: int) -> Image.Image:
    small = Image.frombytes("RGB", (width, height), random.randbytes(3 * width * height))
    return small.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)
