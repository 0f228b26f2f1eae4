"""Several child processes that measure side by side.

``Bench.run`` hands out requests and gives the replies in the requests' order, so that
nothing depends on who was faster.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import Lock, local
from typing import Any, TypeVar

from racesc.child import Child, ChildFailure, Ended
from racesc.emit.specs import Table

Asked = TypeVar("Asked")
Reply = TypeVar("Reply")


def cores() -> int:
    """How many processes can run at once."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


class Bench:
    """Children that all have the same package open; a context manager."""

    def __init__(self, folder: Path, workers: int, seconds: float = 10.0) -> None:
        self.workers = max(1, workers)
        self.seconds = seconds
        self._folder = folder
        self._mine = local()
        self._children: list[Child] = []
        self._lock = Lock()
        self._over = False
        self._pool = ThreadPoolExecutor(self.workers)

    def __enter__(self) -> Bench:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)
        with self._lock:
            self._over = True
            children = list(self._children)
        # Who still waits for a reply must not start a child anew for the rest.
        for child in children:
            child.end()
        self._pool.shutdown(wait=True)
        for child in children:
            child.close()

    def child(self) -> Child:
        """The child process of this thread."""
        found: Child | None = getattr(self._mine, "child", None)
        if found is None:
            with self._lock:
                if self._over:
                    raise Ended
                found = self._mine.child = Child(self._folder)
                self._children.append(found)
        return found

    def run(
        self, ask: Callable[[Child, Asked], Reply], requests: Iterable[Asked]
    ) -> Iterator[tuple[Asked, Reply]]:
        """Every request with its reply, in order; a few requests are under way at a
        time, so that they may be made while others are answered."""
        waiting: deque[tuple[Asked, Future[Reply]]] = deque()

        def work(request: Asked) -> Reply:
            return ask(self.child(), request)

        for request in requests:
            waiting.append((request, self._pool.submit(work, request)))
            while len(waiting) > 2 * self.workers:
                first, future = waiting.popleft()
                yield first, future.result()
        for first, future in waiting:
            yield first, future.result()


class Told:
    """A growing table of parts, and how much of it one child process knows."""

    def __init__(self, child: Child) -> None:
        self.table = Table()
        self._child = child
        self._starts = 0
        self._known = 0

    def news(self) -> list[str]:
        """The lines that the child does not know: all, where it was started anew."""
        self._child.open()
        if self._child.starts != self._starts:
            self._starts, self._known = self._child.starts, 0
        rows = self.table.rows[self._known :]
        self._known = len(self.table.rows)
        return rows


def patient(
    child: Child,
    do: str,
    what: str,
    listed: list[Any],
    seconds: float,
    request: Callable[[], dict[str, Any]],
) -> list[dict[str, Any]]:
    """One value for each thing listed. A thing on which the child hangs or dies is
    `{"failed": …}`, and the rest is asked of a new child, with a new ``request``."""
    found: list[dict[str, Any]] = []
    while len(found) < len(listed):
        try:
            rest = listed[len(found) :]
            for value in child.stream(
                do, seconds=seconds, what=what, listed=rest, **request()
            ):
                found.append(value)
            break
        except ChildFailure as failure:
            if len(found) < len(listed):
                found.append({"failed": f"{failure.kind}: {failure.text}"[:300]})
    return found
