"""`ssg init`: a site that builds at once, and requirements that can install the program."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import os
import subprocess
import tomllib
import zipfile
from collections.abc import Mapping
from datetime import date
from importlib.metadata import Distribution
from pathlib import Path
from typing import Any

import msgspec
import pytest

import ssg
from ssg import settings, site_toml
from ssg.hosts import Builder
from ssg.problems import BuildStopped
from ssg.reading import sources
from ssg.reading.frontmatter import FrontMatter, split
from ssg.scaffold import init as scaffold
from ssg.scaffold import requirement
from ssg.scaffold.init import init
from ssg.scaffold.requirement import Requirement
from ssg.scaffold.wheel import Wheel, repack
from ssg.serve import headers
from ssg.toml_places import TomlPlaces

TODAY = date(2026, 11, 22)


def begin(
    folder: Path,
    title: str | None = "Kabar Kita",
    base_url: str | None = "https://kabar.example/",
    host: Builder = Builder.NETLIFY,
    **more: str,
) -> list[str]:
    """The notices of `init`."""
    told: list[str] = []
    init(folder, title=title, base_url=base_url, host=host, today=TODAY, notify=told.append, **more)
    return told


def test_every_file_is_there_and_reported(tmp_path: Path) -> None:
    """The list that is returned is exactly what stands in the folder."""
    made = init(tmp_path / "kabar", title="Kabar", base_url=None, today=TODAY, notify=lambda text: None)
    names = {file.relative_to(tmp_path / "kabar").as_posix() for file in made}
    assert names == {
        ".gitignore",
        "content/2026/11/selamat-datang.md",
        "content/pages/tentang.md",
        "netlify.toml",
        "requirements.txt",
        "site.toml",
        "static/favicon.svg",
    }
    assert {file for file in (tmp_path / "kabar").rglob("*") if file.is_file()} == set(made)


@pytest.mark.parametrize("language", ["id", "en", "jv", "pt-BR"])
def test_the_settings_load_and_every_path_word_is_written_out(tmp_path: Path, language: str) -> None:
    """A later version of the program with other words changes no address of this site."""
    begin(tmp_path, title='Kabar "Kita": \\ hari\x07 ini', base_url="https://Kabar.example/arsip", language=language)
    site = site_toml.load(tmp_path).settings
    assert (site.title, site.base_url) == ('Kabar "Kita": \\ hari ini', "https://kabar.example/arsip/")
    assert site.language == language
    written = tomllib.loads((tmp_path / "site.toml").read_text(encoding="utf-8"))["paths"]
    assert written == msgspec.structs.asdict(settings.paths_of(site, language))


def test_the_feed_identity_is_frozen(tmp_path: Path) -> None:
    """The authority is the host of base_url and the date is today: a later move to another domain keeps all feed ids."""
    begin(tmp_path, base_url="https://www.kabar.example:8443/x/")
    identity = site_toml.load(tmp_path, "https://elsewhere.example/").settings.identity
    assert (identity.authority, identity.date) == ("www.kabar.example", "2026-11-22")


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_first_article_is_complete_and_in_the_past(tmp_path: Path, language: str) -> None:
    """It has a title, an id and a date of yesterday, and the page that it links to is there."""
    begin(tmp_path, language=language)
    [article] = sources.find(tmp_path).articles
    front = split((tmp_path / article.disk).read_bytes(), article.path)
    assert isinstance(front, FrontMatter)
    assert front.values["date"] == "2026-11-21 08:00"
    assert front.values["title"]
    assert str(front.values["id"]).startswith("2026-11-21-")
    [page] = sources.find(tmp_path).pages
    assert f"](../../{page.path.removeprefix('content/')})" in front.body


def test_netlify_builds_production_and_previews_at_their_own_addresses(tmp_path: Path) -> None:
    """Production has its address, a preview its own and noindex; feeds have the type of feeds."""
    begin(tmp_path)
    config = tomllib.loads((tmp_path / "netlify.toml").read_text(encoding="utf-8"))
    assert config["build"]["command"] == 'pip install -r requirements.txt && ssg build --base-url "$URL" && ssg check'
    assert config["build"]["publish"] == "output"
    for context in ("deploy-preview", "branch-deploy"):
        assert config["context"][context]["command"].endswith(
            'ssg build --base-url "$DEPLOY_PRIME_URL" --drafts --future --noindex'
        )
    headers = {rule["for"]: rule["values"] for rule in config["headers"]}
    assert headers["/*/feed.xml"]["Content-Type"] == "application/rss+xml; charset=utf-8"
    assert headers["/blok/*"] == {"X-Robots-Tag": "noindex"}
    assert headers["/*"]["Strict-Transport-Security"] == "max-age=31536000"
    policy = dict(part.split(" ", 1) for part in headers["/*"]["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert {"'self'"} == {policy[f"{kind}-src"] for kind in ("script", "style", "img", "font", "connect", "manifest")}


@pytest.mark.parametrize("language", ["id", "en"])
def test_cloudflare_is_told_the_headers_that_netlify_is_told(tmp_path: Path, language: str) -> None:
    """In `_headers`, which is published; and no address has a header from two rules, whose values would be joined."""
    begin(tmp_path / "n", language=language)
    begin(tmp_path / "c", host=Builder.CLOUDFLARE, language=language)
    assert not (tmp_path / "c/netlify.toml").exists()
    text = (tmp_path / "n/netlify.toml").read_text(encoding="utf-8")
    theirs, problems = headers.from_toml(tomllib.loads(text)["headers"], TomlPlaces.of(text), "netlify.toml")
    written = (tmp_path / "c/static/_headers").read_text(encoding="utf-8")
    ours, more = headers.read(written, "_headers")
    assert (problems, more) == ((), ())
    assert "$" not in written
    words = settings.paths_of(site_toml.load(tmp_path / "c").settings, language)
    files = ("feed.xml", "atom.xml", "feed.json", "feeds.opml", f"{words.assets}/style.css", f"{words.blocks}/x.html", "x/")
    for address in ("/", *(f"{folder}{file}" for folder in ("/", "/tag/nato/") for file in files)):
        sent = headers.headers(ours, address)
        assert sent == headers.headers(theirs, address)
        assert "strict-transport-security" in sent
        assert all(value.count("max-age") <= 1 for value in sent.values())
    assert headers.headers(ours, "/feed.json")["content-type"] == "application/feed+json"
    assert "cache-control" not in headers.headers(ours, "/2026/11/21/x/"), "a page is asked for anew, as hosts have it"
    assert max(map(len, written.splitlines())) <= 2000


@pytest.mark.parametrize(
    ("changed", "hook", "ignored"),
    [
        ("README.md", "", True),
        ("content/2026/11/selamat-datang.md", "", False),
        ("site.toml", "", False),
        ("README.md", "https://api.netlify.com/build_hooks/1", False),
        ("", "", False),
    ],
)
def test_netlify_builds_only_when_the_site_has_changed(tmp_path: Path, changed: str, hook: str, ignored: bool) -> None:
    """A build hook always builds, and so does a build without a cache, for which both commits are the same."""
    begin(tmp_path)
    alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}

    def git(*words: str) -> str:
        command = ["git", "-c", "user.name=x", "-c", "user.email=x@kabar.example", *words]
        return subprocess.run(command, cwd=tmp_path, env=os.environ | alone, check=True, capture_output=True, text=True).stdout

    git("init", "--quiet")
    git("add", ".")
    git("commit", "--quiet", "--message", "a")
    before = git("rev-parse", "HEAD").strip()
    if changed:
        with (tmp_path / changed).open("a", encoding="utf-8") as file:
            file.write("\n")
        git("add", ".")
        git("commit", "--quiet", "--message", "b")
    commits = {"CACHED_COMMIT_REF": before, "COMMIT_REF": git("rev-parse", "HEAD").strip(), "INCOMING_HOOK_URL": hook}
    command = tomllib.loads((tmp_path / "netlify.toml").read_text(encoding="utf-8"))["build"]["ignore"]
    done = subprocess.run(
        ["bash", "-c", command], cwd=tmp_path, env=os.environ | alone | commits, capture_output=True, check=False
    )
    assert (done.returncode == 0) is ignored, done.stderr
    assert done.stderr == b""


def test_a_site_is_never_written_over(tmp_path: Path) -> None:
    """Where there is a site.toml, nothing is written at all."""
    (tmp_path / "site.toml").write_text("mine", encoding="utf-8")
    with pytest.raises(BuildStopped) as stopped:
        begin(tmp_path)
    assert [problem.code for problem in stopped.value.problems] == ["site.exists"]
    assert [file.name for file in tmp_path.iterdir()] == ["site.toml"]


def test_files_that_are_there_stay_and_an_archive_gets_no_article(tmp_path: Path) -> None:
    """In a folder that is not empty the old files stay as they are, and it is said which."""
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "lama.md").write_text("---\ntitle: Lama\ndate: 2001-01-01\n---\n", encoding="utf-8")
    (tmp_path / ".gitignore").write_text("mine", encoding="utf-8")
    told = begin(tmp_path)
    assert (tmp_path / ".gitignore").read_text(encoding="utf-8") == "mine"
    assert any(line.startswith(".gitignore was there already") and "/output/" in line for line in told)
    assert [file.path for file in sources.find(tmp_path).articles] == ["content/lama.md"]
    assert site_toml.load(tmp_path).settings.title == "Kabar Kita"


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({"base_url": "kabar.example"}, "--base-url"),
        ({"base_url": "http://localhost:8000/"}, "--base-url"),
        ({"base_url": "http://127.0.0.1/"}, "--base-url"),
        ({"base_url": "http://[::1]/"}, "--base-url"),
        ({"language": "xx-nowhere"}, "--language"),
    ],
)
def test_a_bad_option_is_named_and_nothing_is_written(tmp_path: Path, given: dict[str, Any], place: str) -> None:
    """An address that cannot mint ids, or an unknown language, is told before the folder is made."""
    with pytest.raises(BuildStopped) as stopped:
        begin(tmp_path / "new", **given)
    [problem] = stopped.value.problems
    assert (problem.code, problem.place.path) == ("settings.bad", place)
    assert not (tmp_path / "new").exists()


def test_a_file_in_the_place_of_the_folder_is_a_problem(tmp_path: Path) -> None:
    """No traceback where the folder cannot be made."""
    (tmp_path / "kabar").write_text("", encoding="utf-8")
    with pytest.raises(BuildStopped) as stopped:
        begin(tmp_path / "kabar")
    assert stopped.value.problems[0].code == "file.unwritable"


def test_without_title_and_address_stand_ins_are_told(tmp_path: Path) -> None:
    """The title comes from the folder's name, and the editor hears that the address must be set."""
    told = begin(tmp_path / "kabar-desa", title=None, base_url=None)
    site = site_toml.load(tmp_path / "kabar-desa").settings
    assert (site.title, site.base_url) == ("Kabar Desa", scaffold.STAND_IN)
    assert any("base_url" in line for line in told)


