"""Whatever is done to a chain behind the application's back is found, and named by chain, number and object."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kumppani.access.verify import heads_faults
from kumppani.domain.journal.chain import digest_of
from kumppani.domain.journal.models import Event, Head
from kumppani.domain.journal.signing import SignedHead, load_key, read_head, sign
from kumppani.kernel.errors import RuleBroken
from kumppani.ops import cli
from tests.access.verifying import in_chains, raw
from tests.universe import Universe

CHAIN = "fi-2021"
COLUMNS = {
    "at": "2020-01-01 00:00:00",
    "actor": "nobody",
    "act": "publish",
    "kind": "figure",
    "key": "other",
    "root": "other",
    "text": '{"chain":"fi-2021"}',
    "previous": "0" * 64,
    "digest": "1" * 64,
}


def event(number: int) -> Event:
    return Event.objects.get(chain=CHAIN, number=number)


def rewritten() -> None:
    """Every text after the third changed a little, and every digest computed anew: the chain by itself looks whole."""
    previous = event(3).digest
    for one in Event.objects.filter(chain=CHAIN, number__gt=3).order_by("number"):
        said = json.loads(one.text)
        said["actor"] = "nobody"
        text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        digest = digest_of(previous, text)
        # A chain never forks: the digests have to be free before they are given anew.
        raw(
            "UPDATE journal_event SET actor = 'nobody', text = %s, previous = %s, digest = %s WHERE id = %s",
            text,
            previous,
            digest,
            one.pk,
        )
        previous = digest
    raw("UPDATE journal_head SET digest = %s WHERE chain = %s", previous, CHAIN)


def signed_heads() -> list[SignedHead]:
    key = Ed25519PrivateKey.generate()
    return [sign(key, head.chain, head.number, head.digest, "2026-11-24T10:00:00+00:00") for head in Head.objects.order_by("chain")]


@pytest.mark.parametrize("column", COLUMNS)
def test_a_row_changed_in_any_column_is_found_and_named(universe: Universe, column: str) -> None:
    raw(f"UPDATE journal_event SET {column} = %s WHERE chain = %s AND number = 5", COLUMNS[column], CHAIN)  # noqa: S608 names of our own
    found = in_chains()
    assert found
    assert any(f"chain “{CHAIN}”, event 5, " in line for line in found)
    assert all("event 5, " in line or "event 6, " in line for line in found)


def test_a_row_given_to_another_chain_is_found(universe: Universe) -> None:
    raw("UPDATE journal_event SET chain = 'elsewhere' WHERE chain = %s AND number = 5", CHAIN)
    assert any("“elsewhere”, event 5" in line for line in in_chains())


def test_a_row_removed_is_found(universe: Universe) -> None:
    raw("DELETE FROM journal_event WHERE chain = %s AND number = 5", CHAIN)
    assert [line for line in in_chains() if "event 6, " in line and "the event before it is 4" in line]


def test_a_row_inserted_is_found_although_its_digest_is_right(universe: Universe) -> None:
    last = Event.objects.filter(chain=CHAIN).latest("number")
    text = last.text.replace(f'"number":{last.number}', f'"number":{last.number + 1}')
    copied = "chain, at, actor, act, kind, key, root"
    raw(
        f"INSERT INTO journal_event ({copied}, number, text, previous, digest) "  # noqa: S608 names of our own
        f"SELECT {copied}, number + 1, %s, digest, %s FROM journal_event WHERE id = %s",
        text,
        digest_of(last.digest, text),
        last.pk,
    )
    (found,) = in_chains()
    assert f"chain “{CHAIN}”, event {last.number + 1}: the head says {last.number} events" in found


def test_two_rows_swapped_are_found(universe: Universe) -> None:
    for old, new in ((5, 9999), (6, 5), (9999, 6)):
        raw("UPDATE journal_event SET number = %s WHERE chain = %s AND number = %s", new, CHAIN, old)
    found = in_chains()
    assert any("event 5, " in line and "differ in number" in line for line in found)
    assert any("event 6, " in line and "differ in number" in line for line in found)


def test_a_tail_cut_off_with_its_head_is_found_by_the_signed_heads_alone(universe: Universe) -> None:
    heads = signed_heads()
    last = Head.objects.get(chain=CHAIN).number
    raw("DELETE FROM journal_event WHERE chain = %s AND number > %s", CHAIN, last - 2)
    raw("UPDATE journal_head SET number = %s, digest = %s WHERE chain = %s", last - 2, event(last - 2).digest, CHAIN)
    assert in_chains() == []
    assert [str(fault) for fault in heads_faults(heads)] == [
        f"chain “{CHAIN}”, event {last}: the head of 2026-11-24T10:00:00+00:00 names an event that is gone: the chain was cut"
    ]


def test_a_history_written_anew_is_found_by_the_signed_heads_alone(universe: Universe) -> None:
    heads = signed_heads()
    assert list(heads_faults(heads)) == []
    rewritten()
    assert in_chains() == []
    (fault,) = heads_faults(heads)
    assert "the history was rewritten" in str(fault)


def test_a_head_that_its_key_did_not_sign_is_not_believed(universe: Universe) -> None:
    head = next(one for one in signed_heads() if one.chain == CHAIN)
    forged = read_head({**head.as_json(), "number": head.number - 1})
    assert "the signature" in str(next(heads_faults([forged])))


def test_one_byte_changed_in_any_text_is_found(universe: Universe) -> None:
    for number in range(1, 30):
        text = event(number).text
        place = len(text) * number // 31
        raw("UPDATE journal_event SET text = %s WHERE chain = %s AND number = %s", text[:place] + "~" + text[place + 1 :], CHAIN, number)
        assert any(f"event {number}, " in line for line in in_chains())
        raw("UPDATE journal_event SET text = %s WHERE chain = %s AND number = %s", text, CHAIN, number)
    assert in_chains() == []


def test_the_command_names_what_is_wrong_and_fails(universe: Universe, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "heads.json"
    file.write_text(json.dumps({"heads": [head.as_json() for head in signed_heads()]}))
    assert cli.main(["verify-journal", "--live", "--heads", str(file)]) == 0
    raw("UPDATE journal_event SET actor = 'nobody' WHERE chain = %s AND number = 5", CHAIN)
    assert cli.main(["verify-journal", "--programme", CHAIN]) == 1
    said = capsys.readouterr().err
    assert f"chain “{CHAIN}”, event 5, {event(5).kind} {event(5).key}: its row and its text differ in actor" in said
    file.write_text("no heads")
    assert cli.main(["verify-journal", "--heads", str(file)]) == 1


def test_the_key_is_made_once_for_its_owner_alone_and_anything_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "journal-key.pem"
    first = load_key(path, make=True)
    assert path.stat().st_mode & 0o777 == 0o600
    assert load_key(path, make=True).private_bytes_raw() == first.private_bytes_raw()
    assert [one.name for one in path.parent.iterdir()] == ["journal-key.pem"]
    path.write_text("no key")
    with pytest.raises(RuleBroken):
        load_key(path, make=False)
