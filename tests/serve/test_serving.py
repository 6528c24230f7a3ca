"""`ssg serve` from its beginning to its end: ports, folders, changes, problems, and how it stops."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import Made
from tests.serve.running import PATIENCE, PROJECT, Serving, serving

Site = Callable[[str], Made]

ARTICLE = "-- content/a.md --\n---\ntitle: Satu\ndate: 2021-12-30\n---\nIsi.\n"
BROKEN = "---\ntitle: Satu\ndate: kemarin\n---\nIsi.\n"
PAGE = "/2021/12/30/a/"


@contextmanager
def taken() -> Iterator[int]:
    """A port that another program has, with a free one after it."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        one.listen()
        yield one.getsockname()[1]


def children(running: Serving) -> list[Path]:
    """The processes that a serve has begun."""
    listed = Path(f"/proc/{running.process.pid}/task/{running.process.pid}/children")
    if not listed.is_file():
        pytest.skip("needs /proc")
    found = [Path(f"/proc/{number}/stat") for number in listed.read_text().split()]
    assert found
    return found


def gone(processes: list[Path]) -> None:
    """Wait until none of the processes is there, or only its name on the list of the dead."""
    end = time.monotonic() + PATIENCE
    while any(one.exists() and one.read_text().rpartition(") ")[2][0] != "Z" for one in processes):
        assert time.monotonic() < end
        time.sleep(0.05)


def test_a_taken_port_gives_way_to_the_next_free_one(site: Site) -> None:
    """And that is said, so that nobody looks at another program."""
    with taken() as port, serving(site(ARTICLE).root, port=port) as running:
        running.built()
        assert f"Port {port} is taken, so this is port " in running.said
        assert int(running.address.rpartition(":")[2]) > port
        assert running.ask("/").status == 200


def test_an_address_of_another_machine_is_refused(site: Site) -> None:
    """As a problem with its cure."""
    run = site(ARTICLE).run("serve", "--host", "192.0.2.1", "--port", "0")
    assert run.code == 1
    assert "error[serve.address] 192.0.2.1:0 cannot be used" in run.text


def test_a_folder_without_a_site_is_refused(tmp_path: Path) -> None:
    """At once; there is nothing to wait for."""
    run = Made(tmp_path).run("serve", "--port", "0")
    assert run.code == 1
    assert "error[settings.missing]" in run.text


def test_ctrl_c_ends_it_at_once_and_well(site: Site) -> None:
    """Exit code 0, no traceback, the open page's stream ended, no process left."""
    with serving(site(ARTICLE).root) as running:
        running.built()
        connection = http.client.HTTPConnection(running.address, timeout=PATIENCE)
        connection.request("GET", "/_ssg/events")
        stream = connection.getresponse()
        assert stream.readline()
        workers = children(running)
        begun = time.monotonic()
        assert running.stop() == 0, running.said
        assert time.monotonic() - begun < 5
        assert stream.read().endswith(b"\n\n")
        stream.close()
        connection.close()
        assert running.said.endswith("Stopped.\n")
        gone(workers)


def test_ctrl_c_in_the_middle_of_a_build_ends_it_too(site: Site) -> None:
    """The next serve finds everything in order."""
    made = site(ARTICLE)
    for number in range(300):
        made.write(f"-- content/n{number}.md --\n---\ntitle: N{number}\ndate: 2021-12-30\n---\nIsi.\n")
    with serving(made.root) as running:
        running.until("^Serving ")
        time.sleep(1.5)
        assert running.stop() == 0, running.said
    with serving(made.root) as running:
        assert "301 articles" in running.built()


def test_a_killed_serve_leaves_no_process_and_no_folder_taken(site: Site) -> None:
    """The process that builds notices; the next serve builds into the same folder, and has little to write."""
    made = site(ARTICLE)
    with serving(made.root) as running:
        running.built()
        builders = children(running)
        running.process.send_signal(signal.SIGKILL)
        running.process.wait(PATIENCE)
        gone(builders)
    with serving(made.root) as running:
        running.built()
        assert not (made.root / ".ssg-cache/serve/2").exists()


