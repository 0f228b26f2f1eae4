"""Every example compiles, keeps its promises, and repeats itself byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from racesc.cli import main

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
FILES = sorted(path.name for path in EXAMPLES.glob("*.races"))


def test_there_are_examples() -> None:
    assert len(FILES) >= 6


@pytest.mark.parametrize("name", FILES)
def test_it_compiles_and_repeats(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    arguments = ["compile", str(EXAMPLES / name), "-o", str(tmp_path)]
    assert main(arguments) == 0, capsys.readouterr().err
    assert main([*arguments, "--check"]) == 0, capsys.readouterr().out


@pytest.mark.parametrize("name", FILES)
def test_it_keeps_its_promises(capsys: pytest.CaptureFixture[str], name: str) -> None:
    assert main(["test", str(EXAMPLES / name), "--random", "4"]) == 0, (
        capsys.readouterr().err
    )
