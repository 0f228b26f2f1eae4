"""Time against length: `python -m bench.linear`.

Programs of one shape are made 1, 4, 16 and 64 times as long, checked, and all that is
said about them is printed in every way. The seconds of CPU per 1,000 characters stay
where time is linear; a shape whose longest program takes more than three times as long
for a character as its shortest is named in the last line, and the exit code is 1.
"""

from __future__ import annotations

import argparse
import gc
import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.append(str(Path(__file__).parent.parent / "tests"))

import fuzz

TIMES = (1, 4, 16, 64)
LEAST = 2_500  # characters of the shortest program
MOST_TIMES = 3.0
TRIES = 3  # the least counts: other processes only add to it

BASE = """\
env one(n: Int in 0..9) -> Int in 0..9 {
  describe "One more than {{ n }}."
}
env many(items: List[Int] len 0..9, k: Int in 1..9) -> List[Int] len 0..9 {
  describe "Of {{ items }} the first {{ k }}."
}
env text(s: Str len 1..9) -> Str len 1..9 {
  describe "The text {{ s }}."
}
"""
SOLVER = (
    "def one(n): return n\ndef many(items, k): return items\ndef text(s): return s\n"
)

Shape = Callable[[int], str]  # so many repetitions -> a program


def repeated(pattern: str, before: str = "", after: str = "", join: str = "") -> Shape:
    """A pattern written so many times, its number in place of `@`."""

    def make(count: int) -> str:
        parts = [pattern.replace("@", str(number)) for number in range(count)]
        return BASE + before + join.join(parts) + after

    return make


def mutated(count: int) -> str:
    """Mutated programs, one after the other."""
    rng, programs = random.Random(count), fuzz.seeds()
    return "\n".join(fuzz.mutated(rng, programs).text for _ in range(count))


