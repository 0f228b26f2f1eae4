"""Chooses the composites of a suite: counted, drawn without repetition, measured on the
emitted package in child processes, and kept where everything holds.

Nothing depends on how many processes there are or how fast: composites are drawn in an
order that the seed fixes, and judged in that order.
"""

from __future__ import annotations

import json
import tempfile
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from itertools import accumulate, islice
from math import ceil
from pathlib import Path
from typing import Any

from racesc.audit.bench import Bench
from racesc.audit.figures import Figures
from racesc.audit.store import Store, content_key
from racesc.emit.specs import Table
from racesc.emit.suites import Composite, SuiteContent
from racesc.errors.suites import EmptyEnumeration
from racesc.operators.branch import Branch
from racesc.operators.fanout import Fanout
from racesc.operators.fold import Fold
from racesc.operators.iterate import Iterate
from racesc.operators.map import Map
from racesc.operators.parallel import Parallel
from racesc.operators.select import Select
from racesc.operators.sequential import Sequential
from racesc.operators.sort import Sort
from racesc.operators.step import Source, Step
from racesc.runtime.spec import Parts
from racesc.space.pieces import Piece, pieces_of
from racesc.space.selection import EVERY, Selection
from racesc.space.selection import OPERATORS as USUAL
from racesc.space.shuffle import Shuffle
from racesc.space.space import Space
from racesc.space.steps import Steps
from racesc.suites.funnel import Funnel
from racesc.suites.laws import Laws, declared, mined
from racesc.suites.screened import DRAWS, SECONDS, Drawn, Reply, Screener, hopeless
from racesc.suites.suite import DEFAULT_LEVELS, MEASURES, Requirement, Suite, number
from racesc.terminal import bar
from racesc.typed import Program, TypedPackage

MOST_WIDENED = 4  # the size up to which an impossible suite is widened
NEAREST = 200  # composites whose figures say what is near a suite that is empty
SHOWN_LAWS = 3  # laws named where they leave nothing
SAID = 10  # composites from one sign of life to the next
MOST_ALL = 1_000_000  # composites that `take all` may mean
# Composites drawn for one that is wanted, after which a suite is left as it is; and
# drawn in any case.
MOST_DRAWN, LEAST_DRAWN = 60, 3000

VERSION = 3  # of how suites are chosen: what was remembered under another is not used

Progress = Callable[[str], None]
OPERATORS = {
    kind.__name__: kind
    for kind in (
        *(Branch, Fanout, Fold, Iterate, Map, Parallel, Select, Sequential, Sort),
        *(Source, Step),
    )
}


@dataclass(frozen=True)
class Chosen:
    """A suite's composites with how they came to be chosen."""

    suite: Suite
    composites: tuple[Composite, ...]
    funnel: Funnel
    laws: Laws

    def content(self) -> SuiteContent:
        """What goes into a package."""
        report = {
            "asked": self.suite.to_json(),
            "funnel": self.funnel.to_json(),
            "laws": self.laws.to_json(),
            "measured": {"level": self.suite.level, "draws": DRAWS},
        }
        return SuiteContent(self.suite.name, self.composites, report)


def to_remember(chosen: Chosen) -> dict[str, Any]:
    """What was chosen, in JSON's values, for the next time."""
    table = Table()
    composites = [
        [one.expression, one.signature, one.facts, table.write(one.node)]
        for one in chosen.composites
    ]
    return {
        "composites": composites,
        "rows": table.rows,
        "funnel": asdict(chosen.funnel),
        "laws": chosen.laws.to_json(),
    }


def remembered(data: dict[str, Any], suite: Suite, pieces: Sequence[Piece]) -> Chosen:
    """What ``to_remember`` gave."""
    bases = {piece.base.name: piece.base for piece in pieces}
    parts = Parts(data["rows"], OPERATORS, bases.__getitem__)
    composites = tuple(
        Composite(expression, signature, parts.build(node), facts)
        for expression, signature, facts, node in data["composites"]
    )
    funnel = Funnel(**data["funnel"])
    funnel.by_operator = {
        name: (sampled, kept) for name, (sampled, kept) in funnel.by_operator.items()
    }
    laws = {
        kind: {(left, right): why for left, right, why in data["laws"][kind]}
        for kind in ("declared", "mined")
    }
    return Chosen(suite, composites, funnel, Laws(**laws))


class Empty(Exception):
    """No composite is in a suite; ``mistake`` says why."""

    def __init__(self, mistake: EmptyEnumeration) -> None:
        super().__init__(mistake.reason)
        self.mistake = mistake


