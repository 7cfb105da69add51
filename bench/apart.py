"""Work in a process of its own: with its own memory, and killed when it takes too long."""

from __future__ import annotations

import multiprocessing
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any

_FORK = multiprocessing.get_context("fork")


@dataclass(frozen=True, slots=True)
class Done:
    """What some work returned, how long it took in seconds, and the most memory its process held, in MB."""

    value: Any
    seconds: float
    memory: float


def apart(work: Callable[[], Any], *, limit: float | None = None) -> Done | None:
    """What a copy of this process makes of some work, or None if that takes more than `limit` seconds."""
    ours, theirs = _FORK.Pipe(duplex=False)
    process = _FORK.Process(target=_run, args=(work, theirs))
    process.start()
    theirs.close()
    done: Done | None = ours.recv() if wait([ours], limit) else None
    process.kill()
    process.join()
    return done


def _run(work: Callable[[], Any], answer: Connection) -> None:
    start = time.perf_counter()
    value = work()
    seconds = time.perf_counter() - start
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    answer.send(Done(value, seconds, most / (2**20 if sys.platform == "darwin" else 2**10)))
