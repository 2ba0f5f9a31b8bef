"""The exported journal: whole, verified by one file of the standard library, and nothing in it that is not for everybody."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from kumppani.access.journal_export import Open, is_public, lines
from kumppani.access.verify import chains
from kumppani.access.viewer import STRANGER, SYSTEM
from kumppani.domain.journal.chain import canonical, digest_of, text_digest
from kumppani.domain.journal.models import Event, Head, PublishedHead
from kumppani.domain.journal.signing import public_key, sign
from kumppani.kernel.errors import NotAllowed
from kumppani.ops import cli
from kumppani.workflow.heads import publish_heads
from tests.builders import organisation_in, place_in, published_agreement, signed_agreement
from tests.universe import KEY, Universe
from tools.verify_journal import Reading, is_signed

VERIFIER = Path(__file__).resolve().parents[2] / "tools/verify_journal.py"
CHAIN = "fi-2021"


@pytest.fixture
def key(universe: Universe) -> Ed25519PrivateKey:
    """The key with which the world's heads were signed."""
    return KEY


@pytest.fixture
def exported(key: Ed25519PrivateKey) -> list[str]:
    """The lines of the world's journal."""
    return list(lines(chains()))


def faults(written: list[str], kept: list[dict[str, object]] | None = None, trusted: str | None = None) -> list[str]:
    return list(Reading(kept or (), trusted).faults(written))


def at(written: list[str], number: int) -> int:
    """Where the line of an event of the world's chain is."""
    return next(place for place, line in enumerate(written) if json.loads(line).get("chain") == CHAIN and json.loads(line)["number"] == number)


def anew(written: list[str], number: int, **said: object) -> list[str]:
    """The lines with another text for one event, and every digest after it computed anew."""
    found, previous = [], None
    for raw in written:
        line = json.loads(raw)
        if line["chain"] == CHAIN and "signature" not in line and line["number"] >= number:
            text = line.get("text") or "hidden"
            if line["number"] == number:
                text = canonical({**json.loads(text), **said})
            previous = line["previous"] if previous is None else previous
            told = {"text": text} if "text" in line else {"text_digest": text_digest(text)}
            line = {"chain": CHAIN, "number": line["number"], "previous": previous, "digest": digest_of(previous, text), **told}
            previous = line["digest"]
        found.append(canonical(line))
    return found


def test_what_was_exported_is_found_whole(exported: list[str], key: Ed25519PrivateKey) -> None:
    assert len(exported) == Event.objects.count() + Head.objects.filter(number__gt=0).count()
    assert faults(exported, trusted=public_key(key)) == []


def remove(written: list[str], place: int) -> list[str]:
    return written[:place] + written[place + 1 :]


def insert(written: list[str], place: int) -> list[str]:
    return [*written[:place], written[place - 1], *written[place:]]


def swap(written: list[str], place: int) -> list[str]:
    return [*written[:place], written[place + 1], written[place], *written[place + 2 :]]


def change(written: list[str], place: int) -> list[str]:
    line = json.loads(written[place])
    name = "text" if "text" in line else "text_digest"
    return [*written[:place], canonical({**line, name: line[name].replace("0", "1")}), *written[place + 1 :]]


@pytest.mark.parametrize("tampering", [remove, insert, swap, change])
def test_a_line_removed_inserted_moved_or_changed_is_found_and_named(exported: list[str], tampering: Callable[[list[str], int], list[str]]) -> None:
    for number in (2, 7, 20):
        place = at(exported, number)
        found = faults(tampering(exported, place))
        assert any(f"line {place + 1}, chain “{CHAIN}”" in line or f"line {place + 2}, chain “{CHAIN}”" in line for line in found)


def test_every_character_counts(exported: list[str]) -> None:
    place = at(exported, 5)
    line = exported[place]
    for position in range(0, len(line), 7):
        other = "x" if line[position] != "x" else "y"
        assert faults([*exported[:place], line[:position] + other + line[position + 1 :], *exported[place + 1 :]])


def test_a_tail_cut_off_is_found_by_the_signed_head(exported: list[str]) -> None:
    last = Head.objects.get(chain=CHAIN).number
    cut = remove(exported, at(exported, last))
    assert [line for line in faults(cut) if f"event {last}" in line and "the journal was cut" in line]


def test_a_history_written_anew_is_found_by_its_signed_head_or_by_one_kept_elsewhere(exported: list[str], key: Ed25519PrivateKey) -> None:
    text = next(number for number in range(1, 60) if "text" in json.loads(exported[at(exported, number)]))
    forged = anew(exported, text, act="nothing")
    (fault,) = faults(forged)
    assert "the history was written anew" in fault
    head = Head.objects.get(chain=CHAIN)
    own = Ed25519PrivateKey.generate()
    digest = json.loads(forged[at(forged, head.number)])["digest"]
    kept = [json.loads(line) for line in exported if "signature" in json.loads(line)]
    unsigned = [line for line in forged if "signature" not in json.loads(line)]
    resigned = [*unsigned, canonical(sign(own, CHAIN, head.number, digest, "2026-11-24T10:00:00+00:00").columns())]
    assert faults(resigned) == []
    assert "another key" in faults(resigned, trusted=public_key(key))[0]
    assert ["the history was written anew" in line for line in faults(resigned, kept)] == [True]