# -- requirements.txt


def installed(folder: Path, url: Mapping[str, object] | None) -> Distribution:
    """A distribution as pip leaves it in `folder`, holding the program that runs now as far as its name goes."""
    info = folder / "newsarchive-9.9.dist-info"
    files = {
        "ssg/__init__.py": b'__version__ = "9.9"\n',
        "ssg/themes/default/theme.toml": b'name = "default"\n',
        "newsarchive-9.9.dist-info/METADATA": b"Metadata-Version: 2.4\nName: newsarchive\nVersion: 9.9\n",
        "newsarchive-9.9.dist-info/WHEEL": b"Wheel-Version: 1.0\nGenerator: x\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        "newsarchive-9.9.dist-info/entry_points.txt": b"[console_scripts]\nssg = ssg.cli:main\n",
        "newsarchive-9.9.dist-info/INSTALLER": b"pip\n",
        "ssg/__pycache__/__init__.cpython-311.pyc": b"x",
    }
    if url is not None:
        files["newsarchive-9.9.dist-info/direct_url.json"] = json.dumps(url).encode()
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    rows = [*files, "newsarchive-9.9.dist-info/RECORD", "../../../bin/ssg"]
    (info / "RECORD").write_text("".join(f"{name},,\n" for name in rows), encoding="utf-8")
    return Distribution.at(info)


