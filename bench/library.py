"""The standard library measured: `python -m bench.library`.

For every environment at levels 1, 3, 5, 7 and 10: what the best constant answer earns,
how often the answer stands among the inputs, how many different instances there are (up
to 10,000), the entropy of the answers, the mean length of the inputs as JSON, and at
level 10 the processor time of a problem. Then those outside the thresholds, and who can
feed whom. What was measured is kept until the module, the runtime or the measures
change, so a run that was broken off goes on. `--page` writes docs/library.md.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from bench.degrees import Degrees, degrees
from bench.library_page import page
from bench.live import Live
from bench.thresholds import LEVELS, Measured, offences
from bench.worth import Worth, worth
from racesc.audit.store import Store, default_folder
from racesc.files import STANDARD_LIBRARY
from racesc.typed import TypedEnvironment

HERE = Path(__file__).parent
ROOT = HERE.parent
PAGE = ROOT / "docs" / "library.md"
MEASURING = (
    HERE / "worth.py",
    ROOT / "racesc" / "audit" / "measures.py",
    *sorted((ROOT / "racesc" / "runtime").glob("*.py")),
)

_environments: list[TypedEnvironment] = []


def key(module: str, draws: int) -> str:
    """What the figures of a module depend on, as a hash."""
    whole = sha256(str(draws).encode())
    solvers = Path(str(STANDARD_LIBRARY)) / f"{module}.py"
    for path in (solvers, solvers.with_suffix(".races"), *MEASURING):
        whole.update(path.read_bytes())
    return f"library-{module}-{whole.hexdigest()[:24]}"


def _measure(job: tuple[int, int, int]) -> tuple[int, int, dict[str, Any]]:
    index, level, draws = job
    figures = worth(_environments[index], level, draws, timed=level == LEVELS[-1])
    return index, level, figures.to_json()


def measured(
    environments: list[TypedEnvironment], draws: int, processes: int, folder: Path
) -> Iterator[Measured]:
    """Every environment at every level, in order."""
    _environments[:] = environments
    modules = dict.fromkeys(one.module for one in environments)
    stores = {module: Store(folder, key(module, draws)) for module in modules}
    jobs = [
        (index, level, draws)
        for index, one in enumerate(environments)
        for level in LEVELS
        if f"{one.name} {level}" not in stores[one.module]
    ]
    with multiprocessing.get_context("fork").Pool(processes) as pool:
        for index, level, figures in pool.imap_unordered(_measure, jobs):
            one = environments[index]
            stores[one.module][f"{one.name} {level}"] = figures
    for one in environments:
        store = stores[one.module]
        yield Measured(
            one,
            {n: Worth.from_json(store[f"{one.name} {n}"]) for n in LEVELS},
        )


def table(found: Sequence[Measured]) -> str:
    """All figures, one line for each environment and level."""
    lines = [f"{'environment':34} level guess  leak instances bits input    us"]
    for each in found:
        for level, w in each.levels.items():
            count = "-" if w.instances is None else f"{w.instances:,}"
            time = "" if w.generate_us is None else f"{w.generate_us:,}"
            lines.append(
                f"{each.environment.qualified:34} {level:5} {w.guess:5.2f} {w.leak:5.2f} {count:>9}"
                f" {w.entropy:4.1f} {w.given:5.0f} {time:>5}"
            )
    return "\n".join(lines)


def composition(found: Degrees, chosen: set[str]) -> str:
    """The composition figures, to read: of those that compose little, the chosen."""
    few = [name for name in found.feeds if name not in set(found.open)]
    few = [name for name in few if name in chosen]
    lines = [
        f"{len(found.open)} of {len(found.feeds)} environments"
        f" ({100 * found.share:.1f} %) feed ten others and are fed by ten others",
        "hubs: "
        + ", ".join(
            f"{n} ({len(found.feeds[n])}/{len(found.fed[n])})" for n in found.hubs(10)
        ),
        "fewer: "
        + ", ".join(f"{n} ({len(found.feeds[n])}/{len(found.fed[n])})" for n in few),
    ]
    return "\n".join(lines)


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m bench.library")
    parser.add_argument("modules", nargs="*", help="these alone (default: all)")
    parser.add_argument("--draws", type=int, default=100, help="instances at a level")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--cache", type=Path, default=default_folder())
    parser.add_argument("--page", action="store_true", help=f"write {PAGE.name}")
    options = parser.parse_args()
    environments = Live().environments()
    chosen = [
        one
        for one in environments
        if not options.modules or one.module in options.modules
    ]
    found = [*measured(chosen, options.draws, options.processes, options.cache)]
    print(table(found))
    print()
    for text in offences(found):
        print(text)
    who = degrees(environments)
    print()
    print(composition(who, {one.name for one in chosen}))
    if options.page and not options.modules:
        PAGE.write_text(page(found, who, options.draws), encoding="utf-8")
        print(f"wrote {PAGE}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
