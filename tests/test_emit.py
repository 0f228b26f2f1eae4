"""Emitted packages: their text, their names, and that they keep their promises.

Golden packages lie in `packages/`, made from `packages/sources/`; the carried runtime
is left out there. After a change on purpose: `RACESC_UPDATE=1 pytest tests/test_emit.py`.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from racesc.emit import layout
from racesc.emit.carry import upper_half
from racesc.emit.package import emit_package
from racesc.files import CannotRead, read_source
from racesc.library import Library
from racesc.pipeline import analyse
from racesc.source import Source
from racesc.typed import Program

HERE = Path(__file__).parent
GOLDEN = HERE / "packages"
SOURCES = GOLDEN / "sources"
UPDATE = os.environ.get("RACESC_UPDATE") == "1"


def compiled(path: Path) -> Program:
    """The checked program of a source file, which must have no errors."""

    def read(place: str) -> Source | None:
        try:
            return read_source(place)
        except CannotRead:
            return None

    result = analyse([read_source(path)], Library(read, str(SOURCES)))
    assert not result.has_errors, [each.message for each in result.diagnostics]
    return result.program


def emitted(program: Program, **options: Any) -> dict[str, str]:
    """The files of all packages of a program."""
    files: dict[str, str] = {}
    for module in program.modules:
        for package in module.packages:
            files.update(emit_package(package, program, **options))
    return files


@cache
def files_of(name: str) -> dict[str, str]:
    return emitted(compiled(SOURCES / f"{name}.races"))


def write(folder: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text.encode("utf-8"))


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every package of the sources, as files."""
    folder = tmp_path_factory.mktemp("emitted")
    for name in MODULES:
        write(folder, files_of(name))
    return folder


def run(*command: str, cwd: Path, **environment: str) -> str:
    """What a command prints; it must succeed."""
    done = subprocess.run(
        command,
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    return done.stdout


MODULES = ("ledger",)
PACKAGES = {"ledger": "ledger_suite"}


# ── layout ────────────────────────────────────────────────────────────────────


def some_text(rng: random.Random) -> str:
    alphabet = rng.choice(
        [
            "abc ",
            "ab\" '",
            "a\\\n\t é→漢字한 \u200b\u0301😀\x00\x1bا",
            "ab  cd, ",
            "'\"\\ x",
        ]
    )
    size = rng.choice([0, 1, 3, 10, 40, 90, 200])
    return "".join(rng.choice(alphabet) for _ in range(size))


def some_name(rng: random.Random) -> str:
    size = rng.choice([1, 4, 9, 18, 30])
    return "".join(rng.choice("abcXYZ_") for _ in range(size)).strip("_") or "q"


def some_piece(rng: random.Random, depth: int) -> layout.Piece:
    kind = rng.randrange(11) if depth else rng.randrange(4)
    if kind == 0:
        return some_name(rng)
    if kind == 1:
        return layout.Text(some_text(rng))
    if kind == 2:
        numbers = [0, -1, 5, 12345, 10**6, 10**12, -(10**7), 10**40, -(10**30)]
        return layout.number(rng.choice(numbers))
    if kind == 3:
        long = layout.call("Operation", layout.Text("//"), layout.Text(some_text(rng)))
        return layout.Either(f'size("items") // 2 + {some_name(rng)}', long)
    inside = [some_piece(rng, depth - 1) for _ in range(rng.choice([0, 1, 1, 2, 3, 6]))]
    if kind <= 6:
        named = {
            f"{some_name(rng)}{number}": some_piece(rng, depth - 1)
            for number in range(rng.choice([0, 1, 3]))
        }
        return layout.call(some_name(rng), *inside, **named)
    if kind == 7:
        return layout.tuple_of(inside)
    if kind == 8:
        return layout.list_of(inside)
    if kind == 9:
        return layout.Table(tuple((layout.Text(some_name(rng)), x) for x in inside))
    return layout.Index(some_name(rng), layout.Text(some_text(rng)))


@pytest.mark.parametrize("seed", range(4))
def test_layout_is_what_ruff_leaves(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    lines = ['"""Random pieces."""\n']
    while len(lines) < 300:
        piece = some_piece(rng, rng.choice([1, 2, 3, 5]))
        if isinstance(piece, (layout.Call, layout.Items, layout.Table, layout.Index)):
            lines.append(layout.assignment(f"x{len(lines)}", piece))
    for number in range(60):
        text = "\n".join(some_text(rng) for _ in range(rng.choice([1, 1, 3])))
        doc = layout.docstring(rng.choice(["x", ""]) + text, 4)
        lines.append(f"\n\ndef f{number}() -> None:\n    {doc}")
    (tmp_path / "random.py").write_text("\n".join(lines) + "\n", encoding="utf-8")
    run("ruff", "format", "--isolated", "--check", "--diff", "random.py", cwd=tmp_path)


def test_strings_come_back_as_they_went_in() -> None:
    rng = random.Random(7)
    for _ in range(500):
        text = some_text(rng)
        assert eval(layout.literal(text)) == text
        split = layout.assignment("f(x", layout.Text(text)).replace("f(x = ", "", 1)
        assert eval(split) == text


def test_numbers_come_back_as_they_went_in() -> None:
    for value in (0, -1, 10**6, -(10**6), 10**12, -(10**100), 3**20000, -(3**20000)):
        assert eval(layout.flat(layout.number(value))) == value
