"""Reading sources and writing packages."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from racesc.files import (
    CannotRead,
    CannotWrite,
    decode,
    library_modules,
    read_source,
    source_path,
    sources_below,
    stdin_source,
    write_packages,
)

MANIFEST = json.dumps({"racesc": "0.1.0"})
PACKAGES = {
    "words_suite/pyproject.toml": '[project]\nname = "words_suite"\n',
    "words_suite/words_suite/__init__.py": '"""Words."""\n',
    "words_suite/words_suite/manifest.json": MANIFEST,
}


def contents(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


# ── reading ───────────────────────────────────────────────────────────────────


def test_a_source_comes_with_its_solver_file(tmp_path: Path) -> None:
    (tmp_path / "words.races").write_text("# nothing\n", encoding="utf-8")
    (tmp_path / "words.py").write_text("x = 1\n", encoding="utf-8")
    source = read_source(tmp_path / "words.races")
    assert source.text == "# nothing\n"
    assert source.directory == str(tmp_path)
    assert source.solver_path == str(tmp_path / "words.py")
    assert source.solver_text == "x = 1\n"


def test_a_source_without_a_solver_file(tmp_path: Path) -> None:
    (tmp_path / "words.races").write_text("", encoding="utf-8")
    source = read_source(tmp_path / "words.races")
    assert (source.solver_path, source.solver_text) == (None, None)


def test_line_endings_and_a_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "a.races").write_bytes(b"\xef\xbb\xbf# one\r\n# two\r\n")
    (tmp_path / "a.py").write_bytes(b"x = 1\r\n")
    source = read_source(tmp_path / "a.races")
    assert source.text == "# one\r\n# two\r\n"
    assert source.solver_text == "x = 1\r\n"  # byte for byte


@pytest.mark.parametrize(
    ("content", "reason", "line", "column"),
    [
        (b"# fine\n# caf\xe9\n", "it is not UTF-8 text (byte 0xe9)", 2, 6),
        (b"\xff\xfeu\0s\0e\0", "it is UTF-16 text, not UTF-8", 1, 1),
        (b"u\0s\0e\0", "it is not text (it holds a zero byte)", 1, 2),
        (b"use a\n\x00", "it is not text (it holds a zero byte)", 2, 1),
        ("# é ".encode() + b"\xff", "it is not UTF-8 text (byte 0xff)", 1, 5),
    ],
)
def test_what_is_not_text(
    tmp_path: Path, content: bytes, reason: str, line: int, column: int
) -> None:
    path = tmp_path / "a.races"
    path.write_bytes(content)
    with pytest.raises(CannotRead) as caught:
        read_source(path)
    assert str(caught.value) == f"cannot read `{path}`: {reason}"
    assert (caught.value.line, caught.value.column) == (line, column)
    assert not caught.value.missing


def test_a_solver_file_that_is_not_text(tmp_path: Path) -> None:
    (tmp_path / "a.races").write_text("")
    (tmp_path / "a.py").write_bytes(b"\xff")
    with pytest.raises(CannotRead) as caught:
        read_source(tmp_path / "a.races")
    assert caught.value.path == str(tmp_path / "a.py")


def test_what_is_not_there(tmp_path: Path) -> None:
    for path, reason in [
        (tmp_path / "gone.races", "there is no such file"),
        (tmp_path, "it is a folder"),
        (tmp_path / ("n" * 300), "file name too long"),
        (tmp_path / "a\0b", "embedded null byte"),
    ]:
        with pytest.raises(CannotRead, match=reason) as caught:
            read_source(path)
        assert caught.value.missing


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.races")
    with pytest.raises(CannotRead, match="not a regular file"):
        read_source(tmp_path / "a.races")


@given(st.binary(max_size=60))
def test_decoding_never_raises_anything_else(content: bytes) -> None:
    try:
        text = decode(content, "a.races")
    except CannotRead as error:
        assert error.line >= 1 and error.column >= 1
    else:
        assert text.encode() == content


def test_standard_input() -> None:
    source = stdin_source(b"# nothing\n")
    assert (source.path, source.text) == ("<stdin>", "# nothing\n")
    assert source.solver_text is None


def test_sources_below_a_folder(tmp_path: Path) -> None:
    for name in ["b.races", "a.races", "sub/c.races", ".venv/d.races", "note.txt"]:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("")
    assert sources_below(tmp_path) == [
        str(tmp_path / name) for name in ["a.races", "b.races", "sub/c.races"]
    ]


def test_a_standard_library_module_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert "lists" in library_modules()
    assert Path(source_path("lists")).name == "lists.races"
    assert source_path("no_such_module") == "no_such_module"
    assert source_path("-") == "-"
    (tmp_path / "lists").write_text("")
    assert source_path("lists") == "lists"


# ── writing ───────────────────────────────────────────────────────────────────


def test_packages_are_written(tmp_path: Path) -> None:
    written = write_packages(tmp_path / "out", PACKAGES)
    assert written.written == ("words_suite",)
    assert contents(tmp_path / "out") == PACKAGES


def test_identical_packages_are_not_touched(tmp_path: Path) -> None:
    write_packages(tmp_path, PACKAGES)
    path = tmp_path / "words_suite" / "pyproject.toml"
    before = path.stat().st_ino
    (tmp_path / "words_suite" / "words_suite" / "__pycache__").mkdir()
    written = write_packages(tmp_path, PACKAGES)
    assert (written.written, written.unchanged) == ((), ("words_suite",))
    assert path.stat().st_ino == before


def test_our_folder_is_brought_up_to_date(tmp_path: Path) -> None:
    write_packages(tmp_path, PACKAGES)
    folder = tmp_path / "words_suite"
    (folder / "words_suite" / "__init__.py").write_text("changed")
    (folder / "words_suite" / "stale.py").write_text("old")
    (folder / ".git").mkdir()
    (folder / ".git" / "HEAD").write_text("ref")
    assert write_packages(tmp_path, PACKAGES).written == ("words_suite",)
    assert contents(tmp_path) == {**PACKAGES, "words_suite/.git/HEAD": "ref"}


@pytest.mark.parametrize(
    "manifest", [None, "{}", "[1]", "not json", "[" * 100_000, '{"racesc": 1}']
)
def test_a_folder_of_somebody_else_is_refused(
    tmp_path: Path, manifest: str | None
) -> None:
    folder = tmp_path / "words_suite"
    folder.mkdir()
    (folder / "precious.txt").write_text("mine")
    if manifest is not None:
        (folder / "manifest.json").write_text(manifest)
    before = contents(tmp_path)
    with pytest.raises(CannotWrite, match="racesc did not write it"):
        write_packages(tmp_path, PACKAGES)
    assert contents(tmp_path) == before


def test_one_foreign_folder_stops_all(tmp_path: Path) -> None:
    (tmp_path / "words_suite").mkdir()
    (tmp_path / "words_suite" / "precious.txt").write_text("mine")
    before = contents(tmp_path)
    with pytest.raises(CannotWrite):
        write_packages(tmp_path, {**PACKAGES, "a_suite/a_suite/__init__.py": ""})
    assert contents(tmp_path) == before


def test_an_empty_folder_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "words_suite").mkdir()
    assert write_packages(tmp_path, PACKAGES).written == ("words_suite",)


def test_a_file_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "words_suite").write_text("mine")
    with pytest.raises(CannotWrite, match="a file is in the way"):
        write_packages(tmp_path, PACKAGES)
    (tmp_path / "out").write_text("mine")
    with pytest.raises(CannotWrite, match="not a folder"):
        write_packages(tmp_path / "out", PACKAGES)
    with pytest.raises(CannotWrite):
        write_packages(tmp_path / "out" / "deeper", PACKAGES)


def test_check_writes_nothing(tmp_path: Path) -> None:
    out = tmp_path / "out"
    found = write_packages(out, PACKAGES, check=True)
    assert found.differing == tuple(sorted(PACKAGES))
    assert not out.exists()
    write_packages(out, PACKAGES)
    assert write_packages(out, PACKAGES, check=True).differing == ()
    (out / "words_suite" / "stale.py").write_text("old")
    (out / "words_suite" / "pyproject.toml").write_text("changed")
    found = write_packages(out, PACKAGES, check=True)
    assert found.differing == ("words_suite/pyproject.toml", "words_suite/stale.py")


def test_a_failed_write_leaves_the_old_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_packages(tmp_path, PACKAGES)
    before = contents(tmp_path)
    changed = {path: text + "\n" for path, text in PACKAGES.items()}
    rename = Path.rename

    def broken(self: Path, target: Path) -> Path:
        if ".new-" in self.name:
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", broken)
    with pytest.raises(CannotWrite, match="no space left on device"):
        write_packages(tmp_path, changed)
    monkeypatch.undo()
    assert contents(tmp_path) == before


@pytest.mark.parametrize("path", ["../a/b.py", "/etc/passwd", "a", "a/../../b.py"])
def test_an_emitted_path_that_leaves_is_our_bug(tmp_path: Path, path: str) -> None:
    with pytest.raises(ValueError, match="leaves its package"):
        write_packages(tmp_path, {path: ""})
