"""Processes that ask the graph, so that a question that hangs or crashes harms no other.

Oxigraph cannot be told to stop, is deaf to its own time-out while it plans a query (300 triple patterns keep
it busy beyond any), and ends its process on some queries. So each question is put by a process that does one
at a time and is killed when the time is over or nobody waits any more; the next question gets a new one.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, ForkServerProcess, SpawnContext, SpawnProcess
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
        self._stopped = False
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
        if self._stopped:
            self._free.put_nowait(worker)
            raise Busy("the server is being stopped")
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

    def stop(self) -> None:
        """End what is being answered, and answer nothing more; a handler of signals may call this."""
        self._stopped = True
        for worker in self._workers:
            worker.stop()

    def close(self) -> None:
        """Stop, and wait until all has ended."""
        self.stop()
        self._threads.shutdown()


class _Worker:
    """A process that is started when it is asked, and again when it has ended."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: ForkServerProcess | SpawnProcess | None = None
        self._line: Connection | None = None
        self._killed = False

    def ask(self, job: object, timeout: float) -> Answer:
        """What the process answers within so many seconds."""
        try:
            line = self._ready()
            line.send(job)
            if not line.poll(timeout):
                said = f"no answer within {timeout:g} seconds; ask for less, or start kg serve with --timeout"
                raise TimedOut(said)
            found = line.recv()
        except TimedOut:
            self._end()
            raise
        except (EOFError, OSError) as error:
            self._end()
            raise Failed(
                "the engine ended before it had an answer; the question is too much for it"
            ) from error
        if isinstance(found, KgError):
            raise found
        answer: Answer = found
        return answer

    def stop(self) -> None:
        """End the process, from any thread; one that asks it is told at once."""
        self._killed = True
        if self._process is not None:
            self._process.kill()

    def _ready(self) -> Connection:
        """The line to the process, which is started if it does not run."""
        if self._killed or (self._process is not None and not self._process.is_alive()):
            self._end()
        return self._line or self._start()

    def _start(self) -> Connection:
        ours, theirs = _processes().Pipe()
        self._process = _processes().Process(target=_serve, args=(self._folder, theirs), daemon=True)
        self._process.start()
        theirs.close()
        self._line = ours
        if not ours.poll(_START):
            raise EOFError
        if isinstance(ready := ours.recv(), KgError):
            self._end()
            raise ready
        return ours

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
        if self._line is not None:
            self._line.close()
        self._process = self._line = None
        self._killed = False


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