def line_of(folder: Path, monkeypatch: pytest.MonkeyPatch, url: Mapping[str, object] | None) -> Requirement:
    monkeypatch.setattr(ssg, "__file__", str(folder / "ssg" / "__init__.py"))
    return requirement.of(installed(folder, url))


def test_from_an_index_the_version_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A distribution without direct_url.json came from an index."""
    assert line_of(tmp_path, monkeypatch, None) == Requirement("newsarchive==9.9")


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://user:secret@git.example/n.git", "https://git.example/n.git"),
        ("https://token@git.example/n.git", "https://git.example/n.git"),
        ("ssh://git@git.example/n.git", "ssh://git@git.example/n.git"),
    ],
)
def test_from_version_control_the_commit_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str, shown: str
) -> None:
    """The commit that runs here, without any password."""
    noted = {"url": url, "vcs_info": {"vcs": "git", "commit_id": "abc123"}}
    assert line_of(tmp_path, monkeypatch, noted).line == f"newsarchive @ git+{shown}@abc123"


def test_from_a_web_archive_its_address_and_digest_are_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wheel on the web can be fetched again, and is known by its digest."""
    noted = {"url": "https://kabar.example/n.whl", "archive_info": {"hashes": {"sha256": "00ff"}}}
    assert line_of(tmp_path, monkeypatch, noted).line == "newsarchive @ https://kabar.example/n.whl#sha256=00ff"


