"""Snapshots are there whole or not at all, whoever builds, reads or is interrupted."""

from __future__ import annotations

import fcntl
import json
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kumppani.analytics import documents, store
from kumppani.analytics.documents import Document, fingerprint
from kumppani.analytics.questions.search import Question, search
from kumppani.analytics.snapshot import MANIFEST, POINTER, Unreadable, current, open_at
from tests.analytics.library import HELSINKI, LIBRARY

ONE = (Document("page", "one", {"fi": "Ensimmäinen"}),)
TWO = (*ONE, Document("page", "two", {"fi": "Toinen"}))
DAY = date(2026, 11, 24)


def versions(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if (path / MANIFEST).exists()}


def test_what_was_put_counts(tmp_path: Path) -> None:
    assert current(tmp_path) is None

    put = store.put(tmp_path, TWO, DAY)
    there = current(tmp_path)

    assert there is not None
    assert (there.version, there.as_of, there.count) == (fingerprint(TWO, DAY), DAY, 2)
    assert there.path == put.path == tmp_path / there.version


def test_the_same_content_is_the_same_version_and_is_not_built_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = store.put(tmp_path, ONE, DAY)
    monkeypatch.setattr(store, "write_index", refuse)

    assert store.put(tmp_path, ONE, DAY).version == first.version


def refuse(*_: Any) -> None:
    raise AssertionError("nothing needs to be built")


@pytest.mark.parametrize(
    "change",
    [
        lambda document: replace(document, title={**document.title, "fi": "Helsinki"}),
        lambda document: replace(document, body=()),
        lambda document: replace(document, names=("091",)),
        lambda document: replace(document, agreement=""),
    ],
)
def test_any_change_is_another_version(change: Callable[[Document], Document]) -> None:
    assert fingerprint([change(HELSINKI)], DAY) != fingerprint([HELSINKI], DAY)


def test_the_version_depends_on_day_order_and_the_way_words_are_reduced(monkeypatch: pytest.MonkeyPatch) -> None:
    version = fingerprint(TWO, DAY)

    assert fingerprint(TWO, None) != version
    assert fingerprint(TWO[::-1], DAY) != version
    monkeypatch.setattr(documents.language, "analyser", lambda: "another")
    assert fingerprint(TWO, DAY) != version


def test_two_places_build_the_same_version_with_the_same_answers(tmp_path: Path) -> None:
    here, there = (store.put(tmp_path / name, LIBRARY, DAY) for name in ("here", "there"))

    assert here.version == there.version
    assert search(here.path, Question("terveys", "fi")) == search(there.path, Question("terveys", "fi"))


def test_old_versions_are_kept_for_a_time(tmp_path: Path) -> None:
    built = [store.put(tmp_path, ONE, date(2026, 1, day)).version for day in range(1, 7)]

    assert versions(tmp_path) == set(built[-store.KEPT :])


def test_a_version_that_counts_again_is_not_thrown_away(tmp_path: Path) -> None:
    first, *_others = [store.put(tmp_path, ONE, date(2026, 1, day)).version for day in (1, 2, 3)]
    store.put(tmp_path, ONE, date(2026, 1, 1))
    store.put(tmp_path, ONE, date(2026, 1, 4))

    assert first in versions(tmp_path)


def test_an_open_snapshot_outlives_its_folder(tmp_path: Path) -> None:
    old = store.put(tmp_path, LIBRARY, DAY)
    for day in range(1, 6):
        store.put(tmp_path, ONE, date(2026, 1, day))

    assert not old.path.exists()
    assert [hit.key for hit in search(old.path, Question("Jyväskylä", "fi")).hits] == ["FI-179"]


@pytest.mark.parametrize("step", ["write_index", "_to_disk", "_point"])
def test_who_is_interrupted_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    old = store.put(tmp_path, ONE, DAY)
    with monkeypatch.context() as patch:
        patch.setattr(store, step, interrupted)
        with pytest.raises(KeyboardInterrupt):
            store.put(tmp_path, TWO, DAY)

    there = current(tmp_path)
    assert there is not None
    assert there.version == old.version
    assert store.put(tmp_path, TWO, DAY).version == fingerprint(TWO, DAY)
    assert not list(tmp_path.glob(f"{store.UNFINISHED}*"))


def interrupted(*_: Any) -> None:
    raise KeyboardInterrupt


def die_before_the_swap(folder: Path) -> None:
    """In a process of its own: as if the power went while the pointer was about to move."""
    store._point = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
    store.put(folder, TWO, DAY)


def test_a_killed_builder_takes_its_lock_along(tmp_path: Path) -> None:
    old = store.put(tmp_path, ONE, DAY)
    process = multiprocessing.get_context("spawn").Process(target=die_before_the_swap, args=(tmp_path,))
    process.start()
    process.join(60)

    assert process.exitcode == -9
    there = current(tmp_path)
    assert there is not None
    assert there.version == old.version
    assert store.put(tmp_path, TWO, DAY, wait=False).version == fingerprint(TWO, DAY)


def test_who_may_not_wait_is_told_that_somebody_builds(tmp_path: Path) -> None:
    store.put(tmp_path, ONE, DAY)
    with (tmp_path / store.LOCK).open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(store.Busy):
            store.put(tmp_path, TWO, DAY, wait=False)

    assert store.put(tmp_path, TWO, DAY, wait=False).count == 2


def test_builders_at_once_take_turns_and_readers_never_see_half(tmp_path: Path) -> None:
    store.put(tmp_path, ONE, DAY)
    wanted = {fingerprint(content, DAY) for content in (ONE, TWO, LIBRARY)}
    seen: set[str] = set()
    failures: list[BaseException] = []
    done = threading.Event()

    def build(content: tuple[Document, ...]) -> None:
        for _ in range(4):
            store.put(tmp_path, content, DAY)

    def read() -> None:
        while not done.is_set():
            try:
                there = current(tmp_path)
                assert there is not None
                assert search(there.path, Question("ensimmäinen", "fi")).version == there.version
                seen.add(there.version)
            except BaseException as failure:
                failures.append(failure)
                raise

    builders = [threading.Thread(target=build, args=(content,)) for content in (TWO, LIBRARY, ONE)]
    readers = [threading.Thread(target=read) for _ in range(2)]
    for thread in (*readers, *builders):
        thread.start()
    for thread in builders:
        thread.join()
    done.set()
    for thread in readers:
        thread.join()

    assert not failures
    assert seen <= wanted
    assert versions(tmp_path) == wanted


@pytest.mark.parametrize("damage", ["manifest", "words", "index", "gone"])
def test_a_damaged_snapshot_is_not_taken_for_one(tmp_path: Path, damage: str) -> None:
    version = fingerprint(ONE, DAY)
    store.put(tmp_path, ONE, DAY)
    open_at.cache_clear()
    path = tmp_path / version
    if damage == "manifest":
        (path / MANIFEST).write_text("{")
    elif damage == "words":
        (path / MANIFEST).write_text(json.dumps({"version": version}))
    elif damage == "index":
        (path / "index" / "meta.json").unlink()
    else:
        (tmp_path / POINTER).write_text("nowhere\n")

    with pytest.raises(Unreadable):
        current(tmp_path)
    assert store.put(tmp_path, ONE, DAY, anew=True).count == 1
    there = current(tmp_path)
    assert there is not None
    assert there.version == version
