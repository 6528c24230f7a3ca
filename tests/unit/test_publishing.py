"""Publishing touches what differs, keeps what is others', and says what it cannot do."""

from __future__ import annotations

import errno
import os
import pickle
import stat
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec
import pytest

from ssg import digests
from ssg.problems import BuildStopped
from ssg.publishing import Outcome, Publication, Staging, check_place, disk, journal, lock, place, recover

Files = Mapping[str, bytes]

needs_symlinks = pytest.mark.skipif(sys.platform == "win32", reason="making a symlink needs a privilege there")
needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")

SITE = {
    "index.html": b"front",
    "2021/12/30/a/index.html": b"a",
    "2021/12/30/b/index.html": b"b",
    "tag/nato/feed.xml": b"<rss/>",
}


def publish(root: Path, files: Files, notes: Mapping[str, str] | None = None, clean: bool = False) -> Outcome:
    """One whole publication of `files` to `root/output`."""
    with Publication.begin(root, root / "output", clean) as publication:
        return publication.commit([publication.staging.stage(path, data) for path, data in files.items()], notes)


def refused(root: Path, files: Files) -> list[tuple[str, str]]:
    """The codes and places for which a publication is refused, having checked that it changed nothing."""
    before = tree(root / "output")
    with pytest.raises(BuildStopped) as stopped:
        publish(root, files)
    assert tree(root / "output") == before
    assert not [name for name in names(root / ".output.ssg") if name.startswith("staged-")]
    return [(problem.code, problem.place.path) for problem in stopped.value.problems]


def tree(output: Path) -> dict[str, bytes | str | None]:
    """All that stands in a folder: bytes of files, targets of symlinks, None for folders."""
    return {
        path.relative_to(output).as_posix(): str(path.readlink())
        if path.is_symlink()
        else None
        if path.is_dir()
        else path.read_bytes()
        for path in sorted(output.rglob("*"))
    }


def files_of(output: Path) -> dict[str, bytes | str | None]:
    """What stands in a folder, without its folders."""
    return {path: data for path, data in tree(output).items() if data is not None}


def names(folder: Path) -> list[str]:
    """The names in a folder, sorted."""
    return sorted(path.name for path in folder.iterdir())


@contextmanager
def umask(mask: int) -> Iterator[None]:
    """The process's umask for a while."""
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


# -- what is written, kept and removed ------------------------------------------------------------


def test_what_was_staged_is_the_site(tmp_path: Path) -> None:
    """A first publication writes exactly the staged files, and leaves neither journal nor staging."""
    outcome = publish(tmp_path, SITE)
    assert outcome == Outcome(sorted(SITE), [], 0)
    assert files_of(tmp_path / "output") == SITE
    assert names(tmp_path) == [".output.ssg", "output"]
    assert names(tmp_path / ".output.ssg") == ["lock", "manifest"]


@pytest.mark.skipif(sys.platform == "win32", reason="modes are a matter of POSIX")
@pytest.mark.parametrize("mask", [0o000, 0o077, 0o027])
def test_modes_do_not_depend_on_the_umask(tmp_path: Path, mask: int) -> None:
    """Files are 0644 and folders 0755 under any umask, when they are new and when they are written again."""
    with umask(mask):
        publish(tmp_path, SITE)
        publish(tmp_path, {**SITE, "index.html": b"new", "2021/12/30/c/index.html": b"c"})
    modes = {
        path.is_dir(): stat.S_IMODE(path.stat().st_mode) for path in [tmp_path / "output", *(tmp_path / "output").rglob("*")]
    }
    assert modes == {True: 0o755, False: 0o644}


