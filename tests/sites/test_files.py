"""Files as they are: static ones, attachments, photos without their place; and what becomes of files in the output folder."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tests.conftest import Made
from tests.sites.rich import FILES, photo

Site = Callable[[str], Made]

ARTICLE = "-- content/%s --\n---\ntitle: A\ndate: 2026-05-01\n%s\n---\n%s\n"


def places_in(data: bytes) -> dict[int, object]:
    """What a picture says of where it was taken."""
    with Image.open(BytesIO(data)) as image:
        return dict(image.getexif().get_ifd(0x8825))


def test_static_files_are_copied_as_they_are(rich: Made) -> None:
    """To the root of the site, hidden folders too."""
    assert (rich.output / "ads.txt").read_bytes() == b"none\n"
    assert (rich.output / ".well-known/security.txt").read_bytes() == b"Contact: mailto:a@kabar.example\n"


def test_what_an_article_links_to_is_published_beside_its_page(rich: Made) -> None:
    """And the link leads there."""
    assert (rich.output / "2026/03/01/gempa/data.csv").read_bytes() == b"a,b\n"
    assert ("daftar", "/2026/03/01/gempa/data.csv") in rich.page("/2026/03/01/gempa/").links()


def test_everything_in_an_articles_own_folder_is_published_beside_its_page(site: Site) -> None:
    """`content/2026/rapat/index.md` with all that lies around it, in folders of its own as well."""
    made = site(
        ARTICLE % ("2026/rapat/index.md", "", "[tabel](lampiran/tabel.csv)")
        + "-- content/2026/rapat/lampiran/tabel.csv --\n1\n"
    )
    made.put("content/2026/rapat/bebas.pdf", b"%PDF").build()
    assert (made.output / "2026/05/01/rapat/lampiran/tabel.csv").read_bytes() == b"1\n"
    assert (made.output / "2026/05/01/rapat/bebas.pdf").read_bytes() == b"%PDF"
    assert ("tabel", "/2026/05/01/rapat/lampiran/tabel.csv") in made.page("/2026/05/01/rapat/").links()


@pytest.mark.parametrize("name", ["foto.jpg", "peta.png"])
def test_a_photo_loses_the_place_where_it_was_taken(rich: Made, name: str) -> None:
    """Its pixels stay; newsrooms promise their sources that nobody finds them."""
    given, published = FILES[f"content/2026/03/{name}"], (rich.output / "2026/03/01/gempa" / name).read_bytes()
    assert places_in(given)
    assert not places_in(published)
    with Image.open(BytesIO(given)) as before, Image.open(BytesIO(published)) as after:
        assert before.tobytes() == after.tobytes()


def test_a_photo_in_static_loses_its_place_if_a_page_shows_it(site: Site) -> None:
    """Wherever it lies."""
    made = site(ARTICLE % ("a.md", "image: /foto/a.jpg", "Words.")).put("static/foto/a.jpg", photo()).build()
    assert made.problems() == []
    assert not places_in((made.output / "foto/a.jpg").read_bytes())
    assert made.page("/2026/05/01/a/").find("img")[0]["src"] == "/foto/a.jpg"


def test_every_picture_of_a_site_has_its_size_and_loads_in_its_turn(rich: Made) -> None:
    """Width and height always; at most one on a page is loaded first, and all others lazily."""
    seen = 0
    for file in rich.files():
        if file.endswith(".html"):
            images = rich.page(f"/{file}").find("img")
            seen += len(images)
            assert [i for i in images if not (int(i["width"]) > 0 and int(i["height"]) > 0 and "alt" in i.attributes)] == []
            assert len([i for i in images if i.attributes.get("loading") != "lazy"]) <= 1
            assert [
                i for i in images if i.attributes.get("loading") != "lazy" and i.attributes.get("fetchpriority") != "high"
            ] == []
    assert seen > 5


def test_a_picture_in_the_text_becomes_a_figure_with_its_caption(rich: Made) -> None:
    """Its title is the caption, its words what a blind reader hears."""
    page = rich.page("/2026/03/01/gempa/")
    image = page.find("img", src="/2026/03/01/gempa/peta.png")[0]
    assert (image["alt"], image["width"], image["height"]) == ("Sebuah peta", "30", "20")
    assert "Peta wilayah" in [caption.text for caption in page.find("figcaption")]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (None, "photo.missing"),
        (b"", "photo.broken"),
        (b"GIF89a", "photo.broken"),
        (photo()[:300], "photo.broken"),
        (b"<html>", "photo.broken"),
    ],
)
def test_a_photo_that_cannot_be_shown_is_left_out_and_told(site: Site, data: bytes | None, code: str) -> None:
    """Lead photo and picture in the text alike; the rest of the page is published."""
    made = site(ARTICLE % ("a.md", "image: {src: a.jpg, caption: C}", "Words.\n\n![b](b.jpg)"))
    if data is not None:
        made.put("content/a.jpg", data).put("content/b.jpg", data)
    page = made.build().page("/2026/05/01/a/")
    assert [line.partition(" ")[0] for line in made.problems()] == ["content/a.md:4:", "content/a.md:8:"]
    assert all(f"warning[{code}]" in line for line in made.problems())
    assert page.find("img") == []
    assert "Words." in page.main
    assert [file for file in made.files() if file.endswith(".jpg")] == []


def test_a_file_that_the_program_did_not_make_is_never_touched(site: Site) -> None:
    """Neither by a build, nor by a change, nor by --clean."""
    made = (
        site(ARTICLE % ("a.md", "", "Words."))
        .put("output/mine.txt", b"mine")
        .put("output/2026/05/01/a/own.jpg", b"own")
        .build()
    )
    made.write(ARTICLE % ("a.md", "slug: b", "Other.")).build("--clean")
    assert (made.output / "mine.txt").read_bytes() == b"mine"
    assert (made.output / "2026/05/01/a/own.jpg").read_bytes() == b"own"
    assert not (made.output / "2026/05/01/a/index.html").exists()


def test_the_page_of_an_article_that_is_gone_goes_with_its_empty_folders(site: Site) -> None:
    """And so do its tag's; nothing else does."""
    made = site(ARTICLE % ("a.md", "tags: NATO", "Words.") + ARTICLE % ("b.md", "", "Words.")).build()
    made.remove("content/a.md").build()
    assert not (made.output / "2026/05/01/a").exists()
    assert not (made.output / "tag").exists()
    assert (made.output / "2026/05/01/b/index.html").exists()