def test_two_serves_of_one_site_do_not_harm_each_other(site: Site) -> None:
    """Each has its folder and its address, and both follow a change; a build beside them is left alone."""
    made = site(ARTICLE)
    with serving(made.root) as one, serving(made.root) as other:
        one.built()
        other.built()
        made.write(ARTICLE.replace("Isi.", "Baru."))
        one.built()
        other.built()
        for running in (one, other):
            assert "Baru." in running.ask(PAGE).text
            assert f'href="{running.origin}{PAGE}"' in running.ask(PAGE).text
        made.build()
        assert "kabar.example" in (made.output / PAGE.strip("/") / "index.html").read_text()
        assert f'href="{one.origin}{PAGE}"' in one.ask(PAGE).text
        time.sleep(0.5)
        assert (one.said.count("Built "), other.said.count("Built ")) == (2, 2)


def test_each_change_is_one_line_that_names_it(site: Site) -> None:
    """Content, a template, settings, data, static files, netlify.toml: each is seen, also where its folder is new."""
    made = site(ARTICLE)
    with serving(made.root) as running:
        assert running.built().startswith("Built 1 article, ")
        for path, text in (
            ("content/a.md", ARTICLE.partition("--\n")[2].replace("Isi", "Lain")),
            ("themes/default/templates/slots/foot.html", "<p>Kaki</p>"),
            ("static/x.txt", "x"),
            ("data/popular.json", '{"articles": []}'),
            ("netlify.toml", '[[redirects]]\nfrom = "/x"\nto = "/"\n'),
        ):
            made.put(path, text.encode())
            assert running.built().startswith(f"Built {path.partition('/')[0]}"), running.said
        assert "Lain." in running.ask(PAGE).text
        assert "<p>Kaki</p>" in running.ask(PAGE).text
        assert running.ask("/x").status == 301
        settings = (made.root / "site.toml").read_text().replace("Kabar Uji", "Kabar Baru")
        made.put("site.toml", settings.encode())
        assert running.built().startswith("Built site.toml: ")
        assert "Kabar Baru" in running.ask("/").text


def test_editors_that_save_by_renaming_are_seen(site: Site) -> None:
    """A file that takes the place of another, and a settings file too."""
    made = site(ARTICLE)
    with serving(made.root) as running:
        running.built()
        made.put("content/.a.md.new", ARTICLE.partition("--\n")[2].replace("Isi", "Ganti").encode())
        (made.root / "content/.a.md.new").rename(made.root / "content/a.md")
        running.built()
        assert "Ganti." in running.ask(PAGE).text


def test_a_burst_of_saves_is_one_build(site: Site) -> None:
    """Twenty files at once, as a change of branch writes them."""
    made = site(ARTICLE)
    with serving(made.root) as running:
        running.built()
        for number in range(20):
            made.write(f"-- content/n{number}.md --\n---\ntitle: N{number}\ndate: 2021-12-30\n---\nIsi.\n")
        assert "and 19 more: " in running.built()
        time.sleep(1)
        assert running.said.count("Built ") == 2


def test_a_change_during_a_build_is_not_lost(site: Site) -> None:
    """Whenever it comes, the last word is what is shown."""
    made = site(ARTICLE)
    with serving(made.root) as running:
        running.built()
        for number in range(12):
            made.write(ARTICLE.replace("Isi.", f"Nomor {number}."))
            time.sleep(0.11)
        end = time.monotonic() + PATIENCE
        while "Nomor 11." not in running.ask(PAGE).text:
            assert time.monotonic() < end, running.said
            time.sleep(0.05)