def test_publishing_the_same_again_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing differs there is neither journal nor move, and no file is read."""
    publish(tmp_path, SITE, {"list": "1"})

    def never(*args: object, **more: object) -> None:
        raise AssertionError(args)

    for name in ("replace", "write"):
        monkeypatch.setattr(os, name, never)
    monkeypatch.setattr(Staging, "_reads", never)
    assert publish(tmp_path, SITE, {"list": "1"}) == Outcome([], [], len(SITE))


def test_only_what_differs_is_written(tmp_path: Path) -> None:
    """Added and changed files are written, unclaimed ones removed, the others stay the very same files."""
    publish(tmp_path, SITE)
    kept = (tmp_path / "output/tag/nato/feed.xml").stat()
    new = {
        "index.html": b"fresh",
        "tag/nato/feed.xml": b"<rss/>",
        "2021/12/30/a/index.html": b"a",
        "2021/12/31/c/index.html": b"c",
    }
    assert publish(tmp_path, new) == Outcome(["2021/12/31/c/index.html", "index.html"], ["2021/12/30/b/index.html"], 2)
    assert files_of(tmp_path / "output") == new
    assert (tmp_path / "output/tag/nato/feed.xml").stat() == kept


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"a": b"1"}, {"a/index.html": b"2", "a/b/c": b"3"}),
        ({"a/index.html": b"2", "a/b/c": b"3"}, {"a": b"1"}),
        ({"x/a": b"1", "x/z": b"1"}, {"x/a/b/index.html": b"2", "x/z": b"1"}),
        ({"x/a": b"1"}, {"x": b"1"}),
    ],
)
def test_a_file_becomes_a_folder_and_back(tmp_path: Path, old: Files, new: Files) -> None:
    """What was a file of ours may be a folder in the next build, and the other way round."""
    publish(tmp_path, old)
    publish(tmp_path, new)
    assert files_of(tmp_path / "output") == new
    publish(tmp_path, old)
    assert files_of(tmp_path / "output") == old


def test_folders_that_we_emptied_go_and_others_stay(tmp_path: Path) -> None:
    """A folder emptied by removals is removed, one that holds a file or a folder of others is not, nor is the output."""
    publish(tmp_path, SITE)
    note = tmp_path / "output/2021/12/note.txt"
    note.write_bytes(b"theirs")
    os.utime(note, ns=(5, 7))
    (tmp_path / "output/tag/empty").mkdir()
    (tmp_path / "output/alone").mkdir()
    assert publish(tmp_path, {}).removed == sorted(SITE)
    assert tree(tmp_path / "output") == {
        "2021": None,
        "2021/12": None,
        "2021/12/note.txt": b"theirs",
        "alone": None,
        "tag": None,
        "tag/empty": None,
    }
    assert note.stat().st_mtime_ns == 7


def test_others_may_be_left_as_they_stand(tmp_path: Path) -> None:
    """Whoever has seen that all stands may stage what changes alone; the next publication still knows every file."""
    publish(tmp_path, SITE)
    with Publication.begin(tmp_path, tmp_path / "output") as publication:
        outcome = publication.commit([publication.staging.stage("index.html", b"new")], others_stand=True)
    assert (outcome, outcome.files) == (Outcome(["index.html"], [], len(SITE) - 1), len(SITE))
    assert {path: data for path, data in tree(tmp_path / "output").items() if data} == {**SITE, "index.html": b"new"}
    assert publish(tmp_path, {"index.html": b"new"}).removed == sorted(SITE.keys() - {"index.html"})


def test_what_was_ours_stays_ours(tmp_path: Path) -> None:
    """A file of ours that was changed, deleted or only touched by hand is mended, written again or kept."""
    publish(tmp_path, SITE)
    output = tmp_path / "output"
    (output / "index.html").write_bytes(b"by hand")
    (output / "2021/12/30/a/index.html").unlink()
    os.utime(output / "tag/nato/feed.xml", ns=(1, 1))
    assert publish(tmp_path, SITE) == Outcome(["2021/12/30/a/index.html", "index.html"], [], 2)
    assert files_of(output) == SITE
    assert publish(tmp_path, SITE).kept == len(SITE)


def test_clean_believes_no_size_and_time(tmp_path: Path) -> None:
    """A file whose bytes changed under the same size and time is found by a clean publication."""
    publish(tmp_path, SITE)
    front = tmp_path / "output/index.html"
    known = front.stat()
    front.write_bytes(b"trick")
    os.utime(front, ns=(known.st_atime_ns, known.st_mtime_ns))
    assert publish(tmp_path, SITE).written == []
    assert publish(tmp_path, SITE, clean=True).written == ["index.html"]
    assert front.read_bytes() == b"front"


def test_what_is_kept_need_not_be_made_again(tmp_path: Path) -> None:
    """`keep` gives the record of a file that stands with that digest, and None for any other."""
    publish(tmp_path, SITE)
    os.utime(tmp_path / "output/2021/12/30/a/index.html", ns=(1, 1))
    (tmp_path / "output/2021/12/30/b/index.html").write_bytes(b"by hand")
    (tmp_path / "output/tag/nato/feed.xml").unlink()
    with Publication.begin(tmp_path, tmp_path / "output") as publication:
        kept = {path: publication.staging.keep(path, digests.of_bytes(data)) for path, data in SITE.items()}
        staged = publication.staging.stage("index.html", b"front")
        assert publication.staging.keep("index.html", digests.of_bytes(b"another")) is None
        assert publication.staging.keep("unknown.html", digests.of_bytes(b"front")) is None
    assert kept.pop("index.html") == staged
    assert [path for path, record in kept.items() if record] == ["2021/12/30/a/index.html"]
    with Publication.begin(tmp_path, tmp_path / "output", clean=True) as publication:
        assert publication.staging.keep("index.html", digests.of_bytes(b"front")) is None


def test_notes_are_there_at_the_next_publication(tmp_path: Path) -> None:
    """What a build notes is read by the next one, also if only the notes changed."""
    publish(tmp_path, SITE, {"feeds": "site"})
    publish(tmp_path, SITE, {"feeds": "site tag"})
    with Publication.begin(tmp_path, tmp_path / "output") as publication:
        assert publication.previous.notes == {"feeds": "site tag"}


def test_abandoning_leaves_the_old_site(tmp_path: Path) -> None:
    """What was staged and not committed is gone, and the lock is free."""
    publish(tmp_path, SITE)
    with Publication.begin(tmp_path, tmp_path / "output") as publication:
        publication.staging.stage("index.html", b"never seen")
    assert files_of(tmp_path / "output") == SITE
    assert names(tmp_path / ".output.ssg") == ["lock", "manifest"]
    publish(tmp_path, SITE)


def test_a_staging_works_in_a_worker(tmp_path: Path) -> None:
    """A staging that was pickled stages into the same publication, and finds the same files unchanged."""
    publish(tmp_path, SITE)
    with Publication.begin(tmp_path, tmp_path / "output") as publication:
        away: Staging = pickle.loads(pickle.dumps(publication.staging))
        assert away is not publication.staging
        assert pickle.loads(pickle.dumps(publication.staging)) is away, "each part of the work would read the manifest anew"
        records = [away.stage(path, data) for path, data in {**SITE, "index.html": b"from a worker"}.items()]
        assert publication.commit(pickle.loads(pickle.dumps(records))).written == ["index.html"]
    assert (tmp_path / "output/index.html").read_bytes() == b"from a worker"


def test_an_orphaned_worker_makes_no_staging_of_its_own(tmp_path: Path) -> None:
    """A worker whose staging folder was cleared meanwhile stops, and writes nothing anywhere."""
    with Publication.begin(tmp_path, tmp_path / "output") as publication:
        orphan: Staging = pickle.loads(pickle.dumps(publication.staging))
    with pytest.raises(BuildStopped):
        orphan.stage("2021/index.html", b"too late")
    assert names(tmp_path / ".output.ssg") == ["lock"]


# -- what belongs to others -----------------------------------------------------------------------


def test_a_file_of_others_at_our_path_is_an_error(tmp_path: Path) -> None:
    """A file that the program did not make is neither overwritten nor kept silently."""
    (tmp_path / "output").mkdir()
    (tmp_path / "output/index.html").write_bytes(b"theirs")
    assert refused(tmp_path, SITE) == [("output.foreign", "output/index.html")]


def test_a_file_of_others_with_our_bytes_is_adopted(tmp_path: Path) -> None:
    """What stands with the very bytes that we would write is ours from then on."""
    (tmp_path / "output").mkdir()
    (tmp_path / "output/index.html").write_bytes(b"front")
    assert publish(tmp_path, SITE).kept == 1
    assert publish(tmp_path, {}).removed == sorted(SITE)


def test_a_folder_of_others_at_our_file_is_an_error(tmp_path: Path) -> None:
    """A folder that holds anything of others is not removed for a file of ours, even if files of ours lie in it."""
    publish(tmp_path, {"a/index.html": b"1", "b/index.html": b"1"})
    (tmp_path / "output/a/theirs.txt").write_bytes(b"theirs")
    (tmp_path / "output/b/empty").mkdir()
    assert refused(tmp_path, {"a": b"2", "b": b"2"}) == [("output.foreign", "output/a"), ("output.foreign", "output/b")]


def test_a_file_of_others_at_our_folder_is_an_error(tmp_path: Path) -> None:
    """A file of others where a folder of ours should be is reported for every file below it."""
    publish(tmp_path, {})
    (tmp_path / "output/tag").write_bytes(b"theirs")
    assert refused(tmp_path, {"tag/a/x": b"1", "tag/b": b"1"}) == [
        ("output.foreign", "output/tag/a/x"),
        ("output.foreign", "output/tag/b"),
    ]


@needs_symlinks
@pytest.mark.parametrize("at", ["2021/12/30/a/index.html", "2021/12/30/a", "2021", "tag"])
def test_a_symlink_at_or_above_our_path_is_an_error(tmp_path: Path, at: str) -> None:
    """Nothing is written through a symlink inside the output, and nothing removed through one."""
    publish(tmp_path, SITE)
    outside = tmp_path / "outside"
    (tmp_path / "output" / at).rename(outside)
    (tmp_path / "output" / at).symlink_to(outside)
    kept = outside.read_bytes() if outside.is_file() else tree(outside)
    found = refused(tmp_path, {**SITE, "tag/nato/feed.xml": b"<rss>2</rss>", "2021/12/30/a/index.html": b"new"})
    assert {code for code, _ in found} == {"output.foreign"}
    assert all(where.startswith(f"output/{at}") for _, where in found)
    publish(tmp_path, {})
    assert kept == (outside.read_bytes() if outside.is_file() else tree(outside))
    assert tree(tmp_path / "output")[at] == str(outside)


@pytest.mark.skipif(not hasattr(os, "link"), reason="needs a second name for one file")
def test_a_path_that_changes_its_case_only(tmp_path: Path) -> None:
    """Where Foo and foo are one file, a renamed one is ours still, and is not lost when the old name is removed."""
    publish(tmp_path, {"Foo.txt": b"same", "Bar.txt": b"old"})
    output = tmp_path / "output"
    if not (output / "foo.txt").exists():  # as it would look on a file system that does not tell the two apart
        os.link(output / "Foo.txt", output / "foo.txt")
        os.link(output / "Bar.txt", output / "bar.txt")
    publish(tmp_path, {"foo.txt": b"same", "bar.txt": b"new"})
    assert tree(output) == {"bar.txt": b"new", "foo.txt": b"same"}


def test_a_folder_that_appears_during_the_build_keeps_its_files(tmp_path: Path) -> None:
    """A new folder of ours joins one that others made in the meantime."""
    with Publication.begin(tmp_path, tmp_path / "output") as publication:
        records = [publication.staging.stage(path, data) for path, data in SITE.items()]
        (tmp_path / "output/2021/12").mkdir(parents=True)
        (tmp_path / "output/2021/12/theirs.txt").write_bytes(b"theirs")
        publication.commit(records)
    assert files_of(tmp_path / "output") == {**SITE, "2021/12/theirs.txt": b"theirs"}
    assert publish(tmp_path, SITE).kept == len(SITE)


@pytest.mark.parametrize(
    ("old", "new"),
    [({}, {"a/b": b"1", "a": b"2"}), ({"a": b"1"}, {"a": b"1", "a/b": b"2"}), ({"a/b": b"1"}, {"a/b": b"1", "a": b"2"})],
)
def test_a_path_cannot_be_a_file_and_a_folder(tmp_path: Path, old: Files, new: Files) -> None:
    """Two files of one build that exclude each other are refused before anything is published."""
    publish(tmp_path, old)
    assert refused(tmp_path, new)[0][0] in ("address.collision", "output.place")


# -- copies ---------------------------------------------------------------------------------------


def copy(root: Path, source: Path) -> Outcome:
    """Publish a site whose only file is a copy."""
    with Publication.begin(root, root / "output") as publication:
        return publication.commit([publication.staging.stage_copy("foto/a.jpg", source)])


@pytest.mark.parametrize("size", [0, 1, (1 << 20) - 1, 1 << 20, (1 << 21) + 5])
def test_a_copy_is_written_once_and_found_again(tmp_path: Path, size: int) -> None:
    """A copied file has the digest of its bytes, is left alone while it is the same, and written when it differs."""
    source = tmp_path / "a.jpg"
    source.write_bytes(bytes(size))
    assert copy(tmp_path, source).written == ["foto/a.jpg"]
    assert (tmp_path / "output/foto/a.jpg").read_bytes() == bytes(size)
    assert copy(tmp_path, source).kept == 1
    assert publish(tmp_path, {"foto/a.jpg": bytes(size)}).kept == 1
    os.utime(tmp_path / "output/foto/a.jpg", ns=(1, 1))
    assert copy(tmp_path, source).kept == 1
    changed = bytes(size - 1) + b"x" if size else b"longer"
    source.write_bytes(changed)
    assert copy(tmp_path, source).written == ["foto/a.jpg"]
    os.utime(tmp_path / "output/foto/a.jpg", ns=(1, 1))
    source.write_bytes(bytes(size))
    assert copy(tmp_path, source).written == ["foto/a.jpg"]
    assert (tmp_path / "output/foto/a.jpg").read_bytes() == bytes(size)


def test_a_copy_is_never_written_over_a_file_of_others(tmp_path: Path) -> None:
    """A file of others at the place of a copy is an error, unless it has the same bytes."""
    (tmp_path / "output/foto").mkdir(parents=True)
    (tmp_path / "output/foto/a.jpg").write_bytes(b"same")
    source = tmp_path / "a.jpg"
    source.write_bytes(b"diff")
    with pytest.raises(BuildStopped) as stopped:
        copy(tmp_path, source)
    assert [problem.code for problem in stopped.value.problems] == ["output.foreign"]
    source.write_bytes(b"same")
    assert copy(tmp_path, source).kept == 1


def test_a_copy_of_what_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    """A source that is missing, a folder or a pipe stops the build with its place."""
    (tmp_path / "static/folder").mkdir(parents=True)
    sources = ["missing", "folder"]
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "static/pipe")
        sources.append("pipe")
    for name in sources:
        with pytest.raises(BuildStopped) as stopped:
            copy(tmp_path, tmp_path / "static" / name)
        (problem,) = stopped.value.problems
        assert (problem.code, problem.place.path) == ("file.unreadable", f"static/{name}")


# -- what cannot be done --------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["", "/a", "a/", "../a", "a/../b", "a/..", "./a", "a//b", "a\\b", "a\0b", "a\nb", "a/\udcff"])
def test_no_path_leads_out_of_the_output(tmp_path: Path, path: str) -> None:
    """A path that leaves the output, or that no server could serve, stops the build."""
    with Publication.begin(tmp_path, tmp_path / "output") as publication, pytest.raises(BuildStopped) as stopped:
        publication.staging.stage(path, b"")
    assert stopped.value.problems[0].code == "address.escape"


@pytest.mark.parametrize("path", [".well-known/security.txt", "..a/b..", "a/...", "ads.txt", "a b/ä.txt"])
def test_unusual_paths_are_published(tmp_path: Path, path: str) -> None:
    """Dots and spaces in names are no escape."""
    publish(tmp_path, {path: b"1"})
    assert files_of(tmp_path / "output") == {path: b"1"}


@pytest.mark.parametrize("output", [".", "..", "content", "content/out", "themes", "static/x/y", "data", ".git/out", "file"])
def test_places_that_cannot_be_the_output(tmp_path: Path, output: str) -> None:
    """The site's own folder, its sources, what lies in them and a file are no output folder."""
    site = tmp_path / "site"
    (site / "content").mkdir(parents=True)
    (site / "file").write_bytes(b"")
    problem = check_place(site, site / output)
    assert problem is not None
    assert problem.code == "output.place"
    with pytest.raises(BuildStopped):
        Publication.begin(site, site / output)


