"""Articles read by several processes at a time, in order, with few of them in memory.

spaCy's own `n_process` does not come to an end when the one who asks leaves early (an interrupt,
a closed pipe): its queues wait to be emptied. Here whatever is running is left to finish, and
what has not begun is dropped.
"""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import get_context, parent_process
from threading import Thread

from kg import pipeline
from kg.article import Article
from kg.errors import KgError
from kg.facts import ArticleFacts

BATCH = 8  # articles that a process takes at a time
AHEAD = 3  # batches for each process that are read before their turn


def extract(articles: Iterable[Article], *, workers: int = 1) -> Iterator[ArticleFacts]:
    """The facts of each article, in the order of the articles, whatever the number of workers.

    Raises:
        KgError: a process died.
    """
    if workers == 1:
        yield from pipeline.extract(articles)
        return
    # Processes that start afresh: a copy of this one could hold locks of threads that it has not.
    pool = ProcessPoolExecutor(workers, get_context("spawn"), _end_with_the_first)
    try:
        yield from _in_order(pool, iter(articles), most=workers * AHEAD)
    except BrokenProcessPool as error:
        raise KgError(
            "a process that read articles died, perhaps for want of memory; use fewer workers"
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _in_order(pool: ProcessPoolExecutor, articles: Iterator[Article], *, most: int) -> Iterator[ArticleFacts]:
    waiting: deque[Future[list[ArticleFacts]]] = deque()
    while batch := list(islice(articles, BATCH)):
        waiting.append(pool.submit(_facts, batch))
        if len(waiting) == most:
            yield from waiting.popleft().result()
    for future in waiting:
        yield from future.result()


def _facts(articles: list[Article]) -> list[ArticleFacts]:
    return list(pipeline.extract(articles))


def _end_with_the_first() -> None:
    """Leave interrupts, which reach every process of a terminal, to the first one; end when it is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_wait_for_the_end, daemon=True).start()


def _wait_for_the_end() -> None:
    if first := parent_process():
        first.join()
        os._exit(1)
