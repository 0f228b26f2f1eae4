"""The environments of `ledger_suite`."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._runtime.environment import Environment

__version__ = "0.2.0"
__all__ = ["__version__", "environments", "load"]

# Environment -> its module in envs/, imported on first use.
_MODULES: dict[str, str] = {
    "second_digit": "second_digit",
    "both": "both",
    "pair": "pair",
    "turned": "turned",
    "which_order": "which_order",
    "which_steps": "which_steps",
    "exact": "exact",
    "checked": "checked",
    "split_sum": "split_sum",
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
