"""What MAP, FANOUT, ITERATE, BRANCH and FOLD add to the time that counting takes.

    python -m bench.further --environments 50 --sizes 2..4 --limit 60

Rows are what `--using` says, columns a size; each count runs in a process of its own, on
the library of `bench/space.py`, and is stopped after ``limit`` seconds of the clock. The
seconds shown are one processor's; in brackets stands how many composites there are.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence

from bench import rivals
from bench.space import Counted, alone, counted, library
from racesc.space.selection import EVERY, FURTHER, OPERATORS

CHAINS = ("SEQUENTIAL",)


def selections() -> Iterator[tuple[str, tuple[str, ...]]]:
    """The rows: a title, and operators in the order of the space."""
    yield "SEQUENTIAL", CHAINS
    for name in FURTHER:
        yield f"SEQUENTIAL, {name}", (*CHAINS, name)
    yield f"SEQUENTIAL, {', '.join(FURTHER)}", (*CHAINS, *FURTHER)
    yield ", ".join(OPERATORS), OPERATORS
    yield "all nine", EVERY


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--environments", type=int, default=50)
    parser.add_argument("--sizes", default="2..4")
    parser.add_argument("--limit", type=float, default=rivals.LIMIT)
    options = parser.parse_args(arguments)
    low, _, high = options.sizes.partition("..")
    sizes = range(int(low), int(high or low) + 1)
    pieces = library(options.environments)
    titles = " | ".join(f"size {size}" for size in sizes)
    print(f"| {options.environments} environments, `--using` | {titles} |")
    print(f"|---{'|---' * len(sizes)}|")
    for title, operators in selections():
        cells = []
        for size in sizes:
            found: Counted = alone(
                counted, pieces, size, False, options.limit, operators
            )
            cells.append("-" if found.stopped else cell(found))
        print(f"| {title} | {' | '.join(cells)} |", flush=True)
    return 0


def cell(found: Counted) -> str:
    """Seconds, and how many there are."""
    return f"{found.took:.2f} ({found.total:,})"


if __name__ == "__main__":
    sys.exit(main())
