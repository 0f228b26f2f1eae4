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
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from hashlib import blake2b
from time import perf_counter
from typing import Any

MOST_INSTANCES = 10_000  # counted no further
CANDIDATES = 8  # answers tried as constants where many are right
FAILING = 300  # characters of a message


def part(package: Any, name: str) -> Any:
    """A module of the package, by its name inside it: `_runtime.text`."""
    return importlib.import_module(f"{package.__name__}.{name}")


_tables: dict[str, Any] = {}


def grown(package: Any, table: str, rows: list[str]) -> Any:
    """The table of that name, of parts that requests share, with further rows."""
    parts = _tables.get(table)
    if parts is None:
        parts = _tables[table] = part(package, "_suites").PARTS.beside([])
    parts.add(rows)
    return parts


# ── what is asked ─────────────────────────────────────────────────────────────


def environment(
    package: Any, env: str, level: int, draws: int
) -> Iterator[dict[str, Any]]:
    """The figures of a named environment, with times."""
    made = package.load(env)
    yield Measure(package, made, level, draws, draws).figures(timed=True)


def steps(
    package: Any,
    table: str,
    rows: list[str],
    listed: list[Any],
    level: int,
    count: int,
) -> Iterator[dict[str, Any]]:
    """What steps do to the same ``count`` values, with ``grown`` parts. Listed are
    `[type, first, nodes]`: the type of the values, a node that they go through first or
    None, and nodes that each take what comes then. `{"identity", "results"}`: hashes of
    the values and of what each node makes of them, with whether that is always the
    same, and how often it is refused."""
    parts = grown(package, table, rows)
    for kind, first, nodes in listed:
        try:
            values = sampled(package, parts.build(kind), level, count)
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


class Insensitive(Exception):
    """An answer does not change often enough, whatever the instances left would say."""


class Measure:
    """One environment at one level. ``prompts``: of how many instances the prompt is
    looked at. The figures are those of ``records``, once all are drawn."""

    def __init__(
        self, package: Any, made: Any, level: int, draws: int, prompts: int
    ) -> None:
        self.package = package
        self.made = made
        self.node = made.node
        self.level = level
        self.draws = draws
        self.prompts = prompts
        # A sensitivity below this is as good as none: ``Insensitive`` is raised.
        self.least_sensitivity: float | None = None
        self.rng = part(package, "_runtime.choice").Rng
        self.fitting = part(package, "_runtime.fitting").fitting
        self.freeze: Callable[[Any], Any] = part(package, "_runtime.member").freeze
        base = part(package, "_runtime.base")
        self.refused = (base.Undefined, base.ContractError)
        self.records: list[Any] = []
        self._lengths: list[int] = []

    def draw(self, count: int) -> None:
        """Have so many instances."""
        name = self.made.id or self.made.name
        for number in range(len(self.records), count):
            rng = self.rng.keyed(name, "audit", number, self.level)
            self.records.append(self.fitting(self.node, rng, self.level)[0])

    def forget(self) -> None:
        """Let go of what was said of the instances so far: more are to come."""
        for name, value in vars(type(self)).items():
            if isinstance(value, cached_property):
                vars(self).pop(name, None)

    def figures(self, timed: bool = False) -> dict[str, Any]:
        """Everything there is to say."""
        self.draw(self.draws)
        records = self.records
        answers = {repr(self.node.answer_json(record)) for record in records}
        return {
            "guess": self.guess_share,
            "sensitivity": self.sensitivity,
            "steps": self.shares,
            "leak": self.leak_share,
            "ambiguity": self.worst_ambiguity,
            "distinct": self.distinct,
            "answers": rounded(len(answers) / len(records)),
            "instances": self.node.instances((), MOST_INSTANCES),
            "prompt_chars": self.prompt_chars(self.prompts),
            "draws": len(records),
            **(self.times() if timed else {}),
        }

    @cached_property
    def guess_share(self) -> float:
        return rounded(self.guess(self.node, self.records))

    @cached_property
    def leak_share(self) -> float:
        return rounded(self.leak(self.node, self.records))

    @cached_property
    def worst_ambiguity(self) -> float | None:
        return self.ambiguity(self.records)

    @cached_property
    def distinct(self) -> float:
        # `repr` tells apart what JSON tells apart, and is faster.
        given = {repr(self.node.given(record, ())) for record in self.records}
        return rounded(len(given) / len(self.records))

    @cached_property
    def shares(self) -> list[float | None]:
        return self.sensitivities(self.node, self.records)

    @cached_property
    def sensitivity(self) -> float | None:
        known = [share for share in self.shares if share is not None]
        return min(known) if known else None

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

    def guess_doubt(self, node: Any, records: Sequence[Any]) -> float:
        """By how much one instance more might change ``guess``: one that the constant
        answer gets right, or of which as many orders are right as of any so far."""
        kind = type(node).__name__
        if kind == "Parallel":
            doubts = [
                self.guess_doubt(one, [record.parts[index] for record in records])
                for index, one in enumerate(node.parts)
            ]
            return sum(doubts) / len(doubts)
        if kind == "Sequential":
            inner = [record.parts[-1] for record in records]
            return self.guess_doubt(node.steps[-1].node, inner)
        if ordering(node) and not node.canonical:
            return doubt([record.notes["ambiguity"] for record in records])
        return 1 / len(records)

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
            answer = final.answer_json(last_record(node, record))
            given = node.given(record, ()).values()
            found += any(
                answer == value and repr(answer) == repr(value) for value in given
            )
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
        least = self.least_sensitivity
        tried = changed = 0
        for place, record in enumerate(records):
            try:
                value = again(place)
            except self.refused:
                continue
            tried += 1
            changed += self.freeze(value) != self.freeze(record.value)
            if least is not None:
                left = len(records) - place - 1
                if rounded((changed + left) / (tried + left)) < least:
                    raise Insensitive
        return rounded(changed / tried) if tried else None

    # ── prompts and times ──

    def prompt_chars(self, count: int) -> int:
        """The length of the longest of the first so many prompts."""
        name = self.made.id or self.made.name
        for number in range(len(self._lengths), min(count, len(self.records))):
            rng = self.rng.keyed(name, "audit", number, self.level)
            prompt = self.made.prompt(self.records[number], rng)
            self._lengths.append(len(prompt))
        return max(self._lengths[:count])

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
        making.sort()
        judging.sort()
        half = self.draws // 2
        return {
            "generate_us": round(making[half] * 1e6),
            "grade_us": round(judging[half] * 1e6),
        }


# ── pieces ────────────────────────────────────────────────────────────────────


def rounded(share: float) -> float:
    """A share to four places, the same on every machine."""
    return round(share, 4)


def doubt(shares: Sequence[float]) -> float:
    """By how much one instance more might change a mean of shares: one as the largest
    of them."""
    return (max(shares) - sum(shares) / len(shares)) / len(shares)


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
    """The notes of every SORT and SELECT in a record, with its place in the composite:
    operations are shown in another order every time."""
    if "ambiguity" in record.notes:
        yield place, record.notes
    for index, inner in enumerate(record.parts):
        if inner.parts:
            own = record.notes["slots"][index] if "slots" in record.notes else index
            yield from noted(inner, f"{place}.{own}")


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


# ── runs on sampled values ────────────────────────────────────────────────────

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