@pytest.mark.parametrize("output", ["output", "public/html", "../elsewhere", "contents", "content.out"])
def test_places_that_can_be_the_output(tmp_path: Path, output: str) -> None:
    """Any other folder, inside the site's or not, can be."""
    site = tmp_path / "site"
    (site / "content").mkdir(parents=True)
    assert check_place(site, site / output) is None


@needs_symlinks
def test_a_symlink_hides_no_source(tmp_path: Path) -> None:
    """An output that leads to the sources through a symlink is refused; one that leads elsewhere is used."""
    (tmp_path / "site/content").mkdir(parents=True)
    (tmp_path / "web").mkdir()
    (tmp_path / "site/bad").symlink_to(tmp_path / "site/content")
    (tmp_path / "site/output").symlink_to(tmp_path / "web")
    assert check_place(tmp_path / "site", tmp_path / "site/bad") is not None
    publish(tmp_path / "site", SITE)
    assert files_of(tmp_path / "web") == SITE
    assert (tmp_path / ".web.ssg/manifest").exists()


@pytest.mark.parametrize("call", ["write", "mkdir"])
def test_a_full_disk_is_a_problem_and_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    """What the system refuses while staging is told with its reason, and the old site stands."""
    publish(tmp_path, SITE)
    publication = Publication.begin(tmp_path, tmp_path / "output")

    def full(*args: object, **more: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, call, full)
        with pytest.raises(BuildStopped) as stopped:
            publication.staging.stage("new/folder/index.html", b"new")
    publication.abandon()
    (problem,) = stopped.value.problems
    assert (problem.code, problem.place.path) == ("output.place", "output")
    assert os.strerror(errno.ENOSPC) in problem.what
    assert files_of(tmp_path / "output") == SITE


