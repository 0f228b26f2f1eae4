"""How many broken declarations `racesc test` notices: `python -m bench.mutation`.

For a seeded sample of the library's environments, some of each one's mutants
(``mutants.py``) are written behind the module's own text and compiled with it. Each is
*killed* where the compiler refuses the file for it, or where the trial that `racesc
test` makes of that environment finds a mistake. A survivor is *equivalent* where its
declaration is true as far as can be told: a second search, which knows nothing of the
trial, finds no input in the mutant's domain on which the solver raises or leaves the
codomain among up to 20,000 inputs (small ones enumerated, edges, random ones), and for
a dropped class the solver does without it on values that have nothing but what is
declared. Any other survivor counts against `racesc test`.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from bench.live import Live, library
from bench.mutants import Mutant, mutants
from racesc.child import Child
from racesc.diagnostics import Diagnostic
from racesc.edges import distinct_values, edge_inputs
from racesc.failures import SolverFiles
from racesc.files import STANDARD_LIBRARY, library_modules, read_source
from racesc.pipeline import analyse
from racesc.runtime.base import ContractError, Parameter
from racesc.runtime.brick import Brick
from racesc.runtime.choice import Rng
from racesc.runtime.member import capped, contains, resolve
from racesc.runtime.sampling import draw
from racesc.session import package_of, written
from racesc.show_types import signature_text
from racesc.source import Source
from racesc.syntax import BaseDeclaration
from racesc.trial.package import instances, trial_package
from racesc.trial.run import Trial
from racesc.trial.settings import Outcome
from racesc.typed import TypedEnvironment

SEARCHED = 20_000  # inputs that the second search tries at most
SEARCH_SECONDS = 6.0  # of processor time
OUT = "refused", "killed", "equivalent", "survived"


@dataclass(frozen=True)
class Planted:
    """A mutant as it stands in a module's text, from ``start`` to ``end``."""

    environment: str
    name: str
    mutant: Mutant
    start: int
    end: int


@dataclass
class Judged:
    """What became of the mutants of a module: (fate, mutant, why) each."""

    module: str
    fates: list[tuple[str, Planted, str]] = field(default_factory=list)


# ── planting ──────────────────────────────────────────────────────────────────


def planted(
    module: str, names: Sequence[str], most: int, seed: int, bare: bool
) -> tuple[Source, list[Planted]]:
    """A module with mutants of some of its environments behind its own text."""
    source = read_source(str(STANDARD_LIBRARY / f"{module}.races"))
    live = Live([], source=source)
    text = source.text
    found: list[Planted] = []
    for name in names:
        declared = live.scope.environments[name]
        assert isinstance(declared, BaseDeclaration)
        base = live.checker.base(live.scope, name)
        assert base is not None
        body = source.text[declared.codomain.span.end : declared.span.end]
        if not any(type(one).__name__ == "SolveClause" for one in declared.clauses):
            body = body.replace("{", f"{{\n  solve {name}", 1)
        if bare:
            body = re.sub(r"(?m)^\s*(example|law)\s.*$", "", body)
        every = list(mutants(base.signature))
        rng = random.Random(f"{seed} {module} {name}")
        chosen = sorted(rng.sample(range(len(every)), min(most, len(every))))
        for place in chosen:
            own = f"{name}_m{place}"
            start = len(text)
            signature = signature_text(every[place].signature)
            text += f"\nenv {own}{signature}{body}\n"
            found.append(Planted(name, own, every[place], start, len(text)))
    return replace(source, text=text), found


def refused(
    source: Source, found: list[Planted]
) -> tuple[Source, list[Planted], list[tuple[Planted, str]]]:
    """The module without the mutants that the compiler refuses, the others in their new
    places, and those with the compiler's code."""
    gone: dict[str, str] = {}
    for diagnostic in analyse([source], library()).diagnostics:
        start = diagnostic.labels[0].span.start
        for one in found:
            if one.start <= start < one.end:
                gone.setdefault(one.name, diagnostic.code)
    text, kept = source.text[: found[0].start] if found else source.text, []
    for one in found:
        if one.name not in gone:
            start = len(text)
            text += source.text[one.start : one.end]
            kept.append(replace(one, start=start, end=len(text)))
    dead = [(one, gone[one.name]) for one in found if one.name in gone]
    return replace(source, text=text), kept, dead


# ── judging ───────────────────────────────────────────────────────────────────


def judged(task: tuple[str, tuple[str, ...], int, int, bool]) -> Judged:
    """The mutants of one module."""
    module, names, most, seed, bare = task
    result = Judged(module)
    source, found = planted(module, names, most, seed, bare)
    while True:
        source, found, dead = refused(source, found)
        result.fates += [("refused", one, code) for one, code in dead]
        if not dead:
            break
    if not found:
        return result
    analysed = analyse([source], library())
    errors: list[Diagnostic] = [
        d for d in analysed.diagnostics if d.severity == "error"
    ]
    assert not errors, errors[0]
    declared = {one.name: one for one in analysed.program.modules[0].environments}
    wanted = [declared[one.name] for one in found]
    held, laws = trial_package(wanted)
    files = SolverFiles(analysed.program, [source])
    survivors: list[Planted] = []
    with tempfile.TemporaryDirectory(prefix="racesc-") as folder:
        package = written(package_of(held, analysed.program), folder)
        with Child(package, 1) as child, Child(package, 2) as other:
            trial = Trial(child, other, files, laws)
            for one in found:
                why = first_mistake(trial, declared[one.name])
                if why:
                    result.fates.append(("killed", one, why))
                else:
                    survivors.append(one)
    if survivors:
        live = Live([], source=source)
        for one in survivors:
            broken = search(live, one)
            fate = "survived" if broken else "equivalent"
            result.fates.append((fate, one, broken))
    return result


