"""Random small libraries, and every composite over one by brute force.

The brute force neither groups nor counts: it writes every candidate expression as
text and asks the checker's own judge.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from racesc.check import Checker
from racesc.compose.terms import Flat, Typed
from racesc.diagnostics import Report
from racesc.feeding import DEFAULTS
from racesc.library import Library
from racesc.parse import parse, parse_expression
from racesc.pipeline import analyse
from racesc.resolve import Scope, resolve
from racesc.source import Source
from racesc.space.selection import OPERATORS
from racesc.syntax import BaseDeclaration, Use
from racesc.typed import TypedEnvironment

NOTHING = Library(lambda path: None, "", ())

# Signatures to choose from. `?` marks an environment with many right answers.
SIGNATURES = (
    "(n: Int in 1..99) -> Int in 0..18",
    "(n: Int in 0..20) -> Int in n..2 * n",
    "(n: Int in 0..18, m: Int in 1..9) -> Int in 0..m - 1",
    "(n: Int in -9..9, m: Int in n..30) -> Int in n..m",
    "(n: Int in 2..40 nonzero) -> (Int in 1..40, Int in 1..n)",
    "(n: Int) -> Bool",
    "(b: Bool) -> Int in 0..1",
    "(b: Bool, c: Bool) -> Bool",
    "(p: (Int in 0..50, Int in 0..50)) -> Int in 0..100",
    "(p: (Int, Bool), k: Int in 1..3) -> Int in 0..k",
    "(n: Int in 1..9) -> List[Int in 0..n] len n",
    "(n: Int in 1..40) -> List[Int in 0..9] len 1..2 sorted",
    "(items: List[Int in -99..99] len 1..9) -> Int in lo(items)..hi(items)",
    "(items: List[Int in -99..99] len 0..9) -> "
    "List[Int in lo(items)..hi(items)] len 0..len(items)",
    "(items: List[Int in 0..9] len 0..9, k: Int in 0..len(items)) -> Int in 0..9 * k",
    "(items: List[Int in 1..9] len 1..4 distinct) -> Int in 1..9999",
    '(s: Str over "abc" len 1..5) -> Int in 1..len(s)',
    '(n: Int in 0..9) -> Str over "ab" len n',
    "[a: Ord](items: List[a] len 0..12) -> List[a] len len(items) sorted",
    "[a](items: List[a] len 1..12, k: Int in 1..len(items)) -> a",
    "[a](x: a, y: a) -> List[a] len 2",
    "[a: Num](x: a) -> Int in 0..5",
    "[a, b](x: a, y: b) -> (b, a)",
    "[a: Ord](p: (a, a)) -> a",
    "[a](items: List[a]) -> Int in len(items)..",
    "(r: Rat in 0..1) -> Rat in 0..2",
    "(a: Int in 1..9, b: Int in 1..9, c: Int in 1..9) -> Int in 1..27",
    "() -> Int in 1..6",
    "?(n: Int in 4..99) -> (Int in 2..97, Int in 2..97)",
    "?(n: Int in 1..30) -> Int in 1..30",
    "?(items: List[Int in 1..2] len 2..4) -> Bool",
)


def written(signatures: list[str]) -> tuple[str, str]:
    """A module with these signatures, e0, e1, …, and its solver file."""
    text, solvers = "", ""
    for number, signature in enumerate(signatures):
        many = signature.startswith("?")
        signature = signature.removeprefix("?")
        inside = signature.partition("(")[2].rpartition(") ->")[0]
        names = _names(inside)
        fields = " ".join(f"{{{{ {name} }}}}" for name in names)
        verify = f"  verify v{number}\n" if many else ""
        text += f'env e{number}{signature} {{\n  describe "Do {fields}."\n{verify}}}\n'
        solvers += f"def e{number}({', '.join(names)}):\n    return 0\n"
        solvers += f"def v{number}(answer, {', '.join(names)}):\n    return True\n"
    return text, solvers


def _names(inside: str) -> list[str]:
    depth, names, start = 0, [], 0
    for place, letter in enumerate(inside + ","):
        depth += (letter in "([") - (letter in ")]")
        if letter == "," and depth == 0:
            name = inside[start:place].partition(":")[0].strip()
            names += [name] if name else []
            start = place + 1
    return names


@dataclass
class Small:
    """A small library, checked, with its judge."""

    signatures: list[str]
    scope: tuple[TypedEnvironment, ...] = ()
    checker: Checker = field(init=False)
    resolved: Scope = field(init=False)

    def __post_init__(self) -> None:
        text, solvers = written(self.signatures)
        source = Source("small.races", text, ".", "small.py", solvers)
        result = analyse([source], NOTHING)
        assert not result.has_errors, [d.message for d in result.diagnostics]
        self.scope = result.program.modules[0].scope
        report = Report()
        roots, _ = resolve([source], NOTHING, report, parse)
        self.checker = Checker(report)
        self.resolved = roots[0]

    def typed(self, text: str) -> Typed | None:
        """What the judge says of an expression."""
        expression = parse_expression(text, Report())
        assert expression is not None, text
        judge = self.checker.judge
        judge.parts = 0
        with judge.speculation() as aside:
            found = judge.closed(expression, self.resolved)
        return None if aside.has_errors else found


def random_library(seed: int, most: int = 4) -> Small:
    """A library of two environments or more."""
    rng = random.Random(seed)
    return Small(rng.sample(SIGNATURES, rng.randint(2, most)))


class BruteForce:
    """Every composite of a library by size, in the order of the space where no
    PARALLEL heads a chain."""

    def __init__(self, library: Small, using: tuple[str, ...] = OPERATORS) -> None:
        self.library = library
        self.using = using
        self.known: dict[int, list[str]] = {}
        self.parted: dict[int, tuple[list[str], list[str]]] = {}
        self.typed: dict[str, Typed | None] = {}
        self.heads: list[str] = []
        self.ways: list[str] = []
        for declared in library.resolved.environments.values():
            assert isinstance(declared, BaseDeclaration)
            name = declared.name.text
            self.heads += list(self._sources(name))
            names = [p.name.text for p in declared.parameters]
            if names:
                self.ways += [name, *(f"{name}({p}: _)" for p in names)]

    def judge(self, text: str) -> Typed | None:
        if text not in self.typed:
            self.typed[text] = self.library.typed(text)
        return self.typed[text]

    def _sources(self, name: str) -> Iterator[str]:
        """A polymorphic environment once per way in which its variables can be one of
        the default types."""
        judge = self.library.checker.judge
        seen: dict[str, None] = {}
        for first in DEFAULTS:
            judge.defaults = (first, *(d for d in DEFAULTS if d != first))
            flat = Flat(Use(name), self.library.resolved)
            judge.parts = 0
            with judge.speculation() as aside:
                found = judge.step(flat, None)
            if found is not None and not aside.has_errors:
                seen[found.text] = None
        judge.defaults = DEFAULTS
        yield from seen

    # ── candidates ──

    def steps(self, n: int) -> list[tuple[str, str]]:
        """Texts that might stand as a step of size n, and the chains in them."""
        found = [(way, way) for way in self.ways] if n == 1 else []
        for j in range(2, n + 1) if "SORT" in self.using else ():
            inside = [" >> ".join(s) for s in self.sequences(n, j)]
            found += [(f"SORT({i})", i) for i in inside]
        for j in range(2, n + 1) if "SELECT" in self.using else ():
            inside = [" >> ".join(s) for s in self.sequences(n, j)]
            for d in (1, 2, 3):
                found += [(f"SELECT({i}, distractors: {d})", i) for i in inside]
        return found + [(text, text) for text in self.further(n)]

    def further(self, n: int) -> list[str]:
        """MAP and the like over environments, fed or not."""
        lists = [", ".join(parts) for parts in itertools.product(self.ways, repeat=n)]
        written = {
            "MAP": (n == 1, ("MAP({})",)),
            "FANOUT": (n > 1, ("FANOUT({})",)),
            "ITERATE": (
                n == 1,
                ("ITERATE({}, times: 2)", "ITERATE({}, times: 3)"),
            ),
            "BRANCH": (n == 3, ("BRANCH({})",)),
            "FOLD": (n == 1, ("FOLD({})",)),
        }
        return [
            form.format(inside)
            for name, (fits, forms) in written.items()
            if fits and name in self.using
            for form in forms
            for inside in lists
        ]

    def further_alone(self, n: int) -> list[str]:
        """Those that are legal on their own, by what is drawn where two parts or more
        could say it."""
        found = self.legal(self.further(n))
        if n == 1:
            return found
        drawn: dict[str, int] = {}
        for head in self.heads:
            typed = self.judge(head)
            if typed is not None and typed.parameters:
                drawn.setdefault(str(typed.parameters[0].type), len(drawn))

        def place(text: str) -> tuple[bool, int]:
            typed = self.judge(text)
            assert typed is not None
            branches = text.startswith("BRANCH")
            return branches, drawn[str(typed.parameters[0].type)]

        return sorted(found, key=place)

    def sequences(self, n: int, j: int) -> Iterator[tuple[str, ...]]:
        if j == 0:
            if n == 0:
                yield ()
            return
        for m in range(1, n - j + 2):
            for first, _ in self.steps(m):
                for rest in self.sequences(n - m, j - 1):
                    yield (first, *rest)

    def legal(self, texts: Iterator[str] | list[str]) -> list[str]:
        """Those that the judge accepts, one text for each composite."""
        found: dict[str, str] = {}
        for text in texts:
            typed = self.judge(text)
            if typed is not None:
                found.setdefault(f"{typed.node!r}", text)
        return list(found.values())

    def ordered(self, n: int) -> tuple[list[str], list[str]]:
        """SORTs and SELECTs of size n with nothing fed to them."""
        sort, select = [], []
        if not {"SORT", "SELECT"} & {*self.using}:
            return sort, select
        for j in range(2, n + 1):
            chains = [
                " >> ".join((head, *rest))
                for m in range(1, n - j + 2)
                for head in self.atoms(m)
                for rest in self.sequences(n - m, j - 1)
            ]
            # What is no chain is no SORT of its steps: the judge is asked once.
            inside = [chain for chain in chains if self.judge(chain)]
            if "SORT" in self.using:
                sort += [f"SORT({text})" for text in inside]
            for d in (1, 2, 3) if "SELECT" in self.using else ():
                select += [f"SELECT({text}, distractors: {d})" for text in inside]
        return self.legal(sort), self.legal(select)

    def atoms(self, n: int) -> list[str]:
        if n == 1:
            return self.heads + self.further_alone(n)
        sort, select = self.ordered(n)
        return sort + select + self.further_alone(n)

    def chains(self, n: int) -> list[str]:
        texts: list[str] = []
        if "SEQUENTIAL" not in self.using:
            return texts
        for m in range(1, n):
            heads = self.atoms(m) if m == 1 else self.tuples(m) + self.atoms(m)
            # Steps that do not even fit behind the head alone are not tried further.
            for head in heads:
                texts += self.grown([head], n - m)
        return self.legal(texts)

    def grown(self, texts: list[str], n: int) -> list[str]:
        if n == 0:
            return texts
        found = []
        for m in range(1, n + 1):
            for step, chain in self.steps(m):
                longer = [
                    f"{t} >> {step}"
                    for t in texts
                    if self.judge(f"{t} >> {chain}") and self.judge(f"{t} >> {step}")
                ]
                if longer:
                    found += self.grown(longer, n - m)
        return found

    def tuples(self, n: int) -> list[str]:
        found: list[str] = []
        if "PARALLEL" not in self.using:
            return found
        for sizes in compositions(n):
            if len(sizes) > 1:
                for parts in itertools.product(*(self.solos(size) for size in sizes)):
                    found.append(f"PARALLEL({', '.join(parts)})")
        return found

    def solos(self, n: int) -> list[str]:
        if n not in self.known:
            sort, select = self.ordered(n)
            base = self.heads if n == 1 else []
            chains = self.chains(n) if n > 1 else []
            further = self.further_alone(n)
            self.known[n] = [*base, *chains, *sort, *select, *further]
            self.parted[n] = [*base, *chains], [*sort, *select, *further]
        return self.known[n]

    def parallels(self, n: int) -> list[str]:
        found: list[str] = []
        if "PARALLEL" not in self.using:
            return found
        for sizes in sorted(compositions(n)):
            if len(sizes) < 2 or list(sizes) != sorted(sizes):
                continue
            groups = [
                sorted(
                    itertools.combinations_with_replacement(
                        range(len(self.solos(size))), sizes.count(size)
                    ),
                    key=lambda chosen: chosen[::-1],
                )
                for size in dict.fromkeys(sizes)
            ]
            for chosen in itertools.product(*groups):
                parts = [
                    self.solos(size)[index]
                    for size, group in zip(dict.fromkeys(sizes), chosen, strict=True)
                    for index in group
                ]
                found.append(f"PARALLEL({', '.join(parts)})")
        return found

    def all(self, n: int) -> list[str]:
        """Every composite of size n."""
        self.solos(n)
        chains, ordered = self.parted[n]
        return [*chains, *self.parallels(n), *ordered]


def compositions(n: int) -> Iterator[tuple[int, ...]]:
    """Sequences of sizes that add up to n."""
    if n == 0:
        yield ()
    for first in range(1, n + 1):
        for rest in compositions(n - first):
            yield (first, *rest)