def test_a_build_without_a_change_writes_nothing(rich: Made) -> None:
    """Every file keeps the time of its last change."""

    def times() -> dict[Path, int]:
        return {file: file.stat().st_mtime_ns for file in rich.output.rglob("*") if file.is_file()}

    before = times()
    rich.build("--now", "2026-06-01 12:00")
    assert ": 0 written, " in rich.said
    assert times() == before


def test_from_scratch_and_after_edits_the_bytes_are_the_same(site: Site) -> None:
    """The cache spares work and never changes an answer."""
    made = site(ARTICLE % ("a.md", "tags: NATO", "Words.") + ARTICLE % ("b.md", "tags: Rusia", "[[a]]")).build()
    made.write(ARTICLE % ("a.md", "tags: [NATO, Rusia]\nslug: a", "Other words.")).build()
    step_by_step = made.files()
    assert made.build("--clean").files() == step_by_step
    assert made.build("--clean", "--workers", "2").files() == step_by_step


def test_the_output_may_be_any_folder(site: Site, tmp_path: Path) -> None:
    """`--output` names it; a second one is a site of its own."""
    made = site(ARTICLE % ("a.md", "", "Words.")).build("--output", str(tmp_path / "elsewhere"))
    assert (tmp_path / "elsewhere/2026/05/01/a/index.html").is_file()
    assert not made.output.exists()
