"""Several processes that answer at one address: forked when all is ready, started again when one ends, and stopped
together."""

import multiprocessing
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from multiprocessing.connection import wait
from multiprocessing.context import ForkProcess
from typing import Any, TypeAlias

import structlog
from uvicorn.config import STARTUP_FAILURE

log = structlog.get_logger()
SIGNALS = (signal.SIGTERM, signal.SIGINT)
BACKLOG = 2_048
# What a process does: it gets its number, from 0, its sockets, and a descriptor that can be read when the process that
# watches it has ended.
Serve: TypeAlias = Callable[[int, list[socket.socket], int], None]
# How often it looks whether it was told to stop, in seconds.
LOOK_SECONDS = 0.2
# A process that ends sooner than this after its start, in seconds, is started again no sooner than this.
LEAST_SECONDS = 1.0
# How long a process that is stopped may take beyond what its requests may take, in seconds.
PATIENCE = 5.0


def bind(host: str, port: int, count: int) -> list[list[socket.socket]]:
    """For each process sockets that listen at each address of a host.

    Linux shares connections out among sockets of one port. Of one socket, the first process that wakes would take all
    that arrive together, and keep them.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    places: list[Any] = list(dict.fromkeys((family, address[:2]) for family, _, _, _, address in found))
    # Without `reuse_port`, so that a port that another service has is refused.
    first = [socket.create_server(address, family=family, backlog=BACKLOG) for family, address in places]
    if sys.platform != "linux":
        return [first] * count
    places = [(listener.family, listener.getsockname()[:2]) for listener in first]
    for listener in first:
        listener.close()
    return [
        [socket.create_server(address, family=family, backlog=BACKLOG, reuse_port=True) for family, address in places]
        for _ in range(count)
    ]


class Supervisor:
    def __init__(self, sockets: Sequence[list[socket.socket]], seconds: float, serve: Serve) -> None:
        """One process for each list of sockets. `seconds` is how long requests under way may take when all are
        stopped."""
        self.sockets = sockets
        self.seconds = seconds
        self.serve = serve
        self.context = multiprocessing.get_context("fork")
        self.processes: list[ForkProcess | None] = [None] * len(sockets)
        self.starts = [-LEAST_SECONDS] * len(sockets)
        self.is_stopping = False
        # Nobody writes to it. The end to write to is held by this process alone.
        self.alive, self.held = os.pipe()

    def run(self) -> bool:
        """Returns when all have ended: whether it was told to stop, and no start had failed."""
        for name in SIGNALS:
            signal.signal(name, self._note)
        has_failed = False
        while not (self.is_stopping or has_failed):
            for number, process in enumerate(self.processes):
                if process is not None and process.exitcode is not None:
                    has_failed = has_failed or process.exitcode == STARTUP_FAILURE
                    log.warning("process_ended", process=number, pid=process.pid, code=process.exitcode)
                    self.processes[number] = process = None
                if process is None and not has_failed and time.monotonic() - self.starts[number] >= LEAST_SECONDS:
                    self._start(number)
            running = [process.sentinel for process in self.processes if process]
            if not has_failed:
                wait(running, LOOK_SECONDS)
        self._stop()
        return not has_failed

    def _start(self, number: int) -> None:
        process = self.context.Process(target=self._begin, args=(number,))
        # A signal between the fork and the handlers of the new process would be lost.
        signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
        process.start()
        signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
        self.processes[number], self.starts[number] = process, time.monotonic()
        log.info("process_started", process=number, pid=process.pid)

    def _begin(self, number: int) -> None:
        for name in SIGNALS:
            signal.signal(name, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
        os.close(self.held)
        own = self.sockets[number]
        _close([listener for listener in chain.from_iterable(self.sockets) if listener not in own])
        self.serve(number, own, self.alive)

    def _note(self, *_: object) -> None:
        self.is_stopping = True

    def _stop(self) -> None:
        _close(chain.from_iterable(self.sockets))
        processes = [(number, process) for number, process in enumerate(self.processes) if process]
        for _, process in processes:
            process.terminate()
        end = time.monotonic() + self.seconds + PATIENCE
        for number, process in processes:
            process.join(max(end - time.monotonic(), 0))
            if process.exitcode is None:
                log.warning("process_killed", process=number, pid=process.pid)
                process.kill()
                process.join()


def _close(listeners: Iterable[socket.socket]) -> None:
    for listener in listeners:
        listener.close()
