"""Adding an environment costs one declaration and one function: the page's own."""

from __future__ import annotations

import re
import shutil
import textwrap
from pathlib import Path

from composites import STANDARD, imported, library

from racesc.files import read_source
from racesc.pipeline import build

PAGE = Path(__file__).resolve().parents[1] / "docs" / "adding-an-environment.md"


def block(language: str) -> str:
    """The page's code block of a language."""
    found = re.search(rf"```{language}\n(.*?)```", PAGE.read_text(), re.DOTALL)
    assert found is not None
    return textwrap.dedent(found[1])


def test_one_declaration_and_one_function(tmp_path: Path) -> None:
    for ending in ("races", "py"):
        shutil.copy(STANDARD / f"sequences.{ending}", tmp_path)
    for ending, language in (("races", "races"), ("py", "python")):
        with (tmp_path / f"sequences.{ending}").open("a") as file:
            file.write("\n\n" + block(language))
    source = read_source(str(tmp_path / "sequences.races"))
    result = build([source], library())
    assert result.diagnostics == ()
    package = imported(result, tmp_path / "build")
    assert "halving_steps" in package.environments()
    environment = package.load("halving_steps")
    for seed in range(20):
        problem = environment.generate(seed, level=4)
        assert environment.grade(problem, environment.gold(problem)).correct
        assert problem.answer == problem.inputs["n"].bit_length() - 1
