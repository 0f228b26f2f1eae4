"""Options of the test suite."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """`pytest --update-cases` writes what racesc says now into the case files."""
    parser.addoption(
        "--update-cases",
        action="store_true",
        help="rewrite the expected blocks of tests/cases/**/*.md",
    )