class Chooser:
    """Chooses suites of one program; what one suite was found to hold is remembered."""

    def __init__(
        self,
        program: Program,
        workers: int,
        cache: Path | None,
        progress: Progress = lambda _: None,
    ) -> None:
        self.program = program
        self.workers = workers
        self.cache = cache
        self.progress = progress
        self._chosen: dict[tuple[str, str], Chosen] = {}

    def choose(self, suite: Suite) -> Chosen:
        """A suite's composites; raises ``Empty``."""
        key = (suite.module, suite.name)
        if key not in self._chosen:
            other = None
            if suite.disjoint is not None:
                other = self.choose(suite.disjoint[0])
            self._chosen[key] = Choice(self, suite, other).run()
        return self._chosen[key]


class Choice:
    """The choosing of one suite."""

    def __init__(self, chooser: Chooser, suite: Suite, other: Chosen | None) -> None:
        self.chooser = chooser
        self.taken: frozenset[str] = frozenset()
        if suite.disjoint is not None and other is not None:
            if suite.disjoint[1] == "base":
                suite = without_bases(suite, other)
            else:
                self.taken = frozenset(one.id for one in other.composites)
        self.suite = suite
        self.funnel = Funnel()

    def run(self) -> Chosen:
        """Count, mine laws, draw, measure, keep."""
        from racesc.session import written

        suite, chooser = self.suite, self.chooser
        pieces = pieces_of(suite.environments)
        files = bench_package(pieces, chooser.program, suite)
        with (
            tempfile.TemporaryDirectory(prefix="racesc-") as folder,
            Store(chooser.cache, content_key(files, str(DRAWS))) as store,
        ):
            key = f"suite {self.digest()}"
            if key in store:
                return remembered(store[key], suite, pieces)
            chooser.progress(f"{suite.name}: counting")
            free = Space(suite.environments, plain_selection(suite))
            self.funnel.legal = free.total
            if not free.total:
                raise Empty(impossible(suite))
            with Bench(written(files, folder), chooser.workers, SECONDS) as bench:
                laws = self.laws(free.steps, bench, store)
                space = self._space(free, laws)
                screener = Screener(suite, bench, store)
                kept = tuple(self._kept(free, space, screener))
                if not kept:
                    raise Empty(self._nothing_left(space, bench, store))
            chosen = Chosen(suite, kept, self.funnel, laws)
            store[key] = to_remember(chosen)
            return chosen

    def digest(self) -> str:
        """A hash of everything that was asked for."""
        suite = self.suite
        asked = [suite.to_json(), repr(suite.goals), dict(suite.split), VERSION]
        asked.append(sorted(self.taken))
        text = json.dumps(asked, separators=(",", ":"))
        return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]

    # ── the counted space ──

    def laws(self, steps: Steps, bench: Bench, store: Store) -> Laws:
        self.chooser.progress(f"{self.suite.name}: looking for laws")
        known = declared(self.suite.environments, steps.pieces)
        found = mined(steps, bench, store)
        return Laws(known, {pair: found[pair] for pair in found if pair not in known})

    def _space(self, free: Space, laws: Laws) -> Space:
        """The space without forbidden neighbours, and within the budget."""
        self.chooser.progress(f"{self.suite.name}: counting what is left")
        space = narrowed(free, laws)
        self.funnel.after_laws = space.total
        if self.suite.bits:
            space = narrowed(free, laws, float(self.suite.bits))
        self.funnel.after_budget = space.total
        if not self.funnel.after_laws:
            raise Empty(lawless(self.suite, free, laws))
        if not space.total:
            raise Empty(poor(self.suite, free, laws, self.funnel))
        return space

    # ── drawing ──

    def drawn(self, space: Space, ranks: Iterable[int]) -> Iterator[Drawn]:
        """The composites with these ranks, built where they are worth a look."""
        sources, places = space.steps.source_texts, space.steps.place_texts
        for rank in ranks:
            term = space.term(rank)
            reason = hopeless(term, self.suite.requirements)
            if reason:
                yield Drawn(rank, term, reason=reason)
                continue
            made = self.suite.workshop.made(term, sources, places)
            if made is None:
                yield Drawn(rank, term, reason="not legal at this level")
            else:
                yield Drawn(rank, term, *made)

    def _kept(
        self, free: Space, space: Space, screener: Screener
    ) -> Iterator[Composite]:
        """The composites that stay, in the order in which they were drawn, each with its
        rank among all that are legal."""
        suite, funnel = self.suite, self.funnel
        seen: set[str] = set()
        for stratum in strata(space, suite):
            wanted = stratum.wanted
            kept = tried = 0
            limit = None
            if wanted is not None:
                limit = max(LEAST_DRAWN, MOST_DRAWN * wanted)
            if wanted == 0:
                continue
            ranks = islice(stratum.ranks(suite), limit)
            for drawn, reply in screener.replies(self.drawn(space, ranks)):
                funnel.sampled += 1
                tried += 1
                reason = self.reason(drawn, reply, seen)
                if reason:
                    funnel.reject(drawn.operator, reason)
                else:
                    kept += 1
                    funnel.keep(drawn.operator)
                    rank = free.rank(drawn.term)
                    assert rank is not None, drawn.expression
                    yield self._composite(drawn, rank, Figures.from_json(reply))
                self._say()
                if kept == wanted:
                    break
            if wanted is not None and kept < wanted:
                funnel.fall_short(stratum.name, wanted, kept, tried, stratum.total)

    def _say(self) -> None:
        funnel, take = self.funnel, self.suite.take
        if funnel.sampled % SAID == 0:
            done = "" if take is None else f"{bar(funnel.kept, take)} "
            self.chooser.progress(
                f"{self.suite.name}: {done}{funnel.kept:,} of {take or 'all'} kept,"
                f" {funnel.sampled:,} looked at"
            )

    # ── judging ──

    def reason(self, drawn: Drawn, reply: Reply, seen: set[str]) -> str:
        """Why a composite is left out; empty where it stays."""
        if drawn.node is not None and drawn.id in self.taken:
            return "in the other suite"
        if "failed" in reply:
            return "fails"
        if "reason" in reply:
            return str(reply["reason"])
        behaviour = reply.get("behaviour")
        if behaviour is not None:
            if behaviour in seen:
                return "does what an earlier one does"
            seen.add(behaviour)
        return ""

    def _composite(self, drawn: Drawn, rank: int, figures: Figures) -> Composite:
        assert drawn.node is not None
        facts = {"rank": rank, **drawn.facts}
        if self.suite.levels != DEFAULT_LEVELS:
            facts["levels"] = list(self.suite.levels)
        if self.suite.split:
            facts["split"] = split_of(drawn.id, self.suite)
        facts["figures"] = figures.lasting()
        return Composite(drawn.expression, drawn.signature, drawn.node, facts)

    def _nothing_left(
        self, space: Space, bench: Bench, store: Store
    ) -> EmptyEnumeration:
        """What to say where nothing that was drawn may stay: with which requirements
        some of it would, from all figures of the first ones."""
        everything = replace(self.suite, requirements=())
        screener = Screener(everything, bench, store, whole=True)
        ranks = [
            rank
            for stratum in strata(space, self.suite)
            for rank in islice(stratum.ranks(self.suite), NEAREST)
        ]
        easy = Choice(self.chooser, everything, None)
        measured = [
            Figures.from_json(reply)
            for _, reply in screener.replies(easy.drawn(space, ranks))
            if "guess" in reply
        ]
        rejected = [
            f"{count:,}: {reason}"
            for reason, count in list(self.funnel.to_json()["rejected"].items())[:4]
        ]
        return EmptyEnumeration(
            self.suite.name,
            f"none of the {self.funnel.sampled:,} composites that were tried does what"
            " `require` wants",
            self.suite.span,
            notes=(f"rejected: {'; '.join(rejected)}",),
            nearest=tuple(loosened(self.suite.requirements, measured)),
        )


