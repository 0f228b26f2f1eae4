"""The space's formulas for ports, held to the checker on made-up signatures.

    python -m bench.ports --signatures 4000 --seed 1

Each signature has three parameters, numbers or a list among them, the later ones drawn
from what bounds say of the earlier ones, and a codomain that speaks of all. Numbers,
lists and tuples of them are fed in every way; whether the feeder of the space takes them, and what it says comes out, must be
what `fed_base` says, which is the checker's own rule. Differences are printed.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from racesc.library import Library
from racesc.pipeline import analyse
from racesc.runtime.types import Int, List, Tuple, Type
from racesc.show_types import type_text
from racesc.source import Source
from racesc.space.feeding import Feeder
from racesc.space.pieces import Piece, pieces_of, routes
from racesc.space.ports import fed_base

NOTHING = Library(lambda path: None, "", ())
FED = 25  # types that are fed to each signature
FIRST = ("Int in 0..9", "Int in -9..9", "Int in 1..40", "Int", "Int in 0..")


@dataclass
class Found:
    """What was asked, how much of it the checker takes, and the differences."""

    asked: int = 0
    taken: int = 0
    differences: int = 0


def bound(rng: random.Random, atoms: Sequence[str], depth: int = 2) -> str:
    """A bound over some atoms."""
    if depth == 0 or rng.random() < 0.3:
        return rng.choice([*atoms, *atoms, str(rng.randint(-4, 12))])
    operator = rng.choice(["+", "+", "-", "-", "*", "min", "max", "//", "%", "^"])
    left, right = bound(rng, atoms, depth - 1), bound(rng, atoms, depth - 1)
    if operator in ("min", "max"):
        return f"{operator}({left}, {right})"
    if operator in ("//", "%"):
        right = str(rng.randint(1, 5))
    if operator == "^":
        right = str(rng.randint(0, 3))
    return f"(({left}) {operator} {right})"


def between(rng: random.Random, atoms: Sequence[str], depth: int = 2) -> str:
    """Two bounds."""
    return f"{bound(rng, atoms, depth)}..{bound(rng, atoms, depth)}"


def signature(rng: random.Random) -> str:
    """A signature with parameters `n`, `m` and `k`."""
    if rng.random() < 0.5:
        return _of_a_list(rng)
    last = f"Int in {between(rng, 'n', 1)}"
    second = rng.choice((*FIRST[:2], "Int in 0..n", last))
    third = f"Int in {between(rng, 'nm')}"
    codomain = f"Int in {between(rng, 'nmk')}"
    return f"(n: {rng.choice(FIRST)}, m: {second}, k: {third}) -> {codomain}"


def _of_a_list(rng: random.Random) -> str:
    length = rng.choice(("0..9", "1..9", "0..", "2"))
    first = f"List[Int{rng.choice(('', ' in 0..9', ' in -9..9'))}] len {length}"
    second = rng.choice(("Int in 0..9", "Int in 0..len(n)", f"List[Int] len {length}"))
    other = ["len(m)"] if second.startswith("List") else ["m"]
    third = f"Int in {between(rng, ['len(n)', *other], 1)}"
    ends = ["lo(n)", "hi(n)", *(["lo(m)", "hi(m)"] if "len(m)" in other else ["m"])]
    codomain = f"Int in {between(rng, [*ends, 'k'], 1)}"
    if rng.random() < 0.6:
        atoms = ["len(n)", *other]
        codomain = f"List[{codomain}] len {between(rng, [*atoms, 'k'], 1)}"
    return f"(n: {first}, m: {second}, k: {third}) -> {codomain}"


def piece(text: str) -> Piece | None:
    """The environment with a signature; None where the checker refuses it."""
    fields = "{{ n }} {{ m }} {{ k }}"
    code = f'env e{text} {{\n  describe "Do {fields}."\n}}\n'
    solver = "def e(n, m, k):\n    return 0\n"
    source = Source("made.races", code, ".", "made.py", solver)
    result = analyse([source], NOTHING)
    if result.has_errors:
        return None
    (made,) = pieces_of(result.program.modules[0].scope)
    return made


def fed(rng: random.Random) -> Type:
    """A number or a list, or a tuple of two or three."""
    kinds: list[Type] = []
    for _ in range(rng.choice((1, 1, 2, 2, 3))):
        low = rng.choice((-9, -3, -1, 0, 1, 2, 5))
        kind: Type = Int(low, low + rng.choice((0, 1, 4, 13, 30)))
        if rng.random() < 0.4:
            shortest = rng.choice((0, 0, 1, 2, 3))
            kind = List(kind, (shortest, shortest + rng.choice((0, 1, 4))))
        kinds.append(kind)
    return kinds[0] if len(kinds) == 1 else Tuple(tuple(kinds))


def compare(one: Piece, rng: random.Random, found: Found) -> list[str]:
    """Feed a signature, and say what differs."""
    feeder = Feeder((one,))
    lines = []
    for _ in range(FED):
        type_ = fed(rng)
        takers = feeder.takers(feeder.number(type_))
        made = {way: feeder.types[result] for _, way, result in takers}
        for way, given in routes(one.base, type_):
            settled = fed_base(one.base, given)
            wanted = None if settled is None else settled.codomain
            found.asked += 1
            found.taken += wanted is not None
            if made.get(way) != wanted:
                shown = [
                    "refused" if each is None else type_text(each)
                    for each in (made.get(way), wanted)
                ]
                lines.append(f"{type_text(type_)}, way {way}: {' not '.join(shown)}")
    found.differences += len(lines)
    return lines


def main() -> int:
    """Compare, and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.ports")
    parser.add_argument("--signatures", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    found = Found()
    count = 0
    while count < options.signatures:
        text = signature(rng)
        one = piece(text)
        if one is None:
            continue
        count += 1
        for line in compare(one, rng, found):
            print(f"{text}: {line}")
    print(
        f"{count:,} signatures, {found.asked:,} fed types, {found.taken:,} of them taken:"
        f" {found.differences:,} differences"
    )
    return 1 if found.differences else 0


if __name__ == "__main__":
    sys.exit(main())
