"""Front matter: split from the body, parsed without guessing, and every fault with its line."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssg.model import Problem
from ssg.reading.frontmatter import FrontMatter, YamlHandler, split

PATH = "content/a.md"
LAUGHS = list(enumerate(("ab", "bc", "cd", "de")))
ARCHIVES = Path(__file__).parents[4] / "shared" / "archives"


def opened(source: str | bytes) -> FrontMatter:
    found = split(source.encode() if isinstance(source, str) else source, PATH)
    assert isinstance(found, FrontMatter), found
    return found


def refused(source: str | bytes) -> Problem:
    found = split(source.encode() if isinstance(source, str) else source, PATH)
    assert isinstance(found, tuple)
    return found[-1]


def test_scalars_of_yaml_stay_as_written() -> None:
    """`no`, a year, an hour and a version are texts; nothing written is None, a quoted nothing is a text."""
    front = opened("---\na: no\nb: 2021\nc: 1:00:19\nd: 1.10\ne:\nf: ~\ng: ''\nh: 'null'\ni: 2021-12-30\n---\n")
    assert front.values == {
        **{"a": "no", "b": "2021", "c": "1:00:19", "d": "1.10", "e": None, "f": None, "g": "", "h": "null"},
        "i": "2021-12-30",
    }


def test_scalars_of_toml_become_texts() -> None:
    """Numbers, yes and no, and dates of TOML reach the fields as texts, numbers with their digits."""
    front = opened("+++\na = 1.10\nb = false\nc = 2021-12-30T19:29:00+07:00\nd = 2021-12-30\ne = [1, 'x']\n+++\nbody\n")
    assert front.format == "toml"
    assert front.values == {"a": "1.10", "b": "false", "c": "2021-12-30T19:29:00+07:00", "d": "2021-12-30", "e": ["1", "x"]}


def test_scalars_of_json_become_texts() -> None:
    """JSON's numbers keep their digits, true is a text, null is None."""
    front = opened('{"a": 1.10, "b": true, "c": null, "d": [2021, "x"]}\nbody\n')
    assert (front.format, front.body, front.body_line) == ("json", "body\n", 2)
    assert front.values == {"a": "1.10", "b": "true", "c": None, "d": ["2021", "x"]}


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        (
            "---\ntitle: x\nimage:\n  src: a.jpg\n  alt: b\ncorrections:\n  - date: 2021-01-02\n  - date: 2021-01-03\n---\n",
            {"title": 2, "image": 3, "image.src": 4, "image.alt": 5, "corrections": 6, "corrections.0": 7, "corrections.1": 8},
        ),
        (
            '+++\ntitle = """\nsrc = 1\n"""\n[image]\nsrc = "a"\n'
            '[[corrections]]\ntext = "x"\n[[corrections]]\ntext = "y"\n+++\n',
            {"title": 2, "image": 5, "image.src": 6, "corrections": 7, "corrections.0": 7, "corrections.1": 9},
        ),
        (
            '{\n"title": "{ \\" ]: x",\n"image":\n{"src": "a",\n"alt": "b"},\n'
            '"corrections": [{"text": "x"},\n{"text": "y"}]\n}\n',
            {"title": 2, "image": 3, "image.src": 4, "image.alt": 5, "corrections": 6, "corrections.0": 6, "corrections.1": 7},
        ),
    ],
    ids=["yaml", "toml", "json"],
)
def test_each_key_keeps_its_line(source: str, lines: dict[str, int]) -> None:
    """Keys, the keys below them and the mappings in a list are found on their lines, in all three formats."""
    found = opened(source).lines
    assert {key: found.get(key) for key in lines} == lines


def test_what_an_editor_leaves_behind_does_not_move_lines() -> None:
    """A byte order mark, CRLF and blank lines before the front matter are accepted; lines are still the file's."""
    front = opened(b"\xef\xbb\xbf\r\n \r\n---\r\ntitle: x\r\n---\r\nsatu\r\ndua")
    assert (front.line, front.lines, front.body_line, front.body) == (3, {"title": 4}, 6, "satu\ndua")


def test_old_macintosh_line_ends_are_lines() -> None:
    """A lone CR ends a line."""
    assert opened(b"---\rtitle: x\r---\rbody").lines == {"title": 2}


def test_text_is_composed() -> None:
    """Letters written in two parts become one, in keys, values and body, so that equal words are equal."""
    front = opened("---\ncle\u0301: cafe\u0301\n---\ncafe\u0301\n")
    assert (front.values, front.body) == ({"cl\u00e9": "caf\u00e9"}, "caf\u00e9\n")


