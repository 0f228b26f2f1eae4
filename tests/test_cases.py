"""Every case below `tests/cases/` says what it is expected to say.

`pytest tests/test_cases.py --update-cases` rewrites the expected blocks; read the
difference before you commit it.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from case_files import Case, case_paths, cases_of, output, rewritten

ALL = [
    case
    for folder in ("errors", "rules")
    for path in case_paths(folder)
    for case in cases_of(path)
]


@pytest.fixture(scope="session")
def updated() -> dict[Path, dict[str, str]]:
    """What each rewritten case says, by file and title."""
    return {}


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.id)
def test_says_what_is_expected(
    case: Case,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    updated: dict[Path, dict[str, str]],
) -> None:
    said = output(case, tmp_path)
    if request.config.getoption("--update-cases"):
        done = updated.setdefault(case.path, {})
        done[case.title] = said
        if all(each.title in done for each in cases_of(case.path)):
            case.path.write_text(rewritten(case.path, done), encoding="utf-8")
        return
    assert case.expected.strip(), "an empty block expects nothing: --update-cases"
    assert said == case.expected


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.id)
def test_is_well_formed(case: Case) -> None:
    assert case.files, "a case has a ```races block"
    assert case.place is not None, "a case has a ```text block"
    if case.path.parent.name == "errors":
        assert f"[{case.path.stem}]: " in case.expected


@pytest.mark.parametrize(
    "path", sorted({case.path for case in ALL}), ids=lambda p: p.stem
)
def test_titles_differ(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    titles = [case.title for case in cases_of(path)]
    assert len(set(titles)) == len(titles)
    assert re.match(r"# \S", text), "a case file begins with its name as a heading"


def test_a_case_is_found_again_after_rewriting(tmp_path: Path) -> None:
    path = tmp_path / "sample.md"
    path.write_text(
        "# sample\n\n## one\n\n```races\nenv a = b\n```\n\n```text\nold\n```\n\n"
        "## two\n\n```races x.races crlf\nenv a = b\n```\n\n```text racesc test\n```\n"
    )
    one, two = cases_of(path)
    assert one.files == {"main.races": "env a = b\n"} and one.expected == "old\n"
    assert two.files == {"x.races": "env a = b\r\n"} and two.command == "racesc test"
    path.write_text(rewritten(path, {"one": "new\n", "two": "said\n"}))
    assert [case.expected for case in cases_of(path)] == ["new\n", "said\n"]
