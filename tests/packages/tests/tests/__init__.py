"""The environments of `tests`."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._runtime.environment import Environment

__version__ = "1.0.2"
__all__ = ["__version__", "environments", "load"]

# Environment -> its module in envs/, imported on first use.
_MODULES: dict[str, str] = {
    "a_name_so_long_that_it_can_hardly_stand_on_one_line_of_code_together_with_anything_else_at_all": "a_name_so_long_that_it_can_hardly_stand_on_one_line_of_code_",
    "list": "list",
    "parse": "parse",
    "match": "match",
    "load": "load",
    "tests": "tests",
    "solvers": "solvers",
    "node": "node",
    "con": "con_",
    "any": "any",
    "print": "print",
    "range": "range",
    "joined": "joined",
    "deep": "deep",
    "outer": "outer",
    "through": "through",
}


def environments() -> tuple[str, ...]:
    """The names of all environments."""
    return tuple(_MODULES)


def load(name: str) -> Environment:
    """The environment of this name; ValueError where there is none."""
    if name not in _MODULES:
        raise ValueError(f"no environment {name!r}; there are {', '.join(_MODULES)}")
    module = import_module(f".envs.{_MODULES[name]}", __name__)
    environment: Environment = module.ENVIRONMENT
    return environment
