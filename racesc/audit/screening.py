"""Whether a composite may be in a suite, decided inside the child process.

Loaded by `child_script.py` by its path, which passes it the module `measures.py`. Most
composites that are drawn are thrown away, so what is cheap is asked first, and nothing
more is asked once the answer is known:

1. A few instances, as they are drawn. Each one's prompt: `prompt`. An order to be found:
   `ambiguity`, and `guess` where the order is the answer, as soon as the instances left
   cannot mend the mean. After eight instances, none of whose answers differ: constant.
2. Their `guess`, `distinct`, `leak`, `ambiguity` and `sensitivity`, a value on the way at
   a time. Where one instance more or less would not change what is said of any of them,
   that is the verdict.
3. Else the rest of the instances are drawn, and the verdict is that of all together.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from math import perm
from typing import Any

PROMPTS = 4  # prompts looked at for their length
BEHAVIOUR = 12  # inputs on which composites are compared
FEW = 12  # instances looked at first
# Where something is put in order, each instance costs many runs: so many at first, and
# so many where that leaves doubts.
FEW_ORDERED, ORDERED = 8, 12
# Where an order is the answer, its figures are means of shares, which vary little.
FEW_ORDERS = 4
SAME = 8  # instances after which a constant answer is given up on
CONSTANT = "constant answer"
CERTAIN = 1e-9  # more than sums of a few shares are off

# (measure, whether it is at most the limit, the limit, as people write it)
Asked = tuple[str, bool, float, str]


def composites(
    package: Any,
    measures: Any,
    table: str,
    rows: list[str],
    listed: list[Any],
    level: int,
    draws: int,
    asked: Sequence[Sequence[Any]],
    whole: bool = False,
) -> Iterator[dict[str, Any]]:
    """What becomes of composites, given as `[id, node]` in a suite's data: `{"reason"}`
    where one is rejected, else its figures and a hash of its `behaviour`. ``whole``:
    all figures in any case. One that fails is `{"failed"}`. ``rows`` are added to the
    named table of the parts that they share."""
    # What is made for one composite is dropped with it, and holds no circles: looking
    # for those as often as Python does takes a tenth of the time.
    gc.set_threshold(100_000, 50, 50)
    parts = measures.grown(package, table, rows)
    kind = measures.part(package, "_runtime.environment").Environment
    requirements = [(name, most, limit, text) for name, most, limit, text in asked]
    for name, data in listed:
        try:
            node = parts.build(data)
            made = kind(name=name, node=node, signature="", expression="", id=name)
            measure = measures.Measure(package, made, level, draws, PROMPTS)
            screen = Screen(measures, measure, requirements)
            reason = screen.reason()
            if reason and not whole:
                yield {"reason": reason}
                continue
            measure.least_sensitivity = None
            if whole:
                measure.draws = screen.most
                measure.forget()
            found = {"reason": reason} if reason else {}
            found |= measure.figures()
            yield {**found, "behaviour": behaviour(package, measures, node, level)}
        except Exception as error:
            yield {"failed": f"{type(error).__name__}: {error}"[: measures.FAILING]}


class Screen:
    """One composite on its way through the stages. The instances that its verdict
    rests on are those that ``measure`` has then."""

    def __init__(
        self, measures: Any, measure: Any, requirements: Sequence[Asked]
    ) -> None:
        self.measures = measures
        self.measure = measure
        self.requirements = requirements
        self._limits = {
            name: (limit, text) for name, most, limit, text in requirements if most
        }
        self.most = measure.draws  # instances where a few leave doubts
        self._few = min(self._few_enough(), measure.draws)
        # By the place of a SORT or SELECT: the share of right orders of each instance,
        # and the least that it can be.
        self._shares: dict[str, list[float]] = {}
        self._least: dict[str, float] = {}
        self._answer = self._place_of_answer()

    def reason(self) -> str:
        """Why the composite is left out; empty where it stays."""
        measure = self.measure
        reason = self._drawn(first=True)
        if reason:
            return reason
        few = len(measure.records)
        if few < measure.draws:
            verdict = self._judged(doubtful=True)
            if verdict is not None:
                measure.draws = few
                return verdict
            measure.forget()
            reason = self._drawn(first=False)
            if reason:
                return reason
        return self._judged(doubtful=False) or ""

    # ── as instances are drawn ──

    def _drawn(self, first: bool) -> str:
        """Draw the first few, or the rest."""
        measure, measures = self.measure, self.measures
        while len(measure.records) < (self._few if first else measure.draws):
            count = len(measure.records) + 1
            measure.draw(count)
            for place, notes in measures.noted(measure.records[-1], ""):
                if not self._shares:
                    self.most = measure.draws = min(measure.draws, ORDERED)
                    self._few = min(self._few, FEW_ORDERED)
                self._note(place, notes)
            reason = self._ambiguous() if self._shares else ""
            if not reason and count <= PROMPTS:
                reason = self._missed("prompt", measure.prompt_chars(count))
            if not reason and count == SAME and self._constant():
                reason = CONSTANT
            if reason:
                return reason
        return ""

    def _few_enough(self) -> int:
        final = self.measures.last(self.measure.node)
        if self.measures.ordering(final) and not final.canonical:
            return FEW_ORDERS
        return FEW

    def _note(self, place: str, notes: Any) -> None:
        self._least[place] = 1 / perm(len(notes["slots"]), len(notes["own"]))
        self._shares.setdefault(place, []).append(notes["ambiguity"])

    def _ambiguous(self) -> str:
        """The reason, where the mean share of right orders is too large whatever comes:
        an instance has one right order at least."""
        draws = self.measure.draws
        means = {
            place: (sum(shares) + (draws - len(shares)) * self._least[place]) / draws
            - CERTAIN
            for place, shares in self._shares.items()
        }
        if self._answer in means:
            reason = self._missed("guess", means[self._answer])
            if reason:
                return reason
        return self._missed("ambiguity", max(means.values()))

    def _missed(self, name: str, value: float) -> str:
        """The requirement that a value is at most so much, where it is more."""
        limit, text = self._limits.get(name, (None, ""))
        too_much = limit is not None and self.measures.rounded(value) > limit
        return text if too_much else ""

    def _place_of_answer(self) -> str:
        """Where the order stands that is the answer, as ``noted`` has it."""
        node, place = self.measure.node, ""
        while type(node).__name__ == "Sequential":
            place += f".{len(node.steps) - 1}"
            node = node.steps[-1].node
        return "none" if getattr(node, "canonical", False) else place

    def _constant(self) -> bool:
        measure = self.measure
        if self.measures.ordering(self.measures.last(measure.node)):
            return False
        values = {measure.freeze(record.value) for record in measure.records}
        return len(values) == 1

    # ── of the instances that there are ──

    def _judged(self, doubtful: bool) -> str | None:
        """The first requirement that is missed, empty where none is. ``doubtful``: None
        where a figure is so close to its requirement that one instance more matters."""
        measure = self.measure
        one = 1 / len(measure.records) if doubtful else 0.0
        # The measure, its figure as an attribute, and what one instance may change.
        shares: tuple[tuple[str, str, Callable[[], float]], ...] = (
            ("guess", "guess_share", self._guess_doubt),
            ("distinct", "distinct", lambda: one),
            ("leak", "leak_share", lambda: one),
            ("ambiguity", "worst_ambiguity", self._order_doubt),
        )
        for name, figure, doubt in shares:
            slack = doubt() if doubtful else 0.0
            reason = self._held(name, getattr(measure, figure), slack)
            if reason != "":
                return reason
        reason = self._held("prompt", measure.prompt_chars(PROMPTS), 0.0)
        return reason or self._sensitive(one)

    def _guess_doubt(self) -> float:
        found: float = self.measure.guess_doubt(self.measure.node, self.measure.records)
        return found

    def _order_doubt(self) -> float:
        return max(map(self.measures.doubt, self._shares.values()), default=0.0)

    def _sensitive(self, slack: float) -> str | None:
        measure = self.measure
        for name, most, limit, text in self.requirements:
            if name == "sensitivity" and not most:
                measure.least_sensitivity = limit - slack
                try:
                    measure.sensitivity  # noqa: B018
                except self.measures.Insensitive:
                    return text
        return self._held("sensitivity", measure.sensitivity, slack)

    def _held(self, name: str, value: float | None, slack: float) -> str | None:
        """What ``_judged`` says, of one measure. What does not apply to a composite is
        not held against it."""
        if value is None:
            return ""
        doubt = False
        for measure, most, limit, text in self.requirements:
            if measure == name:
                # By so much the figure is on the wrong side.
                over = value - limit if most else limit - value
                if over > slack:
                    return text
                doubt = doubt or over > -slack
        return None if doubt else ""


# ── behaviour ─────────────────────────────────────────────────────────────────


def behaviour(package: Any, measures: Any, node: Any, level: int) -> str | None:
    """A hash of what a composite does to values of its first parameter's type: two that
    agree on all of them are taken for one. None where it is not a function of it."""
    kind = type(node).__name__
    if kind == "Parallel":
        inner = [behaviour(package, measures, one, level) for one in node.parts]
        if None in inner:
            return None
        found: str = measures.hashed("PARALLEL", *sorted(map(str, inner)))
        return found
    if measures.ordering(measures.last(node)) or not node.ports:
        return None
    kind = node.ports[0].type
    shape = measures.part(package, "_runtime.member").shape(kind)
    values = measures.sampled(package, kind, level, BEHAVIOUR)
    made = measures.through(package, node, values, level)
    told = measures.told(package, made)
    found = measures.hashed(repr(shape), str(told["hash"]))
    return found
