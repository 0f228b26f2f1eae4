"""The measures of `racesc audit`, inside the child process.

Loaded by `child_script.py` by its path; the standard library only. Everything is seen
through the package's own runtime, on draws whose seeds are fixed, so the same package
always gives the same figures (times apart).

guess         the share of instances that the best constant answer gets right: chosen on
              one half of the draws, counted on the other, so that few draws do not
              flatter it. PARALLEL: the mean over its parts. SORT and SELECT: the share
              of orders that are right, which is what any constant order earns.
sensitivity   for every value on the way to the answer: how often the answer changes when
              that value alone comes from another instance; the smallest of those shares
leak          the share of instances whose answer stands among the inputs as a value
ambiguity     the mean share of right orders, of the worst SORT or SELECT inside
distinct      the share of draws that are different instances; ``answers`` likewise
"""

from __future__ import annotations

import importlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from hashlib import blake2b
from statistics import median
from time import perf_counter
from typing import Any

MOST_INSTANCES = 10_000  # counted no further
PROMPTS = 8  # prompts looked at for their length, at least
CANDIDATES = 8  # answers tried as constants where many are right
BEHAVIOUR = 12  # inputs on which composites are compared
OBSERVED = 32  # inputs on which pairs of steps are compared
ORDERED = (
    12  # draws at most where something is to be put in order: each costs many runs
)
FEW = 8  # draws after which a constant answer is given up on
FAILING = 300  # characters of a message


def part(package: Any, name: str) -> Any:
    """A module of the package, by its name inside it: `_runtime.text`."""
    return importlib.import_module(f"{package.__name__}.{name}")


# ── what is asked ─────────────────────────────────────────────────────────────


def environment(
    package: Any, env: str, level: int, draws: int
) -> Iterator[dict[str, Any]]:
    """The figures of a named environment, with times."""
    yield Measure(package, package.load(env), level, draws).figures(timed=True)


def composites(
    package: Any, rows: list[str], listed: list[Any], level: int, draws: int
) -> Iterator[dict[str, Any]]:
    """The figures of composites, given as `[id, node]` in a suite's data; ``rows``
    are the parts that they share. One that fails is `{"failed": …}`."""
    parts = part(package, "suites").PARTS.beside(rows)
    kind = part(package, "_runtime.environment").Environment
    for name, data in listed:
        try:
            node = parts.build(data)
            made = kind(name=name, node=node, signature="", expression="", id=name)
            measure = Measure(package, made, level, draws, hasty=True)
            yield {**measure.figures(), "behaviour": behaviour(package, node, level)}
        except Exception as error:
            yield {"failed": f"{type(error).__name__}: {error}"[:FAILING]}


def steps(
    package: Any, rows: list[str], listed: list[Any], level: int
) -> Iterator[dict[str, Any]]:
    """What steps do to the same values. Listed are `[type, first, nodes]`: the type of
    the values, a node that they go through first or None, and nodes that each take what
    comes then. `{"identity", "results"}`: hashes of the values and of what each node
    makes of them, with whether that is always the same, and how often it is refused."""
    parts = part(package, "suites").PARTS.beside(rows)
    for kind, first, nodes in listed:
        try:
            values = sampled(package, parts.build(kind), level, OBSERVED)
            made = values
            if first is not None:
                made = through(package, parts.build(first), values, level)
            yield {
                "identity": told(package, values)["hash"],
                "results": [
                    told(package, through(package, parts.build(node), made, level))
                    for node in nodes
                ],
            }
        except Exception as error:
            yield {"failed": f"{type(error).__name__}: {error}"[:FAILING]}


# ── one environment ───────────────────────────────────────────────────────────


