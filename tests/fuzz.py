"""Mutated programs: whatever is typed, the compiler answers with diagnostics.

`python -m tests.fuzz 10000 [SEED]` runs many; `test_fuzz.py` runs 300. The programs are
the examples, some of the library and the cases, with tokens, lines and characters
removed, doubled, swapped, replaced and moved between files.
"""

from __future__ import annotations

import random
import re
import sys
import time
import traceback
from dataclasses import dataclass
from pathlib import Path

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent)]

from case_files import analysed, case_paths, cases_of

from racesc.diagnostics import as_json, render

ROOT = Path(__file__).parent.parent
LIBRARY = ("graphs", "intervals", "lists", "numbers", "words")
LONGEST = 4_000  # characters of a seed program; longer ones are cut by declarations

_TOKEN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*|[0-9]+|\s+|>>|->|=>|==|<=|\.\.|//|.", re.S)
_SPICE = (
    *"()[]{}<>=:,.|_+-*/%^#\"'\\\n\t\r\0é漢\u200b\U0001f600",
    *">> -> => == .. <= ## {{ }} {% %} as in len lo hi 10^99 -1 0 1/0 1_0 3/4".split(),
    *"env type newtype use suite package describe solve level law example".split(),
    *"SEQUENTIAL PARALLEL SORT SELECT MAP FANOUT ITERATE BRANCH FOLD".split(),
    *"Int Rat Bool Str List Set Matrix Graph Digraph a items n level".split(),
    *"reward: times: from: distractors: canonical model sorted distinct".split(),
    "9" * 40,
    "a" * 300,
    '"\\u0000"',
    "SEQUENTIAL { x = a  x }",
)


@dataclass(frozen=True)
class Seed:
    """A program to start from: the module and its solver file."""

    text: str
    solver: str


def seeds() -> list[Seed]:
    """Every program to start from, in a fixed order."""
    found: list[Seed] = []
    paths = sorted((ROOT / "examples").glob("*.races"))
    paths += [ROOT / "stdlib_envs" / f"{name}.races" for name in LIBRARY]
    for path in paths:
        solver = path.with_suffix(".py")
        text = solver.read_text(encoding="utf-8") if solver.exists() else ""
        for piece in _pieces(path.read_text(encoding="utf-8")):
            found.append(Seed(piece, text))
    for folder in ("errors", "rules"):
        for path in case_paths(folder):
            for case in cases_of(path):
                if len(case.files) <= 2 and not case.command:
                    found.append(
                        Seed(case.files[case.main], case.files.get("main.py", ""))
                    )
    return found


def _pieces(text: str) -> list[str]:
    """A text cut before declarations into programs of bearable length."""
    found = [""]
    for part in re.split(r"(?m)^(?=## |env |type )", text):
        if len(found[-1]) + len(part) > LONGEST:
            found.append("")
        found[-1] += part
    return [piece for piece in found if piece.strip()]


def mutated(rng: random.Random, programs: list[Seed]) -> Seed:
    """One program, changed in one to six places."""
    seed = rng.choice(programs)
    text = seed.text
    for _ in range(rng.choice((1, 1, 1, 2, 3, 6))):
        text = rng.choice((_tokens, _tokens, _tokens, _lines, _characters))(
            rng, text, programs
        )
    return Seed(text[: 4 * LONGEST], seed.solver)


def _tokens(rng: random.Random, text: str, programs: list[Seed]) -> str:
    return "".join(_changed(rng, _TOKEN.findall(text), _TOKEN, programs))


def _lines(rng: random.Random, text: str, programs: list[Seed]) -> str:
    pattern = re.compile(r"[^\n]*\n|[^\n]+$")
    return "".join(_changed(rng, text.splitlines(keepends=True), pattern, programs))


def _characters(rng: random.Random, text: str, programs: list[Seed]) -> str:
    return "".join(_changed(rng, list(text), re.compile(".", re.S), programs))


def _changed(
    rng: random.Random, parts: list[str], pattern: re.Pattern[str], programs: list[Seed]
) -> list[str]:
    if not parts:
        return [rng.choice(_SPICE)]
    at, other = rng.randrange(len(parts)), rng.randrange(len(parts))
    action = rng.randrange(7)
    if action == 0:
        del parts[at]
    elif action == 1:
        parts.insert(at, parts[other])
    elif action == 2:
        parts[at], parts[other] = parts[other], parts[at]
    elif action == 3:
        parts[at] = rng.choice(_SPICE)
    elif action == 4:
        parts.insert(at, rng.choice(_SPICE))
    elif action == 5:
        theirs = pattern.findall(rng.choice(programs).text)
        parts[at] = rng.choice(theirs) if theirs else ""
    else:
        low, high = sorted((at, min(other, at + 20)))
        parts[low:high] = parts[low:high] * rng.choice((0, 2, 3))
    return parts


def run(program: Seed, names: tuple[str, ...] = LIBRARY) -> tuple[bool, float]:
    """Check one program and print what is said in every way.

    ``names`` are the library's modules in which suggestions are sought. Returns whether
    there were errors, and the seconds of CPU it took.
    """
    start = time.process_time()
    files = {"main.races": program.text, "main.py": program.solver}
    result, known = analysed(files, "main.races", names)
    for diagnostic in result.diagnostics:
        assert diagnostic.labels and diagnostic.message, diagnostic
        for label in diagnostic.labels:
            size = len(known[label.span.path].text)
            assert 0 <= label.span.start <= label.span.end <= size, diagnostic
        for style in ("full", "concise", "json"):
            assert render(diagnostic, known, style)
        as_json(diagnostic, known)
    assert result.has_errors == any(
        each.severity == "error" for each in result.diagnostics
    )
    return result.has_errors, time.process_time() - start


def main(count: int, seed: int) -> int:
    """Run many; print the programs that break the compiler. The exit code."""
    rng, programs = random.Random(seed), seeds()
    wrong, broken, slowest = 0, 0, (0.0, "")
    for number in range(count):
        program = mutated(rng, programs)
        try:
            errors, seconds = run(program)
        except Exception:
            broken += 1
            print(f"── program {number} of seed {seed} ──\n{program.text}")
            traceback.print_exc(limit=-6, file=sys.stdout)
            continue
        wrong += errors
        slowest = max(slowest, (seconds, program.text))
    print(f"{count} programs, {wrong} with errors, {broken} broke the compiler")
    print(f"the slowest took {slowest[0]:.1f} s of CPU")
    if slowest[0] > 5:
        print(slowest[1])
    return 1 if broken else 0


if __name__ == "__main__":
    words = [int(word) for word in sys.argv[1:]]
    sys.exit(main(words[0] if words else 1000, words[1] if len(words) > 1 else 1))
