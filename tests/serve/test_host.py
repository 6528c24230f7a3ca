"""`ssg serve` answers as a web host would: addresses, files, rules, and what must never be found."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.conftest import SITE_TOML, Made
from tests.serve.running import Serving, serving

TEXT = """\
-- content/a.md --
---
title: Satu
date: 2021-12-30
section: Nasional
tags: NATO
---
Isi.
-- content/en/b.md --
---
title: One
date: 2021-12-31
---
Text.
-- content/nanti.md --
---
title: Nanti
date: 2999-01-01
---
Nanti.
-- content/naskah.md --
---
title: Naskah
date: 2021-12-01
draft: yes
---
Belum.
-- content/pages/kelak.md --
---
title: Kelak
draft: yes
---
Belum.
-- static/robots.txt --
Halo: é
-- static/app.webmanifest --
{}
-- static/data.json --
{"a": "é"}
-- static/lama.html --
<p>Lama</p></body>
-- static/penuh.txt --
0123456789
-- static/en/404.html --
<!doctype html><title>-</title><p>Not here</body>
-- static/.well-known/security.txt --
Contact: x
-- static/.rahasia/x.txt --
x
-- static/_redirects --
# the old site
/berita/:id     /2021/12/30/:id/   301
/simpan/*       /tag/:splat        302
/pindah         https://lain.example/x
/tampil/*       /tag/:splat  200
/robots.txt     /penuh.txt         200
/penuh.txt      /robots.txt        200!
/hapus/*        /404.html          410
/luar/*         https://lain.example/:splat 200
/telusur        q=:kata  /tag/:kata/  302
/bahasa         /en/  302  Language=en
/bahasa         /     302
/negara         /en/  302  Country=id
/nyasar         ke-mana
-- static/_headers --
/data.json
  X-Satu: 1
  X-Satu: 2
/*/feed.xml
  Content-Type: application/rss+xml; charset=utf-8
