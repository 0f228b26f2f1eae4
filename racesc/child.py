"""Runs an emitted package's solvers in a Python process of their own.

``Child`` starts that process, asks it over pipes, gives every reply a deadline, and
starts it again after it died. What goes wrong is a ``ChildFailure`` that says what
happened and where in which solver file; it holds facts, and `commands/failures.py`
words them.
"""

from __future__ import annotations

import json
import os
import re
import selectors
import subprocess
import sys
import tempfile
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

SCRIPT = Path(__file__).resolve().parent / "child_script.py"
DEADLINE = 10.0  # seconds for one reply
GRACE = 5.0  # beyond its own deadline, before the child is killed from outside
STACK_LINE = re.compile(r'File "([^"\n]+)", line (\d+) in (\S+)')


@dataclass(frozen=True)
class Place:
    """A line of a solver file: ``module`` is the file's stem in the package."""

    module: str
    line: int
    function: str


@dataclass(eq=False)
class ChildFailure(Exception):
    """What became of a request.

    ``kind``: raised, recursed, exited, memory, slow (no reply within ``seconds``),
    printed (``text`` is what), died (the process ended; ``text`` says how).
    ``error`` is the exception's class name; ``place`` the innermost solver line.
    """

    kind: str
    text: str = ""
    error: str = ""
    place: Place | None = None
    seconds: float = 0.0
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.kind}: {self.error} {self.text}".strip()


def solver_place(frames: list[tuple[str, int, str]]) -> Place | None:
    """The innermost (last) frame that lies in a package's `steps/` folder."""
    for file, line, function in reversed(frames):
        path = Path(file)
        if path.parent.name == "steps" and path.suffix == ".py":
            return Place(path.stem, line, function)
    return None


def failure_of(error: dict[str, Any]) -> ChildFailure:
    """A failure from the child's `error` reply: the deepest cause inside a solver,
    or else the exception that arrived."""
    links = error["links"]
    chosen, place = links[0], None
    for link in links:
        found = solver_place([tuple(frame) for frame in link["frames"]])
        if found is not None:
            chosen, place = link, found
    detail = "\n".join(
        f'  File "{file}", line {line}, in {function}'
        for file, line, function in chosen["frames"]
    )
    return ChildFailure(
        kind=chosen["kind"],
        text=chosen["text"],
        error=chosen["type"],
        place=place,
        detail=detail,
    )


def environment(hash_seed: int) -> dict[str, str]:
    """The child's environment variables: nothing that changes how Python behaves."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "COVERAGE"))
    }
    return kept | {"PYTHONHASHSEED": str(hash_seed), "PYTHONUTF8": "1"}


class Ended(Exception):
    """Something was asked of a child that was ended for good."""


class Child:
    """One child process with one open package; a context manager."""

    def __init__(self, folder: str | Path, hash_seed: int = 0) -> None:
        self.folder = str(folder)
        self.hash_seed = hash_seed
        self.environments: tuple[str, ...] = ()
        self.starts = 0  # how often the process was started
        self._process: subprocess.Popen[bytes] | None = None
        self._log: IO[bytes] | None = None
        self._buffer = b""
        self._ended = False

    def __enter__(self) -> Child:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def ask(self, do: str, *, seconds: float = DEADLINE, **request: Any) -> Any:
        """The one value of a request; raises ``ChildFailure``."""
        values = list(self.stream(do, seconds=seconds, **request))
        return values[0] if values else None

    def stream(
        self, do: str, *, seconds: float = DEADLINE, **request: Any
    ) -> Generator[Any, None, None]:
        """The values of a request as they come, each under the deadline.

        A reply during which a solver printed raises too, after it was read whole: what
        is asked of a solver is that it returns, not that it talks.
        """
        self.open()
        yield from self._exchange(do, seconds, request)

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    try:
                        pipe.close()
                    except OSError:
                        pass
            self._process = None
        if self._log is not None:
            self._log.close()
            self._log = None
        self._buffer = b""

    def end(self) -> None:
        """End the process for good. May be called while another thread waits for a
        reply: it gets none, and Ended with whatever it asks next."""
        self._ended = True
        process = self._process
        if process is not None:
            process.kill()

    def open(self) -> None:
        """Start the process, where none runs. Raises Ended after ``end``."""
        if self._process is not None and self._process.poll() is None:
            return
        self.close()
        self._log = tempfile.TemporaryFile()
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-S", "-B", "-X", "utf8", str(SCRIPT)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            env=environment(self.hash_seed),
            start_new_session=True,  # an interrupt is ours to pass on
        )
        if self._ended:
            self.close()
            raise Ended
        self.starts += 1
        names = list(self._exchange("open", DEADLINE * 3, {"folder": self.folder}))
        self.environments = tuple(names[0])

    def _exchange(
        self, do: str, seconds: float, request: dict[str, Any]
    ) -> Generator[Any, None, None]:
        line = json.dumps({"do": do, "seconds": seconds, **request}) + "\n"
        finished = False
        try:
            try:
                self._write(line.encode("ascii"))
            except BrokenPipeError:
                raise self._post_mortem(seconds) from None
            while True:
                reply = json.loads(self._read_line(seconds))
                if "error" in reply or "done" in reply:
                    finished = True
                if "printed" in reply:
                    place = solver_place([tuple(each) for each in reply["frames"]])
                    raise ChildFailure("printed", reply["printed"], place=place)
                if "error" in reply:
                    raise failure_of(reply["error"])
                if "done" in reply:
                    return
                yield reply["value"]
        finally:
            if not finished:  # unread replies would answer the next request
                self.close()

    def _write(self, content: bytes) -> None:
        assert self._process is not None and self._process.stdin is not None
        self._process.stdin.write(content)
        self._process.stdin.flush()

    def _read_line(self, seconds: float) -> bytes:
        assert self._process is not None and self._process.stdout is not None
        pipe = self._process.stdout
        with selectors.DefaultSelector() as selector:
            selector.register(pipe, selectors.EVENT_READ)
            while b"\n" not in self._buffer:
                if not selector.select(seconds + GRACE):
                    raise ChildFailure("slow", seconds=seconds)
                piece = os.read(pipe.fileno(), 1 << 16)
                if not piece:
                    raise self._post_mortem(seconds)
                self._buffer += piece
        line, _, self._buffer = self._buffer.partition(b"\n")
        return line

    def _post_mortem(self, seconds: float) -> ChildFailure:
        """Why the process is gone, from its exit status and its last words."""
        assert self._process is not None and self._log is not None
        status = self._process.wait()
        self._log.seek(0)
        words = self._log.read(100_000).decode("utf-8", "replace")
        stack = [
            (file, int(line), function)
            for file, line, function in STACK_LINE.findall(words)
        ]
        place = solver_place(stack[::-1])  # written most recent call first
        if "Timeout (" in words:
            return ChildFailure("slow", place=place, seconds=seconds, detail=words)
        how = f"with signal {-status}" if status < 0 else f"with status {status}"
        return ChildFailure("died", how, place=place, detail=words)
