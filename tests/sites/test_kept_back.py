"""What lies in the archive and must not reach a reader."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from PIL import Image

from tests.conftest import Made

Site = Callable[[str], Made]


def photo_with_place() -> bytes:
    """A JPEG that says where it was taken."""
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "S", 2: (6.0, 18.0, 0.0), 3: "E", 4: (107.0, 17.0, 0.0)})
    file = BytesIO()
    Image.new("RGB", (8, 6), "navy").save(file, "JPEG", exif=exif)
    return file.getvalue()


def says_where(data: bytes) -> bool:
    with Image.open(BytesIO(data)) as picture:
        return bool(picture.getexif().get_ifd(0x8825))


ARTICLE = "---\ntitle: {title}\ndate: 2026-05-0{day}\n{more}---\n{body}\n"


def test_no_attached_photo_says_where_it_was_taken(site: Site) -> None:
    """Shown, linked or merely lying there: its place is taken out; what static/ holds is copied as it is."""
    text = ARTICLE.format(title="Pasar", day=1, more="image: {src: lead.jpg, alt: Pasar}\n", body="[foto](linked.jpg)")
    made = site(f"-- content/pasar/index.md --\n{text}")
    for name in ("content/pasar/lead.jpg", "content/pasar/linked.jpg", "content/pasar/spare.JPG", "static/asis.jpg"):
        made.put(name, photo_with_place())
    made.build()
    published = {
        name: (made.output / "2026/05/01/pasar" / name).read_bytes() for name in ("lead.jpg", "linked.jpg", "spare.JPG")
    }
    assert {name: says_where(data) for name, data in published.items()} == dict.fromkeys(published, False)
    assert says_where(photo_with_place())
    assert (made.output / "asis.jpg").read_bytes() == photo_with_place()


def test_a_broken_photo_is_left_out_rather_than_copied(site: Site) -> None:
    """What cannot be read cannot be cleaned either."""
    made = site("-- content/a/index.md --\n" + ARTICLE.format(title="A", day=1, more="", body="Isi."))
    made.put("content/a/rusak.jpg", photo_with_place()[:60]).build()
    assert not (made.output / "2026/05/01/a/rusak.jpg").exists()
    assert "content/a/rusak.jpg: warning[photo.broken]" in made.said


def test_a_drafts_files_stay_with_the_draft(site: Site) -> None:
    """Even where the folder above it is a published article's own."""
    made = site(
        "-- content/p/index.md --\n"
        + ARTICLE.format(title="P", day=1, more="", body="Isi.")
        + "-- content/p/own.txt --\nmilik P\n"
        "-- content/p/d/index.md --\n"
        + ARTICLE.format(title="D", day=2, more="draft: true\n", body="Isi.")
        + "-- content/p/d/rahasia.txt --\nbelum terbit\n"
    ).build()
    assert [name for name in made.files() if name.endswith(".txt") and name != "robots.txt"] == ["2026/05/01/p/own.txt"]


def test_static_links_do_not_lead_out_of_the_site(site: Site) -> None:
    """A symbolic link to a file of the machine is refused, as in content/."""
    made = site("-- content/a.md --\n" + ARTICLE.format(title="A", day=1, more="", body="Isi."))
    (made.root.parent / "kunci.txt").write_text("rahasia", encoding="utf-8")
    (made.root / "static").mkdir()
    (made.root / "static" / "kunci.txt").symlink_to(made.root.parent / "kunci.txt")
    made.build(ok=False)
    assert "static/kunci.txt: error[address.escape] the symbolic link leads out of static/" in made.said


def test_a_withdrawn_translation_is_not_offered(site: Site) -> None:
    """Nobody is sent to a tombstone."""
    made = site(
        "-- content/a.md --\n"
        + ARTICLE.format(title="Satu", day=1, more="id: satu\n", body="Isi.")
        + "-- content/en/a.md --\n"
        + ARTICLE.format(title="One", day=1, more="id: one\ntranslation_of: satu\n", body="Text.")
    ).build()
    assert "/en/2026/05/01/a/" in [href for _, href in made.page("/2026/05/01/a/").links()]
    withdrawn = "id: one\ntranslation_of: satu\nwithdrawn: {date: 2026-05-03, reason: Not so}\n"
    made.write("-- content/en/a.md --\n" + ARTICLE.format(title="One", day=1, more=withdrawn, body="Text.")).build()
    assert "/en/2026/05/01/a/" not in [href for _, href in made.page("/2026/05/01/a/").links()]


def test_the_search_pages_address_is_kept_free(site: Site) -> None:
    """An alias that takes it would be in the way of the search page for ever."""
    made = site("-- content/a.md --\n" + ARTICLE.format(title="A", day=1, more="aliases: /cari/\n", body="Isi.")).build(
        ok=False
    )
    assert "content/a.md:4: error[address.collision] /cari/ is wanted by content/a.md:4 and by the search page" in made.said
