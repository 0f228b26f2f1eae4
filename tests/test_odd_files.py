"""Files as people really have them: told apart from the command line, in a folder of
their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from racesc.cli import main

GOOD = "use lists\n\nenv a = to_digits\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def checked(capsys: Any, *arguments: str) -> tuple[int, str]:
    """The exit code of `check`, and what it says."""
    code = main(["check", *arguments])
    return code, capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "place", "message", "line"),
    [
        (b"env a = b\xff\n", "1:10", "not UTF-8 text (byte 0xff)", "env a = b\ufffd"),
        (b"#\n\xe6\xbc\xa2 \xc3(", "2:3", "not UTF-8 text (byte 0xc3)", "漢 \ufffd("),
        (b"env\0", "1:4", "not text (it holds a zero byte)", "env␀"),
        ("env a = b\n".encode("utf-16"), "1:1", "UTF-16 text, not UTF-8", "env a = b"),
    ],
)
def test_bytes_that_are_no_text(
    folder: Path, capsys: Any, content: bytes, place: str, message: str, line: str
) -> None:
    (folder / "odd.races").write_bytes(content)
    code, said = checked(capsys, "odd.races")
    assert code == 1
    assert f"error[syntax-error]: the file is {message}" in said
    assert f" --> odd.races:{place}\n" in said
    assert f" | {line}\n" in said
    assert "save the file as UTF-8 text" in said


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        (b"", ["1:1 empty-module"]),
        (b"# only a comment", ["1:1 empty-module"]),
        (b"\xef\xbb\xbfenv a = nope", ["1:9 unknown-name"]),
        (
            b"env a = nope\r\nenv b = a >>\r\n",
            ["1:9 unknown-name", "2:13 syntax-error"],
        ),
        (b"\tenv a\t= nope", ["1:10 unknown-name"]),
        (
            'env a = f(s: "漢\U0001f600e\u0301") >> nope'.encode(),
            ["1:9 unknown-name", "1:25 unknown-name"],
        ),
        ("env e\u0301 = nope".encode(), ["1:6 syntax-error"]),
    ],
)
def test_columns_count_characters(
    folder: Path, capsys: Any, content: bytes, codes: list[str]
) -> None:
    (folder / "odd.races").write_bytes(content)
    assert main(["check", "odd.races", "--output-format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)["diagnostics"]
    assert [f"{d['line']}:{d['column']} {d['code']}" for d in found] == codes


def test_a_mark_without_width_is_named_by_number(folder: Path, capsys: Any) -> None:
    (folder / "odd.races").write_text("env e\u0301 = nope\n")
    _, said = checked(capsys, "odd.races")
    assert "U+0301 has no meaning here" in said
    assert "names are written with the letters a to z" in said


def test_what_is_no_file_is_bad_usage(folder: Path, capsys: Any) -> None:
    (folder / "empty").mkdir()
    (folder / "loop.races").symlink_to("loop.races")
    for argument, reason in [
        ("gone.races", "there is no such file"),
        ("empty", "there is no .races file below `empty`"),
        ("loop.races", "symbolic links"),
    ]:
        code, said = checked(capsys, argument)
        assert code == 2 and reason in said


def test_a_module_that_is_there_and_cannot_be_used(folder: Path, capsys: Any) -> None:
    (folder / "inner.races").mkdir()
    (folder / "main.races").write_text("use inner\n\nenv a = b\n")
    code, said = checked(capsys, "main.races")
    assert code == 1
    assert "there is no module `inner`" in said
    assert "cannot read `inner.races`: it is a folder" in said
    assert "1 error in 1 file" in said


def test_a_module_that_is_no_text_is_one_mistake(folder: Path, capsys: Any) -> None:
    (folder / "inner.races").write_bytes(b"env b = \xff\n")
    (folder / "main.races").write_text("use inner\n\nenv a = b\n")
    code, said = checked(capsys, "main.races")
    assert code == 1
    assert " --> inner.races:1:9\n" in said
    assert "1 error in 1 file" in said


def test_one_file_by_several_names_is_checked_once(folder: Path, capsys: Any) -> None:
    (folder / "a.races").write_text("env a = nope\n")
    code, said = checked(capsys, "a.races", "./a.races", str(folder / "a.races"), ".")
    assert code == 1
    assert "1 error in 1 file" in said


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(folder: Path, capsys: Any) -> None:
    (folder / "a.races").write_text(GOOD)
    (folder / "a.races").chmod(0)
    code, said = checked(capsys, "a.races")
    assert code == 2 and "permission denied" in said


# ── exit codes and colour, from outside ───────────────────────────────────────


def ran(folder: Path, *arguments: str, **variables: str) -> Any:
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
    for name in ("NO_COLOR", "TERM"):
        environment.pop(name, None)
    return subprocess.run(
        [sys.executable, "-m", "racesc", *arguments],
        cwd=folder,
        env={**environment, **variables},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_colour_is_asked_for_or_left_out(folder: Path) -> None:
    (folder / "a.races").write_text("env a = nope\n")
    for arguments, variables, colored in [
        (("--color", "always"), {}, True),
        (("--color", "always"), {"NO_COLOR": "1"}, True),
        (("--color", "auto"), {}, False),
        (("--color", "never"), {}, False),
        (("--color", "always", "--output-format", "json"), {}, False),
    ]:
        done = ran(folder, "check", "a.races", *arguments, **variables)
        assert done.returncode == 1
        assert ("\x1b[" in done.stderr + done.stdout) is colored, arguments


def test_exit_codes_of_the_process(folder: Path) -> None:
    (folder / "good.races").write_text(GOOD)
    (folder / "bad.races").write_text("env a = nope\n")
    assert ran(folder, "check", "good.races").returncode == 0
    assert ran(folder, "check", "bad.races").returncode == 1
    assert ran(folder, "check", "gone.races").returncode == 2
    assert ran(folder, "check", "--no-such").returncode == 2
