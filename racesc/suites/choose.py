"""Chooses the composites of a suite: counted, drawn without repetition, measured on the
emitted package in child processes, and kept where everything holds.

Nothing depends on how many processes there are or how fast: composites are drawn in an
order that the seed fixes, and judged in that order.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from itertools import islice
from pathlib import Path

from racesc.audit.bench import Bench
from racesc.audit.figures import Figures
from racesc.audit.store import Store, content_key
from racesc.collecting import uncollected
from racesc.emit.specs import Table
from racesc.emit.suites import Composite
from racesc.errors.suites import EmptyEnumeration
from racesc.space.pieces import Piece, pieces_of
from racesc.space.space import Space
from racesc.space.steps import Steps
from racesc.suites.chosen import OPERATORS, Chosen, remembered, to_remember
from racesc.suites.empty import Empty, impossible, lawless, loosened, poor
from racesc.suites.funnel import Funnel
from racesc.suites.laws import Laws, declared, mined
from racesc.suites.screened import DRAWS, SECONDS, Drawn, Reply, Screener, hopeless
from racesc.suites.spaces import narrowed, plain_selection
from racesc.suites.strata import strata
from racesc.suites.suite import DEFAULT_LEVELS, Suite
from racesc.terminal import bar
from racesc.typed import Program, TypedPackage

NEAREST = 200  # composites whose figures say what is near a suite that is empty
SAID = 10  # composites from one sign of life to the next
# Composites drawn for one that is wanted, after which a suite is left as it is; and
# drawn in any case.
MOST_DRAWN, LEAST_DRAWN = 60, 3000

VERSION = 4  # of how suites are chosen: what was remembered under another is not used

Progress = Callable[[str], None]


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
            with uncollected():
                self.funnel.legal = free.total
            if not free.total:
                raise Empty(impossible(suite))
            with Bench(written(files, folder), chooser.workers, SECONDS) as bench:
                laws = self.laws(free.steps, bench, store)
                with uncollected():
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
        name = self.suite.name
        self.chooser.progress(f"{name}: looking for laws")
        known = declared(self.suite.environments, steps.pieces)
        found = mined(
            steps, bench, store, lambda text: self.chooser.progress(f"{name}: {text}")
        )
        return Laws(known, {pair: found[pair] for pair in found if pair not in known})

    def _space(self, free: Space, laws: Laws) -> Space:
        """The space without what says little, and within the budget."""
        self.chooser.progress(f"{self.suite.name}: counting what is left")
        suite, funnel = self.suite, self.funnel
        space = narrowed(free, laws, ambiguity=suite.ambiguity)
        funnel.after_laws = funnel.after_budget = space.total
        if not space.total:
            raise Empty(lawless(suite, free, laws))
        if suite.bits:
            space = narrowed(free, laws, float(suite.bits), suite.ambiguity)
            funnel.after_budget = space.total
            if not space.total:
                raise Empty(poor(suite, free, laws, funnel.after_laws))
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


def split_of(name: str, suite: Suite) -> str:
    """The split of a composite: by a hash of its id, so that it never moves."""
    share = int.from_bytes(sha256(name.encode()).digest()[:8], "big") % 100
    for split, percent in suite.split.items():
        if share < percent:
            return split
        share -= percent
    raise AssertionError("the shares of a split add up to 100 %")
