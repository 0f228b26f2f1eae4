"""The runtime and the operators as text, the way an emitted package carries them.

A package's `_runtime/` is flat: `racesc/runtime/*.py` as they are, and of each operator
that the package uses the part above the line ``COMPILE_TIME``, its imports from racesc
made relative.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from racesc.emit.layout import from_import

# The first words of the comment below which an operator's typing rule begins.
COMPILE_TIME = "# ── compile time"
# What is carried, and lies in one folder there.
CARRIED = ("racesc.runtime", "racesc.operators")


def carried(operators: Iterable[str]) -> dict[str, str]:
    """File name -> text of `_runtime/` for a package that uses these operators,
    given by their modules: `sequential`, `sort`. What they import comes along."""
    texts = dict(runtime_modules())
    available = operator_modules()
    pending = sorted(set(operators).intersection(available))
    for text in list(texts.values()):
        pending += sorted(imported(text).intersection(available))
    while pending:
        name = pending.pop()
        if name not in texts:
            texts[name] = available[name]
            pending += sorted(imported(texts[name]).intersection(available))
    return {f"{name}.py": texts[name] for name in sorted(texts)}


def imported(text: str) -> set[str]:
    """The modules of the same folder that a carried text imports."""
    return {
        node.module
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.ImportFrom) and node.level == 1 and node.module
    }


@cache
def runtime_modules() -> dict[str, str]:
    """Module -> text of `racesc/runtime`."""
    return _texts("racesc.runtime")


@cache
def operator_modules() -> dict[str, str]:
    """Module -> text of the carried half of each file of `racesc/operators`."""
    texts = _texts("racesc.operators")
    return {name: upper_half(text) for name, text in texts.items() if name[0] != "_"}


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


def _texts(package: str) -> dict[str, str]:
    """Module -> text of the Python files of an installed package."""
    return {
        entry.name.removesuffix(".py"): entry.read_text(encoding="utf-8")
        for entry in sorted(files(package).iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".py")
    }