class Measure:
    """One environment at one level. ``hasty``: look at a few prompts only, and end
    early where the first draws all have one answer."""

    def __init__(
        self, package: Any, made: Any, level: int, draws: int, hasty: bool = False
    ) -> None:
        self.package = package
        self.made = made
        self.node = made.node
        self.level = level
        self.draws = draws
        self.hasty = hasty
        self.rng = part(package, "_runtime.choice").Rng
        self.freeze: Callable[[Any], Any] = part(package, "_runtime.member").freeze
        base = part(package, "_runtime.base")
        self.refused = (base.Undefined, base.ContractError)
        self.records: list[Any] = []

    def figures(self, timed: bool = False) -> dict[str, Any]:
        """Everything there is to say."""
        self._draw(min(FEW, self.draws) if self.hasty else self.draws)
        if self.hasty and self._hopeless():
            return {"guess": 1.0, "draws": len(self.records), "constant": True}
        if self.hasty and any(noted(self.records[0], "")):
            self.draws = min(self.draws, ORDERED)
        self._draw(self.draws)
        records = self.records
        inputs = [json.dumps(self.node.given(record, ())) for record in records]
        answers = [json.dumps(self.node.answer_json(record)) for record in records]
        shares = self.sensitivities(self.node, records)
        known = [share for share in shares if share is not None]
        return {
            "guess": rounded(self.guess(self.node, records)),
            "sensitivity": min(known) if known else None,
            "steps": shares,
            "leak": rounded(self.leak(self.node, records)),
            "ambiguity": self.ambiguity(records),
            "distinct": rounded(len(set(inputs)) / len(records)),
            "answers": rounded(len(set(answers)) / len(records)),
            "instances": self.node.instances((), MOST_INSTANCES),
            "prompt_chars": self.prompt_chars(),
            "draws": len(records),
            **(self.times() if timed else {}),
        }

    def _draw(self, count: int) -> None:
        """Have so many instances."""
        name = self.made.id or self.made.name
        for number in range(len(self.records), count):
            rng = self.rng.keyed(name, "audit", number, self.level)
            self.records.append(self.node.draw(rng, "", self.level, {}))

    def _hopeless(self) -> bool:
        """Whether the final values so far are all one."""
        if len(self.records) < FEW or ordering(last(self.node)):
            return False
        return len({self.freeze(record.value) for record in self.records}) == 1

    # ── guess ──

    def guess(self, node: Any, records: Sequence[Any]) -> float:
        """See ``guess`` above."""
        kind = type(node).__name__
        if kind == "Parallel":
            shares = [
                self.guess(one, [record.parts[index] for record in records])
                for index, one in enumerate(node.parts)
            ]
            return sum(shares) / len(shares)
        if kind == "Sequential":
            inner = [record.parts[-1] for record in records]
            return self.guess(node.steps[-1].node, inner)
        if ordering(node) and not node.canonical:
            ratios: list[float] = [record.notes["ambiguity"] for record in records]
            return sum(ratios) / len(ratios)
        if getattr(node, "_free_choice", False):
            return max(
                sum(bool(node._right(record, one.answer)) for record in records)
                for one in records[:CANDIDATES]
            ) / len(records)
        return constant_share([self.freeze(record.value) for record in records])

    # ── leak ──

    def leak(self, node: Any, records: Sequence[Any]) -> float:
        """See ``leak`` above."""
        kind = type(node).__name__
        if kind == "Parallel":
            shares = [
                self.leak(one, [record.parts[index] for record in records])
                for index, one in enumerate(node.parts)
            ]
            return sum(shares) / len(shares)
        final = last(node)
        if ordering(final):
            return 0.0
        found = 0
        for record in records:
            given = node.given(record, ()).values()
            shown = {json.dumps(value) for value in given}
            answer = final.answer_json(last_record(node, record))
            found += json.dumps(answer) in shown
        return found / len(records)

    # ── ambiguity ──

    def ambiguity(self, records: Sequence[Any]) -> float | None:
        """See ``ambiguity`` above; None where nothing is to be put in order."""
        sums: Counter[str] = Counter()
        for record in records:
            for place, notes in noted(record, ""):
                sums[place] += notes["ambiguity"]
        return rounded(max(sums.values()) / len(records)) if sums else None

    # ── sensitivity ──

    def sensitivities(self, node: Any, records: Sequence[Any]) -> list[float | None]:
        """The share for every value on the way, in order; None where it is not known."""
        kind = type(node).__name__
        if kind == "Parallel":
            return [
                share
                for index, one in enumerate(node.parts)
                for share in self.sensitivities(
                    one, [record.parts[index] for record in records]
                )
            ]
        if ordering(node):
            return []
        if kind != "Sequential" or node.parameters:
            return [self._of_port(node, port.name, records) for port in node.ports]
        if len(node.steps) == 1:
            inner = [record.parts[0] for record in records]
            return self.sensitivities(node.steps[0].node, inner)
        if ordering(last(node)):
            return []
        return [
            self._of_step(node, index, records) for index in range(len(node.steps) - 1)
        ]

    def _of_port(self, node: Any, name: str, records: Sequence[Any]) -> float | None:
        """How often the value changes with one parameter."""

        def again(place: int) -> Any:
            other = records[place - 1].inputs[name]
            return node.again(records[place], {name: other}).value

        return self._changed(again, records)

    def _of_step(self, node: Any, index: int, records: Sequence[Any]) -> float | None:
        """How often the last value of a chain changes with that of one step."""

        def again(place: int) -> Any:
            record = records[place]
            values = [one.value for one in record.parts]
            values[index] = records[place - 1].parts[index].value
            moved = {index}
            for number in range(index + 1, len(node.steps)):
                step = node.steps[number]
                if moved.isdisjoint(one.step for one in step.feeds.values()):
                    continue
                given = step.fed(values, record.inputs)
                values[number] = step.node.again(record.parts[number], given).value
                moved.add(number)
            return values[-1]

        return self._changed(again, records)

    def _changed(
        self, again: Callable[[int], Any], records: Sequence[Any]
    ) -> float | None:
        tried = changed = 0
        for place, record in enumerate(records):
            try:
                value = again(place)
            except self.refused:
                continue
            tried += 1
            changed += self.freeze(value) != self.freeze(record.value)
        return rounded(changed / tried) if tried else None

    # ── prompts and times ──

    def prompt_chars(self) -> int:
        """The length of the longest prompt."""
        count = PROMPTS if self.hasty else len(self.records)
        name = self.made.id or self.made.name
        lengths = [
            len(self.made.prompt(record, self.rng.keyed(name, "audit", n, self.level)))
            for n, record in enumerate(self.records[:count])
        ]
        return max(lengths)

    def times(self) -> dict[str, Any]:
        """Median microseconds per instance, and per verdict on a right reply."""
        making: list[float] = []
        judging: list[float] = []
        for seed in range(self.draws):
            start = perf_counter()
            problem = self.made.generate(seed, self.level)
            middle = perf_counter()
            reply = self.made.gold(problem)
            begin = perf_counter()
            self.made.grade(problem, reply)
            judging.append(perf_counter() - begin)
            making.append(middle - start)
        made: float = median(making)
        judged: float = median(judging)
        return {"generate_us": round(made * 1e6), "grade_us": round(judged * 1e6)}


