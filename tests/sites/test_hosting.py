"""What stands between a built site and its readers: the limits of hosts, what is due, and who is told of what has changed."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import pytest

from ssg.hosts import LIMITS, Measure, Target
from tests.conftest import SITE_TOML, Made

Site = Callable[[str], Made]

TEXTS = """\
-- content/a.md --
---
title: Harga beras
date: 2026-05-01
tags: Harga
---
Isi a.
-- content/en/b.md --
---
title: Rice harvest
date: 2026-05-02
---
Text b.
"""


def toml(more: str = "") -> str:
    return f"-- site.toml --\n{SITE_TOML}\n{more}"


# -- ssg check


def figures(made: Made, *words: str) -> dict[str, dict[str, Any]]:
    """What `ssg check` measures, by its name."""
    told, _ = json.JSONDecoder().raw_decode(made.run("check", "--format", "json", *words).text)  # problems stand behind it
    return {one["what"]: one for one in told["measured"]}


def test_a_site_is_measured(site: Site) -> None:
    """Its files, the fullest folder, the largest file and the longest path are those that lie in the output."""
    made = site(TEXTS + "-- static/unduh/besar.bin --\n" + "x" * 300_000).build()
    for number in range(12):
        made.put(f"static/unduh/{number}.txt", b"x")
    made.build()
    found = figures(made)
    files = [file for file in made.output.rglob("*") if file.is_file()]
    assert found["files"]["found"] == len(files)
    assert found["site"]["found"] == sum(file.stat().st_size for file in files)
    assert (found["folder"]["found"], found["folder"]["where"]) == (13, "unduh/")
    assert (found["file"]["found"], found["file"]["where"]) == (300_000, "unduh/besar.bin")
    assert found["path"]["found"] == len(found["path"]["where"]) == max(len(str(f.relative_to(made.output))) for f in files)
    assert {one["most"] for one in found.values()} == {None}


def test_redirects_and_headers_are_counted_as_hosts_do(site: Site) -> None:
    """Comments are none; a fixed redirect behind one with an asterisk or placeholder counts as one of those."""
    made = site(
        "-- static/_redirects --\n# lama\n/a/ /b/\n\n/c/ /d/ 301\n/e/* /f/:splat\n/g/ /h/\n/i/:id /j/:id\n"
        "-- static/_headers --\n# semua\n/*\n  X-Satu: 1\n  X-Dua: 2\n/a/*\n  X-Tiga: 3\n"
    ).build()
    found = {name: one["found"] for name, one in figures(made).items()}
    assert [found[name] for name in ("redirects", "static", "dynamic", "redirect")] == [5, 2, 3, len("/e/* /f/:splat")]
    assert [found[name] for name in ("headers", "header")] == [2, len("  X-Satu: 1")]


def test_a_site_within_the_limits_passes(site: Site) -> None:
    """The table shows what there is beside what the host takes."""
    made = site(TEXTS).build()
    said = made.run("check", "--host", "netlify")
    assert said.code == 0, said.text
    rows = {line[:45].rstrip(): line[45:].split() for line in said.text.splitlines()}
    (folder,) = (row for name, row in rows.items() if name.startswith("files in one folder"))
    assert "54,000" in folder
    assert said.text.splitlines()[0].split() == ["here", "netlify"]


def test_a_site_beyond_a_limit_fails_with_the_place(site: Site) -> None:
    """A redirect too long and too many of one kind are told, each with what the host takes and where it says so."""
    many = "".join(f"/lama/{number}/* /baru/{number}/\n" for number in range(101))
    made = site(f"-- static/_redirects --\n/{'x' * 1000}/ /\n{many}").build()
    said = made.run("check", "--host", "cloudflare")
    assert said.code == 1
    problems = [line.replace(f"{made.root}/", "") for line in said.problems()]
    pages = '(developers.cloudflare.com, "Redirects" of Pages)'
    assert problems == [
        f"output: error[host.limit] {Measure.DYNAMIC}: 101, and cloudflare takes 100 {pages}",
        f"output/_redirects: error[host.limit] {Measure.REDIRECT}: 1,004, and cloudflare takes 1,000 {pages}",
    ]
    assert made.run("check", "--host", "github").code == 0
    assert figures(made, "--host", "cloudflare")["dynamic"]["fits"] is False


def test_every_host_says_where_its_limits_stand() -> None:
    """Each figure has its source, and only `none` has no figure."""
    assert set(LIMITS) == set(Target)
    assert [host for host, limits in LIMITS.items() if not limits] == [Target.NONE]
    assert all(limit.source and limit.most > 0 for limits in LIMITS.values() for limit in limits.values())


def test_where_nothing_was_built_nothing_is_measured(site: Site) -> None:
    """It is told plainly, with what to do."""
    said = site("").run("check", "--host", "netlify")
    assert said.code == 1
    assert "error[output.missing] no site was built into" in said.text
    assert "Run `ssg build` first" in said.text


# -- ssg next

SCHEDULE = """\
-- content/pagi.md --
---
title: Kabar pagi
date: 2026-06-02 06:00
---
.
-- content/juga.md --
---
title: Juga pagi
date: 2026-06-01T23:00:00Z
expires: 2026-06-05
---
.
-- content/draf.md --
---
title: Draf
date: 2026-06-01 12:00
draft: yes
---
.
-- content/lama.md --
---
title: Lama
date: 2026-05-01
expires: 2026-06-03 18:00
---
.
-- content/percuma.md --
---
title: Percuma
date: 2026-06-09
expires: 2026-06-02 01:00
---
.
"""


@pytest.mark.parametrize(
    ("now", "rows"),
    [
        (
            "2026-06-01",
            [
                "2026-06-02T06:00:00+07:00\tpublished\t/2026/06/02/juga/\tJuga pagi",
                "2026-06-02T06:00:00+07:00\tpublished\t/2026/06/02/pagi/\tKabar pagi",
            ],
        ),
        ("2026-06-02 06:00", ["2026-06-03T18:00:00+07:00\texpires\t/2026/05/01/lama/\tLama"]),
        ("2026-06-03 18:00", ["2026-06-05T00:00:00+07:00\texpires\t/2026/06/02/juga/\tJuga pagi"]),
        ("2026-06-05", ["2026-06-09T00:00:00+07:00\tpublished\t/2026/06/09/percuma/\tPercuma"]),
    ],
)
def test_what_is_due_next_is_told_with_its_moment(site: Site, now: str, rows: list[str]) -> None:
    """All that falls on that moment; no draft, and no expiry before the article itself."""
    said = site(SCHEDULE).run("next", "--now", now)
    assert (said.code, said.text.splitlines()) == (0, rows)


def test_a_moment_that_is_due_changes_the_site(site: Site) -> None:
    """A build just before it makes the same site as one now, and one at it another."""
    made = site(SCHEDULE).build("--now", "2026-06-01")
    moment = made.run("next", "--now", "2026-06-01").text.partition("\t")[0]
    before = made.files()
    assert made.build("--now", "2026-06-02 05:59").files() == before
    assert made.build("--now", moment).files() != before


def test_where_nothing_is_due_it_is_said(site: Site) -> None:
    """And that is no failure; programs are told the same."""
    made = site(SCHEDULE)
    said = made.run("next", "--now", "2026-07-01")
    assert (said.code, said.text) == (0, "Nothing is due.\n")
    assert json.loads(made.run("next", "--now", "2026-07-01", "--format", "json").text) == {"moment": None, "due": []}
    told = json.loads(made.run("next", "--now", "2026-06-03", "--format", "json").text)
    assert told["moment"] == "2026-06-03T18:00:00+07:00"
    assert [(one["what"], one["path"]) for one in told["due"]] == [("expires", "content/lama.md")]


def test_asking_what_is_due_publishes_nothing(site: Site) -> None:
    """There is no output afterwards."""
    made = site(SCHEDULE)
    made.run("next", "--now", "2026-06-01")
    assert not made.output.exists()


# -- ssg notify


@dataclass
class Heard:
    """A server on this machine that takes what it is told, and answers with a status, or only after some seconds."""

    address: str
    status: int = 204
    delay: float = 0.0
    told: list[tuple[str, str, bytes]] = field(default_factory=list)  # path, media type, body


@contextmanager
def listening() -> Iterator[Heard]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            here.told.append((self.path, self.headers["Content-Type"], body))
            time.sleep(here.delay)
            self.send_response(here.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        here = Heard(f"http://127.0.0.1:{server.server_port}")
        serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        serving.start()
        try:
            yield here
        finally:
            server.shutdown()
            serving.join()


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Iterator[Heard]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with listening() as server:
        yield server


KEY = "0123abcd-Kunci"


def telling(heard: Heard, *, hub: bool = True, key: bool = True) -> str:
    lines = f'[feeds]\nhub = "{heard.address}/hub"\nalso = ["json"]\n' if hub else ""
    return toml(lines + (f'[notify]\nindexnow_key = "{KEY}"\nindexnow = "{heard.address}/indexnow"\n' if key else ""))


def test_nobody_is_told_unless_it_is_set(site: Site) -> None:
    """It says so, and fails nothing; not even a build is needed."""
    said = site(TEXTS).run("notify")
    assert said.code == 0
    assert "Nobody is to be told" in said.text


def first_told(made: Made, heard: Heard) -> Made:
    """The site, published and told of, which nobody remembers."""
    made.build().run("notify")
    heard.told.clear()
    return made


def test_the_hub_is_told_of_the_feeds_that_changed(site: Site, heard: Heard) -> None:
    """Of each format, by its whole address; of those alone that were written since it was told."""
    made = first_told(site(telling(heard, key=False) + TEXTS), heard)
    made.write("-- content/c.md --\n---\ntitle: Baru\ndate: 2026-05-03\n---\nIsi.\n").build()
    said = made.run("notify")
    assert said.code == 0, said.text
    ((path, kind, body),) = heard.told
    assert (path, kind) == ("/hub", "application/x-www-form-urlencoded")
    assert parse_qs(body.decode()) == {
        "hub.mode": ["publish"],
        "hub.url": ["https://kabar.example/feed.json", "https://kabar.example/feed.xml"],
    }
    assert said.text == f"Told 2 feeds to {heard.address}/hub\n"


def test_documents_of_the_archive_name_no_hub_and_none_is_told_of_them(site: Site, heard: Heard) -> None:
    """A feed of a month was written by the first build, and is no feed that anybody follows."""
    old = "".join(f"-- content/{n}.md --\n---\ntitle: T{n}\ndate: 2020-01-{n:02}\n---\n.\n" for n in range(1, 13))
    site(telling(heard, key=False).replace("[feeds]\n", "[feeds]\nsize = 2\n") + old).build().run("notify")
    ((_, _, body),) = heard.told
    told = parse_qs(body.decode())["hub.url"]
    assert "https://kabar.example/feed.xml" in told
    assert [address for address in told if "/2020/" in address] == []


def test_search_engines_are_told_of_pages_that_came_changed_and_went(site: Site, heard: Heard) -> None:
    """In one call, with the key and where it stands; parts of pages and files are no pages."""
    made = first_told(site(telling(heard, hub=False) + TEXTS), heard)
    made.remove("content/a.md").write("-- content/c.md --\n---\ntitle: Baru\ndate: 2026-05-03\n---\nIsi.\n").build()
    heard.status = 202
    assert made.run("notify").code == 0, made.said
    ((path, kind, body),) = heard.told
    assert (path, kind) == ("/indexnow", "application/json; charset=utf-8")
    told = json.loads(body)
    urls = told.pop("urlList")
    assert told == {"host": "kabar.example", "key": KEY, "keyLocation": f"https://kabar.example/{KEY}.txt"}
    assert {f"https://kabar.example{one}" for one in ("/", "/2026/05/01/a/", "/2026/05/03/c/")} <= set(urls)
    assert "https://kabar.example/en/2026/05/02/b/" not in urls
    assert all(url.endswith("/") for url in urls)


def test_the_key_is_published_as_its_own_file(site: Site, heard: Heard) -> None:
    """Its text is the key and nothing else; another key is another file, and without one there is none."""
    made = site(telling(heard) + TEXTS).build()
    assert (made.output / f"{KEY}.txt").read_bytes() == KEY.encode()
    other = telling(heard).replace(KEY, "lain-1234")
    made.write(other).build()
    assert not (made.output / f"{KEY}.txt").exists()
    assert (made.output / "lain-1234.txt").read_bytes() == b"lain-1234"
    made.write(toml()).build()
    assert not (made.output / "lain-1234.txt").exists()


def test_a_key_changes_no_other_file(site: Site, heard: Heard) -> None:
    """A site that begins to use one publishes one file more."""
    made = site(telling(heard, key=False) + TEXTS).build()
    before = made.files()
    after = made.write(telling(heard)).build().files()
    assert {file for file in after if after[file] != before.get(file)} == {f"{KEY}.txt"}


def test_more_pages_than_a_call_takes_are_told_in_several(site: Site, heard: Heard, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each page in one of them."""
    monkeypatch.setattr("ssg.notifying.MOST_PAGES", 3)
    made = site(telling(heard, hub=False) + TEXTS).build()
    made.run("notify")
    calls = [json.loads(body)["urlList"] for _, _, body in heard.told]
    written = made.changes()["written"]
    assert isinstance(written, list)
    pages = [file for file in written if file.endswith("index.html")]
    assert len(calls) == -(-len(pages) // 3)
    assert sorted(url for call in calls for url in call) == sorted(
        f"https://kabar.example/{file.removesuffix('index.html')}" for file in pages
    )


def test_a_preview_at_another_address_is_told_by_that_address(site: Site, heard: Heard) -> None:
    """With the path below which the site lives."""
    made = site(telling(heard) + TEXTS).build("--base-url", "https://lain.example/arsip/")
    made.run("notify", "--base-url", "https://lain.example/arsip/")
    (_, _, form), (_, _, body) = heard.told
    assert "https://lain.example/arsip/feed.xml" in parse_qs(form.decode())["hub.url"]
    told = json.loads(body)
    assert (told["host"], told["keyLocation"]) == ("lain.example", f"https://lain.example/arsip/{KEY}.txt")
    assert "https://lain.example/arsip/2026/05/01/a/" in told["urlList"]


def test_a_dry_run_shows_all_and_tells_nobody(site: Site, heard: Heard) -> None:
    """Each address on a line, below to whom it would be told."""
    made = site(telling(heard) + TEXTS).build()
    said = made.run("notify", "--dry-run")
    assert said.code == 0
    assert heard.told == []
    lines = said.text.splitlines()
    assert f"feeds to {heard.address}/hub:" in lines[0]
    assert "    https://kabar.example/feed.xml" in lines
    assert "    https://kabar.example/2026/05/01/a/" in lines


def test_what_was_told_is_not_told_again(site: Site, heard: Heard) -> None:
    """And what was not told, because a deploy or a call failed, is told the next time, though that build changed nothing."""
    made = site(telling(heard, hub=False) + TEXTS).build().build()
    heard.status = 500
    assert made.run("notify").code == 1
    heard.status = 200
    assert made.build().run("notify").code == 0
    (_, _, failed), (_, _, told) = heard.told
    assert failed == told
    said = made.run("notify")
    assert (said.code, len(heard.told)) == (0, 2)
    assert said.text == "Nothing was changed that anybody is still to be told.\n"
    made.write("-- content/lagi.md --\n---\ntitle: Lagi\ndate: 2026-05-20\n---\nIsi.\n").build()
    made.remove("content/lagi.md").build().run("notify")
    (_, _, third) = heard.told[2]
    assert "https://kabar.example/2026/05/20/lagi/" in json.loads(third)["urlList"]


def test_search_engines_are_not_told_of_a_site_that_asks_them_to_stay_away(site: Site, heard: Heard) -> None:
    """`noindex` goes before the key."""
    text = telling(heard, hub=False).replace("page_size", "noindex = true\npage_size")
    site(text + TEXTS).build().run("notify")
    assert heard.told == []


def test_a_refusal_fails_plainly_and_the_others_are_told_still(site: Site, heard: Heard) -> None:
    """With the address, the status, and no traceback."""
    made = site(telling(heard) + TEXTS).build()
    heard.status = 403
    said = made.run("notify")
    assert said.code == 1
    assert [line.partition("] ")[2] for line in said.problems()] == ["it answered 403 Forbidden"] * 2
    assert said.problems()[0].startswith(f"{heard.address}/hub: error[notify.failed]")
    assert [path for path, _, _ in heard.told] == ["/hub", "/indexnow"]


def test_a_server_that_is_silent_or_not_there_fails_plainly(site: Site, heard: Heard) -> None:
    """After the time that was given to it."""
    made = site(telling(heard, hub=False) + TEXTS).build()
    heard.delay = 3
    silent = made.run("notify", "--timeout", "1")
    assert silent.code == 1
    assert "it has not answered within 1 s" in silent.text
    made.write(telling(Heard("http://127.0.0.1:9"), hub=False))
    gone = made.run("notify")
    assert gone.code == 1
    assert "error[notify.failed] it cannot be reached: " in gone.text


def test_what_was_built_elsewhere_was_not_published(site: Site, heard: Heard) -> None:
    """A preview in another folder is told to nobody, unless that folder is named; what was published is told still."""
    made = site(telling(heard, key=False) + TEXTS)
    made.run("build", "--now", "2026-06-01", "--output", str(made.root / "preview"))
    said = made.run("notify")
    assert (said.code, heard.told) == (1, [])
    assert "error[changes.missing] no build has left word of what it changed in output" in said.text
    assert made.run("notify", "--output", str(made.root / "preview")).code == 0
    assert len(heard.told) == 1
    made.build().run("build", "--now", "2026-06-01", "--output", str(made.root / "preview"))
    assert made.run("notify").code == 0
    assert len(heard.told) == 2


def test_without_a_build_there_is_nothing_to_tell(site: Site, heard: Heard) -> None:
    """It says what to do."""
    made = site(telling(heard) + TEXTS)
    said = made.run("notify")
    assert said.code == 1
    assert ".ssg-cache: error[changes.missing] no build has left word of what it changed in output" in said.text


@pytest.mark.parametrize("bad", ["pendek", "dengan spasi", "x" * 129, "garis_bawah"])
def test_a_key_that_is_none_is_told(site: Site, bad: str) -> None:
    """By its line of site.toml."""
    made = site(toml(f'[notify]\nindexnow_key = "{bad}"\n')).build(ok=False)
    assert "error[settings.bad] notify.indexnow_key must be 8 to 128 letters, digits and hyphens" in made.said


def test_a_site_is_measured_for_the_host_that_it_names(site: Callable[[str], Made]) -> None:
    """Without a word on the command line."""
    made = site(f'-- site.toml --\nhost = "cloudflare"\n{SITE_TOML}').build()
    assert json.loads(made.run("check", "--format", "json").text)["host"] == "cloudflare"
