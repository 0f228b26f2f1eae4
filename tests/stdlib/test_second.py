"""The prompt alone determines the answer: second solvers, written from the wording.

`tests/stdlib/second/<domain>.py` holds for every environment a function that was written
from its description without looking at the library's solver. Both must agree; where
many answers are right, the library's verifier must accept the second solver's.
"""

from __future__ import annotations

import copy
import importlib
import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from composites import STANDARD, library

from racesc.files import read_source
from racesc.pipeline import build
from racesc.typed import TypedEnvironment

SECOND = Path(__file__).parent / "second"
DOMAINS = sorted(path.stem for path in STANDARD.glob("*.races"))
LEVELS = (1, 5, 10)
PROBLEMS = 12


def second_solvers(domain: str) -> ModuleType:
    path = SECOND / f"{domain}.py"
    spec = importlib.util.spec_from_file_location(f"_second_{domain}", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def compiled(
    domain: str, folder: Path
) -> tuple[tuple[TypedEnvironment, ...], ModuleType]:
    """A domain's environments, and its package."""
    result = build([read_source(str(STANDARD / f"{domain}.races"))], library())
    assert not result.diagnostics
    for path, text in result.packages.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    package = next(folder.glob("*/*/_runtime")).parent
    sys.path.insert(0, str(package.parent))
    try:
        loaded = importlib.import_module(package.name)
    finally:
        sys.path.pop(0)
    return result.program.modules[0].environments, loaded


@pytest.mark.parametrize("domain", DOMAINS)
def test_second_solvers_agree(domain: str, tmp_path: Path) -> None:
    solvers = second_solvers(domain)
    environments, package = compiled(domain, tmp_path)
    # A package has type classes of its own.
    decode = importlib.import_module(f"{package.__name__}._runtime.text").decode
    wrong: list[str] = []
    for environment in environments:
        second = getattr(solvers, environment.name)
        loaded = package.load(environment.name)
        types = loaded.node.types
        for level in LEVELS:
            for seed in range(PROBLEMS):
                problem = loaded.generate(seed, level)
                inputs = {k: decode(v, types[k]) for k, v in problem.inputs.items()}
                answer: Any = second(*copy.deepcopy(list(inputs.values())))
                first = decode(problem.answer, loaded.node.codomain)
                agreed = answer == first and type(answer) is type(first)
                if environment.relational:
                    agreed = loaded.node.base.verify(answer, **inputs)
                if not agreed:
                    wrong.append(
                        f"{environment.name} level {level} seed {seed}: {inputs} -> "
                        f"{first!r}, second solver {answer!r}"
                    )
                    break
    assert not wrong, "\n".join(wrong)