def test_a_folder_that_may_not_be_written_is_found_before_the_journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Missing permissions inside the output stop the build while the old site is whole."""
    publish(tmp_path, SITE)
    monkeypatch.setattr(os, "access", lambda path, mode: not str(path).endswith("nato"))
    assert refused(tmp_path, {**SITE, "index.html": b"new", "tag/nato/feed.xml": b"new"}) == [("output.place", "output")]


def test_a_refusal_in_the_middle_is_mended_by_the_next_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the system refuses a move after the journal, the problem is told and the journal stays in force."""
    publish(tmp_path, SITE)
    real = os.replace

    def stubborn(source: str, target: str) -> None:
        if target.endswith("feed.xml"):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), target)
        real(source, target)

    new = {**SITE, "index.html": b"new", "tag/nato/feed.xml": b"new"}
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", stubborn)
        with pytest.raises(BuildStopped) as stopped:
            publish(tmp_path, new)
    assert stopped.value.problems[0].code == "output.place"
    assert recover(tmp_path) == [tmp_path / "output"]
    assert files_of(tmp_path / "output") == new


def test_a_stopped_build_travels_between_processes() -> None:
    """What a worker raises arrives with its problems."""
    problem = check_place(Path("/site"), Path("/site/content"))
    assert problem is not None
    assert pickle.loads(pickle.dumps(BuildStopped(problem))).problems == (problem,)


