"""Files in, files out: sources and solver files are read here, packages written.

Nothing else in the compiler opens a file for a user (`cli.py` hands paths over, the
phases see text). What cannot be read is an error value with a plain sentence; what is
written appears all at once or not at all.
"""

from __future__ import annotations

import codecs
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from racesc.source import Source

# Folders that hold other people's files, or files made again at any time.
SKIPPED_FOLDERS = frozenset({"__pycache__", "node_modules", "build", "dist"})
LARGEST_FILE = 16 * 1024 * 1024
STANDARD_LIBRARY = Path(__file__).resolve().parent.parent / "stdlib_envs"


class CannotRead(OSError):
    """A file that cannot be read as text.

    ``missing``: there is nothing to read at all (bad usage: exit 2). Otherwise the
    file is there and its content is at fault, at ``line`` and ``column`` of ``text``,
    which is what could be read of it.
    """

    def __init__(
        self,
        path: str,
        reason: str,
        *,
        missing: bool,
        line: int = 1,
        column: int = 1,
        text: str = "",
    ) -> None:
        super().__init__(f"cannot read `{path}`: {reason}")
        self.path = path
        self.reason = reason
        self.missing = missing
        self.line = line
        self.column = column
        self.text = text

    def __str__(self) -> str:
        return f"cannot read `{self.path}`: {self.reason}"


class CannotWrite(OSError):
    """A package that cannot be written, or must not be."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"cannot write `{path}`: {reason}")
        self.path = path
        self.reason = reason

    def __str__(self) -> str:
        return f"cannot write `{self.path}`: {self.reason}"


# ── reading ───────────────────────────────────────────────────────────────────


def decode(content: bytes, path: str) -> str:
    """UTF-8 text from bytes, line endings as they are; raises ``CannotRead``."""
    if content[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        text = content.decode("utf-16", "replace")
        raise CannotRead(path, "it is UTF-16 text, not UTF-8", missing=False, text=text)
    reason, wrong = "it is not text (it holds a zero byte)", content.find(b"\0")
    if wrong < 0:
        try:
            return content.decode("utf-8")
        except UnicodeDecodeError as error:
            wrong = error.start
            reason = f"it is not UTF-8 text (byte 0x{content[wrong]:02x})"
    before = content[:wrong]
    last = before[before.rfind(b"\n") + 1 :]
    raise CannotRead(
        path,
        reason,
        missing=False,
        line=before.count(b"\n") + 1,
        column=len(last.decode("utf-8", "replace")) + 1,
        text=content.decode("utf-8", "replace"),
    )


def read_text(path: str | Path) -> str:
    """The text of a file; raises ``CannotRead`` with the reason in plain words."""
    shown = str(path)
    try:
        file = Path(path)
        if file.is_dir():
            raise CannotRead(shown, "it is a folder", missing=True)
        if file.exists() and not file.is_file():
            raise CannotRead(shown, "it is not a regular file", missing=True)
        if file.stat().st_size > LARGEST_FILE:
            raise CannotRead(shown, "it is larger than 16 MiB", missing=False)
        content = file.read_bytes()
    except CannotRead:
        raise
    except FileNotFoundError:
        raise CannotRead(shown, "there is no such file", missing=True) from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise CannotRead(shown, reason, missing=True) from None
    except ValueError as error:  # a zero byte in the path itself
        raise CannotRead(shown.replace("\0", "\\0"), str(error), missing=True) from None
    return decode(content, shown)


def read_source(path: str | Path) -> Source:
    """A ``.races`` file and, where there is one, the solver file beside it.

    Raises ``CannotRead``; its ``path`` says which of the two.
    """
    text = read_text(path).removeprefix("\ufeff")
    file = Path(path)
    solver = file.with_suffix(".py")
    present = solver.name != file.name and solver.is_file()
    return Source(
        path=str(path),
        text=text,
        directory=str(file.parent),
        solver_path=str(solver) if present else None,
        solver_text=read_text(solver) if present else None,
    )


def stdin_source(content: bytes) -> Source:
    """The source that `-` stands for; ``use`` looks in the current folder."""
    text = decode(content, "<stdin>").removeprefix("\ufeff")
    return Source(path="<stdin>", text=text, directory=".")


def sources_below(folder: str | Path) -> list[str]:
    """Every ``*.races`` file below a folder, in order; hidden folders are left out."""
    root = Path(folder)
    found: list[str] = []
    for directory, folders, names in os.walk(root):
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".") and name not in SKIPPED_FOLDERS
        )
        found += [
            str(Path(directory) / name)
            for name in sorted(names)
            if name.endswith(".races")
        ]
    return found


def write_text(path: str | Path, text: str) -> None:
    """Write a text file whole, its folders made where they are missing."""
    target = Path(path)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="")
    except OSError as problem:
        raise CannotWrite(str(path), problem.strerror or str(problem)) from None


def source_path(argument: str) -> str:
    """The file or folder that an argument names: a path, a standard library module, or
    `stdlib_envs`, which is all of them."""
    if argument == "-" or Path(argument).exists() or not argument.isidentifier():
        return argument
    if argument == STANDARD_LIBRARY.name:
        return str(STANDARD_LIBRARY)
    module = STANDARD_LIBRARY / f"{argument}.races"
    return str(module) if module.is_file() else argument


def library_modules() -> list[str]:
    """The names of the standard library's modules, in order."""
    if not STANDARD_LIBRARY.is_dir():
        return []
    return sorted(path.stem for path in STANDARD_LIBRARY.glob("*.races"))