@pytest.mark.parametrize("noted", [{"archive_info": {}}, {"dir_info": {}}])
def test_from_this_machine_the_site_carries_the_wheel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, noted: dict[str, object]
) -> None:
    """A local wheel or folder, which no host can reach, becomes a wheel in vendor/."""
    found = line_of(tmp_path, monkeypatch, {"url": "file:///home/x", **noted})
    assert found.line == "./vendor/newsarchive-9.9-py3-none-any.whl"
    assert found.wheel is not None
    assert found.wheel.name in found.line
    assert not found.notice


def test_a_working_copy_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An editable install, or a distribution that is not the program running now, gives the version and a notice."""
    editable = line_of(tmp_path, monkeypatch, {"url": "file:///home/x", "dir_info": {"editable": True}})
    monkeypatch.setattr(ssg, "__file__", str(tmp_path / "elsewhere.py"))
    other = requirement.of(installed(tmp_path, None))
    assert editable == other
    assert editable.line == f"newsarchive=={ssg.__version__}"
    assert "pip wheel --no-deps ." in editable.notice


def test_a_site_begun_from_a_wheel_holds_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The wheel that requirements.txt names stands in the site."""
    wheel = Wheel("newsarchive-9.9-py3-none-any.whl", b"PK")
    monkeypatch.setattr(scaffold, "requirement", lambda: Requirement(f"./vendor/{wheel.name}", wheel))
    assert begin(tmp_path) == []
    [line] = [row for row in (tmp_path / "requirements.txt").read_text(encoding="utf-8").splitlines() if row[0] != "#"]
    assert (tmp_path / line).read_bytes() == b"PK"


def test_a_wheel_packed_again_is_a_wheel(tmp_path: Path) -> None:
    """It holds what was installed and nothing that the installer made; its RECORD is right; its bytes repeat."""
    wheel = repack(installed(tmp_path, {"url": "file:///x", "archive_info": {}}))
    assert wheel is not None
    assert wheel == repack(installed(tmp_path, {"url": "file:///x", "archive_info": {}}))
    with zipfile.ZipFile(io.BytesIO(wheel.data)) as archive:
        names = archive.namelist()
        assert names == [
            "ssg/__init__.py",
            "ssg/themes/default/theme.toml",
            "newsarchive-9.9.dist-info/METADATA",
            "newsarchive-9.9.dist-info/WHEEL",
            "newsarchive-9.9.dist-info/entry_points.txt",
            "newsarchive-9.9.dist-info/RECORD",
        ]
        rows = list(csv.reader(io.StringIO(archive.read(names[-1]).decode())))
        assert [row[0] for row in rows] == names
        for name, digest, size in rows[:-1]:
            expected = base64.urlsafe_b64encode(hashlib.sha256(archive.read(name)).digest()).decode().rstrip("=")
            assert (digest, size) == (f"sha256={expected}", str(len(archive.read(name))))


def test_what_is_no_wheel_cannot_be_packed_again(tmp_path: Path) -> None:
    """A distribution without RECORD or WHEEL, as other package managers leave it, gives none."""
    found = installed(tmp_path, None)
    (tmp_path / "newsarchive-9.9.dist-info" / "RECORD").unlink()
    assert repack(found) is None