# -- manifests, journals and pointers that are not as they should be --------------------------------


@pytest.mark.parametrize("bad", [b"", b"\xc1\x00", b"half", msgspec.msgpack.encode({"version": 99, "entries": []})])
def test_a_manifest_that_cannot_be_read_knows_no_file(tmp_path: Path, bad: bytes) -> None:
    """A damaged or unknown manifest is told; same bytes are adopted, other files are somebody else's."""
    publish(tmp_path, SITE)
    (tmp_path / ".output.ssg/manifest").write_bytes(bad)
    said: list[str] = []
    with Publication.begin(tmp_path, tmp_path / "output", say=said.append) as publication:
        assert not publication.previous.entries
    assert len(said) == 1
    assert refused(tmp_path, {**SITE, "index.html": b"new"}) == [("output.foreign", "output/index.html")]
    assert publish(tmp_path, SITE).kept == len(SITE)
    assert publish(tmp_path, {**SITE, "index.html": b"new"}).written == ["index.html"]


def interrupted(root: Path, files: Files, monkeypatch: pytest.MonkeyPatch, output: Path | None = None) -> None:
    """A publication that ends, as if killed, when its journal is in force."""
    with monkeypatch.context() as patch:
        patch.setattr(journal, "finish", lambda *args: None)
        patch.setattr(Publication, "_close", lambda self: lock.release(self._held))
        publication = Publication.begin(root, output or root / "output")
        publication.commit([publication.staging.stage(path, data) for path, data in files.items()])


