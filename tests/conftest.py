"""Options of the test suite."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

# How long something takes is measured in bench/, never in a test. On a fresh checkout
# Hypothesis builds its tables of characters while it draws, which takes a second.
settings.register_profile(
    "racesc", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("racesc")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`pytest --update-cases` writes what racesc says now into the case files."""
    parser.addoption(
        "--update-cases",
        action="store_true",
        help="rewrite the expected blocks of tests/cases/**/*.md",
    )