# ── writing packages ──────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Written:
    """What writing did, or with ``check`` would do: names of the packages' folders."""

    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    differing: tuple[str, ...] = ()  # paths that --check found to differ


def by_folder(packages: Mapping[str, str]) -> dict[str, dict[str, bytes]]:
    """Emitted files grouped by top folder; each path is checked to stay inside."""
    folders: dict[str, dict[str, bytes]] = {}
    for path in sorted(packages):
        parts = PurePosixPath(path).parts
        if len(parts) < 2 or parts[0] == "/" or ".." in parts:
            raise ValueError(f"an emitted path leaves its package: {path}")
        inside = "/".join(parts[1:])
        folders.setdefault(parts[0], {})[inside] = packages[path].encode("utf-8")
    return folders


def is_ours(folder: Path) -> bool:
    """Whether racesc wrote this folder: a manifest.json of ours lies in it."""
    candidates = [folder / "manifest.json", *sorted(folder.glob("*/manifest.json"))]
    for manifest in candidates:
        try:
            found = json.loads(manifest.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            continue
        if isinstance(found, dict) and isinstance(found.get("racesc"), str):
            return True
    return False


def by_product(inside: PurePosixPath) -> bool:
    """Files that running, building or keeping a package under version control leaves
    in it: never compared. At the top they also survive a rewrite."""
    return any(
        part.startswith(".")
        or part in ("__pycache__", "build", "dist")
        or part.endswith((".pyc", ".egg-info"))
        for part in inside.parts
    )


def existing_files(folder: Path) -> Iterator[str]:
    """The files below a folder that count, as relative paths with `/`."""
    for directory, folders, names in os.walk(folder):
        here = PurePosixPath(Path(directory).relative_to(folder).as_posix())
        folders[:] = sorted(name for name in folders if not by_product(here / name))
        for name in sorted(names):
            if not by_product(here / name):
                yield str(here / name)


def differences(folder: Path, files: Mapping[str, bytes]) -> list[str]:
    """Paths in the folder that are missing, differ or should not be there."""
    wrong = []
    for inside, content in files.items():
        path = folder / inside
        try:
            same = path.read_bytes() == content
        except OSError:
            same = False
        if not same:
            wrong.append(inside)
    if folder.is_dir():
        wrong += [inside for inside in existing_files(folder) if inside not in files]
    return sorted(wrong)


def write_packages(
    destination: str | Path, packages: Mapping[str, str], *, check: bool = False
) -> Written:
    """Bring the packages' folders below ``destination`` to exactly the emitted files.

    Each folder is built beside its place and then swapped in. A folder that is there
    already and that racesc did not write stops everything before anything is written
    (``CannotWrite``). A folder with identical files is not touched. With ``check``
    nothing is written and ``differing`` lists what would change.
    """
    root = Path(destination)
    folders = by_folder(packages)
    if root.exists() and not root.is_dir():
        raise CannotWrite(str(root), "it is not a folder")
    wrong = {name: differences(root / name, files) for name, files in folders.items()}
    if check:
        differing = [f"{name}/{path}" for name in sorted(wrong) for path in wrong[name]]
        return Written((), _settled(wrong), tuple(differing))
    changed = sorted(name for name in wrong if wrong[name])
    for name in changed:
        _refuse_foreign(root / name)
    try:
        root.mkdir(parents=True, exist_ok=True)
        _swap_in(root, {name: folders[name] for name in changed})
    except OSError as error:
        if isinstance(error, CannotWrite):
            raise
        reason = (error.strerror or str(error)).lower()
        raise CannotWrite(str(error.filename or root), reason) from None
    return Written(tuple(changed), _settled(wrong))


def _settled(wrong: Mapping[str, list[str]]) -> tuple[str, ...]:
    return tuple(sorted(name for name in wrong if not wrong[name]))


def _refuse_foreign(folder: Path) -> None:
    if not os.path.lexists(folder):
        return
    if not folder.is_dir():
        raise CannotWrite(str(folder), "a file is in the way")
    if any(folder.iterdir()) and not is_ours(folder):
        raise CannotWrite(
            str(folder),
            "the folder is there already and racesc did not write it"
            " (it has no manifest.json of ours); move it away or choose another -o",
        )


def _swap_in(root: Path, folders: Mapping[str, Mapping[str, bytes]]) -> None:
    """Build every folder under a hidden name first, then rename; undone on failure."""
    staged: list[tuple[Path, Path]] = []
    mark = f"{os.getpid()}"
    try:
        for name, files in folders.items():
            new = root / f".{name}.new-{mark}"
            staged.append((new, (root / name).resolve()))
            _remove([new])
            _build(new, files)
        for new, place in staged:
            _replace(new, place, place.with_name(f".{place.name}.old-{mark}"))
    finally:
        _remove(new for new, _ in staged)


def _build(folder: Path, files: Mapping[str, bytes]) -> None:
    for inside, content in files.items():
        path = folder / inside
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _replace(new: Path, place: Path, old: Path) -> None:
    if not place.exists():
        new.rename(place)
        return
    _remove([old])
    place.rename(old)
    try:
        new.rename(place)
    except OSError:
        old.rename(place)
        raise
    for entry in sorted(old.iterdir()):  # .git, .venv and the like stay
        target = place / entry.name
        if by_product(PurePosixPath(entry.name)) and not target.exists():
            entry.rename(target)
    _remove([old])


def _remove(folders: Iterable[Path]) -> None:
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
