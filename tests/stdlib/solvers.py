"""Load the standard library's solver files for differential tests, by path, as racesc does."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

STDLIB = Path(__file__).resolve().parents[2] / "stdlib_envs"


def solvers(domain: str) -> ModuleType:
    """The module ``stdlib_envs/<domain>.py``, loaded under a private name."""
    spec = importlib.util.spec_from_file_location(
        f"_stdlib_{domain}", STDLIB / f"{domain}.py"
    )
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
