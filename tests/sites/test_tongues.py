"""Further languages: one table in site.toml and one file of labels each, from right to left too."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.conftest import SITE_TOML, Made
from tests.sites.rich import photo
from tests.sites.tongues import LABELS, SETTINGS, newsroom

Site = Callable[[str], Made]

THEMES = Path(__file__).parent.parent.parent / "themes"
ZILZAL = "/ar/2026/03/01/zilzal/"


@pytest.fixture(scope="module")
def spoken(site_in: Callable[[Path, str], Made], tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The newsroom in Indonesian, Arabic and Javanese. Tests read it and change nothing."""
    made = newsroom(site_in(tmp_path_factory.mktemp("tongues") / "site", ""))
    return made.put("static/foto.png", photo(64, 40, kind="PNG")).build()


# -- one file of labels


@pytest.mark.parametrize("language", ["ar", "jv"])
def test_the_file_of_a_further_language_has_every_label_of_the_theme(language: str) -> None:
    """So that the tests below show what a whole translation becomes."""
    english, theirs = (
        tomllib.loads(file.read_text(encoding="utf-8"))
        for file in (THEMES / "default/translations/en.toml", LABELS / f"{language}.toml")
    )
    assert theirs.keys() == english.keys()


def test_a_language_is_added_by_one_file(spoken: Made) -> None:
    """And nothing is wrong with it."""
    assert spoken.problems() == []


@pytest.mark.parametrize(
    ("address", "direction", "heading"),
    [
        ("/ar/latest/", "rtl", "آخر الأخبار"),
        ("/ar/latest/page/1/", "rtl", "آخر الأخبار"),
        ("/ar/tag/", "rtl", "كل الوسوم"),
        ("/ar/tag/bmkg/", "rtl", "BMKG"),
        ("/ar/editor/", "rtl", "كل المحررين والكتّاب"),
        ("/ar/section/", "rtl", "كل الأقسام"),
        ("/ar/region/bali/", "rtl", "Bali"),
        ("/ar/story/", "rtl", "كل الملفات المتواصلة"),
        ("/ar/picks/", "rtl", "اختيارات المحرر"),
        ("/ar/popular/", "rtl", "الأكثر قراءة"),
        ("/ar/regional/", "rtl", "أخبار المناطق"),
        ("/ar/corrections/", "rtl", "التصويبات والمقالات المسحوبة"),
        ("/ar/2026/", "rtl", "2026"),
        ("/ar/2026/03/", "rtl", "مارس 2026"),
        ("/ar/2026/03/01/", "rtl", "الأحد، 1 مارس 2026"),
        ("/ar/404.html", "rtl", "الصفحة غير موجودة"),
        ("/jv/latest/", "ltr", "Warta paling anyar"),
        ("/jv/corrections/", "ltr", "Ralat lan panarikan"),
        ("/jv/2026/03/", "ltr", "Maret 2026"),
        ("/jv/404.html", "ltr", "Kaca ora ketemu"),
    ],
)
def test_each_kind_of_page_is_there_in_each_language(spoken: Made, address: str, direction: str, heading: str) -> None:
    """With its language, its direction, its words, and the names of months and days from CLDR."""
    page = spoken.page(address)
    assert (page.one("html")["lang"], page.one("html")["dir"]) == (address.split("/")[1], direction)
    assert page.one("h1").text == heading


def test_each_language_has_its_own_front_page(spoken: Made) -> None:
    """With its own articles, and the way to the other languages by their own names."""
    page = spoken.page("/ar/")
    assert page.one("html")["dir"] == "rtl"
    assert page.one("p", class_="edition").text == "الطبعة العربية"
    assert {text for text, _ in page.links("nav")} >= {"Indonesia", "العربية", "Jawa", "من نحن"}
    assert not [href for _, href in page.links() if not href.startswith("/ar/")]


def test_feeds_and_sitemap_know_the_language(spoken: Made) -> None:
    """The site's feed, those of parts and of corrections, the list of all feeds, and what search engines are told."""
    for feed in ("/ar/feed.xml", "/ar/tag/bmkg/feed.xml", "/ar/corrections/feed.xml"):
        assert spoken.feed(feed).feed.language == "ar"
    assert spoken.feed("/ar/corrections/feed.xml").entries[0].title.startswith("تصويب: ")
    outlines = ElementTree.parse(spoken.output / "ar/feeds.opml").iter("outline")
    feeds = [outline.attrib["xmlUrl"] for outline in outlines if "xmlUrl" in outline.attrib]
    assert len(feeds) > 5
    assert [feed for feed in feeds if not feed.startswith("https://kabar.example/ar/")] == []
    sitemap = spoken.sitemap()
    for address in (ZILZAL, "/ar/corrections/", "/jv/2026/03/01/lindhu/", "/jv/"):
        assert f"<loc>https://kabar.example{address}</loc>" in sitemap


def test_a_feed_in_a_browser_runs_from_right_to_left(spoken: Made) -> None:
    """Where its language does."""
    sheets = [(spoken.output / path).read_text(encoding="utf-8") for path in ("ar/feed.css", "jv/feed.css", "feed.css")]
    assert ["direction: rtl" in sheet for sheet in sheets] == [True, False, False]


