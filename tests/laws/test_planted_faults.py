"""Faults that an increment must not have, put into it on purpose: the law that looks at it finds each of them."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from ssg import quiet, rendering
from ssg.asking import Ask
from ssg.asking.articles import ArticleQuestions
from ssg.asking.lists import ListQuestions
from ssg.asking.questions import Questions
from ssg.publishing import Staged, Staging
from ssg.reading.freshness import Seen
from ssg.rendering.closures import Closures
from tests.laws.newsroom import Newsroom, Story

Plant = Callable[[pytest.MonkeyPatch], None]
Event = Callable[[Newsroom], object]


def one(room: Newsroom, number: int = 4) -> Story:
    """An article of the room."""
    return list(room.stories.values())[number]


# -- the faults: each is a line that somebody forgets


def a_question_is_not_noted(plant: pytest.MonkeyPatch) -> None:
    plant.setattr(Ask, "latest", Ask.latest.__wrapped__)  # type: ignore[attr-defined]


def an_include_is_left_out_of_the_key(plant: pytest.MonkeyPatch) -> None:
    plant.setattr(Closures, "_closure", lambda self, name: {name: self._source(name)[0]})


def a_setting_is_left_out_of_the_key(plant: pytest.MonkeyPatch) -> None:
    plant.setattr(rendering, "recipe", lambda settings, code: code)


def a_card_forgets_its_title(plant: pytest.MonkeyPatch) -> None:
    plant.setattr(Questions, "_mark_card", lambda self, article: article.path.encode())


def a_story_forgets_its_steps(plant: pytest.MonkeyPatch) -> None:
    plant.setattr(ArticleQuestions, "_mark_story", lambda self, path: path.encode())


def what_a_page_is_about_is_left_out(plant: pytest.MonkeyPatch) -> None:
    plant.setattr("ssg.rendering.traces.repr", lambda about: "", raising=False)


def a_label_counts_for_nothing(plant: pytest.MonkeyPatch) -> None:
    plant.setattr("ssg.rendering.templates.Templates.mark_label", lambda self, language, key: b"")


def times_alone_are_looked_at(plant: pytest.MonkeyPatch) -> None:
    digest = Seen.digest

    def by_size_and_time(self: Seen, disk: str, stat: Any) -> str | None:
        known = self._before.digests.get(disk)
        return digest(self, disk, known[0]) if known and known[0][:2] == stat[:2] else None

    plant.setattr(Seen, "digest", by_size_and_time)


def outputs_are_not_looked_at(plant: pytest.MonkeyPatch) -> None:
    def keep(self: Staging, path: str, digest: str, *, looked_at: bool = False) -> Staged | None:
        entry = self.known.get(path)
        return Staged(path, digest, entry.size, entry.mtime) if entry and entry.digest == digest else None

    plant.setattr(Staging, "keep", keep)


def a_feed_does_not_say_whose_texts_it_holds(plant: pytest.MonkeyPatch) -> None:
    plant.delattr(ListQuestions, "_into_feed_articles")


def a_title_counts_as_text(plant: pytest.MonkeyPatch) -> None:
    of_text = quiet._but_text
    plant.setattr(quiet, "_but_text", lambda article: msgspec.structs.replace(of_text(article), title="", face=""))


def a_ranking_is_believed_whoever_left_it(plant: pytest.MonkeyPatch) -> None:
    plant.setattr("ssg.increment.digest_of_rankings", lambda rankings: "")
    plant.setattr("ssg.archive.suggestions.Suggestions.anew", lambda self: ())


def the_passing_of_news_is_forgotten(plant: pytest.MonkeyPatch) -> None:
    plant.setattr("ssg.standing.news_until", lambda date: date)


# -- what brings each of them to light


def a_template_asks_for_the_latest(room: Newsroom) -> None:
    asks = '{% extends "default:article.html" %}{% block main %}{{ ask.latest(1)[0].title }}{% endblock %}'
    room.put("themes/default/templates/article.html", asks.encode())
    room.check()
    room.add()


def a_slot_changes(room: Newsroom) -> None:
    room.put("themes/default/templates/slots/foot.html", b"<p>Satu</p>")
    room.check()
    room.put("themes/default/templates/slots/foot.html", b"<p>Dua</p>")


def the_address_changes(room: Newsroom) -> None:
    room.configure(base_url='"https://lain.example/"')


def a_title_changes(room: Newsroom) -> None:
    room.change(replace(one(room), title="Judul lain"))


def a_step_of_a_story_is_added(room: Newsroom) -> None:
    room.add(story="Banjir Besar", section="Nasional")


def an_alias_leads_elsewhere(room: Newsroom) -> None:
    story = room.change(replace(one(room), aliases=("/lama/",)))
    room.check()
    room.change(replace(story, aliases=()))
    room.change(replace(one(room, 5), aliases=("/lama/",)))


def a_comma_changes(room: Newsroom) -> None:
    room.change(replace(one(room, 8), coda="Akhir, berita"))


def the_words_change(room: Newsroom) -> None:
    room.change(replace(one(room, 3), coda=one(room, 8).body * 3))


def a_label_changes(room: Newsroom) -> None:
    room.put("themes/default/translations/id.toml", b'related = "Label lain"\n')


def a_file_changes_under_an_old_date(room: Newsroom) -> None:
    story = one(room)
    file = room.site / story.path
    os.utime(file, (1_600_000_000, 1_600_000_000))
    room.check()
    os.utime(file, (1_600_000_000, 1_600_000_000))
    room.check()
    data = file.read_bytes()
    file.write_bytes(data.replace(b"Isi berita", b"Isi kabar_"))
    os.utime(file, (1_600_000_000, 1_600_000_000))


def a_page_is_lost(room: Newsroom) -> None:
    (room.site / "output/index.html").unlink()


def two_days_pass(room: Newsroom) -> None:
    room.now = one(room, -1).date + timedelta(hours=47)
    room.check()
    room.now += timedelta(hours=1)


FAULTS: dict[Plant, Event] = {
    a_question_is_not_noted: a_template_asks_for_the_latest,
    an_include_is_left_out_of_the_key: a_slot_changes,
    a_setting_is_left_out_of_the_key: the_address_changes,
    a_card_forgets_its_title: a_title_changes,
    a_story_forgets_its_steps: a_step_of_a_story_is_added,
    what_a_page_is_about_is_left_out: an_alias_leads_elsewhere,
    a_label_counts_for_nothing: a_label_changes,
    times_alone_are_looked_at: a_file_changes_under_an_old_date,
    outputs_are_not_looked_at: a_page_is_lost,
    a_feed_does_not_say_whose_texts_it_holds: a_comma_changes,
    a_title_counts_as_text: a_title_changes,
    a_ranking_is_believed_whoever_left_it: the_words_change,
    the_passing_of_news_is_forgotten: two_days_pass,
}


def differences(room: Newsroom, event: Event) -> list[str]:
    """What the law says after an event; a build that fails is found out as well."""
    room.check()
    try:
        event(room)
        return room.differences()
    except (AssertionError, FileNotFoundError) as found:
        return [str(found)]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_the_law_finds_a_planted_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Plant) -> None:
    """The same event is harmless without the fault, and found with it."""
    assert differences(Newsroom(tmp_path / "sound"), FAULTS[fault]) == []
    fault(monkeypatch)
    assert differences(Newsroom(tmp_path / "faulty"), FAULTS[fault]) != []