# ── selections ────────────────────────────────────────────────────────────────


def plain_selection(suite: Suite) -> Selection:
    """What the suite asks of the space, without laws and budget."""
    return Selection(
        sizes=suite.sizes,
        depths=suite.depths,
        operators=suite.operators,
        goals=suite.goals,
        level=suite.levels[1],
    )


def narrowed(free: Space, laws: Laws, bits: float = 0) -> Space:
    """The same space under laws and a budget; what feeds what is known already."""
    selection = replace(free.selection, forbidden=laws.forbidden, bits=bits)
    if selection == free.selection:
        return free
    steps = Steps(free.steps.pieces, selection, free.steps.feeder, free.steps.sources)
    return Space((), selection, steps)


def bench_package(
    pieces: Sequence[Piece], program: Program, suite: Suite
) -> dict[str, str]:
    """A package that holds no composite but everything that composites are made of."""
    from racesc.emit.package import emit_package
    from racesc.session import TEMPORARY

    parts = Table()
    for piece in pieces:
        parts.bases.setdefault(piece.base.name, piece.base)
    parts.operators.update(OPERATORS)
    package = TypedPackage(TEMPORARY, "0", "", (), (), (), suite.span)
    return emit_package(package, program, suites=(), suite_parts=parts)


def without_bases(suite: Suite, other: Chosen) -> Suite:
    """The suite without the base environments that another one's composites use, be it
    as distractors; and with none of them as distractors."""
    from racesc.emit.pieces import walk
    from racesc.runtime.brick import Brick

    used = {
        thing.base.name
        for one in other.composites
        for thing in walk(one.node)
        if isinstance(thing, Brick)
    }
    left = tuple(one for one in suite.environments if one.qualified not in used)
    if not left:
        name = other.suite.name
        raise Empty(
            EmptyEnumeration(
                suite.name,
                f"`{name}` uses every base environment that this suite could",
                suite.span,
                nearest=(
                    f"give `{name}` fewer environments, or say `disjoint from {name} by"
                    " composite`",
                ),
            )
        )
    return suite.narrowed(left)