def first_mistake(trial: Trial, environment: TypedEnvironment) -> str:
    """The code of the first mistake that a trial finds, "" where it finds none."""
    outcome = Outcome(environment)
    for _, check in trial._checks(outcome):
        check()
        if outcome.mistakes:
            return outcome.mistakes[0].code
    return ""


# ── the second search ─────────────────────────────────────────────────────────


def search(live: Live, one: Planted) -> str:
    """An input that shows a mutant's declaration to be false, as text; "" for none."""
    declared = live.checker.base(live.scope, one.name)
    assert declared is not None
    base = declared.base
    end = time.process_time() + SEARCH_SECONDS
    for where in instances(base):
        brick = Brick(base, where)
        for values in islice(_inputs(brick), SEARCHED):
            if time.process_time() > end:
                break
            try:
                result = base.solve(*(_copy(value) for value in values.values()))
            except Exception as error:
                return f"raises {error!r} on {values!r}"
            if not contains(brick.codomain, result, values):
                return f"gives {result!r} on {values!r}"
    return ""


def _copy(value: Any) -> Any:
    return list(map(_copy, value)) if isinstance(value, list) else value


def _inputs(brick: Brick) -> Iterator[dict[str, Any]]:
    """Inputs inside the domain: edges, small ones enumerated, and random ones."""
    types = {name: capped(kind) for name, kind in brick.types.items()}
    for values in edge_inputs([Parameter(n, k) for n, k in types.items()], 2000):
        if all(contains(brick.types[n], values[n], values) for n in values):
            yield values
    yield from islice(_small(types), 8000)
    rng = Rng.keyed("mutation", brick.base.name)
    for number in range(SEARCHED):
        known: dict[str, Any] = {}
        try:
            for name, kind in types.items():
                known[name] = draw(kind, rng, number % 10 + 1, known, name, ())
        except ContractError:
            continue
        if all(contains(brick.types[n], known[n], known) for n in known):
            yield known


def _small(types: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Small values of every parameter, in every combination."""
    each = max(3, int(8000 ** (1 / max(1, len(types)))))
    partial: list[dict[str, Any]] = [{}]
    for name, kind in types.items():
        partial = [
            {**values, name: value}
            for values in partial
            for value in distinct_values(resolve(kind, values), each)
        ][:8000]
    yield from partial


# ── the report ────────────────────────────────────────────────────────────────


def sample(count: int, seed: int) -> list[tuple[str, tuple[str, ...]]]:
    """So many environments of the library, by module."""
    every = []
    for module in library_modules():
        live = Live([module])
        every += [
            (one.module, one.name)
            for one in live.environments()
            if one.base is not None
        ]
    every = list(dict.fromkeys(every))
    chosen = sorted(random.Random(seed).sample(every, min(count, len(every))))
    modules = dict.fromkeys(module for module, _ in chosen)
    return [(m, tuple(name for o, name in chosen if o == m)) for m in modules]


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m bench.mutation")
    parser.add_argument("--environments", type=int, default=100)
    parser.add_argument("--most", type=int, default=6, help="mutants of each")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--bare", action="store_true", help="without examples and laws")
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    tasks = [
        (module, names, options.most, options.seed, options.bare)
        for module, names in sample(options.environments, options.seed)
    ]
    fates: list[tuple[str, Planted, str]] = []
    with multiprocessing.get_context("fork").Pool(options.processes) as pool:
        for done in pool.imap(judged, tasks):
            fates += done.fates
            for fate, one, why in done.fates:
                if fate in ("survived", "equivalent"):
                    signature = signature_text(one.mutant.signature)
                    print(f"{fate}: {done.module}.{one.environment}, {one.mutant.kind}")
                    print(f"  {signature}\n  {why[:300]}", flush=True)
    return report(fates)


def report(fates: list[tuple[str, Planted, str]]) -> int:
    """The table and the rate; 1 where it is below 95 %."""
    table: Counter[tuple[str, str]] = Counter()
    for fate, one, _ in fates:
        table[one.mutant.kind.split(" of ")[0], fate] += 1
    print(f"\n{'mutation':32}" + "".join(f"{fate:>12}" for fate in OUT))
    for kind in sorted({kind for kind, _ in table}):
        print(f"{kind:32}" + "".join(f"{table[kind, fate]:12}" for fate in OUT))
    totals = Counter(fate for fate, _, _ in fates)
    print(f"{'together':32}" + "".join(f"{totals[fate]:12}" for fate in OUT))
    codes = Counter(why for fate, _, why in fates if fate in ("refused", "killed"))
    print("by " + ", ".join(f"{code} {count}" for code, count in codes.most_common()))
    killed = totals["refused"] + totals["killed"]
    real = killed + totals["survived"]
    share = 100 * killed / max(1, real)
    print(
        f"{killed} of {real} mutants that are not equivalent are killed: {share:.1f} %"
    )
    trial = totals["killed"] / max(1, totals["killed"] + totals["survived"])
    print(f"(of those that compile: {100 * trial:.1f} %)")
    return 0 if share >= 95 else 1


if __name__ == "__main__":
    sys.exit(main())