def test_before_the_first_good_build_a_page_waits_for_it(site: Site) -> None:
    """It says so with status 503, knows the problems, and gives way to the site."""
    made = site("-- content/a.md --\n" + BROKEN)
    with serving(made.root) as running:
        assert running.built().startswith("Not built 1 error. ")
        waiting = running.ask("/apa/saja/")
        assert (waiting.status, "There is no site yet" in waiting.text, "/_ssg/live.js" in waiting.text) == (503, True, True)
        assert [problem["place"] for problem in running.state()["problems"]] == ["content/a.md:3"]
        assert running.state()["build"] == 0
        made.write(ARTICLE)
        running.built()
        assert running.ask("/").status == 200
        assert running.state() | {"run": ""} == {"run": "", "build": 1, "problems": []}


def test_a_problem_leaves_the_last_good_pages(site: Site) -> None:
    """Settings, articles and templates: what was built last is shown until it is mended."""
    made = site(ARTICLE)
    with serving(made.root) as running:
        running.built()
        settings = (made.root / "site.toml").read_bytes()
        template = "themes/default/templates/page.html"
        for path, bad, place in (
            ("site.toml", b'title = "A"\nbase_url = "https://a.example/"\n[oops', "site.toml:3"),
            ("content/a.md", BROKEN.encode(), "content/a.md:3"),
            (template, b"<p>\n{% if %}", f"{template}:2"),
        ):
            before = (made.root / path).read_bytes() if (made.root / path).exists() else None
            made.put(path, bad)
            assert running.built().startswith(f"Not built {path.partition('/')[0]}")
            assert running.state()["problems"][0]["place"].startswith(place)
            assert "Isi." in running.ask(PAGE).text
            if before is None:
                made.remove(path)
            else:
                made.put(path, before)
            assert running.built().startswith("Built ")
            assert running.state()["problems"] == []
        assert (made.root / "site.toml").read_bytes() == settings


def test_a_page_learns_what_changed_since_it_was_opened(site: Site) -> None:
    """Itself, or what it has loaded; a page that another one replaced; nothing else."""
    made = site(ARTICLE + "-- content/pages/redaksi.md --\n---\ntitle: Redaksi\n---\nKami.\n")
    other = "/redaksi/"

    with serving(made.root) as running:
        running.built()

        def changed(page: str, since: int, name: str = "") -> tuple[bool, list[str]]:
            name = name or f"200 {page.strip('/')}/index.html"
            asked = f'{{"since":{since},"page":"{page}","name":"{name}","assets":["/aset/style.css","/x.txt"]}}'
            said = running.ask("/_ssg/changes", "POST", asked.encode())
            assert said.status == 200, said
            found = json.loads(said.data)
            return found["page"], found["assets"]

        assert changed(PAGE, 1) == (False, [])
        made.write(ARTICLE.replace("Isi.", "Baru."))
        running.built()
        assert changed(PAGE, 1) == (True, [])
        assert changed(PAGE, 2) == (False, [])
        assert changed(other, 1) == (False, [])
        made.put("themes/default/static/style.css", b"body{}")
        running.built()
        assert changed(other, 2) == (False, ["/aset/style.css"])
        assert changed("/x.txt", 3, "404 404.html") == (False, [])
        made.put("static/x.txt", b"x")
        running.built()
        assert changed("/x.txt", 3, "404 404.html") == (True, ["/x.txt"])
        made.put("netlify.toml", b'[[headers]]\nfor = "/*"\n[headers.values]\nX-A = "1"\n')
        running.built()
        assert changed(other, 4)[0]


def test_ever_so_many_pages_can_listen(site: Site) -> None:
    """Each open page has a stream of its own, and those that go are forgotten."""
    with serving(site(ARTICLE).root) as running:
        running.built()
        found: list[int] = []
        listeners = [threading.Thread(target=lambda: found.append(running.state()["build"])) for _ in range(20)]
        for listener in listeners:
            listener.start()
        for listener in listeners:
            listener.join()
        assert found == [1] * 20


def test_the_other_commands_need_no_web_server() -> None:
    """They start as fast as before."""
    code = "import sys, ssg.cli; print([name for name in sys.modules if name in ('starlette', 'uvicorn', 'asyncio')])"
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(PROJECT)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, check=True, capture_output=True, text=True)
    assert done.stdout == "[]\n"