# ── strata ────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Stratum:
    """Some intervals of ranks, and how many composites are wanted from them."""

    intervals: tuple[tuple[int, int], ...]  # (first rank, how many)
    wanted: int | None
    name: str = ""

    @property
    def total(self) -> int:
        """How many there are."""
        return sum(count for _, count in self.intervals)

    def ranks(self, suite: Suite) -> Iterator[int]:
        """All ranks, in the order in which they are tried."""
        sizes = [count for _, count in self.intervals]
        ends = list(accumulate(sizes))
        total = ends[-1] if ends else 0
        if suite.take is None:
            for first, count in self.intervals:
                yield from range(first, first + count)
            return
        shuffle = Shuffle(total, suite.seed)
        for position in range(total):
            place = shuffle[position]
            index = bisect_right(ends, place)
            before = ends[index - 1] if index else 0
            yield self.intervals[index][0] + place - before


def strata(space: Space, suite: Suite) -> list[Stratum]:
    """The whole space, or a mix's operators one by one."""
    if suite.take is None and space.total > MOST_ALL:
        raise Empty(
            EmptyEnumeration(
                suite.name,
                f"`take all` would be {space.total:,} composites",
                suite.span,
                nearest=("say how many: `take 10_000 seed 0`",),
            )
        )
    if not suite.mix:
        return [Stratum(((0, space.total),), suite.take)]
    places: dict[str, list[tuple[int, int]]] = {}
    first = 0
    for (_, operator), count in space.counts().items():
        places.setdefault(operator, []).append((first, count))
        first += count
    shares = apportioned(suite.take, suite.mix)
    return [
        Stratum(tuple(places.get(name, ())), shares[name], name) for name in suite.mix
    ]