@pytest.mark.parametrize("column", ["number", "digest", "at", "public_key", "signature"])
def test_a_head_changed_in_any_column_is_found(exported: list[str], column: str) -> None:
    head = json.loads(exported[-1])
    other = {
        "number": head["number"] - 1,
        "digest": "0" * 64,
        "at": "2020-01-01T00:00:00+00:00",
        "public_key": public_key(Ed25519PrivateKey.generate()),
    }
    other["signature"] = "A" * 86 + "=="
    (fault,) = faults([*exported[:-1], canonical({**head, column: other[column]})])
    assert "its signature is wrong" in fault


@given(st.binary(max_size=200), st.integers(0, 63), st.integers(1, 255))
def test_a_signature_holds_for_its_message_and_key_alone(message: bytes, place: int, other: int) -> None:
    key = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
    public, signature = key.public_key().public_bytes_raw(), key.sign(message)
    changed = bytes(byte ^ other if number == place else byte for number, byte in enumerate(signature))
    assert is_signed(public, signature, message)
    assert not is_signed(public, changed, message)
    assert not is_signed(public, signature, message + b"x")
    assert not is_signed(Ed25519PrivateKey.from_private_bytes(b"o" * 32).public_key().public_bytes_raw(), signature, message)


def test_texts_are_of_what_is_public_and_name_nobody(universe: Universe) -> None:
    programme, organisations = universe.programme, universe.organisations
    parties = (organisations.ministry, organisations.city_south, place_in(programme, "999", "Kylä"))
    published_agreement(programme, "told", 8, *parties)
    signed_agreement(programme, "untold", 9, *parties)
    written = list(lines(chains()))
    texts = [json.loads(json.loads(line)["text"]) for line in written if "text" in json.loads(line)]
    told = {(text["kind"], text["key"]) for text in texts}
    assert {("agreement", "told"), ("agreementversion", "told/1"), ("evidence", "version/told/1")} <= told
    assert not [key for _kind, key in told if "untold" in key or universe.unpublished.key in key]
    assert {text["actor"] for text in texts} == {"system"}
    assert {text["kind"] for text in texts}.isdisjoint({"person", "membership", "feedback", "notice", "comment", "changerequest"})
    whole = "\n".join(written)
    assert "untold" not in whole
    for person in ("keeper", "publisher", "corrector", "bystander"):
        assert f"{person}-{CHAIN}" not in whole


def test_a_text_with_something_internal_stays_a_digest(universe: Universe) -> None:
    organisation_in(universe.programme, "seen")
    number = Head.objects.get(chain=CHAIN).number
    event = Event.objects.get(chain=CHAIN, number=number)
    told = Open(frozenset({(event.kind, event.key)}), frozenset({"system"}))
    assert '"text":' in next(line for line in lines([CHAIN]) if f'"number":{number},' in line)
    said = json.loads(event.text)
    for row in ({**said["after"], "entered_by": "someone"}, {**said["after"], "unheard_of": 1}):
        changed = Event(chain=CHAIN, number=number, actor="system", kind=event.kind, key=event.key, text=canonical({**said, "after": row}))
        assert not is_public(changed, told)
    assert is_public(event, told)


def test_a_head_is_signed_once_and_by_the_installation_alone(universe: Universe, key: Ed25519PrivateKey) -> None:
    count = PublishedHead.objects.count()
    assert publish_heads(by=SYSTEM, key=key) == []
    assert PublishedHead.objects.count() == count
    organisation_in(universe.programme, "one-more")
    assert [head.chain for head in publish_heads(by=SYSTEM, key=key)] == [CHAIN]
    with pytest.raises(NotAllowed):
        publish_heads(by=STRANGER, key=key)


def test_the_commands_sign_write_and_export_what_the_lone_file_verifies(
    universe: Universe, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    heads, journal = tmp_path / "heads.json", tmp_path / "journal.jsonl"
    with override_settings(JOURNAL_KEY=tmp_path / "key.pem"):
        assert cli.main(["heads", str(heads)]) == 1
        assert "--make-key" in capsys.readouterr().err
        assert cli.main(["heads", "--make-key", str(heads)]) == 0
    assert cli.main(["verify-journal", "--heads", str(heads)]) == 0
    assert cli.main(["export-journal", str(journal)]) == 0
    alone = tmp_path / "verify.py"
    alone.write_bytes(VERIFIER.read_bytes())

    def verified() -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-I", "-S", str(alone), str(journal), "--heads", str(heads)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    done = verified()
    assert (done.returncode, done.stderr) == (0, "")
    assert "0 of them after the last signed head" in done.stdout
    journal.write_text(journal.read_text().replace("training", "practice", 1))
    done = verified()
    assert done.returncode == 1
    assert f"chain “{CHAIN}”, event " in done.stderr
    journal.write_bytes(b"\xff\xfe")
    assert verified().returncode == 2
    assert cli.main(["export-journal", "--programme", "no-such", str(journal)]) == 1
    assert journal.read_bytes() == b"\xff\xfe"


def test_without_a_key_the_command_says_what_to_set(capsys: pytest.CaptureFixture[str], universe: Universe) -> None:
    with override_settings(JOURNAL_KEY=None):
        assert cli.main(["heads"]) == 1
    assert "KUMPPANI_JOURNAL_KEY" in capsys.readouterr().err
