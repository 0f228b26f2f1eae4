"""docs/gallery.md is what `racesc envs --gallery` writes.

The index and the headings are checked for every environment; two domains are worked out
again in full, problems, answers and figures.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from composites import STANDARD, library

from racesc.commands.envs import exhibits
from racesc.files import read_source
from racesc.gallery import section
from racesc.pipeline import analyse
from racesc.terminal import Terminal
from racesc.workspace import Workspace

GALLERY = Path(__file__).resolve().parents[1] / "docs" / "gallery.md"
DOMAINS = sorted(path.stem for path in STANDARD.glob("*.races"))


def test_every_environment_has_its_place() -> None:
    text = GALLERY.read_text(encoding="utf-8")
    shown = [line[4:] for line in text.splitlines() if line.startswith("### ")]
    declared = [
        line.split("(")[0].split("[")[0].removeprefix("env ").strip()
        for name in DOMAINS
        for line in (STANDARD / f"{name}.races").read_text().splitlines()
        if line.startswith("env ")
    ]
    assert shown == declared
    assert len(set(declared)) == len(declared) >= 300


@pytest.mark.parametrize("domain", ["dates", "logic"])
def test_a_domain_is_what_it_says(domain: str) -> None:
    source = read_source(str(STANDARD / f"{domain}.races"))
    program = analyse([source], library()).program
    found = section(domain, exhibits(program, Workspace(), Terminal()))
    text = GALLERY.read_text(encoding="utf-8")
    assert found.rstrip("\n") in text