def test_control_characters_go_with_a_warning() -> None:
    """What XML forbids, C1 controls and the program's own sentinels are taken out; a form feed parts words."""
    front = opened("---\ntitle: a\x08b\n---\nsatu\x0cdua\ue000\x85\n")
    assert (front.values, front.body) == ({"title": "ab"}, "satu dua \n")
    assert [(str(p.place), p.code) for p in front.problems] == [("content/a.md:2:9", "text.control")]
    assert "4 control characters (U+0008, U+000C, U+0085, U+E000)" in front.problems[0].what


@pytest.mark.parametrize(
    "source", ['---\ntitle: "a\\0\\uE001b"\n---\n', '{"title": "a\\u0000\\ud800b"}', '+++\ntitle = "a\\u0008b"\n+++\n']
)
def test_an_escape_cannot_smuggle_control_characters(source: str) -> None:
    """Escapes of YAML, JSON and TOML are cleaned as the text is, with the same warning."""
    front = opened(source)
    assert front.values == {"title": "ab"}
    assert [p.code for p in front.problems] == ["text.control"]


def test_a_key_given_twice_is_seen_at_any_depth() -> None:
    """The last one counts, and both lines are named."""
    front = opened("---\ntags: [a]\nimage:\n  src: x\n  src: y\ntags: [b]\n---\n")
    assert front.values == {"tags": ["b"], "image": {"src": "y"}}
    assert [(p.place.line, p.code) for p in front.problems] == [(5, "key.twice"), (6, "key.twice")]
    assert "lines 2 and 6" in front.problems[1].what
    assert front.lines["tags"] == 6


def test_a_json_key_given_twice_is_seen() -> None:
    """JSON's parser would take the last one in silence."""
    front = opened('{"a": 1,\n"b": {"c": 1,\n"c": 2}, "a": 3}')
    assert [(p.place.line, p.what.split("`")[1]) for p in front.problems] == [(3, "b.c"), (3, "a")]


def test_merge_keys_and_aliases_of_yaml_are_followed() -> None:
    """`<<` fills in what is not written, and what is written wins."""
    front = opened("---\nbase: &b {src: x, alt: y}\nimage:\n  <<: *b\n  alt: z\n---\n")
    assert front.values["image"] == {"src": "x", "alt": "z"}
    assert front.lines["image.alt"] == 5
    assert front.problems == ()


@pytest.mark.parametrize(
    ("head", "place", "what", "mend"),
    [
        ("title: Putin: ya\n", "2:13", "holds a colon and a space", 'title: "Putin: ya"'),
        ("title: 'ya\ndate: x\n", "2:8", "never closed", "same quote"),
        ("title: 'Jum'at'\nd: x\n", "2:13", "behind the closing quote", 'title: "Jum\'at"'),
        ("title: x\ntulisan\n", "3:1", "no colon", "key: value"),
        ("title: x\n\tdate: y\n", "3:1", "tab", "spaces"),
        ("title: @karawang\n", "2:8", "`@`", 'title: "@karawang"'),
        ("title: *Baru* x\n", "2:", "`*`", 'title: "*Baru* x"'),
        ("tags: [a, b\ntitle: x\n", "2:7", "bracket", "Close it"),
        ("title: x\n  date: y\n", "3:7", "line before it", "as far left"),
        ("title: {{ x }}\n", "2:9", "a key is", "in quotes"),
        ("- title\n", "2:1", "not a mapping", "key: value"),
    ],
)
def test_a_fault_of_yaml_is_named_in_plain_words(head: str, place: str, what: str, mend: str) -> None:
    """The place is the file's, the reason is one that a person can act on, and the cure can be copied."""
    found = refused(f"---\n{head}---\nbody\n")
    assert found.code == "frontmatter.bad"
    assert str(found.place).startswith(f"{PATH}:{place}")
    assert what in found.what
    assert mend in found.mend


def test_faults_of_toml_and_json_have_their_place() -> None:
    """Line and column are the file's, blank lines at its head included."""
    toml, json = refused("\n+++\na = 'x'\nb = y\n+++\n"), refused('\n\n{"a": 1,\nb: 2}\n')
    assert (str(toml.place), toml.code) == ("content/a.md:4:5", "frontmatter.bad")
    assert (str(json.place), json.code) == ("content/a.md:4:1", "frontmatter.bad")