NEW = {**SITE, "index.html": b"new", "2022/x/index.html": b"x"}


def test_a_damaged_journal_is_told_and_the_next_build_is_right(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A journal that the disk damaged is left by `recover`, told by the next build, and the site is whole after it."""
    publish(tmp_path, SITE)
    interrupted(tmp_path, NEW, monkeypatch)
    (tmp_path / ".output.ssg/journal").write_bytes(b"\x93\x01")
    assert recover(tmp_path) == []
    said: list[str] = []
    with Publication.begin(tmp_path, tmp_path / "output", say=said.append) as publication:
        publication.commit([publication.staging.stage(path, data) for path, data in NEW.items()])
    assert "journal" in said[0]
    assert files_of(tmp_path / "output") == NEW
    assert names(tmp_path) == [".output.ssg", "output"]


def test_a_journal_without_its_name_is_ignored(tmp_path: Path) -> None:
    """What was killed while it wrote the journal, or the pointer, published nothing."""
    publish(tmp_path, SITE)
    (tmp_path / ".output.ssg/journal.new").write_bytes(b"\x85\xa7sta")
    (tmp_path / ".output.ssg/staged-old").mkdir()
    pointer = Path(place.pointer_of(str(tmp_path), str(tmp_path / "output")))
    for torn in (b"", b"outp", b"output\n"):
        pointer.write_bytes(torn)
        assert recover(tmp_path) == []
        assert files_of(tmp_path / "output") == SITE
    pointer.write_bytes(b"outp")
    publish(tmp_path, NEW)
    assert files_of(tmp_path / "output") == NEW
    assert names(tmp_path) == [".output.ssg", "output"]
    assert "staged-old" not in names(tmp_path / ".output.ssg")


def test_the_journal_of_another_version_is_left_to_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A journal that this version cannot read stops every command until the other version has finished it."""
    interrupted(tmp_path, NEW, monkeypatch)
    path = tmp_path / ".output.ssg/journal"
    whole = path.read_bytes()
    path.write_bytes(msgspec.msgpack.encode({"version": 99}))
    for command in (lambda: recover(tmp_path), lambda: Publication.begin(tmp_path, tmp_path / "output")):
        with pytest.raises(BuildStopped) as stopped:
            command()
        assert "99" in stopped.value.problems[0].what
    path.write_bytes(whole)
    assert recover(tmp_path) == [tmp_path / "output"]


def test_a_build_finishes_what_was_interrupted_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next publication begins with the site that was to be published."""
    publish(tmp_path, SITE)
    interrupted(tmp_path, NEW, monkeypatch)
    said: list[str] = []
    with Publication.begin(tmp_path, tmp_path / "output", say=said.append) as publication:
        assert files_of(tmp_path / "output") == NEW
        assert publication.previous.entries.keys() == NEW.keys()
    assert "interrupted" in said[0]


def test_a_site_that_was_moved_is_finished_where_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the kill and the next command the site's folder may get another name."""
    site = tmp_path / "site"
    site.mkdir()
    publish(site, SITE)
    interrupted(site, NEW, monkeypatch)
    moved = site.rename(tmp_path / "moved")
    assert recover(moved) == [moved / "output"]
    assert files_of(moved / "output") == NEW
    assert names(moved) == [".output.ssg", "output"]


def test_an_output_elsewhere_is_found_from_the_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Any command run on the site finishes an output that lies outside it; if that is gone, so is the pointer."""
    site, output = tmp_path / "site", tmp_path / "web/out"
    site.mkdir()
    for _ in range(2):
        interrupted(site, {"index.html": b"front"}, monkeypatch, output)
        assert len(names(site)) == 1
        if not output.exists():
            assert recover(site) == [output]
            assert files_of(output) == {"index.html": b"front"}
            (output / "index.html").unlink()
        else:
            for path in sorted((tmp_path / "web").rglob("*"), reverse=True):
                path.rmdir() if path.is_dir() else path.unlink()
            assert recover(site) == []
        assert names(site) == []


def test_a_site_that_cannot_be_written_is_published_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no pointer can be left, the build says what that means and goes on."""
    real, said = disk.write, list[str]()

    def read_only(path: str, pieces: list[bytes], sync: bool = False) -> os.stat_result:
        if place.POINTER in path:
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), path)
        return real(path, pieces, sync)

    monkeypatch.setattr(disk, "write", read_only)
    with Publication.begin(tmp_path, tmp_path / "output", say=said.append) as publication:
        publication.commit([publication.staging.stage("index.html", b"front")])
    assert files_of(tmp_path / "output") == {"index.html": b"front"}
    assert "only the next build" in said[0]


