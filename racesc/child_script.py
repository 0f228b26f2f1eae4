"""What the child process runs: an emitted package, asked over pipes in JSON lines.

Started by `child.py` as a plain script without racesc on its path; it imports the
standard library and, by file, the package it is told to open. Whatever a solver does
(raise, print, call sys.exit, recurse) becomes an `error` reply. Where it does not come
back, `faulthandler` writes the Python stack to standard error and ends the process:
that needs neither signals nor the interpreter's lock.
"""

from __future__ import annotations

import faulthandler
import importlib
import importlib.util
import io
import json
import os
import sys
from collections.abc import Callable, Iterator
from typing import Any

MEMORY = 4 * 1024**3  # bytes of address space
SHOWN = 300  # characters of what a solver printed
PRIVATE = "_racesc_package"  # the package's import name here: it can shadow nothing


class Sink(io.TextIOBase):
    """Stands for stdout and stderr: keeps the first characters that are written."""

    def __init__(self) -> None:
        self.kept = ""
        self.frames: list[list[Any]] = []

    def write(self, text: str, /) -> int:
        if not self.frames:
            self.frames = outer_frames()
        if len(self.kept) < SHOWN:
            self.kept = (self.kept + text)[:SHOWN]
        return len(text)

    def writable(self) -> bool:
        return True

    def take(self) -> dict[str, Any]:
        """What was written since the last time, and from where."""
        kept, self.kept = self.kept, ""
        frames, self.frames = self.frames, []
        return {"printed": kept, "frames": frames} if kept else {}


def outer_frames() -> list[list[Any]]:
    """The innermost frames of the running program, innermost last."""
    frames: list[list[Any]] = []
    frame = sys._getframe(1)
    while frame is not None and len(frames) < 12:
        code = frame.f_code
        frames.append([code.co_filename, frame.f_lineno, code.co_name])
        frame = frame.f_back  # type: ignore[assignment]
    return frames[::-1]


def describe(error: BaseException) -> dict[str, Any]:
    """An exception and its causes as data; the innermost frames come last."""
    links: list[dict[str, Any]] = []
    seen: BaseException | None = error
    while seen is not None and len(links) < 5:
        frames = []
        trace = seen.__traceback__
        while trace is not None:
            code = trace.tb_frame.f_code
            frames.append([code.co_filename, trace.tb_lineno, code.co_name])
            trace = trace.tb_next
        try:
            text = str(seen)[:1000]
        except BaseException:  # a solver's own exception may do anything
            text = ""
        links.append(
            {
                "kind": kind_of(seen),
                "type": type(seen).__name__,
                "text": text,
                "frames": frames[-12:],
            }
        )
        seen = seen.__cause__ or (
            None if seen.__suppress_context__ else seen.__context__
        )
    return {"links": links}


def kind_of(error: BaseException) -> str:
    """What an exception says about the solver it came from."""
    if isinstance(error, RecursionError):
        return "recursed"
    if isinstance(error, MemoryError):
        return "memory"
    if isinstance(error, (SystemExit, KeyboardInterrupt)):
        return "exited"
    return "raised"


def open_package(folder: str) -> Any:
    """Import the package in ``folder`` under a private name."""
    for name in [name for name in sys.modules if name.split(".")[0] == PRIVATE]:
        del sys.modules[name]
    spec = importlib.util.spec_from_file_location(
        PRIVATE,
        os.path.join(folder, "__init__.py"),
        submodule_search_locations=[folder],
    )
    if spec is None or spec.loader is None:
        raise FileNotFoundError(folder)
    package = importlib.util.module_from_spec(spec)
    sys.modules[PRIVATE] = package
    spec.loader.exec_module(package)
    return package


class Answers:
    """The requests this process understands; one method each, yielding replies."""

    def __init__(self) -> None:
        self.package: Any = None
        self.loaded: dict[str, Any] = {}

    def open(self, folder: str) -> Iterator[Any]:
        self.package = open_package(folder)
        yield sorted(self.package.environments())

    def generate(
        self, env: str, seed: int, level: int, split: str, count: int = 1
    ) -> Iterator[Any]:
        environment = self.package.load(env)
        for number in range(seed, seed + count):
            yield environment.generate(number, level, split).to_dict()

    def grade(self, env: str, problem: Any, reply: str) -> Iterator[Any]:
        environment = self.package.load(env)
        verdict = environment.grade(self._problem(problem), reply)
        yield verdict.to_dict()

    def gold(self, env: str, problem: Any) -> Iterator[Any]:
        yield self.package.load(env).gold(self._problem(problem))

    def probe(self, what: str, **asked: Any) -> Iterator[Any]:
        """A check of `racesc test`; those live in a file of their own."""
        yield from self._beside("child_probes.py", what, asked)

    def measure(self, what: str, **asked: Any) -> Iterator[Any]:
        """A measure of `racesc audit`; likewise."""
        yield from self._beside("audit/measures.py", what, asked)

    def screen(self, what: str, **asked: Any) -> Iterator[Any]:
        """What a suite asks of composites; likewise."""
        asked["measures"] = self._file("audit/measures.py")
        yield from self._beside("audit/screening.py", what, asked)

    def _beside(self, file: str, what: str, asked: dict[str, Any]) -> Iterator[Any]:
        yield from getattr(self._file(file), what)(self.package, **asked)

    def _file(self, file: str) -> Any:
        """One of our own files, loaded by its path."""
        if file not in self.loaded:
            path = os.path.join(os.path.dirname(__file__), file)
            name = f"_racesc_{os.path.basename(file)[:-3]}"
            spec = importlib.util.spec_from_file_location(name, path)
            if spec is None or spec.loader is None:
                raise FileNotFoundError(path)
            self.loaded[file] = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(self.loaded[file])
        return self.loaded[file]

    def _problem(self, data: Any) -> Any:
        runtime = importlib.import_module(f"{PRIVATE}._runtime.problem")
        return runtime.Problem.from_json(data)


def serve(requests: Any, send: Callable[[dict[str, Any]], None], sink: Sink) -> None:
    """Answer requests until the pipe closes. A request gives any number of `value`
    replies and then one `done` or `error`."""
    answers = Answers()
    for line in requests:
        request = json.loads(line)
        seconds = request.pop("seconds")
        kind = request.pop("do")
        sink.take()
        try:
            replies = getattr(answers, kind)(**request)
            while True:
                faulthandler.dump_traceback_later(seconds, exit=True, file=2)
                try:
                    value = next(replies)
                except StopIteration:
                    break
                finally:
                    faulthandler.cancel_dump_traceback_later()
                send({"value": value, **sink.take()})
            send({"done": True, **sink.take()})
        except BaseException as error:
            send({"error": describe(error), **sink.take()})


def limit_memory() -> None:
    """Cap the address space, where the system can."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    except (ImportError, OSError, ValueError):
        pass


def main() -> None:
    # The pipes move away from 0 and 1, so that a solver cannot write into them.
    requests = os.fdopen(os.dup(0), "r", encoding="utf-8")
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    sys.stdin = open(os.devnull, encoding="utf-8")
    faulthandler.enable(file=2, all_threads=False)
    limit_memory()
    sink = Sink()
    sys.stdout = sink
    sys.stderr = sink

    def send(reply: dict[str, Any]) -> None:
        text = json.dumps(reply)
        replies.write(text + "\n")
        replies.flush()

    serve(requests, send, sink)


if __name__ == "__main__":
    main()
