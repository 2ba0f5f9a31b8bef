"""What can go wrong for a reason a person should hear. Each error has a stable code, a sentence and the values it speaks of."""

from __future__ import annotations

from kumppani.kernel.text import Message


class Refusal(Exception):
    """The base of every expected error: `code` never changes, `reason` is read in the reader's language, `status` is HTTP's."""

    status = 400

    def __init__(self, code: str, reason: Message) -> None:
        super().__init__(code)
        self.code = code
        self.reason = reason

    @property
    def values(self) -> dict[str, object]:
        """What the sentence speaks of, by name."""
        return self.reason.values

    def __str__(self) -> str:
        return str(self.reason)


class RuleBroken(Refusal):
    """What was asked breaks a rule, or the input cannot be read: nothing was changed."""

    status = 400


class NotAllowed(Refusal):
    """The thing is there, but this reader may not do this to it."""

    status = 403


class Missing(Refusal):
    """There is no such thing, or it is not for this reader to know of."""

    status = 404


class Conflict(Refusal):
    """Somebody else changed it first."""

    status = 409


class Unreachable(Refusal):
    """Another service that is needed for this does not answer, or not as it should: nothing was changed."""

    status = 502


class TooLarge(Refusal):
    """What was sent is more than is ever taken: it was not read to its end."""

    status = 413
