"""A big suite, compiled, compiled again, and used.

    python -m bench.big_suite                  10,000 composites of sizes 2..5
    python -m bench.big_suite --first 30 --take 500

The suite draws on the first 40 base environments of the standard library, with default
requirements and all four operators in it. Printed are the time of every phase, the
funnel, and what the package costs its users: import, loading a composite by its id,
memory after all of them were loaded. Times are CPU times, those of this process of its
main thread; wall-clock times say so.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter, process_time, thread_time
from typing import Any

from racesc.audit.bench import cores
from racesc.commands.compile import compiled
from racesc.files import library_modules, write_packages
from racesc.pipeline import analyse
from racesc.source import Source
from racesc.space.space import Space
from racesc.suites.choose import Choice, Chooser
from racesc.suites.workshop import Workshop as Nodes
from racesc.terminal import Terminal
from racesc.workspace import Workspace

MIX = "SEQUENTIAL 60%, PARALLEL 10%, SORT 20%, SELECT 10%"
USER = """
import json
from time import process_time
start = process_time()
import big
imported = process_time() - start
start = process_time()
ids = big.suite("big")
opened = process_time() - start
times = []
for name in ids:
    start = process_time()
    big.load(name)
    times.append(process_time() - start)
# Not `ru_maxrss`, which begins with what the process that started this one had.
lines = open("/proc/self/status").read().splitlines()
memory = int(next(line for line in lines if line.startswith("VmHWM")).split()[1])
found = {"import": imported, "open": opened, "load": times, "memory": memory}
print(json.dumps(found))
"""


@dataclass
class Clock:
    """CPU seconds of the main thread by phase; a phase inside another counts for the
    inner one alone."""

    phases: dict[str, float] = field(default_factory=dict)
    _inner: list[float] = field(default_factory=lambda: [0.0])

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """Count what is done inside."""
        start = thread_time()
        self._inner.append(0.0)
        try:
            yield
        finally:
            spent = thread_time() - start
            own = spent - self._inner.pop()
            self._inner[-1] += spent
            self.phases[name] = self.phases.get(name, 0.0) + own

    def watch(self, owner: Any, function: str, name: str) -> None:
        """Count every call of a function or method."""
        inner: Callable[..., Any] = getattr(owner, function)

        def run(*arguments: Any, **named: Any) -> Any:
            with self.phase(name):
                return inner(*arguments, **named)

        setattr(owner, function, run)


def watched() -> Clock:
    """A clock on the phases of choosing a suite."""
    import racesc.emit.package as package

    clock = Clock()
    clock.watch(Space, "__init__", "counting")
    clock.watch(Space, "_top", "counting")
    clock.watch(Space, "term", "finding composites by rank")
    clock.watch(Choice, "laws", "looking for laws")
    clock.watch(Nodes, "made", "making nodes")
    clock.watch(package, "emit_package", "emitting")
    return clock


def source(options: argparse.Namespace) -> str:
    """The file that is compiled."""
    uses = "".join(f"use {name}\n" for name in library_modules())
    whole = Source("bench.races", f"{uses}suite all {{ size 2 }}\n", ".")
    workspace = Workspace()
    workspace.read[whole.path] = whole
    program = analyse([whole], workspace.library()).program
    modules: dict[str, list[str]] = {}
    for one in program.modules[0].suites[0].environments[: options.first]:
        modules.setdefault(one.module, []).append(one.name)
    lines = [f"use {name} ({', '.join(found)})" for name, found in modules.items()]
    depth = f"  depth {options.depth}\n" if options.depth else ""
    return (
        "\n".join(lines)
        + f"\nsuite big {{\n  size {options.size}\n{depth}  mix {options.mix}\n"
        + f"  take {options.take} seed {options.seed}\n}}\n"
        + 'package big {\n  version "1.0.0"\n  include big\n}\n'
    )


def compile_once(
    text: str, out: Path, cache: Path, workers: int, clock: Clock, check: bool
) -> dict[str, Any]:
    """What `racesc compile` does, with its times."""
    start, cpu = perf_counter(), process_time()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    terminal = Terminal()
    with clock.phase("checking"):
        given = Source("big.races", text, ".")
        workspace = Workspace()
        workspace.read[given.path] = given
        result = analyse([given], workspace.library())
    assert not result.has_errors, [one.message for one in result.diagnostics]
    chooser = Chooser(result.program, workers, cache, terminal.progress)
    with clock.phase("drawing, keeping, the rest"):
        packages = compiled(result.program, (), workspace, terminal, chooser)
    assert not workspace.report.diagnostics
    with clock.phase("writing files"):
        done = write_packages(str(out), packages, check=check)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    suite = result.program.modules[0].suites[0]
    children = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {
        "wall": perf_counter() - start,
        "cpu": process_time() - cpu,
        "children": children,
        "differing": done.differing,
        "chosen": chooser.choose(suite),
    }


def used(out: Path) -> dict[str, Any]:
    """What the package costs, in a new process."""
    done = subprocess.run(
        [sys.executable, "-c", USER],
        cwd=out / "big",
        env={**os.environ, "PYTHONPATH": str(out / "big")},
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def main() -> None:
    """Compile, use, compile again, and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.big_suite")
    parser.add_argument("--first", type=int, default=40)
    parser.add_argument("--take", type=int, default=10_000)
    parser.add_argument("--size", default="2..5")
    parser.add_argument("--depth")
    parser.add_argument("--mix", default=MIX)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--workers", type=int, default=cores())
    options = parser.parse_args()
    text = source(options)
    clock = watched()
    with tempfile.TemporaryDirectory(prefix="racesc-") as folder:
        out, cache = Path(folder, "out"), Path(folder, "cache")
        first = compile_once(text, out, cache, options.workers, clock, False)
        report(first, clock, options.workers)
        size = sum(one.stat().st_size for one in out.rglob("*") if one.is_file())
        print(f"package: {size / 1e6:.1f} MB in {out.name}/big")
        used(out)  # byte code is compiled by the first import
        found = used(out)
        print(
            f"import: {1000 * found['import']:.0f} ms CPU, and {1000 * found['open']:.0f}"
            " ms when the suite is first asked for its ids"
        )
        first_load, *others = found["load"]
        others.sort()
        print(
            f"load: {1000 * first_load:.1f} ms CPU for the first composite, then"
            f" {1000 * others[len(others) // 2]:.2f} ms in the median,"
            f" {1000 * others[-len(others) // 1000]:.1f} ms for 999 of 1,000,"
            f" {1000 * others[-1]:.1f} ms at worst"
        )
        print(f"memory after loading all: {found['memory'] / 1024:.0f} MB")
        again = compile_once(text, out, cache, options.workers, Clock(), True)
        same = "identical bytes" if not again["differing"] else "BYTES DIFFER"
        print(
            f"compiled again: {again['wall']:.1f} s wall-clock,"
            f" {again['cpu'] + again['children']:.1f} s CPU, {same}"
        )


def report(first: dict[str, Any], clock: Clock, workers: int) -> None:
    """The times and the funnel."""
    chosen = first["chosen"]
    print(f"{len(chosen.suite.environments)} base environments")
    print(chosen.funnel.text())
    print()
    busy = first["cpu"] + first["children"]
    print(
        f"compile: {busy:.0f} s CPU, {first['wall']:.0f} s wall-clock with {workers}"
        " child processes"
    )
    for name, seconds in clock.phases.items():
        print(f"  {seconds:7.1f} s CPU  {name}")
    rest = first["cpu"] - sum(clock.phases.values())
    print(f"  {rest:7.1f} s CPU  talking to child processes (other threads)")
    print(f"  {first['children']:7.1f} s CPU  measuring (child processes)")
    sampled = chosen.funnel.sampled
    each = 1000 * first["children"] / max(1, sampled)
    print(f"  {each:7.2f} ms of measuring for each of {sampled:,} composites drawn")


if __name__ == "__main__":
    main()
