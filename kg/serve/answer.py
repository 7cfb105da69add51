"""What goes back over HTTP, in which media type, and what may be refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from kg.errors import KgError

MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may cost.

    `timeout` in seconds, `answer` and `question` in bytes, `concurrent` is how many questions are answered at
    once, and `patience` how many seconds one more waits for its turn.
    """

    timeout: float = 30.0
    answer: int = 64 * MIB
    question: int = MIB
    concurrent: int = 4
    patience: float = 3.0


@dataclass(frozen=True, slots=True)
class Answer:
    """A response: its body, its media type, its status, and headers beside those that all have."""

    body: bytes
    media_type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


class Refused(KgError):
    """A request that is not answered; `status` is HTTP's word for why."""

    status: ClassVar[int] = 400


class Forbidden(Refused):
    """It asks for what this server does for nobody."""

    status = 403


class NotThere(Refused):
    """The graph says nothing about it."""

    status = 404


class NotAcceptable(Refused):
    """The client accepts none of the formats that there are."""

    status = 406


class TooLarge(Refused):
    """Question or answer is larger than the server allows."""

    status = 413


class NotSupported(Refused):
    """The question is sent in a media type that is none for questions."""

    status = 415


class Failed(Refused):
    """The engine ended before it had an answer."""

    status = 500


class Busy(Refused):
    """As many questions are being answered as the server takes at once."""

    status = 503


class TimedOut(Refused):
    """The answer took longer than the server allows."""

    status = 504


def negotiate(accept: str, offers: Sequence[str]) -> str:
    """The one of `offers` that an Accept header wants most (RFC 9110, 12.5.1); of equals, the first.

    Raises:
        NotAcceptable: it wants none of them.

    >>> negotiate("text/html;q=0.5, text/*", ["text/html", "text/turtle"])
    'text/turtle'
    >>> negotiate("", ["text/html", "text/turtle"])
    'text/html'
    """
    wanted = [_range(part) for part in (accept or "*/*").lower().split(",")]
    best = max(offers, key=lambda offer: _quality(offer, wanted))
    if _quality(best, wanted) <= 0:
        raise NotAcceptable(f"none of these is accepted: {', '.join(offers)}")
    return best


def _range(part: str) -> tuple[str, float]:
    """A media range and its weight; one that cannot be read weighs nothing."""
    name, *parameters = (p.strip() for p in part.split(";"))
    weight = next((p[2:] for p in parameters if p.startswith("q=")), "1")
    try:
        return name, float(weight)
    except ValueError:
        return name, 0.0


def _quality(offer: str, wanted: Sequence[tuple[str, float]]) -> float:
    """The weight of the most exact range that the offer falls in."""
    for name in (offer, f"{offer.partition('/')[0]}/*", "*/*"):
        weights = [weight for range_, weight in wanted if range_ == name]
        if weights:
            return max(weights)
    return 0.0