/*
  Content-Security-Policy: default-src 'none'; style-src 'self'
  Cache-Control: max-age=600
 tanpa titik dua
"""

NETLIFY = """\
[[headers]]
  for = "/*"
  [headers.values]
    X-Toml = "ya"

[[redirects]]
  from = "/dari-toml"
  to = "/tag/"
  status = 302

[[redirects]]
  from = "/rusak"
  status = "tiga"
"""


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """The site above, served and built once. Tests ask and change nothing."""
    made = Made(tmp_path_factory.mktemp("host") / "site").put("site.toml", SITE_TOML.encode()).write(TEXT)
    made.put("netlify.toml", NETLIFY.encode())
    with serving(made.root) as running:
        running.built()
        yield running


def test_a_folder_is_its_index_and_without_its_slash_leads_there(host: Serving) -> None:
    """As hosts do, the query kept."""
    assert "Satu" in host.ask("/2021/12/30/a/").text
    led = host.ask("/2021/12/30/a?x=1")
    assert (led.status, led.headers["location"]) == (301, "/2021/12/30/a/?x=1")
    assert (host.ask("/lama").status, host.ask("/lama").text[:11]) == (200, "<p>Lama</p>")


def test_two_slashes_lead_to_no_other_host(host: Serving) -> None:
    """`//tag` would be the name of a host if it came back as it is."""
    answer = host.ask("//tag")
    assert not answer.headers.get("location", "").startswith("//")


def test_what_is_not_there_is_the_page_for_it(host: Serving) -> None:
    """With status 404; below a language's folder the page of that language."""
    missing = host.ask("/tidak/ada/")
    assert (missing.status, "Halaman tidak ditemukan" in missing.text) == (404, True)
    english = host.ask("/en/nowhere")
    assert (english.status, "Not here" in english.text) == (404, True)
    assert host.ask("/2021/12/30/").status == 200  # a day's own page
    assert host.ask("/aset/").status == 404  # no listing of a folder


@pytest.mark.parametrize(
    "target",
    [
        "/../../site.toml",
        "/%2e%2e/%2e%2e/%2e%2e/site.toml",
        "/aset/..%2f..%2f..%2f..%2fsite.toml",
        "/aset/%5c..%5c..%5csite.toml",
        "//etc/passwd",
        "/%00",
        "/" + "x" * 5000,
        "/.rahasia/x.txt",
        "/_redirects",
        "/_headers",
        "/data.json/",
        "/_ssg/nothing",
    ],
)
def test_nothing_outside_and_nothing_hidden_is_found(host: Serving, target: str) -> None:
    """No path leads out of the built site, and what a host keeps to itself stays there."""
    assert host.ask(target).status == 404


def test_well_known_files_are_found(host: Serving) -> None:
    """The one folder with a dot that hosts serve (RFC 8615)."""
    assert host.ask("/.well-known/security.txt").text == "Contact: x\n"


@pytest.mark.parametrize(
    ("target", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/feed.xml", "application/rss+xml; charset=utf-8"),
        ("/tag/nato/feed.xml", "application/rss+xml; charset=utf-8"),
        ("/sitemap.xml", "application/xml; charset=utf-8"),
        ("/aset/style.css", "text/css; charset=utf-8"),
        ("/aset/blocks.js", "text/javascript; charset=utf-8"),
        ("/aset/favicon.svg", "image/svg+xml"),
        ("/penuh.txt", "text/plain; charset=utf-8"),
        ("/app.webmanifest", "application/manifest+json; charset=utf-8"),
        ("/data.json", "application/json; charset=utf-8"),
    ],
)
def test_every_file_comes_with_its_media_type(host: Serving, target: str, kind: str) -> None:
    """By its name, or as the site's own headers say, and never to be kept without asking."""
    answer = host.ask(target)
    assert (answer.status, answer.headers["content-type"], answer.headers["cache-control"]) == (200, kind, "no-cache")


def test_a_part_of_a_file_can_be_asked_for(host: Serving) -> None:
    """206 with that part, 416 for one that is not there (RFC 9110, 14)."""
    part = host.ask("/data.json", Range="bytes=1-3")
    assert (part.status, part.data, part.headers["content-range"]) == (206, b'"a"', "bytes 1-3/12")
    page = host.ask("/", Range="bytes=0-8")
    assert (page.status, page.data) == (206, b"<!doctype")
    assert host.ask("/data.json", Range="bytes=500-").status == 416


@pytest.mark.parametrize("target", ["/data.json", "/"])
def test_what_has_not_changed_is_not_sent_again(host: Serving, target: str) -> None:
    """304 for a tag that still holds, and 200 for another one."""
    first = host.ask(target)
    again = host.ask(target, If_None_Match=first.headers["etag"])
    assert (again.status, again.data) == (304, b"")
    assert host.ask(target, If_None_Match='"another"').status == 200


def test_a_date_tells_too_that_a_file_has_not_changed(host: Serving) -> None:
    """Last-Modified, for those who keep no tag."""
    known = host.ask("/data.json").headers["last-modified"]
    assert host.ask("/data.json", If_Modified_Since=known).status == 304


@pytest.mark.parametrize("target", ["/", "/data.json"])
def test_the_head_alone_says_the_same(host: Serving, target: str) -> None:
    """HEAD: the headers of the whole, and no body."""
    whole, head = host.ask(target), host.ask(target, "HEAD")
    assert (head.status, head.data) == (200, b"")
    assert head.headers["content-length"] == whole.headers["content-length"] == str(len(whole.data))


def test_other_methods_are_refused(host: Serving) -> None:
    """A site of files takes nothing."""
    refused = host.ask("/", "POST", b"x")
    assert (refused.status, refused.headers["allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize(
    ("target", "status", "location"),
    [
        ("/berita/a", 301, "/2021/12/30/a/"),
        ("/berita/a/", 301, "/2021/12/30/a/"),
        ("/berita/a?x=1", 301, "/2021/12/30/a/?x=1"),
        ("/simpan/nato/feed.xml", 302, "/tag/nato/feed.xml"),
        ("/simpan", 302, "/tag/"),
        ("/pindah", 301, "https://lain.example/x"),
        ("/telusur?q=nato", 302, "/tag/nato/"),
        ("/dari-toml", 302, "/tag/"),
        ("/bahasa", 302, "/"),
    ],
)
def test_the_sites_redirects_lead_on(host: Serving, target: str, status: int, location: str) -> None:
    """`_redirects` and `netlify.toml`: blanks, splats, queries."""
    answer = host.ask(target)
    assert (answer.status, answer.headers["location"]) == (status, location)


def test_a_rule_may_be_for_readers_of_a_language(host: Serving) -> None:
    """The one that a browser asks for first."""
    assert host.ask("/bahasa", Accept_Language="id;q=0.5, en-GB").headers["location"] == "/en/"


def test_what_a_reader_writes_cannot_become_another_header(host: Serving) -> None:
    """What an address holds stays encoded in the address that it leads to, and a line break leads nowhere."""
    assert host.ask("/simpan/a%20b?c").headers["location"] == "/tag/a%20b?c"
    answer = host.ask("/simpan/a%0d%0aX-Bad:%201")
    assert (answer.status, "x-bad" in answer.headers) == (404, False)


def test_rules_show_files_of_other_addresses(host: Serving) -> None:
    """200 at the old address; a published file has the say unless the rule is forced; 410 with a page."""
    assert "NATO" in host.ask("/tampil/nato/").text
    assert host.ask("/robots.txt").text == "Halo: é\n"
    assert host.ask("/penuh.txt").text == "Halo: é\n"
    gone = host.ask("/hapus/apa/saja")
    assert (gone.status, "Halaman tidak ditemukan" in gone.text) == (410, True)
    assert host.ask("/luar/x").status == 502
    assert host.ask("/negara").status == 404


def test_the_sites_headers_are_sent(host: Serving) -> None:
    """All values of a name together, except for how long to keep a file."""
    sent = host.ask("/data.json").headers
    assert (sent["x-satu"], sent["x-toml"], sent["cache-control"]) == ("1, 2", "ya", "no-cache")
    assert "x-satu" not in host.ask("/").headers


def test_the_policy_lets_the_live_script_through_and_nothing_else(host: Serving) -> None:
    """What the site refuses stays refused: only the folder of the script is added."""
    ours = f"{host.origin}/_ssg/"
    assert host.ask("/").headers["content-security-policy"] == (
        f"default-src 'none'; style-src 'self' {ours}; script-src {ours}; connect-src {ours}"
    )


def test_rules_that_no_host_can_read_are_told(host: Serving) -> None:
    """With file and line, on the terminal and to the open page."""
    for line in ("static/_redirects:14", "static/_headers:9", "netlify.toml:11"):
        assert f"{line}" in host.said
        assert any(problem["place"].startswith(line) for problem in host.state()["problems"])
    assert "warning[host.rule] /nyasar leads nowhere" in host.said


def test_drafts_and_the_future_are_shown_and_marked(host: Serving) -> None:
    """And the pages ask search engines to stay away, and know where they are."""
    draft, future = host.ask("/2021/12/01/naskah/").text, host.ask("/2999/01/01/nanti/").text
    assert "Draf: belum terbit" in draft
    assert "Draf: belum terbit" in host.ask("/kelak/").text
    assert "Terjadwal: belum terbit" in future
    assert "Draf: belum terbit" not in future
    for page in (draft, future, host.ask("/").text):
        assert '<meta name="robots" content="noindex">' in page
    assert f'<link rel="canonical" href="{host.origin}/2021/12/01/naskah/">' in draft


def test_the_script_is_put_into_pages_only_and_into_no_file(host: Serving) -> None:
    """Not into what a script fetches as a part of a page; what was built stays as it was built."""
    page = host.ask("/").text
    assert page.count("/_ssg/live.js") == 1
    assert page.index("/_ssg/live.js") < page.index("</body>")
    built = (host.root / ".ssg-cache/serve/1/index.html").read_text(encoding="utf-8")
    assert "_ssg" not in built
    start = page.index('<script src="/_ssg/')
    assert page[:start] + page[page.index("\n", start) + 1 :] == built
    assert "_ssg" not in host.ask("/", Sec_Fetch_Dest="empty").text
    assert "_ssg" not in host.ask("/blok/terkini.html").text
    assert "_ssg" in host.ask("/tidak/ada").text


def test_a_stranger_whose_name_leads_here_learns_nothing(host: Serving) -> None:
    """A page of another host that was pointed at this machine cannot read drafts."""
    assert host.ask("/", Host="stranger.example").status == 400
    assert host.ask("/", Host="localhost:1").status == 200


def test_nothing_is_published(host: Serving) -> None:
    """`output/` is for what is published, and a serve never touches it."""
    assert not (host.root / "output").exists()
    assert sorted(file.name for file in host.root.iterdir()) == [".ssg-cache", "content", "netlify.toml", "site.toml", "static"]


def test_a_bad_question_of_a_page_is_refused(host: Serving) -> None:
    """Whatever is sent, there is an answer and no traceback."""
    assert host.ask("/_ssg/changes", "POST", b"{").status == 400
    assert host.ask("/_ssg/changes").status == 404