@pytest.mark.parametrize("mark", ["---", "+++"])
def test_front_matter_that_never_closes_is_an_error_at_its_opening(mark: str) -> None:
    """Otherwise the whole article would be taken for front matter."""
    found = refused(f"\n{mark}\ntitle\n")
    assert (str(found.place), found.code) == ("content/a.md:2:1", "frontmatter.bad")
    assert mark in found.mend


def test_a_file_that_is_not_utf8_names_the_byte() -> None:
    """The line and column of the first bad byte are shown."""
    found = refused("---\r\ntitle: ék".encode() + b"\xe9\r\n---\r\n")
    assert (str(found.place), found.code) == ("content/a.md:2:10", "file.unreadable")
    assert "0xE9" in found.what
    assert "UTF-16" in refused("---\n".encode("utf-16")).what


def test_no_front_matter_is_not_an_error_here() -> None:
    """A file without it, an empty one, and one that begins with a shortcode are all body."""
    for source in ("", "\nHalo\n", "{{< youtube x >}}\n", "{ bukan json"):
        assert opened(source) == FrontMatter("", {}, {}, source)


def test_empty_front_matter_is_front_matter() -> None:
    """Two lines of hyphens with nothing between them say nothing, in the format of YAML."""
    assert opened("---\n---\nbody") == FrontMatter("yaml", {}, {}, "body", body_line=3)


def test_a_rule_in_the_body_stays_in_the_body() -> None:
    """Only the first closing line counts."""
    assert opened("---\ntitle: x\n---\nsatu\n\n---\n\ndua\n").body == "satu\n\n---\n\ndua\n"


@pytest.mark.parametrize(
    "head",
    [
        "a: &a [x,x,x,x,x,x,x,x,x,x]\n"
        + "".join(f"k{n}: &{names[1]} [{','.join(['*' + names[0]] * 10)}]\n" for n, names in LAUGHS),
        "a: &a [*a]\n",
        "a: &a {<<: *a}\n",
        "[" * 100_000 + "\n",
        "a: " + "[" * 1_500 + "]" * 1_500 + "\n",
        "- " * 100_000 + "\n",
    ],
    ids=["laughs", "circle", "merged circle", "brackets", "few brackets", "hyphens"],
)
def test_no_bomb_goes_off(head: str) -> None:
    """Aliases that multiply, circles and endless nesting end as a Problem, at once and without a crash."""
    begun = time.perf_counter()
    assert refused(f"---\n{head}---\n").code == "frontmatter.bad"
    assert time.perf_counter() - begun < 5


@pytest.mark.parametrize(
    "source", ['{"a": ' + "[" * 100_000, "+++\na = " + "[" * 50_000 + "\n+++\n", "+++\na = " + "1" * 5_000 + "\n+++\n"]
)
def test_no_bomb_goes_off_in_toml_and_json(source: str) -> None:
    """Nesting beyond Python's stack and numbers beyond its digits end as a Problem."""
    assert refused(source).code == "frontmatter.bad"


def test_the_handlers_serve_python_frontmatter() -> None:
    """They keep its interface, so that its functions can use them."""
    import frontmatter

    assert frontmatter.loads("---\nslug: 2021\n---\nbody", handler=YamlHandler()).metadata == {"slug": "2021"}


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(["---\n", "+++\n", "{"]), st.text(max_size=60), st.sampled_from(["\n---\n", "\n+++\n", "}", ""]))
def test_any_text_is_read_or_refused(opening: str, head: str, closing: str) -> None:
    """Whatever stands in front matter, there is an answer, with lines inside the file."""
    data = f"{opening}{head}{closing}body".encode(errors="surrogatepass")
    found = split(data, PATH)
    problems = found if isinstance(found, tuple) else found.problems
    rows = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1
    assert all(1 <= problem.place.line <= rows for problem in problems)
    assert problems or isinstance(found, FrontMatter)


@pytest.mark.skipif(not ARCHIVES.is_dir(), reason="the real archives do not stand beside the project")
def test_real_front_matter_is_read() -> None:
    """Every article of two real archives opens, and thirteen keys given twice are seen."""
    data = [file.read_bytes() for file in sorted(ARCHIVES.rglob("*.md")) if file.name not in ("_index.md", "README.md")]
    fronts = [split(source, PATH) for source in data]
    assert all(isinstance(front, FrontMatter) and front.format == "yaml" for front in fronts)
    assert sum(p.code == "key.twice" for front in fronts if isinstance(front, FrontMatter) for p in front.problems) == 13
