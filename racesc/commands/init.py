"""`racesc init NAME`: a project to start from, which compiles and passes its tests."""

from __future__ import annotations

import argparse
import keyword
import re
from pathlib import Path

from racesc.terminal import Terminal, Usage

PROSE = """\
Make a folder with a .races file, its solver file and a README: one environment of its
own, and compositions of it with the standard library."""
EXAMPLES = """\
examples:
  racesc init puzzles          makes puzzles/puzzles.races and puzzles/puzzles.py
  racesc init work/puzzles     the same in another folder"""

RESERVED = frozenset(
    "use type newtype env suite package in len over rows cols nodes distinct sorted"
    " nonzero as".split()
)

RACES = """\
# NAME: a first module. `racesc check`, `racesc test` and `racesc play` work on it.

use lists (to_digits, sort, kth_largest)

## The sum of the squares of the decimal digits of a number.
env square_digits(n: Int in 0..10^12) -> Int in 0..972 {
  describe "Add up the squares of the decimal digits of {{ n }}."
  level    n <= 10^level
  example  (2048) => 84
  example  (0) => 0
}

## A chain: what one step returns, the next one takes.
env square_twice = square_digits >> square_digits

## The second largest digit. `k: 2` is fixed; without it, k would be drawn.
env second_digit = to_digits >> kth_largest(k: 2)

## Two problems at once.
env both = PARALLEL(square_twice, second_digit)

## The steps come shuffled; the answer is their order.
env which_order = SORT(to_digits >> sort >> kth_largest)

package NAME_suite {
  version "0.1.0"
  include square_digits, square_twice, second_digit, both, which_order
}
"""

PYTHON = '''\
"""Solvers of NAME.races: plain functions, one for each environment with a body."""

from __future__ import annotations


def square_digits(n: int) -> int:
    """The sum of the squares of the decimal digits of n."""
    return sum(int(digit) ** 2 for digit in str(n))
'''

README = """\
# NAME

    racesc check NAME.races                 find mistakes
    racesc test NAME.races                  hold every environment to its promises
    racesc sample NAME.races second_digit   three problems
    racesc play NAME.races both             answer some yourself
    racesc compile NAME.races -o out        write the Python package out/NAME_suite

`NAME.races` declares environments and composes them; `NAME.py` solves them.
In Python, after compiling:

    import NAME_suite                       # with out/NAME_suite on the path
    env = NAME_suite.load("second_digit")
    problem = env.generate(seed=7, level=3)
    print(problem.prompt)
    print(env.grade(problem, env.gold(problem)).reward)
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `init`."""
    parser.add_argument("name", metavar="NAME", help="the project's name, snake_case")


def project(name: str) -> dict[str, str]:
    """The files of a new project."""
    texts = {f"{name}.races": RACES, f"{name}.py": PYTHON, "README.md": README}
    return {path: text.replace("NAME", name) for path, text in texts.items()}


def wrong_name(name: str) -> str:
    """Why a project cannot have this name; empty where it can."""
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        return "a name is small letters, digits and underscores, such as `word_games`"
    if keyword.iskeyword(name) or name in RESERVED:
        return "it is a reserved word"
    if name in re.findall(r"^use (\w+)", RACES, re.MULTILINE):
        return "it would hide the module of the standard library that it uses"
    return ""


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Write a new project's folder."""
    folder = Path(options.name)
    why = wrong_name(folder.name)
    if why:
        raise Usage(f"`{folder.name}` cannot name a project: {why}")
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise Usage(f"`{folder}` is there already and is not empty")
        folder.mkdir(parents=True, exist_ok=True)
        for path, text in project(folder.name).items():
            (folder / path).write_text(text, encoding="utf-8", newline="\n")
    except OSError as problem:
        reason = (problem.strerror or str(problem)).lower()
        raise Usage(f"cannot write `{folder}`: {reason}") from None
    terminal.print(f"made {folder}")
    terminal.note(
        f"next:\n  cd {folder}\n  racesc test\n  racesc play {folder.name}.races both"
    )
    return 0
