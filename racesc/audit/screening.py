"""Whether a composite may be in a suite, decided inside the child process.

Loaded by `child_script.py` by its path, which passes it the module `measures.py`. Most
composites that are drawn are thrown away, so what is cheap is asked first, and nothing
more is asked once the answer is known. The reason is that of the first stage that
rejects a composite:

1. Its instances, as they are drawn. An order to be found: `ambiguity`, and `guess` where
   the order is the answer, as soon as the instances left cannot mend the mean. The first
   instance's `prompt`. After eight instances, none of whose answers differ: constant.
2. All instances: `guess`, `distinct`, `leak`, `ambiguity`.
3. The other prompts that are looked at: `prompt`.
4. `sensitivity`, a value on the way at a time, until it is too small for certain.

Stopping early never changes the verdict: it is that of the figures of all instances,
except that a solver which would fail on a later instance is not found out.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from math import perm
from typing import Any

PROMPTS = 8  # prompts looked at for their length
BEHAVIOUR = 12  # inputs on which composites are compared
ORDERED = 12  # instances where something is put in order: each costs many runs
FEW = 8  # instances after which a constant answer is given up on
CONSTANT = "constant answer"
CERTAIN = 1e-9  # more than sums of a few shares are off

# (measure, whether it is at most the limit, the limit, as people write it)
Asked = tuple[str, bool, float, str]

_tables: dict[str, Any] = {}  # tables of parts by name, which grow


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
    parts = _tables.get(table)
    if parts is None:
        parts = _tables[table] = measures.part(package, "_suites").PARTS.beside([])
    parts.add(rows)
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
            found = {"reason": reason} if reason else {}
            found |= measure.figures()
            yield {**found, "behaviour": behaviour(package, measures, node, level)}
        except Exception as error:
            yield {"failed": f"{type(error).__name__}: {error}"[: measures.FAILING]}


class Screen:
    """One composite on its way through the stages."""

    def __init__(
        self, measures: Any, measure: Any, requirements: Sequence[Asked]
    ) -> None:
        self.measures = measures
        self.measure = measure
        self.requirements = requirements
        self._limits = {
            name: (limit, text) for name, most, limit, text in requirements if most
        }
        self._excess: dict[str, float] = {}  # of ambiguity, beyond the least there is
        self._least: dict[str, float] = {}
        self._answer = self._place_of_answer()

    def reason(self) -> str:
        """Why the composite is left out; empty where it stays."""
        return self._drawn() or self._all() or self._prompts() or self._sensitive()

    # ── stage 1 ──

    def _drawn(self) -> str:
        measure, measures = self.measure, self.measures
        count = 0
        while count < measure.draws:
            count += 1
            measure.draw(count)
            record = measure.records[-1]
            for place, notes in measures.noted(record, ""):
                if not self._excess:
                    measure.draws = min(measure.draws, ORDERED)
                self._note(place, notes)
            if self._excess:
                reason = self._ambiguous()
                if reason:
                    return reason
            if count == 1:
                reason = self._missed("prompt", measure.prompt_chars(1))
                if reason:
                    return reason
            elif count == FEW and self._constant():
                return CONSTANT
        return ""

    def _note(self, place: str, notes: Any) -> None:
        least = 1 / perm(len(notes["slots"]), len(notes["own"]))
        self._least[place] = least
        seen = self._excess.get(place, 0.0)
        self._excess[place] = seen + notes["ambiguity"] - least

    def _ambiguous(self) -> str:
        """The reason, where the mean share of right orders is too large whatever comes:
        an instance has one right order at least."""
        draws = self.measure.draws
        means = {
            place: excess / draws + self._least[place] - CERTAIN
            for place, excess in self._excess.items()
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

    # ── the other stages ──

    def _all(self) -> str:
        measure = self.measure
        return (
            self._judged("guess", measure.guess_share)
            or self._judged("distinct", measure.distinct)
            or self._judged("leak", measure.leak_share)
            or self._judged("ambiguity", measure.worst_ambiguity)
        )

    def _prompts(self) -> str:
        count = 1
        while count < min(PROMPTS, self.measure.draws):
            count += 1
            reason = self._missed("prompt", self.measure.prompt_chars(count))
            if reason:
                return reason
        return self._judged("prompt", self.measure.prompt_chars(PROMPTS))

    def _sensitive(self) -> str:
        measure = self.measure
        for name, most, limit, text in self.requirements:
            if name == "sensitivity" and not most:
                measure.least_sensitivity = limit
                try:
                    measure.sensitivity  # noqa: B018
                except self.measures.Insensitive:
                    return text
        return self._judged("sensitivity", measure.sensitivity)

    def _judged(self, name: str, value: float | None) -> str:
        """The first requirement on a measure that its figure misses. What does not
        apply to a composite is not held against it."""
        if value is not None:
            for measure, most, limit, text in self.requirements:
                if measure == name and (value > limit if most else value < limit):
                    return text
        return ""


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
