"""Verifies an exported journal. Needs nothing but this file, the exported file and Python 3.9 or later.

python3 verify_journal.py JOURNAL [--heads HEADS] [--key PUBLIC_KEY]

JOURNAL is what `kumppani export-journal` wrote: one line for each event, then one for each signed head. HEADS is what /api/v1/heads answered
on an earlier day, kept by you: it shows whether the journal was cut or written anew since. PUBLIC_KEY (base 64) is the key you trust; without it
the keys that signed are named, and it is for you to compare them with the ones you know.

Exit code 0: the journal is whole. 1: something is wrong, and each line that is wrong is named. 2: it could not be read.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

MOST = 100


def canonical(content: object) -> str:
    """The one way to write a content as text."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


# Ed25519 (RFC 8032). Points are (X, Y, Z, T) with x = X/Z, y = Y/Z, x·y = T/Z.

Point = tuple[int, int, int, int]

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)
NEUTRAL: Point = (0, 1, 1, 0)


def _add(a: Point, b: Point) -> Point:
    e, f = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    c, d = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = f - e, d - c, d + c, f + e
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def _times(scalar: int, point: Point) -> Point:
    found = NEUTRAL
    while scalar:
        if scalar & 1:
            found = _add(found, point)
        point, scalar = _add(point, point), scalar >> 1
    return found


def _same(a: Point, b: Point) -> bool:
    return (a[0] * b[2] - b[0] * a[2]) % P == 0 and (a[1] * b[2] - b[1] * a[2]) % P == 0


def _point(encoded: bytes) -> Point | None:
    """The point that 32 bytes stand for; None where they stand for none."""
    y = int.from_bytes(encoded, "little")
    is_odd, y = y >> 255, y & ((1 << 255) - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and is_odd):
        return None
    x = P - x if x & 1 != is_odd else x
    return (x, y, 1, x * y % P)


BASE = _point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little")) or NEUTRAL


def is_signed(public_key: bytes, signature: bytes, message: bytes) -> bool:
    """Whether the private half of the public key (32 bytes) made the signature (64 bytes) of the message."""
    if len(public_key) != 32 or len(signature) != 64:
        return False
    key, first, scalar = _point(public_key), _point(signature[:32]), int.from_bytes(signature[32:], "little")
    if key is None or first is None or scalar >= ORDER:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + public_key + message).digest(), "little") % ORDER
    return _same(_times(scalar, BASE), _add(first, _times(challenge, key)))


# The journal


class Unreadable(Exception):
    """The file is none of ours."""


class Reading:
    """One pass over the lines: the last number and digest of each chain, every digest by its number, and the signed heads."""

    def __init__(self, kept: Iterable[dict[str, Any]] = (), trusted: str | None = None) -> None:
        self.kept, self.trusted, self.hidden = list(kept), trusted, 0
        self.heads: list[dict[str, Any]] = []
        self.last: dict[str, tuple[int, str]] = {}
        self.digests: dict[tuple[str, int], str] = {}

    def faults(self, lines: Iterable[str]) -> Iterator[str]:
        """Yields what is wrong."""
        for place, raw in enumerate(lines, start=1):
            line = _read(raw)
            if line is None or canonical(line) != raw.rstrip("\n"):
                yield f"line {place}: it is not as the export writes a line: it was changed"
            elif not isinstance(line.get("chain"), str) or type(line.get("number")) is not int:
                yield f"line {place}: it names no chain and number: it was changed"
            elif "signature" in line:
                self.heads.append(line)
            else:
                yield from self._event(line, f"line {place}, chain “{line['chain'] or 'shared'}”, event {line['number']}")
        if not self.digests:
            yield "there is no event in it"
        for head in self.heads:
            yield from self._head(head, "the signed head")
        for head in self.kept:
            yield from self._head(head, "the head you kept")

    def _event(self, line: dict[str, Any], name: str) -> Iterator[str]:
        chain, number, digest, text = line["chain"], line["number"], str(line.get("digest")), line.get("text")
        before, previous = self.last.get(chain, (0, ""))
        if number != before + 1:
            yield f"{name}: the event before it is {before}: lines were removed, inserted or moved"
        elif line.get("previous") != previous:
            yield f"{name}: it does not follow the event before it"
        self.hidden += text is None
        text_digest = line.get("text_digest") if text is None else sha256(str(text))
        if digest != sha256(f"{line.get('previous')}\n{text_digest}"):
            yield f"{name}: its digest is not that of its text: it was changed"
        elif text is not None and not _says(str(text), chain, number):
            yield f"{name}: its text speaks of another event"
        self.last[chain] = (number, digest)
        self.digests[chain, number] = digest

    def _head(self, head: dict[str, Any], name: str) -> Iterator[str]:
        chain, number, at = str(head.get("chain")), head.get("number"), head.get("at")
        name = f"{name} of chain “{chain or 'shared'}”, event {number}, {at}"
        if self.trusted and head.get("public_key") != self.trusted:
            yield f"{name}: it was signed with another key than the one you trust"
        if not _is_genuine(head):
            yield f"{name}: its signature is wrong: it was changed or forged"
        elif not isinstance(number, int) or (chain, number) not in self.digests:
            yield f"{name}: there is no such event: the journal was cut, or this export does not hold the chain"
        elif self.digests[chain, number] != head.get("digest"):
            yield f"{name}: the event has another digest: the history was written anew"