DEEP = "SEQUENTIAL(" * 14 + "one" + ")" * 14
BRACKETS = "[" * 62 + "1" + "]" * 62
SHAPES: dict[str, Shape] = {
    "declarations": repeated(
        "## Number @.\nenv e@(n: Int in 0..9) -> Int in 0..9 {\n"
        '  describe "Number {{ n }}."\n  solve one\n  level n <= level\n'
        "  example (3) => 3\n}\nenv c@ = e@ >> one >> e@\n"
    ),
    "composites of composites": repeated("env a@ = PARALLEL(one, one >> one)\n"),
    "every operator": repeated(
        "env o@ = PARALLEL(SORT(one >> one), ITERATE(one, times: 3), "
        "BRANCH(odd, one, one), FANOUT(one, one))\n",
        'env odd(n: Int in 0..9) -> Bool {\n  describe "{{ n }}"\n  solve one\n}\n',
    ),
    "deep nesting": repeated(f"env d@ = {DEEP}\n"),
    "deep brackets": repeated(f"env d@ = text(s: {BRACKETS})\n"),
    "too deep": repeated("SEQUENTIAL(", "env d = "),
    "types": repeated("type T@ = List[(Int in 0..@, Str len 1..9)] len 1..9\n"),
    "types of types": repeated("type T@ = T0\n", "type T = Int\n"),
    "a chain of types": lambda count: (
        BASE
        + "type T0 = Int\n"
        + "".join(f"type T{n + 1} = T{n}\n" for n in range(count))
    ),
    "types twice as large": lambda count: (
        BASE
        + "type T0 = Int\n"
        + "".join(f"type T{n + 1} = (T{n}, T{n})\n" for n in range(count))
    ),
    "types used before": lambda count: (
        BASE
        + "".join(f"type T{n} = List[T{n + 1}]\n" for n in range(count))
        + f"type T{count} = Int\n"
    ),
    "names used before": lambda count: (
        BASE
        + "".join(f"env c{n} = c{n + 1}\n" for n in range(count))
        + f"env c{count} = one\n"
    ),
    "signatures of signatures": lambda count: (
        BASE
        + "".join(
            f"env c{n}(n: Int in 0..9) -> Int in 0..9 = c{n + 1}\n"
            for n in range(count)
        )
        + f"env c{count} = one\n"
    ),
    "a chain of names": lambda count: (
        BASE
        + "env c0 = one\n"
        + "".join(f"env c{n + 1} = c{n}\n" for n in range(count))
    ),
    "unknown names": repeated("env u@ = on@ >> two@\n"),
    "unknown types": repeated("type U@ = Strr@\n"),
    "wrong types": repeated("env w@ = one >> text\n"),
    "wrong ranges": repeated("env w@ = many(k: 0) >> many(k: 10)\n"),
    "syntax errors": repeated("env s@ = one >>\n"),
    "stray words": repeated("stray @ ", "env s = one\n"),
    "strings without end": repeated('env s@ = text(s: "abc\n'),
    "duplicate names": repeated("env same = one\n"),
    "imports that are missing": repeated("use missing@\n"),
    "cycles": repeated("env y@ = z@\nenv z@ = y@\n"),
    "one circle": lambda count: (
        BASE + "".join(f"env c{n} = c{(n + 1) % count}\n" for n in range(count))
    ),
    "a long chain": repeated("one", "env l = ", join=" >> "),
    "many parts": repeated("one", "env l = PARALLEL(", ")\n", join=", "),
    "many steps": repeated("  s@ = one\n", "env l = SEQUENTIAL {\n", "}\n"),
    "a long list": repeated("@", "env l = many(items: [", "])\n", join=", "),
    "a long set": repeated("@", "env l = one(n: {", "})\n", join=", "),
    "a long graph": repeated("(@, 9)", "env l = one(n: graph(9, [", "]))\n", join=", "),
    "a long text": repeated("text @ ", 'env l = text(s: "', '")\n'),
    "a long description": repeated(
        "{{ n }} and @ ",
        'env l(n: Int in 0..9) -> Int {\n  solve one\n  describe "',
        '"\n}\n',
    ),
    "a long alphabet": lambda count: (
        BASE
        + f'type A = Str over "{"".join(chr(0x10000 + n) for n in range(count))}"\n'
        + "env l = text\n" * (count // 100)
    ),
    "labels": repeated('"label @"', "type L = ", "\n", join=" | "),
    "parameters": repeated(
        "p@: Int in 0..9", "env l(", ') -> Int {\n  describe ""\n}\n', join=", "
    ),
    "bounds": repeated(
        "p@: Int in @..max(@, n)",
        "env l(n: Int in 0..9, ",
        ') -> Int {\n  describe ""\n}\n',
        join=", ",
    ),
    "clauses": repeated(
        "  example (@) => @\n  level n <= @\n",
        'env l(n: Int) -> Int {\n  describe "{{ n }}"\n  solve one\n',
        "}\n",
    ),
    "laws": repeated(
        "  law one >> one == one\n",
        'env l(n: Int) -> Int {\n  describe "{{ n }}"\n  solve one\n',
        "}\n",
    ),
    "a long comment": repeated("comment @ ", "# ", "\nenv l = one\n"),
    "comments": repeated("# comment @\n"),
    "documentation": repeated("## doc @\n", after="env l = one\n"),
    "empty lines": repeated("\n"),
    "one long line of errors": repeated("env u@ = nope ", ""),
    "wide characters": repeated('env u@ = text(s: "漢字\U0001f600é") >> nope\n'),
    "suites": repeated("suite s@ {\n  using SEQUENTIAL\n  size 2..3\n  take 5\n}\n"),
    "packages": repeated('package p@ {\n  version "1.0"\n  include one, many\n}\n'),
    "includes": repeated(
        "one",
        'package p {\n  version "1.0"\n  include ',
        "\n}\n",
        join=", ",
    ),
    "mutated programs": mutated,
}


def sizes(make: Shape, most: int) -> Iterator[str]:
    """Programs of a shape, each about four times as long as the one before."""
    count = 1
    while len(make(count)) < LEAST + len(BASE):
        count *= 2
    for times in TIMES:
        if times <= most:
            yield make(count * times)


def seconds(program: fuzz.Seed) -> float:
    """The CPU that checking and printing takes."""
    best = float("inf")
    for _ in range(TRIES):
        gc.collect()
        best = min(best, fuzz.run(program, ())[1])
    return best


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m bench.linear")
    parser.add_argument("shapes", nargs="*", metavar="SHAPE", help="all by default")
    parser.add_argument("--most", type=int, default=TIMES[-1], help="times as long")
    options = parser.parse_args()
    fuzz.run(fuzz.Seed(BASE, SOLVER))  # warm: what is done once is no part of it
    steep = []
    print(f"{'a program of':<26}{'milliseconds per 1,000 characters, at':>40}")
    print(f"{'':<26}" + "".join(f"{f'{times}x':>10}" for times in TIMES) + f"{'':>10}")
    for name in options.shapes or SHAPES:
        rates, length = [], 0
        for text in sizes(SHAPES[name], options.most):
            length = len(text)
            rates.append(1e6 * seconds(fuzz.Seed(text, SOLVER)) / length)
        ratio = rates[-1] / rates[0]
        if ratio > MOST_TIMES:
            steep.append(name)
        shown = "".join(f"{rate:10.2f}" for rate in rates)
        print(f"{name:<26}{shown}{ratio:9.2f}x {length:>10,}", flush=True)
    print("not linear: " + ", ".join(steep) if steep else "all of them are linear")
    return 1 if steep else 0


if __name__ == "__main__":
    sys.exit(main())
