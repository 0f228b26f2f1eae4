"""docs/gallery.md is what `racesc envs --gallery` would write now."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bench.live import Live
from bench.worth import Here
from racesc.commands.envs import DRAWS
from racesc.emit.package import identity
from racesc.gallery import LEVELS, Exhibit, page
from racesc.runtime.environment import Environment
from racesc.typed import TypedEnvironment

GALLERY = Path(__file__).parents[1] / "docs" / "gallery.md"
FIGURES = re.compile(r"^\| \d+ \| [\d.]+ \| [\d.]+ \| [\d.]+ \|\n", re.MULTILINE)
AGAIN = "the page is not current: `make gallery` writes it anew"


@cache
def environments() -> list[TypedEnvironment]:
    return Live().environments()


def made(one: TypedEnvironment) -> Environment:
    assert one.node is not None
    return Environment(one.name, one.node, "", "", id=identity(one))


def problems(one: TypedEnvironment) -> dict[int, Mapping[str, Any]]:
    drawn = {level: made(one).generate(0, level) for level in LEVELS}
    return {n: {"prompt": p.prompt, "answer": p.answer} for n, p in drawn.items()}


def test_signatures_problems_and_answers_are_current() -> None:
    modules: dict[str, list[Exhibit]] = {}
    for one in environments():
        exhibit = Exhibit(one, problems(one), {})
        modules.setdefault(one.module, []).append(exhibit)
    shown = FIGURES.sub("", GALLERY.read_text(encoding="utf-8"))
    assert shown == page(list(modules.items()), DRAWS), AGAIN


@pytest.mark.parametrize("place", range(7))
def test_figures_are_current(place: int) -> None:
    """One environment in seventy: measuring all takes minutes."""
    text = GALLERY.read_text(encoding="utf-8")
    for one in environments()[10 * place :: 70]:
        section = text.partition(f"### {one.name}\n")[2].partition("\n### ")[0]
        wanted = ""
        for level in LEVELS:
            here = Here(made(one), level, DRAWS)
            here.draw(DRAWS)
            cells = (here.guess_share, here.leak_share, here.distinct)
            wanted += f"| {level} | {' | '.join(f'{cell:.2f}' for cell in cells)} |\n"
        assert "".join(FIGURES.findall(section)) == wanted, AGAIN