def _read(raw: str) -> dict[str, Any] | None:
    try:
        line = json.loads(raw)
    except ValueError:
        return None
    return line if isinstance(line, dict) else None


def _says(text: str, chain: str, number: int) -> bool:
    said = _read(text)
    return said is not None and said.get("chain") == chain and said.get("number") == number


def _is_genuine(head: dict[str, Any]) -> bool:
    message = canonical({name: head.get(name) for name in ("chain", "number", "digest", "at")}).encode()
    try:
        key, signature = (base64.b64decode(head.get(name) or "", validate=True) for name in ("public_key", "signature"))
    except (ValueError, TypeError):
        return False
    return is_signed(key, signature, message)


def _kept(path: str) -> list[dict[str, Any]]:
    with open(path, encoding="utf-8") as file:
        given = json.load(file)
    rows = given.get("heads", given.get("items")) if isinstance(given, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise Unreadable(f"{path}: there is no list of heads in it")
    return rows


def _report(reading: Reading) -> None:
    """What a reader must know of a journal in which nothing is wrong."""
    for chain, (number, _digest) in sorted(reading.last.items()):
        signed = [head["number"] for head in reading.heads + reading.kept if head.get("chain") == chain]
        unsigned = "no signed head: a chain that was cut or written anew would look whole"
        print(f"chain “{chain or 'shared'}”: {number} events, {f'{number - max(signed)} of them after the last signed head' if signed else unsigned}")
    for key in sorted({head["public_key"] for head in reading.heads}):
        print(f"signed with {key} (key {hashlib.sha256(base64.b64decode(key)).hexdigest()[:16]})")
    if reading.hidden:
        print(f"{reading.hidden} events have a digest in place of their text, because it is not for everyone")
    print("The journal is whole.")


def main(arguments: Sequence[str] | None = None) -> int:
    """Verifies the file named; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("journal", metavar="JOURNAL")
    parser.add_argument("--heads", metavar="HEADS")
    parser.add_argument("--key", metavar="PUBLIC_KEY")
    given = parser.parse_args(arguments)
    found = 0
    try:
        reading = Reading(_kept(given.heads) if given.heads else (), given.key)
        with open(given.journal, encoding="utf-8", newline="\n") as lines:
            for found, fault in enumerate(reading.faults(lines), start=1):
                if found <= MOST:
                    print(fault, file=sys.stderr)
    except (OSError, ValueError, RecursionError, Unreadable) as error:
        print(f"It cannot be read: {error}", file=sys.stderr)
        return 2
    if found:
        print(f"The journal is not as it was written: {found} faults, the first {min(found, MOST)} are told.", file=sys.stderr)
        return 1
    _report(reading)
    return 0


if __name__ == "__main__":
    sys.exit(main())