def test_an_article_leads_to_itself_in_each_other_language(spoken: Made) -> None:
    """For machines and, in words, for readers; each headline in the direction of its own script."""
    page = spoken.page(ZILZAL)
    links = [link for link in page.find("link", rel="alternate") if "hreflang" in link.attributes]
    assert {link["hreflang"]: link["href"] for link in links} == {
        "ar": f"https://kabar.example{ZILZAL}",
        "id": "https://kabar.example/2026/03/01/gempa/",
        "jv": "https://kabar.example/jv/2026/03/01/lindhu/",
        "x-default": "https://kabar.example/2026/03/01/gempa/",
    }
    shown = [(link.text, link["href"], link["dir"]) for link in page.find("a", rel="alternate")]
    assert shown == [
        ("Gempa Terasa sampai Karawang", "/2026/03/01/gempa/", "auto"),
        ("Lindhu Karasa Nganti Karawang", "/jv/2026/03/01/lindhu/", "auto"),
    ]
    assert page.find("p", class_="translation")[0].text.startswith("ترجمة (Indonesia):")
    assert page.structured[0]["inLanguage"] == "ar"


def test_names_are_parted_by_the_comma_of_the_language(spoken: Made) -> None:
    """On the page, in its title and in the citation."""
    page = spoken.page(ZILZAL)
    assert page.one("p", class_="editor").text == "المحرر: M. Haidar، سارة النجار"
    assert "Rr. O'Neil (Jakarta)، ليلى حسن" in page.one("p", class_="byline").text
    assert "Rr. O'Neil (Jakarta)، ليلى حسن. “" in page.one("p", class_="citation").text
    assert spoken.page("/ar/latest/page/1/").one("title").text.startswith("آخر الأخبار، الجزء 1 ·")


def test_addresses_are_ascii_whatever_the_script(spoken: Made) -> None:
    """Of articles, tags, people and regions; an article's own slug is what its file is called."""
    addresses = [path for path in spoken.files() if path.startswith(("ar/", "jv/"))]
    assert [path for path in addresses if not path.isascii()] == []
    wanted = {"ar/tag/zlazl/", "ar/story/zlzal-karawangh/", "ar/region/karawangh/", "ar/section/akhbar-wtnyh/"}
    assert {f"{address}index.html" for address in wanted} <= set(addresses)


def test_an_article_more_in_one_language_changes_nothing_in_the_others(
    site_in: Callable[[Path, str], Made], tmp_path: Path
) -> None:
    """But for what search engines are told."""
    made = newsroom(site_in(tmp_path / "site", "")).put("static/foto.png", photo(64, 40, kind="PNG")).build()
    before = made.files()
    after = made.write("-- content/ar/jadid.md --\n---\ntitle: خبر جديد\ndate: 2026-05-01\n---\nجديد.\n").build().files()
    changed = {path for path in after if after[path] != before.get(path)}
    assert {path for path in changed if not path.startswith("ar/")} == {
        "sitemap.xml",
        "sitemap-2026-05.xml",
        "sitemap-pages.xml",
    }
    assert before.keys() <= after.keys()


# -- where labels are missing


ONE = "-- content/{0}/a.md --\n---\ntitle: A\ndate: 2026-05-01\n---\n.\n"


def test_a_language_without_labels_is_told_once(site: Site) -> None:
    """With the file that is to be written; until then its pages have the words of the default language."""
    made = site(f"-- site.toml --\n{SETTINGS.partition('[languages.jv]')[0]}{ONE.format('ar')}").build()
    (problem,) = made.problems()
    assert problem.startswith(
        "themes/default/translations/ar.toml: warning[label.missing] the theme has no labels in this language:"
    )
    assert "`ssg theme copy en.toml` writes a file with all of them: translate it, and call it ar.toml." in made.said
    page = made.page("/ar/latest/")
    assert (page.one("html")["dir"], page.one("h1").text) == ("rtl", "Terkini")


def test_a_site_in_a_language_without_labels_has_english_ones(site: Site) -> None:
    """Never the bare name of a label; and one translated label at a time becomes the site's."""
    settings = SITE_TOML.partition("[languages.en]")[0].replace('language = "id"', 'language = "jv"')
    made = site(f"-- site.toml --\n{settings}-- content/a.md --\n---\ntitle: A\ndate: 2026-05-01\n---\n.\n").build()
    assert made.page("/latest/").one("h1").text == "Latest"
    made.write('-- themes/default/translations/jv.toml --\nlatest = "Warta paling anyar"\n').build("--verify")
    assert made.page("/latest/").one("h1").text == "Warta paling anyar"
    missing = "themes/default/translations/jv.toml: warning[label.missing] the label 'all_latest' has no translation"
    assert any(problem.startswith(missing) for problem in made.problems())


# -- the page that is not there


def test_each_language_says_in_its_own_words_that_a_page_is_not_there(site: Site) -> None:
    """Beside its front page, where hosts look for it; but a page of the site's own stays as it is."""
    made = site(ONE.format("en")).build()
    assert made.page("/404.html").one("h1").text == "Halaman tidak ditemukan"
    page = made.page("/en/404.html")
    assert page.one("h1").text == "Page not found"
    assert page.one("meta", name="robots")["content"] == "noindex"
    assert "404.html" not in made.sitemap()
    made.write("-- static/en/404.html --\n<p>Ours</p>\n").build()
    assert (made.output / "en/404.html").read_text(encoding="utf-8") == "<p>Ours</p>\n"


# -- style


@pytest.mark.parametrize("sheet", sorted(THEMES.glob("*/static/*.css")), ids=lambda file: f"{file.parts[-3]}/{file.name}")
def test_a_style_sheet_knows_no_left_and_right(sheet: Path) -> None:
    """It says where a line begins and ends, so that it holds for every script."""
    rules = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert re.findall(r"[\w-]*\b(?:left|right)\b[^;{]*", rules) == []
    four = re.findall(r"\b(?:margin|padding|inset|border-width): ([^;]*);", rules)
    sides = [value.split() for value in four if "(" not in value and len(value.split()) == 4]
    assert [value for value in sides if value[1] != value[3]] == []