def apportioned(take: int | None, mix: Any) -> dict[str, int | None]:
    """How many composites each operator gets: whole numbers that add up."""
    if take is None:
        return dict.fromkeys(mix)
    exact = {name: take * percent for name, percent in mix.items()}
    found: dict[str, int | None] = {name: exact[name] // 100 for name in exact}
    left = take - sum(count or 0 for count in found.values())
    by_rest = sorted(
        exact, key=lambda name: (-(exact[name] % 100), list(mix).index(name))
    )
    for name in by_rest[:left]:
        found[name] = (found[name] or 0) + 1
    return found


def split_of(name: str, suite: Suite) -> str:
    """The split of a composite: by a hash of its id, so that it never moves."""
    share = int.from_bytes(sha256(name.encode()).digest()[:8], "big") % 100
    for split, percent in suite.split.items():
        if share < percent:
            return split
        share -= percent
    raise AssertionError("the shares of a split add up to 100 %")


# ── nothing there ─────────────────────────────────────────────────────────────


def impossible(suite: Suite) -> EmptyEnumeration:
    """Why no composite is legal, and the nearest clause with which some are."""
    selection = plain_selection(suite)
    low, high = selection.sizes
    # Larger composites take long to count, and are tried where they are few.
    sizes = [
        replace(selection, sizes=(low - down, high + up))
        for down, up in ((1, 0), (0, 1), (2, 0), (0, 2))
        if low - down >= 1 and (not up or high + up <= MOST_WIDENED)
    ]
    tries: list[tuple[str, Selection, str]] = []
    if selection.goals:
        tries.append(("goal", replace(selection, goals=()), "without `goal`"))
    for wider in sizes:
        written = f"with `size {wider.sizes[0]}..{wider.sizes[1]}`"
        tries.append(("size", wider, written))
    if not set(selection.operators) >= set(USUAL):
        wider_using = tuple(n for n in EVERY if n in (*USUAL, *selection.operators))
        more = replace(selection, operators=wider_using)
        tries.append(("using", more, f"with `using {', '.join(wider_using)}`"))
    if selection.depths != (0, 99):
        tries.append(("depth", replace(selection, depths=(0, 99)), "without `depth`"))
    nearest, clause = [], ""
    for name, wider, written in tries:
        total = Space(suite.environments, wider).total
        if total:
            clause = clause or name
            found = f"{written} there are {total:,}"
            if name == "goal":
                found += f", for example of type {example_types(suite, wider)}"
            nearest.append(found)
            if len(nearest) == 2:
                break
    count = len(suite.environments)
    reason = f"its {count} environments compose to nothing"
    if clause:
        reason = f"none of what its {count} environments compose to fits `{clause}`"
    if count == 1:
        reason = reason.replace("1 environments compose", "1 environment composes")
    deepest = selection.depths[0]
    notes: tuple[str, ...] = ()
    if deepest >= high:
        notes = (f"a depth of {deepest} takes {deepest + 1} base environments",)
    return EmptyEnumeration(suite.name, reason, suite.span, notes, tuple(nearest))


def lawless(suite: Suite, free: Space, laws: Laws) -> EmptyEnumeration:
    """What to say where every legal composite has neighbours that say nothing new."""
    reasons = [*laws.declared.items(), *laws.mined.items()][:SHOWN_LAWS]
    shown = [f"`{left} >> {right}`: {why}" for (left, right), why in reasons]
    return EmptyEnumeration(
        suite.name,
        f"{free.total:,} are legal, but each has neighbours that say nothing new",
        suite.span,
        notes=(f"forbidden neighbours: {'; '.join(shown)}",),
        nearest=("add environments to `from`, or widen `size`",),
    )


def poor(suite: Suite, free: Space, laws: Laws, funnel: Funnel) -> EmptyEnumeration:
    """What to say where the information budget leaves nothing: the largest whole one
    that leaves something."""
    low, high = 0, ceil(suite.bits)  # `low` leaves something, `high` does not
    left = funnel.after_laws
    while high - low > 1:
        middle = (low + high) // 2
        count = narrowed(free, laws, middle).total
        if count:
            low, left = middle, count
        else:
            high = middle
    clause = f"`bits >= {low}`" if low else "`bits` left out"
    return EmptyEnumeration(
        suite.name,
        f"of {funnel.after_laws:,} that laws leave, none carries {number(suite.bits)}"
        " bits at every step",
        suite.span,
        nearest=(f"with {clause} there are {left:,}",),
    )


def example_types(suite: Suite, selection: Selection) -> str:
    """A few types that composites end in."""
    from racesc.show_types import type_text

    space = Space(suite.environments, selection)
    shuffle = Shuffle(space.total, 0)
    found: dict[str, None] = {}
    for position in range(min(space.total, 50)):
        found[f"`{type_text(space.codomain(space.term(shuffle[position])))}`"] = None
        if len(found) == 3:
            break
    return ", ".join(found)


def loosened(
    requirements: Sequence[Requirement], measured: Sequence[Figures]
) -> Iterator[str]:
    """Requirements with which at least one of the measured composites would stay: each
    one changed alone, or where that does not do, several for the nearest composite."""
    found = False
    for changed in requirements:
        others = [one for one in requirements if one is not changed]
        near = [f for f in measured if all(one.holds(f) for one in others)]
        values = [getattr(one, MEASURES[changed.measure]) for one in near]
        known = [value for value in values if value is not None]
        if known:
            best = min(known) if changed.at_most else max(known)
            found = True
            yield f"with {_with(changed, best)} some would stay"
    if measured and not found:
        missed = [[r for r in requirements if not r.holds(f)] for f in measured]
        nearest = min(range(len(measured)), key=lambda place: len(missed[place]))
        clauses = [
            _with(one, getattr(measured[nearest], MEASURES[one.measure]))
            for one in missed[nearest]
        ]
        yield f"with {', '.join(clauses)} some would stay"


def _with(requirement: Requirement, value: float) -> str:
    comparison = "<=" if requirement.at_most else ">="
    return f"`{requirement.measure} {comparison} {value:g}`"
