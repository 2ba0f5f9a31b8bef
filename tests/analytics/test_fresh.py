"""What search reads is what the database says now, whoever changed it."""

from __future__ import annotations

import fcntl
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kumppani.access.version import database_token
from kumppani.analytics import build, store
from kumppani.analytics.build import NotReady, ensure_fresh, folder_of
from kumppani.analytics.questions.search import Question, search
from kumppani.analytics.snapshot import POINTER, open_at
from kumppani.kernel import clock
from kumppani.ops.cli import main
from kumppani.workflow import guard
from tests.builders import NOON
from tests.universe import Universe, build_universe


@pytest.fixture
def world(transactional_db: None, tmp_path: Path, settings: Any) -> Iterator[Universe]:
    """Rows really committed, so that the token of the database moves as it does for readers."""
    settings.SNAPSHOT_FOLDER = tmp_path / "snapshots"
    with clock.stopped_at(NOON):
        yield build_universe()


def behind_our_back(sql: str, *values: object) -> None:
    """A change that no act made."""
    with guard.writing(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        assert cursor.rowcount == 1


def rename(universe: Universe, title: str) -> None:
    behind_our_back("UPDATE agreements_priority SET title = %s WHERE key = %s", title, universe.priorities[0].key)


def keys(universe: Universe, words: str) -> set[str]:
    found = search(ensure_fresh(universe.programme).snapshot.path, Question(words, "fi"))
    return set() if found.any_word else {hit.key for hit in found.hits}


def test_the_first_question_builds_what_is_not_there(world: Universe) -> None:
    assert not folder_of(world.programme).exists()
    assert world.priorities[0].key in keys(world, "akkukemia")


def test_nothing_is_built_or_read_while_nothing_changes(world: Universe, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[object] = []
    documents = build.documents
    monkeypatch.setattr(build, "documents", lambda *given: read.append(given) or documents(*given))
    for _attempt in range(100):
        before = database_token()
        first = ensure_fresh(world.programme)
        read.clear()
        with CaptureQueriesContext(connection) as captured:
            again = ensure_fresh(world.programme)
        # Anything written anywhere in a PostgreSQL cluster counts as a change, so only a try that no other database disturbed tells.
        if database_token() == before:
            break
    else:
        pytest.fail("the database was never quiet")
    assert again == first
    assert not read
    assert len(captured) == 1


def test_a_row_changed_by_raw_sql_shows_in_the_next_answer(world: Universe) -> None:
    assert not keys(world, "vetytalous")
    rename(world, '{"fi": "Vetytalous"}')
    assert "fi-2021-01-p1" in keys(world, "vetytalouden")
    assert "fi-2021-01-p1" not in keys(world, "akkukemia")


def test_a_change_that_says_nothing_new_builds_nothing(world: Universe, monkeypatch: pytest.MonkeyPatch) -> None:
    first = ensure_fresh(world.programme).snapshot
    monkeypatch.setattr(store, "put", lambda *_, **__: pytest.fail("the content is the same"))
    behind_our_back("UPDATE parties_person SET name = %s WHERE key = %s", "Somebody else", "keeper-fi-2021")
    assert ensure_fresh(world.programme).snapshot is first


def test_what_is_changed_back_is_the_version_before(world: Universe) -> None:
    before = ensure_fresh(world.programme).snapshot.version
    with connection.cursor() as cursor:
        cursor.execute("SELECT title FROM agreements_priority WHERE key = %s", [world.priorities[0].key])
        title = cursor.fetchone()[0]
    rename(world, '{"fi": "Vetytalous"}')
    assert ensure_fresh(world.programme).snapshot.version != before
    rename(world, title)
    assert ensure_fresh(world.programme).snapshot.version == before


def test_while_another_builds_the_one_before_is_shown_late(world: Universe) -> None:
    before = ensure_fresh(world.programme)
    rename(world, '{"fi": "Vetytalous"}')
    with (folder_of(world.programme) / store.LOCK).open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        late = ensure_fresh(world.programme)
        assert (late.snapshot, late.is_late) == (before.snapshot, True)
    after = ensure_fresh(world.programme)
    assert not after.is_late
    assert after.snapshot.version != before.snapshot.version


def test_while_another_builds_the_first_one_there_is_none(world: Universe) -> None:
    folder = folder_of(world.programme)
    folder.mkdir(parents=True)
    with (folder / store.LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(NotReady):
            ensure_fresh(world.programme)
    assert ensure_fresh(world.programme).snapshot.count


def test_a_full_disk_takes_nothing_away_and_is_told_the_operator(
    world: Universe, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    before = ensure_fresh(world.programme).snapshot
    rename(world, '{"fi": "Vetytalous"}')
    with monkeypatch.context() as patch, caplog.at_level(logging.ERROR):
        patch.setattr(store, "write_index", no_space)
        late = ensure_fresh(world.programme)
    assert (late.snapshot, late.is_late) == (before, True)
    assert "The snapshot of fi-2021 cannot be built" in caplog.text


def no_space(*_: Any) -> None:
    raise OSError(28, "No space left on device")


def test_a_damaged_snapshot_is_built_anew(world: Universe) -> None:
    snapshot = ensure_fresh(world.programme).snapshot
    (snapshot.path / "index" / "meta.json").unlink()
    open_at.cache_clear()
    build._seen.by_folder.clear()

    assert "fi-2021-01" in keys(world, "Pohjola")


def test_a_programme_is_built_for_itself(world: Universe) -> None:
    ensure_fresh(world.training)

    assert folder_of(world.training) != folder_of(world.programme)
    assert not folder_of(world.programme).exists()


def test_the_command_builds_every_programme_or_those_named(world: Universe, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["snapshot", "harjoitus"]) == 0
    assert not folder_of(world.programme).exists()
    assert main(["snapshot"]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in lines] == ["[1/1] harjoitus", "[1/2] fi-2021", "[2/2] harjoitus"]
    version = (folder_of(world.programme) / POINTER).read_text().strip()
    assert f"version {version}, " in lines[1]
    assert version == ensure_fresh(world.programme).snapshot.version


def test_the_command_refuses_a_programme_that_is_not_there(world: Universe, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["snapshot", "nowhere"]) == 1
    assert "There is no programme “nowhere” here." in capsys.readouterr().err
