"""No module of racesc waits for itself: imports at the top of modules run in no circle,
so that each can be the first one that is imported."""

from __future__ import annotations

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts): path
    for path in sorted((ROOT / "racesc").rglob("*.py"))
}


def imported(path: Path) -> set[str]:
    """The modules that are imported while this one is, packages left out."""
    package = ".".join(path.relative_to(ROOT).parts[:-1])
    found: set[str] = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            home = f"{package}.{node.module or ''}".rstrip(".")
            home = home if node.level else node.module or ""
            found |= {home, *(f"{home}.{name.name}" for name in node.names)}
    return found & set(MODULES)


def test_no_module_waits_for_itself() -> None:
    graph = {name: imported(path) for name, path in MODULES.items()}
    assert "racesc.space.routing" in graph["racesc.space.pieces"]
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        circle = " -> ".join(error.args[1])
        raise AssertionError(f"modules import each other: {circle}") from None
