"""What features say of a pair, with the sum and the reasons that a person reads.

A feature is a small function of two reports or profiles that gives a `Signal`, or None where it has nothing
to say. Its docstring is what people read of it in docs/linking.md. The weights add up to a score from 0 to 1,
a linear match score as in Fellegi & Sunter (1969); a veto ends the comparison.

>>> total([Signal(0.5, "same day"), Signal(0.3, "shared place Paris"), None])
Score(value=0.8, reasons=('same day (+0.5)', 'shared place Paris (+0.3)'), vetoed=False, weight=0.8)
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Signal:
    """What one feature says of a pair: how much it speaks for one thing (a veto: never), and why."""

    weight: float
    reason: str
    veto: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Score:
    """How much speaks for a pair being one thing, from 0 to 1, and the reasons; `vetoed` if it cannot be.

    `weight` is the sum before it is held between 0 and 1: it ranks pairs of which much speaks for all.
    """

    value: float
    reasons: tuple[str, ...]
    vetoed: bool = False
    weight: float = 0.0

    @property
    def reason(self) -> str:
        """The reasons in one line."""
        return "; ".join(self.reasons)


def total(signals: Iterable[Signal | None]) -> Score:
    """The sum of the weights, held between 0 and 1, or the first veto."""
    given = [signal for signal in signals if signal]
    for signal in given:
        if signal.veto:
            return Score(0.0, (signal.reason,), True)
    weight = round(sum(s.weight for s in given), 2)
    reasons = tuple(f"{s.reason} ({s.weight:+.3g})" if s.weight else s.reason for s in given)
    return Score(max(0.0, min(weight, 1.0)), reasons, weight=weight)