def test_recover_of_nothing(tmp_path: Path) -> None:
    """A site without journals, and a folder that is not there, have nothing to recover."""
    assert recover(tmp_path) == []
    assert recover(tmp_path / "missing") == []


# -- the lock -------------------------------------------------------------------------------------


def fork(work: Callable[[], None]) -> int:
    """Do `work` in a child process; give its id."""
    child = os.fork()
    if child == 0:
        status = 1
        with suppress(BaseException):
            work()
            status = 0
        os._exit(status)
    return child


@needs_fork
def test_two_publications_at_once_come_one_after_the_other(tmp_path: Path) -> None:
    """The second waits for the first, says so, and then knows what the first has published."""
    readable, writable = os.pipe()

    def first() -> None:
        with Publication.begin(tmp_path, tmp_path / "output") as publication:
            os.write(writable, b"!")
            time.sleep(0.3)
            publication.commit([publication.staging.stage(path, data) for path, data in SITE.items()])

    child = fork(first)
    os.read(readable, 1)
    said: list[str] = []
    Path(place.pointer_of(str(tmp_path), str(tmp_path / "output"))).write_bytes(b"output\n")
    assert recover(tmp_path) == []  # what a living process publishes is left to it
    with Publication.begin(tmp_path, tmp_path / "output", say=said.append) as publication:
        assert publication.previous.entries.keys() == SITE.keys()
        publication.commit([publication.staging.stage("index.html", b"second")])
    assert os.waitpid(child, 0)[1] == 0
    assert "waiting" in said[0]
    assert files_of(tmp_path / "output") == {"index.html": b"second"}
    os.close(readable)
    os.close(writable)


@needs_fork
def test_an_orphaned_worker_holds_no_lock(tmp_path: Path) -> None:
    """A forked worker that outlives its killed parent does not keep the next build waiting."""
    to_parent, to_child = os.pipe(), os.pipe()
    publication = Publication.begin(tmp_path, tmp_path / "output")

    def worker() -> None:
        os.write(to_parent[1], b"!")
        os.read(to_child[0], 1)

    def told(text: str) -> None:
        raise AssertionError(text)  # the wait would have no end

    child = fork(worker)
    try:
        os.read(to_parent[0], 1)
        assert publication._held is not None
        os.close(publication._held)  # as the system does it for a killed process, without a word to the lock
        lock._handles.discard(publication._held)
        Publication.begin(tmp_path, tmp_path / "output", say=told).abandon()
    finally:
        os.write(to_child[1], b"!")
        status = os.waitpid(child, 0)[1]
        for handle in (*to_parent, *to_child):
            os.close(handle)
    assert status == 0
