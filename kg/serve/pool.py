"""Processes that ask the graph, so that a question that hangs or crashes harms no other.

Oxigraph cannot be told to stop, is deaf to its own time-out while it plans a query (300 triple patterns keep it
busy for minutes), and ends its process on some queries. So each question is put by a process that does one at
a time and is killed when the time is over or nobody waits any more; the next question gets a new one.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, SpawnContext
from pathlib import Path
from typing import Concatenate, ParamSpec

from kg.errors import KgError
from kg.serve.answer import Answer, Busy, Failed, Limits, TimedOut
from kg.serve.opened import Build, stamp

P = ParamSpec("P")
_START = 60.0  # seconds that a process may need until it has opened the graph, on a machine that is busy


Job = Callable[Concatenate[Build, P], Answer]


class Pool:
    """As many processes as questions are answered at once; they are started when they are needed."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self._limits = limits
        self._workers = [_Worker(folder) for _ in range(limits.concurrent)]
        self._threads = ThreadPoolExecutor(limits.concurrent, "kg-serve")
        self._free: asyncio.LifoQueue[_Worker] = asyncio.LifoQueue()
        for worker in reversed(self._workers):
            self._free.put_nowait(worker)

    async def run(self, job: Job[P], *args: P.args, **kwargs: P.kwargs) -> Answer:
        """The answer of `job(build, *args)`, a function of a module, in one of the processes.

        Raises:
            Busy: no process was free in time.
            TimedOut: the job took too long.
            Failed: the process ended.
            KgError: what the job raised.
        """
        try:
            worker = await asyncio.wait_for(self._free.get(), self._limits.patience)
        except TimeoutError as error:
            raise Busy(
                f"{self._limits.concurrent} questions are being answered; try again in a moment"
            ) from error
        asked = asyncio.get_running_loop().run_in_executor(
            self._threads, worker.ask, (job, args, kwargs), self._limits.timeout
        )
        try:
            return await asyncio.shield(asked)
        except asyncio.CancelledError:
            worker.stop()
            await asyncio.wait([asked])
            asked.exception()
            raise
        finally:
            self._free.put_nowait(worker)

    def close(self) -> None:
        """Stop all processes."""
        for worker in self._workers:
            worker.stop()
        self._threads.shutdown()


class _Worker:
    """A process that is started when it is asked, and again when it has ended."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: multiprocessing.process.BaseProcess | None = None
        self._line: Connection | None = None

    def ask(self, job: object, timeout: float) -> Answer:
        try:
            line = self._line if self._alive() and self._line else self._start()
            line.send(job)
            if not line.poll(timeout):
                raise TimedOut(
                    f"no answer within {timeout:g} seconds; ask for less, or start kg serve with --timeout"
                )
            found = line.recv()
        except TimedOut:
            self.stop()
            raise
        except (EOFError, OSError) as error:
            self.stop()
            raise Failed(
                "the engine ended before it had an answer; the question is too much for it"
            ) from error
        if isinstance(found, KgError):
            raise found
        answer: Answer = found
        return answer

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()

    def _alive(self) -> bool:
        return self._process is not None and self._process.is_alive()

    def _start(self) -> Connection:
        if self._process is not None:
            self._process.join()
        if self._line is not None:
            self._line.close()
        ours, theirs = _processes().Pipe()
        self._process = _processes().Process(target=_serve, args=(self._folder, theirs), daemon=True)
        self._process.start()
        theirs.close()
        self._line = ours
        if not ours.poll(_START):
            self.stop()
            raise Failed("the engine does not start")
        if isinstance(ready := ours.recv(), KgError):
            raise ready
        return ours


def _processes() -> ForkServerContext | SpawnContext:
    """How processes are made: as copies of one that has all modules loaded, or else from the start."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["kg.serve.pages", "kg.serve.protocol"])
    return context


def _serve(folder: Path, line: Connection) -> None:
    """The life of a process: one job after another, until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that started this one
    try:
        build = Build(folder)
    except KgError as error:
        line.send(error)
        return
    line.send(None)
    while True:
        try:
            job, args, kwargs = line.recv()
        except (EOFError, OSError):
            return
        try:
            if build.stamp != stamp(folder):
                build = Build(folder)
            found: object = job(build, *args, **kwargs)
        except KgError as error:
            found = error
        line.send(found)
