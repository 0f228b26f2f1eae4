"""The claim in numbers: how many legal compositions a library has, and how many of them
are worth training on.

    python -m bench.suites                       printed
    python -m bench.suites --output docs/claim.md
    python -m bench.suites --first 20 --sizes 3 --sample 10     a short run

For the first 50 and the first 300 base environments of the standard library, in the
order in which they are declared: the exact number of legal composites of each size and
operator, how many are left without neighbours that laws forbid and within the
information budget (exact too), and what becomes of a sample of those that are left:
the share that every further filter rejects, in order, and the share that is kept.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from time import process_time

from racesc.audit.bench import Bench, cores
from racesc.audit.figures import Figures
from racesc.audit.store import Store, content_key, default_folder
from racesc.files import library_modules
from racesc.pipeline import analyse
from racesc.session import written
from racesc.source import Source
from racesc.space import terms
from racesc.space.space import Space
from racesc.suites.choose import Choice, Chooser, bench_package
from racesc.suites.funnel import part
from racesc.suites.screened import DRAWS, Drawn, Reply, Screener
from racesc.suites.spaces import narrowed, plain_selection
from racesc.suites.strata import Stratum
from racesc.suites.suite import Suite
from racesc.typed import Program
from racesc.workspace import Workspace

BITS = 2.5  # six values, which an order of three steps has
FILTERS = (
    "constant answer",
    "guess <= 0.2",
    "sensitivity >= 0.5",
    "leak <= 0.5",
    "ambiguity <= 1/3",
    "distinct >= 0.5",
    "prompt <= 4000",
    "does what an earlier one does",
    "fails",
)
SHORT = (
    "constant",
    "guess",
    "insens.",
    "leak",
    "ambig.",
    "few",
    "long",
    "twice",
    "fails",
)
OPERATORS = ("SEQUENTIAL", "PARALLEL", "SORT", "SELECT")


@dataclass
class Row:
    """One size and operator."""

    size: int
    operator: str
    legal: int
    lawful: int
    rich: int
    sampled: int = 0
    rejected: dict[str, int] = field(default_factory=dict)
    kept: int = 0


@dataclass(frozen=True)
class Example:
    """One composite that was measured."""

    figures: Figures
    expression: str
    kept: bool
    size: int

    @property
    def worth(self) -> float:
        """Small for good ones: what is guessed, leaked, ambiguous, or does not matter."""
        figures = self.figures
        insensitive = 0 if figures.sensitivity is None else 1 - figures.sensitivity
        told = figures.guess + insensitive + figures.leak + (figures.ambiguity or 0)
        return round(told, 2)


@dataclass
class Claim:
    """Everything about the first ``count`` environments."""

    count: int
    rows: list[Row]
    pairs: int
    seconds: float
    measured: dict[str, list[Example]]


def library() -> tuple[Program, Suite]:
    """A suite over the whole standard library."""
    uses = "".join(f"use {name}\n" for name in library_modules())
    source = Source("bench.races", f"{uses}suite all {{ size 2..3 }}\n", ".")
    workspace = Workspace()
    workspace.read[source.path] = source
    result = analyse([source], workspace.library())
    assert not result.has_errors, [one.message for one in result.diagnostics]
    return result.program, result.program.modules[0].suites[0]


def claim(
    program: Program, suite: Suite, sizes: range, sample: int, cache: Path | None
) -> Claim:
    """Count, and measure a sample of every size and operator."""
    start = spent()
    rows: list[Row] = []
    measured: dict[str, list[Example]] = {}
    whole = replace(suite, sizes=(sizes[0], sizes[-1]))
    free = Space(whole.environments, plain_selection(whole))
    chooser = Chooser(program, cores(), cache)
    # Without requirements every composite is built, so that the worst have figures too.
    choice = Choice(chooser, replace(whole, requirements=()), None)
    files = bench_package(free.steps.pieces, program, whole)
    with (
        tempfile.TemporaryDirectory(prefix="racesc-") as folder,
        Store(cache, content_key(files, str(DRAWS))) as store,
        Bench(written(files, folder), chooser.workers) as bench,
    ):
        note(f"{len(whole.environments)} environments: looking for laws")
        laws = choice.laws(free.steps, bench, store)
        note(f"{len(whole.environments)} environments: counting")
        screener = Screener(whole, bench, store, whole=True)
        lawful = narrowed(free, laws)
        rich = narrowed(free, laws, BITS)
        counts = [space.counts() for space in (free, lawful, rich)]
        place = 0
        for key, number in counts[0].items():
            size, operator = key
            row = Row(size, operator, number, *(c.get(key, 0) for c in counts[1:]))
            rows.append(row)
            if row.rich:
                stratum = Stratum(((place, row.rich),), sample)
                place += row.rich
                ranks = islice(stratum.ranks(suite), sample)
                found = screener.replies(choice.drawn(rich, ranks))
                survive(row, choice, found, measured)
            note(f"{len(whole.environments)} environments: {size} {operator}")
    note("")
    seconds = spent() - start
    return Claim(len(suite.environments), rows, len(laws.forbidden), seconds, measured)


def spent() -> float:
    """Seconds of processor time, those of child processes that are over included."""
    over = resource.getrusage(resource.RUSAGE_CHILDREN)
    return process_time() + over.ru_utime + over.ru_stime


def survive(
    row: Row,
    choice: Choice,
    found: Iterator[tuple[Drawn, Reply]],
    measured: dict[str, list[Example]],
) -> None:
    """What becomes of a sample."""
    seen: set[str] = set()
    for drawn, reply in found:
        row.sampled += 1
        reason = choice.reason(drawn, reply, seen)
        if reason:
            row.rejected[reason] = row.rejected.get(reason, 0) + 1
        else:
            row.kept += 1
        if "steps" in reply:
            figures = Figures.from_json(reply)
            size = terms.size(drawn.term)
            one = Example(figures, drawn.expression, not reason, size)
            measured.setdefault(row.operator, []).append(one)


def note(text: str) -> None:
    """A sign of life, on a terminal."""
    if sys.stderr.isatty():
        print(f"\r\x1b[2K{text}", end="", file=sys.stderr, flush=True)


# ── the page ──────────────────────────────────────────────────────────────────


def page(claims: list[Claim], sample: int, command: str) -> str:
    """docs/claim.md."""
    lines = [
        "# Hundreds of environments, thousands of problems, and how many are worth it",
        "",
        f"Printed by `{command}`. Counts are exact; shares are of a sample of at most"
        f" {sample} composites of each size and operator, drawn uniformly from those that"
        f" are left after laws and the information budget ({BITS:g} bits), each measured"
        f" on up to {DRAWS} instances at level 5. A composite is counted under the first"
        " filter that rejects it, from left to right.",
        "",
        "constant: the first 8 answers are one; guess: the best constant answer is right"
        " more than 20 % of the time; insens.: for some value on the way, the answer"
        " changes less than half the time when it does; leak: the answer stands among the"
        " inputs more than half the time; ambig.: more than a third of all orders are"
        " right; few: less than half of the draws differ; long: a prompt beyond 4,000"
        " characters; twice: does what an earlier one of the sample does; fails: raises.",
    ]
    for one in claims:
        lines += ["", f"## The first {one.count} environments", ""]
        total = sum(row.legal for row in one.rows)
        useful = sum(
            row.rich * row.kept / row.sampled for row in one.rows if row.sampled
        )
        lines += [
            f"{total:,} legal composites; about {useful:,.3g} of them pass every filter"
            f" (estimated from the samples). {one.pairs:,} pairs of neighbours are"
            f" forbidden by laws. This table took {one.seconds:.0f} s of processor time.",
            "",
            "| size | operator | legal | after laws | after budget | sampled |"
            f" {' | '.join(SHORT)} | kept |",
            f"|---|---|---|---|---|---|{'---|' * len(SHORT)}---|",
        ]
        for row in one.rows:
            shares = [
                part(row.rejected.get(name, 0), row.sampled) if row.sampled else ""
                for name in FILTERS
            ]
            lines.append(
                f"| {row.size} | {row.operator} | {row.legal:,} |"
                f" {part(row.lawful, row.legal)} | {part(row.rich, row.legal)} |"
                f" {row.sampled} | {' | '.join(shares)} |"
                f" **{part(row.kept, row.sampled)}** |"
            )
        lines += examples(one)
    return "\n".join(lines) + "\n"


def examples(one: Claim) -> list[str]:
    """The best and the worst of each operator among those measured."""
    lines = ["", "| operator | | composite | guess | sensitivity | ambiguity | leak |"]
    lines.append("|---|---|---|---|---|---|---|")
    for operator in OPERATORS:
        known = one.measured.get(operator, [])
        best = sorted(
            (each for each in known if each.kept),
            key=lambda each: (each.worth, -each.size),
        )
        worst = sorted(
            (each for each in known if not each.kept),
            key=lambda each: (-each.worth, each.size),
        )
        for title, pool in (("best", best), ("worst", worst)):
            for each in pool[:2]:
                figures = each.figures
                cells = [
                    "–" if value is None else f"{value:.2f}"
                    for value in (
                        figures.guess,
                        figures.sensitivity,
                        figures.ambiguity,
                        figures.leak,
                    )
                ]
                code = each.expression.replace("|", "\\|")
                lines.append(
                    f"| {operator} | {title} | `{code}` | {' | '.join(cells)} |"
                )
    return lines


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.suites")
    parser.add_argument("--first", type=int, nargs="+", default=[50, 300])
    parser.add_argument("--sizes", type=int, nargs="+", default=[4, 4], metavar="MOST")
    parser.add_argument("--sample", type=int, default=60)
    parser.add_argument("--output")
    parser.add_argument("--cache")
    options = parser.parse_args()
    cache = Path(options.cache) if options.cache else default_folder()
    program, suite = library()
    claims = []
    for count, most in zip(options.first, options.sizes, strict=True):
        few = suite.narrowed(suite.environments[:count])
        sizes = range(2, most + 1)
        claims.append(claim(program, few, sizes, options.sample, cache))
    words = ["python -m bench.suites", "--first", *map(str, options.first)]
    words += ["--sizes", *map(str, options.sizes), "--sample", str(options.sample)]
    text = page(claims, options.sample, " ".join(words))
    if options.output:
        Path(options.output).write_text(text, encoding="utf-8")
    else:
        print(text)


if __name__ == "__main__":
    main()
