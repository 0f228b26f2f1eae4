"""docs/library.md: the breadth of the library, its independent truth, and figures."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from bench.degrees import Degrees
from bench.thresholds import EXCEPTED, YES_NO, Measured, offences
from racesc.typed import TypedEnvironment

TESTS = Path(__file__).resolve().parents[1] / "tests" / "stdlib"
OUTSIDE = {
    "sympy": "sympy",
    "numpy": "numpy",
    "networkx": "networkx",
    "dateutil": "dateutil",
    "statistics": "statistics",
    "decimal": "decimal",
    "calendar": "calendar",
    "base64": "base64",
    "textwrap": "textwrap",
    "fnmatch": "fnmatch",
    "re": "re",
    "itertools": "brute force (itertools)",
}


def truths(module: str) -> dict[str, list[str]]:
    """For every solver that a module's differential test calls, what the test's file
    imports to compute the answer another way."""
    tree = ast.parse((TESTS / f"test_{module}.py").read_text(encoding="utf-8"))
    known: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            known |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            known.add(node.module.partition(".")[0])
    names = [text for name, text in OUTSIDE.items() if name in known]
    called: dict[str, list[str]] = {}
    for node in ast.walk(tree):
        owner = node.value if isinstance(node, ast.Attribute) else None
        if isinstance(owner, ast.Name) and owner.id == module:
            assert isinstance(node, ast.Attribute)
            called[node.attr] = names
    return called


def breadth(environments: list[TypedEnvironment]) -> list[str]:
    """The table of domains."""
    lines = [
        "| domain | environments | many right answers | differential tests use |",
        "|---|---|---|---|",
    ]
    counts = Counter(one.module for one in environments)
    many = Counter(one.module for one in environments if one.relational)
    for module, count in counts.items():
        names = next(iter(truths(module).values()), [])
        shown = ", ".join(names) or "a second algorithm"
        lines.append(f"| {module} | {count} | {many[module]} | {shown} |")
    total = f"| **{len(counts)} domains** | **{len(environments)}**"
    return [*lines, f"{total} | **{sum(many.values())}** | |"]


def untested(environments: list[TypedEnvironment]) -> list[TypedEnvironment]:
    """Those that no differential test calls."""
    known = {module: truths(module) for module in {e.module for e in environments}}
    return [one for one in environments if one.name not in known[one.module]]


def no_truth(alone: Sequence[TypedEnvironment]) -> str:
    """Which environments no differential test calls."""
    if not alone:
        return "Every environment is called by a differential test of its domain."
    names = ", ".join(one.qualified for one in alone)
    return f"No differential test calls: {names}; these have examples checked by hand in their declarations."


def page(found: Sequence[Measured], who: Degrees, draws: int) -> str:
    """The whole page."""
    environments = [each.environment for each in found]
    alone = untested(environments)
    few = [name for name in who.feeds if who.least(name) < 10]
    ends = [name for name in who.feeds if not who.least(name)]
    yes_no = [one.name for one in environments if YES_NO in one.tags]

    def both(name: str) -> str:
        return f"{name} ({len(who.feeds[name])}/{len(who.fed[name])})"

    missed = [*offences(found)]
    lines = [
        "# The standard library in figures",
        "",
        f"Written by `python -m bench.library --draws {draws} --page`; tests compare the parts that cost little.",
        "",
        "## Breadth",
        "",
        *breadth(environments),
        "",
        "## Independent truth",
        "",
        "Every environment has a second solver, written from the wording alone (`tests/stdlib/second`), which must agree on 12 problems at levels 1, 5 and 10.",
        "The table names what each domain's differential test (`tests/stdlib/test_<domain>.py`) imports to compute answers another way.",
        no_truth(alone),
        "",
        "## Composition",
        "",
        "One environment feeds another where `racesc check` accepts `one >> other` or `one >> other(p: _)`, everything drawn up to level 10, under any default type;",
        "a tuple may fill several parameters, many right answers feed `as canonical`, and feeding itself does not count.",
        "",
        f"**{len(who.open)} of {len(who.feeds)} ({100 * who.share:.1f} %) feed at least ten others and are fed by at least ten others.** The goal is 90 %.",
        "",
        f"Hubs (feeds/fed by): {', '.join(both(name) for name in who.hubs(12))}.",
        "",
        f"Below ten on one side: {', '.join(both(name) for name in few) or 'none'}. Dead ends: {', '.join(ends) or 'none'}.",
        "",
        "## Worth asking",
        "",
        f"On {draws} draws at each of the levels 1, 3, 5, 7 and 10 (`bench/thresholds.py`): from level 3 on a constant answer is right at most a fifth of the time",
        "and the answer stands among the inputs less than a quarter of the time; level 10 has 10,000 different instances; entropy of answers and size of inputs do not",
        "shrink from level 1 to level 10; a problem at level 10 takes less than 5 ms of processor time (times are of one run on a busy machine).",
        f"Yes/no questions, excepted from the first and meant as predicates: {', '.join(yes_no) or 'none'}.",
        f"Excepted from the second: {'; '.join(f'{name} ({why})' for name, why in EXCEPTED.items())}.",
        "",
        f"Outside these thresholds: {'none.' if not missed else ''}",
        "",
        *(f"* {text}" for text in missed),
    ]
    return "\n".join(lines) + "\n"