# ── pieces ────────────────────────────────────────────────────────────────────


def rounded(share: float) -> float:
    """A share to four places, the same on every machine."""
    return round(share, 4)


def ordering(node: Any) -> bool:
    """Whether a node is answered with an order of operations."""
    return type(node).__name__ in ("Sort", "Select")


def last(node: Any) -> Any:
    """The node that gives the final value."""
    while type(node).__name__ == "Sequential":
        node = node.steps[-1].node
    return node


def last_record(node: Any, record: Any) -> Any:
    """The record of ``last``."""
    while type(node).__name__ == "Sequential":
        node, record = node.steps[-1].node, record.parts[-1]
    return record


def noted(record: Any, place: str) -> Iterator[tuple[str, Any]]:
    """The notes of every SORT and SELECT in a record, with its place."""
    if "ambiguity" in record.notes:
        yield place, record.notes
    for index, inner in enumerate(record.parts):
        yield from noted(inner, f"{place}.{index}")


def constant_share(values: Sequence[Any]) -> float:
    """The share of the most frequent value, chosen on every other one and counted on
    the rest, both ways."""
    halves = values[::2], values[1::2]
    if not halves[1]:
        return 1.0
    hits = 0
    for chosen_on, counted_on in (halves, halves[::-1]):
        ((favourite, _),) = Counter(chosen_on).most_common(1)
        hits += sum(value == favourite for value in counted_on)
    return hits / len(values)


# ── behaviour ─────────────────────────────────────────────────────────────────


def behaviour(package: Any, node: Any, level: int) -> str | None:
    """A hash of what a composite does to values of its first parameter's type: two that
    agree on all of them are taken for one. None where it is not a function of it."""
    kind = type(node).__name__
    if kind == "Parallel":
        inner = [behaviour(package, one, level) for one in node.parts]
        if None in inner:
            return None
        return hashed("PARALLEL", *sorted(map(str, inner)))
    if ordering(last(node)) or not node.ports:
        return None
    kind = node.ports[0].type
    shape = part(package, "_runtime.member").shape(kind)
    values = sampled(package, kind, level, BEHAVIOUR)
    made = through(package, node, values, level)
    return hashed(repr(shape), str(told(package, made)["hash"]))


REFUSED = object()  # stands for a value that a node did not take


def sampled(package: Any, kind: Any, level: int, count: int) -> list[Any]:
    """Values of a type, always the same ones."""
    rng = part(package, "_runtime.choice").Rng
    draw = part(package, "_runtime.sampling").draw
    kind = part(package, "_runtime.member").capped(kind)
    return [
        draw(kind, rng.keyed("behaviour", repr(kind), number), level, {})
        for number in range(count)
    ]


def through(package: Any, node: Any, values: Sequence[Any], level: int) -> list[Any]:
    """What a node makes of values. What it draws besides depends on its environment
    and on the value's number alone, so that equal steps draw alike."""
    rng = part(package, "_runtime.choice").Rng
    base = part(package, "_runtime.base")
    name = node.ports[0].name
    found: list[Any] = []
    for number, value in enumerate(values):
        made = REFUSED
        if value is not REFUSED:
            own = rng.keyed("behaviour", number, name_of(node))
            try:
                made = node.draw(own, "", level, {name: value}).value
            except (base.ContractError, base.Undefined):
                pass
        found.append(made)
    return found


def told(package: Any, values: Sequence[Any]) -> dict[str, Any]:
    """A hash of values, whether all are one, how many were refused, and whether the
    values differ enough for equal hashes to mean something."""
    freeze = part(package, "_runtime.member").freeze
    texts = ["refused" if value is REFUSED else repr(freeze(value)) for value in values]
    refused = sum(value is REFUSED for value in values)
    return {
        "hash": hashed(*texts),
        "constant": not refused and len(set(texts)) == 1,
        "refused": refused,
        "telling": not refused and 4 * max(Counter(texts).values()) <= 3 * len(texts),
    }


def name_of(node: Any) -> str:
    """What keys a step's own draws: equal environments draw equal parameters."""
    base = getattr(last(node), "base", None)
    return "" if base is None else str(base.name)


def hashed(*texts: str) -> str:
    """A short hash of some texts."""
    whole = "\x1f".join(texts).encode("utf-8", "surrogatepass")
    return blake2b(whole, digest_size=12).hexdigest()
