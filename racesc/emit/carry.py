"""The runtime and the operators as text, the way an emitted package carries them.

A package's `_runtime/` is flat: `racesc/runtime/*.py` as they are, and of each operator
that the package uses the part above the line ``COMPILE_TIME``, its imports from racesc
made relative.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from racesc.emit.layout import from_import

# The first words of the comment below which an operator's typing rule begins.
COMPILE_TIME = "# ── compile time"
# What is carried, and lies in one folder there.
CARRIED = ("racesc.runtime", "racesc.operators")


# What only packages with suites carry.
OF_SUITES = ("spec", "suite")


def carried(operators: Iterable[str], *, suites: bool = False) -> dict[str, str]:
    """File name -> text of `_runtime/` for a package that uses these operators,
    given by their modules: `sequential`, `sort`. What they import comes along."""
    texts = dict(runtime_modules())
    if not suites:
        texts = {name: texts[name] for name in texts if name not in OF_SUITES}
    available = _texts("racesc.operators")
    pending = sorted(operators)
    while pending:
        name = pending.pop()
        if name in available and name not in texts:
            texts[name] = operator_module(name)
            pending += imported(texts[name])
    return {f"{name}.py": texts[name] for name in sorted(texts)}


def imported(text: str) -> list[str]:
    """The modules of the same folder that a carried text imports."""
    return re.findall(r"^\s*from \.(\w+) import ", text, re.MULTILINE)


def runtime_modules() -> dict[str, str]:
    """Module -> text of `racesc/runtime`."""
    return _texts("racesc.runtime")


@cache
def operator_module(name: str) -> str:
    """The carried half of a file of `racesc/operators`."""
    return upper_half(_texts("racesc.operators")[name])


def upper_half(text: str) -> str:
    """What is carried of an operator's file: its imports from racesc relative, in
    order, and without the names that only the lower half needs."""
    above = text.partition(f"\n{COMPILE_TIME}")[0].rstrip() + "\n"
    tree = ast.parse(above)
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    lines = above.split("\n")
    own: dict[str, list[str]] = {}
    first = 0
    for node in reversed(tree.body):  # from below, so that line numbers stay right
        if not isinstance(node, ast.ImportFrom) or node.module == "__future__":
            continue
        assert node.module is not None and node.end_lineno is not None
        names = [alias.name for alias in node.names if alias.name in used]
        package, _, module = node.module.rpartition(".")
        statement: list[str] = []
        if package in CARRIED:
            own[f".{module}"] = names
            first = node.lineno - 1
        elif names:
            statement = from_import(node.module, names).split("\n")
        lines[node.lineno - 1 : node.end_lineno] = statement
    lines[first:first] = [from_import(name, own[name]) for name in sorted(own)]
    return "\n".join(lines)


@cache
def _texts(package: str) -> dict[str, str]:
    """Module -> text of the Python files of an installed package."""
    return {
        entry.name.removesuffix(".py"): entry.read_text(encoding="utf-8")
        for entry in sorted(files(package).iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".py")
    }
