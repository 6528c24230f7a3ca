"""Where everything stands: addresses by the settings, under any base_url, and what happens when two want one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import SITE_TOML, Made
from tests.sites.faults import with_settings

Site = Callable[[str], Made]

ARTICLE = "-- content/2026/berita.md --\n---\ntitle: %s\ndate: 2026-05-03 08:00\n%s\n---\nWords.\n"


def made_of(site: Site, front: str = "", title: str = "Berita", settings: str = "") -> Made:
    return site((with_settings(settings) if settings else "") + ARTICLE % (title, front)).build()


@pytest.mark.parametrize(
    ("pattern", "front", "address"),
    [
        ("/{year}/{month}/{day}/{slug}/", "", "/2026/05/03/berita/"),
        ("/{year}/{month}/{slug}/", "slug: kabar", "/2026/05/kabar/"),
        ("/{section}/{slug}/", "section: Dalam Negeri", "/dalam-negeri/berita/"),
        ("/{section}/{slug}/", "", "/-/berita/"),
        ("/artikel-{id}/", "id: 2026-05-03-x", "/artikel-2026-05-03-x/"),
        ("/baca/{filename}/", "slug: lain", "/baca/berita/"),
    ],
)
def test_an_article_stands_where_the_permalink_says(site: Site, pattern: str, front: str, address: str) -> None:
    """Every placeholder of the pattern is filled from the article."""
    made = made_of(site, front, settings=f"permalink = '{pattern}'")
    assert made.page(address).one("h1").text == "Berita"
    assert (address, "Berita") in [(href, text) for text, href in made.page("/").links()]


@pytest.mark.parametrize(
    ("slug", "address"),
    [
        ("Jum'at Berkah", "/2026/05/03/jumat-berkah/"),
        ("ꦧꦱꦗꦮ", "/2026/05/03/bsjw/"),
        ("Café déjà vu", "/2026/05/03/cafe-deja-vu/"),
        ("../../etc", "/2026/05/03/etc/"),
    ],
)
def test_a_slug_becomes_plain_small_letters(site: Site, slug: str, address: str) -> None:
    """Whatever is written, the address is ASCII and stays inside the site."""
    made = made_of(site, f'slug: "{slug}"')
    assert [href for _, href in made.page("/terkini/").links("h2")] == [address]
    assert made.page(address).one("h1").text == "Berita"


def test_the_file_name_gives_slug_and_date_where_none_is_written(site: Site) -> None:
    """`2026-05-03-gempa.md` needs no date of its own, and its date is not said twice in its address."""
    made = site("-- content/2026-05-03-gempa.md --\n---\ntitle: Gempa\n---\nWords.\n").build()
    assert made.page("/2026/05/03/gempa/").one("h1").text == "Gempa"


def test_every_alias_leads_on_to_the_article(rich: Made) -> None:
    """A page that is not indexed sends readers on, and names the true address."""
    for alias in ("/lama/vaksin/", "/vaksin.html"):
        page = rich.page(alias)
        assert page.one("meta", http_equiv="refresh")["content"] == "0; url=/2026/03/04/vaksin/"
        assert page.one("meta", name="robots")["content"] == "noindex"
        assert page.one("link", rel="canonical")["href"] == "https://kabar.example/2026/03/04/vaksin/"


def test_a_standing_page_has_its_own_address_or_its_name(rich: Made) -> None:
    """In `content/pages/` a date is not asked for; `address` says where it stands."""
    assert rich.page("/tentang/").one("h1").text == "Tentang Kami"
    assert rich.page("/tim/redaksi/").one("h1").text == "Redaksi"
    assert rich.page("/en/about/").one("h1").text == "About Us"


def test_tags_with_equal_slugs_are_one_tag(rich: Made) -> None:
    """Named by its own file, else as its oldest article writes it."""
    assert rich.page("/tag/cuaca/").one("h1").text == "Cuaca"
    assert {text for text, _ in rich.page("/tag/cuaca/").links("h2")} == {"Banjir Surut", "Harga Beras & Gula"}
    described = rich.page("/tag/banjir/")
    assert described.one("h1").text == "Banjir Rob"
    assert described.one("div", class_="body").text == "Tentang banjir, lihat Banjir Surut."


def test_path_words_are_the_settings_own(site: Site) -> None:
    """`[paths]` names the words of addresses."""
    settings = SITE_TOML + '\n[paths]\ntag = "topik"\nlatest = "baru"\nfeed = "rss.xml"\nassets = "tema"\n'
    made = site(f"-- site.toml --\n{settings}" + ARTICLE % ("Berita", "tags: NATO")).build()
    assert {"topik/nato/index.html", "topik/nato/rss.xml", "baru/index.html", "tema/style.css"} <= set(made.files())
    assert "tag/nato/index.html" not in made.files()


def test_under_a_path_every_link_has_it_in_front(site: Site) -> None:
    """A site may live below a folder of its host, whatever `base_url` says on the command line."""
    made = site(
        ARTICLE % ("Berita", "tags: NATO") + "-- content/pages/tentang.md --\n---\ntitle: T\nmenu: main\n---\n[b](/2026/)\n"
    )
    made.build("--base-url", "https://host.example/a/b")
    for address in ("/", "/2026/05/03/berita/", "/tag/nato/", "/tentang/", "/404.html"):
        page = made.page(address)
        own = [e for e in page.elements if "details" not in e.above]  # where an article is shared, other sites are meant
        links = [e.attributes[name] for e in own for name in ("href", "src") if name in e.attributes]
        assert [link for link in links if not link.startswith(("/a/b/", "https://host.example/a/b/", "#"))] == []
    assert made.page("/").one("link", rel="canonical")["href"] == "https://host.example/a/b/"


def test_a_preview_asks_search_engines_to_stay_away(site: Site) -> None:
    """`--noindex` stands on every page; robots.txt lets it be read, and names no sitemap."""
    made = site(ARTICLE % ("Berita", "")).build("--noindex")
    assert made.page("/2026/05/03/berita/").one("meta", name="robots")["content"] == "noindex"
    robots = (made.output / "robots.txt").read_text().splitlines()
    assert robots == ["User-agent: *", "Disallow:"]


@pytest.mark.parametrize(
    ("other", "address"),
    [
        ("-- content/x.md --\n---\ntitle: X\ndate: 2026-05-03\nslug: BERITA\n---\n.\n", "/2026/05/03/berita/"),
        ("-- content/x.md --\n---\ntitle: X\ndate: 2026-05-04\naliases: /2026/05/03/Berita/\n---\n.\n", "/2026/05/03/Berita/"),
        ("-- content/pages/x.md --\n---\ntitle: X\naddress: /2026/05/03/berita/\n---\n.\n", "/2026/05/03/berita/"),
        ("-- static/2026/05/03/berita/index.html --\nx\n", "/2026/05/03/berita/index.html"),
        ("-- static/2026/05/03 --\nx\n", "/2026/05/03"),
        ("-- content/pages/tag.md --\n---\ntitle: X\naddress: /terkini/\n---\n.\n", "/terkini/"),
        ("-- static/feed.xml --\nx\n", "/feed.xml"),
    ],
)
def test_two_that_want_one_address_are_found_before_anything_is_written(site: Site, other: str, address: str) -> None:
    """Of articles, aliases, pages, lists and files alike, letter case aside; both are named."""
    made = site(ARTICLE % ("Berita", "") + other).build(ok=False)
    said = [line for line in made.problems() if "error[address.collision]" in line]
    assert any(address in line for line in said), made.said
    assert not made.output.exists() or made.files() == {}


def test_the_sitemap_names_every_page_that_is_to_be_found(rich: Made) -> None:
    """Whole addresses that all lead to a page; nothing that is withdrawn, led on or another site's."""
    text = rich.sitemap()
    named = [part.partition("</loc>")[0] for part in text.split("<loc>")[1:]]
    assert len(set(named)) == len(named)
    for address in named:
        path = address.removeprefix("https://kabar.example")
        page = rich.page(path)
        assert page.one("link", rel="canonical")["href"] == address
        assert page.one("meta", name="robots")["content"] == "max-image-preview:large"
    absent = ("/2026/02/06/cabut/", "/2026/03/04/vaksin/", "/lama/vaksin/", "/2026/09/01/nanti/", "/404.html")
    assert {f"https://kabar.example{path}" for path in absent} & set(named) == set()
    assert "https://kabar.example/2026/03/01/gempa/" in named
    assert "<lastmod>2026-05-20T09:00:00+07:00</lastmod>" in text


def test_every_link_of_a_site_leads_to_something_that_is_there(rich: Made) -> None:
    """On every page, every address of the site's own is that of a file, and every fragment is on its page."""
    files = set(rich.files())
    seen: dict[str, set[str]] = {}

    def ids(file: str) -> set[str]:
        if file not in seen:
            seen[file] = {e["id"] for e in rich.page(f"/{file}").elements if "id" in e.attributes}
        return seen[file]

    for file in sorted(files):
        if not file.endswith(".html"):
            continue
        for element in rich.page(f"/{file}").elements:
            for name in ("href", "src", "data-block"):
                link = element.attributes.get(name, "").removeprefix("https://kabar.example")
                path, _, fragment = link.partition("#")
                if link.startswith("//") or not link.startswith(("/", "#")):
                    continue
                target = f"{path}index.html".lstrip("/") if path.endswith("/") else path.lstrip("/") or file
                assert target in files, f"{file}: {link}"
                assert not fragment or fragment in ids(target), f"{file}: {link}"
