"""Emitted packages: their text, their names, and that they keep their promises.

Golden packages lie in `packages/`, made from `packages/sources/`; the carried runtime
is left out there. After a change on purpose: `RACESC_UPDATE=1 pytest tests/test_emit.py`.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import zipfile
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from racesc.emit import layout
from racesc.emit.carry import OF_SUITES, upper_half
from racesc.emit.names import constants, modules
from racesc.emit.package import emit_package
from racesc.files import CannotRead, read_source
from racesc.library import Library
from racesc.operators.branch import Branch
from racesc.operators.fanout import Fanout
from racesc.operators.fold import Fold
from racesc.operators.iterate import Iterate
from racesc.operators.map import Map
from racesc.operators.parallel import Parallel
from racesc.operators.sequential import Sequential
from racesc.operators.sort import Sort
from racesc.operators.step import Source, Step
from racesc.pipeline import analyse
from racesc.runtime.base import Base, Level, Parameter
from racesc.runtime.bounds import LEVEL, value
from racesc.runtime.brick import Brick
from racesc.runtime.node import Node
from racesc.runtime.types import Bool, Int, Type
from racesc.source import Source as SourceFile
from racesc.source import Span
from racesc.typed import (
    Function,
    Program,
    Signature,
    TypedEnvironment,
    TypedModule,
    TypedPackage,
)

HERE = Path(__file__).parent
GOLDEN = HERE / "packages"
SOURCES = GOLDEN / "sources"
RUFF = (sys.executable, "-m", "ruff")
UPDATE = os.environ.get("RACESC_UPDATE") == "1"


def compiled(path: Path) -> Program:
    """The checked program of a source file, which must have no errors."""

    def read(place: str) -> SourceFile | None:
        try:
            return read_source(place)
        except CannotRead:
            return None

    result = analyse([read_source(path)], Library(read, str(SOURCES)))
    assert not result.has_errors, [each.message for each in result.diagnostics]
    return result.program


def emitted(program: Program, **options: Any) -> dict[str, str]:
    """The files of all packages of a program."""
    files: dict[str, str] = {}
    for module in program.modules:
        for package in module.packages:
            files.update(emit_package(package, program, **options))
    return files


# Module -> its package, the package's import name, and the folder of its tests.
MADE = {
    "ledger": ("ledger_suite", "ledger_suite", "tests"),
    "awkward": ("tests", "tests", "package_tests"),
}


@cache
def files_of(name: str) -> dict[str, str]:
    return emitted(compiled(SOURCES / f"{name}.races"))


def write(folder: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text.encode("utf-8"))


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every package of the sources, as files."""
    folder = tmp_path_factory.mktemp("emitted")
    for name in MADE:
        write(folder, files_of(name))
    write(folder, emitted(by_hand()))
    return folder


def run(*command: str, cwd: Path, **environment: str) -> str:
    """What a command prints; it must succeed."""
    done = subprocess.run(
        command,
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    return done.stdout


# ── a program made by hand, with the operators beyond the four ──────────────────


def by_hand() -> Program:
    """A program that no source was written for."""
    many = Int(-(10**6), 10**6)

    def base(name: str, codomain: Type, *parameters: tuple[str, Type]) -> Base:
        return Base(
            name=f"beyond.{name}",
            parameters=tuple(Parameter(*pair) for pair in parameters),
            codomain=codomain,
            describe=f"{name.capitalize()}: "
            + ", ".join(f"{{{name}}}" for name, _ in parameters)
            + ".",
            solve=Function("beyond", name),
            levels=(Level("n", False, 10**LEVEL),) if name == "double" else (),
        )

    double = base("double", Int(2 * value("n"), 2 * value("n")), ("n", many))
    add = base("add", Int(), ("n", many), ("step", Int(1, 9)))
    halve = base("halve", many, ("n", many))
    even = base("is_even", Bool(), ("n", many))
    larger = base("larger", many, ("a", many), ("b", many))
    fed = {"n": Source(0)}
    nodes: dict[str, Node] = {
        "each": Map(Step(Brick(double), fed)),
        "each_mean": Map(Brick(add), reward="mean", length=(2, 3)),
        "apart": Fanout((Step(Brick(double), fed), Brick(halve)), reward="mean"),
        "thrice": Iterate(Brick(halve), times=3),
        "some": Iterate(Step(Brick(halve), fed), times=(2, 4)),
        "chosen": Branch(Brick(even), Step(Brick(halve), fed), Brick(add), many),
        "most": Fold(Brick(larger), start=-5),
        "largest": Fold(Brick(larger), length=(2, 8)),
        "all_of": Parallel(
            (
                Map(Brick(halve)),
                Sort((Brick(halve), Brick(add), Brick(halve))),
                Fanout((Brick(halve), Brick(even))),
            ),
            reward="all",
        ),
        "chain": Sequential(
            (
                Step(Brick(double, fixed={"n": 12})),
                Step(Fanout((Brick(halve), Brick(halve))), {"n": Source(0)}),
                Step(
                    Brick(larger),
                    {"a": Source(1, part=0), "b": Source(1, part=1)},
                ),
            ),
            reward="last",
        ),
        "inner": Sequential(
            (
                Step(Brick(halve)),
                Step(
                    Sequential(
                        (
                            Step(Brick(add), {"n": Source(None, "x")}),
                            Step(Brick(halve), fed),
                        ),
                        parameters=(Parameter("x", many),),
                    ),
                    {"x": Source(0)},
                ),
                Step(Brick(larger), {"a": Source(1), "b": Source(0)}),
            ),
        ),
    }
    environments = tuple(
        TypedEnvironment(
            name=name,
            module="beyond",
            doc="",
            tags=(),
            signature=Signature((), node.ports, node.codomain),
            node=node,
            base=None,
            expression=f"{name.upper()}(…)",
            relational=False,
            sampleable=True,
            span=Span("beyond.races", 0, 0),
        )
        for name, node in nodes.items()
    )
    span = Span("beyond.races", 0, 0)
    package = TypedPackage("beyond", "0.1.0", "", environments, (), (), span)
    module = TypedModule(
        "beyond", "beyond.races", environments, (package,), environments, BEYOND
    )
    return Program((module,), {"beyond": BEYOND}, {"beyond": "0" * 64})


BEYOND = '''"""Solvers, by hand."""
def double(n): return 2 * n
def add(n, step): return n + step
def halve(n): return n // 2 if n >= 0 else -(-n // 2)
def is_even(n): return n % 2 == 0
def larger(a, b): return max(a, b)'''


# ── layout ────────────────────────────────────────────────────────────────────


def some_text(rng: random.Random) -> str:
    alphabet = rng.choice(
        [
            "abc ",
            "ab\" '",
            "a\\\n\t é→漢字한 \u200b\u0301😀\x00\x1bا",
            "ab  cd, ",
            "'\"\\ x",
        ]
    )
    size = rng.choice([0, 1, 3, 10, 40, 90, 200])
    return "".join(rng.choice(alphabet) for _ in range(size))


def some_name(rng: random.Random) -> str:
    size = rng.choice([1, 4, 9, 18, 30])
    return "".join(rng.choice("abcXYZ_") for _ in range(size)).strip("_") or "q"


def some_piece(rng: random.Random, depth: int) -> layout.Piece:
    kind = rng.randrange(11) if depth else rng.randrange(4)
    if kind == 0:
        return some_name(rng)
    if kind == 1:
        return layout.Text(some_text(rng))
    if kind == 2:
        numbers = [0, -1, 5, 12345, 10**6, 10**12, -(10**7), 10**40, -(10**30)]
        return layout.number(rng.choice(numbers))
    if kind == 3:
        long = layout.call("Operation", layout.Text("//"), layout.Text(some_text(rng)))
        return layout.Either(f'size("items") // 2 + {some_name(rng)}', long)
    inside = [some_piece(rng, depth - 1) for _ in range(rng.choice([0, 1, 1, 2, 3, 6]))]
    if kind <= 6:
        named = {
            f"{some_name(rng)}{number}": some_piece(rng, depth - 1)
            for number in range(rng.choice([0, 1, 3]))
        }
        return layout.call(some_name(rng), *inside, **named)
    if kind == 7:
        return layout.tuple_of(inside)
    if kind == 8:
        return layout.list_of(inside)
    if kind == 9:
        return layout.Table(tuple((layout.Text(some_name(rng)), x) for x in inside))
    return layout.Index(some_name(rng), layout.Text(some_text(rng)))


@pytest.mark.parametrize("seed", range(2))
def test_layout_is_what_ruff_leaves(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    lines = ['"""Random pieces."""\n']
    while len(lines) < 200:
        piece = some_piece(rng, rng.choice([1, 2, 3, 5]))
        if isinstance(piece, (layout.Call, layout.Items, layout.Table, layout.Index)):
            lines.append(layout.assignment(f"x{len(lines)}", piece))
    for number in range(60):
        text = "\n".join(some_text(rng) for _ in range(rng.choice([1, 1, 3])))
        doc = layout.docstring(rng.choice(["x", ""]) + text, 4)
        lines.append(f"\n\ndef f{number}() -> None:\n    {doc}")
    (tmp_path / "random.py").write_text("\n".join(lines) + "\n", encoding="utf-8")
    run(*RUFF, "format", "--isolated", "--diff", "random.py", cwd=tmp_path)


def test_strings_come_back_as_they_went_in() -> None:
    rng = random.Random(7)
    for _ in range(500):
        text = some_text(rng)
        assert eval(layout.literal(text)) == text
        split = layout.render(layout.Text(text), 0, "x=").removeprefix("x=")
        assert eval(split) == text


def test_numbers_come_back_as_they_went_in() -> None:
    for number in (0, -1, 10**6, -(10**6), 10**12, -(10**100), 3**20000, -(3**20000)):
        assert eval(layout.flat(layout.number(number))) == number


# ── packages as text ──────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", MADE)
def test_packages_are_the_golden_ones(name: str) -> None:
    package = MADE[name][0]
    made = {path: text for path, text in files_of(name).items() if wanted(path)}
    if UPDATE:
        write(GOLDEN, made)
    there = {
        path.relative_to(GOLDEN).as_posix(): path.read_bytes().decode("utf-8")
        for path in (GOLDEN / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert sorted(there) == sorted(made)
    for path, text in made.items():
        assert without_version(text) == without_version(there[path]), path


def wanted(path: str) -> bool:
    return "/_runtime/" not in path


def without_version(text: str) -> str:
    """A manifest says which racesc made it; that may change."""
    lines = text.split("\n")
    return "\n".join(line for line in lines if not line.startswith('  "racesc": "'))


def test_the_same_input_gives_the_same_bytes() -> None:
    code = (
        "import test_emit as t; from hashlib import sha256; "
        "files = t.emitted(t.by_hand()); "
        "print(sha256(repr(sorted(files.items())).encode()).hexdigest())"
    )
    paths = os.pathsep.join([str(HERE), str(HERE.parent)])
    seen = {
        run(sys.executable, "-c", code, cwd=HERE, PYTHONPATH=paths, PYTHONHASHSEED=seed)
        for seed in ("0", "1")
    }
    assert len(seen) == 1


def test_texts_end_with_one_line_break() -> None:
    for path, text in {**files_of("ledger"), **files_of("awkward")}.items():
        if "/steps/" not in path and not path.endswith("py.typed"):
            assert text.endswith("\n") and not text.endswith("\n\n"), path
        assert "\r" not in text


def test_solvers_and_runtime_are_carried_as_they_are() -> None:
    files = files_of("awkward")
    solvers = (SOURCES / "awkward.py").read_bytes().decode("utf-8")
    assert files["tests/tests/steps/awkward.py"] == solvers
    runtime = HERE.parent / "racesc" / "runtime"
    for path in runtime.glob("*.py"):
        if path.stem in OF_SUITES:
            continue
        carried = files[f"tests/tests/_runtime/{path.name}"]
        assert carried == path.read_text(encoding="utf-8")
    assert "racesc" not in " ".join(
        line
        for path, text in files.items()
        if path.endswith(".py")
        for line in text.split("\n")
        if "import " in line
    )


def test_only_the_operators_in_use_are_carried() -> None:
    alone = {Path(path).stem for path in emitted(by_hand()) if "/_runtime/" in path}
    assert {"map", "fold", "branch", "iterate", "fanout", "sort"} <= alone
    assert "select" not in alone
    used = {Path(path).stem for path in files_of("ledger") if "/_runtime/" in path}
    assert "select" in used and "map" not in used


def test_the_upper_half_of_an_operator() -> None:
    text = '''"""Doc."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from racesc.operators.sort import Sort
from racesc.runtime.base import Parameter

x: Any = Sort, Parameter


# ── compile time: everything above is carried into emitted packages ──

if TYPE_CHECKING:
    from racesc.compose import Typed
'''
    assert (
        upper_half(text)
        == '''"""Doc."""

from __future__ import annotations

from typing import Any

from .base import Parameter
from .sort import Sort

x: Any = Sort, Parameter
'''
    )


# ── packages as programs ──────────────────────────────────────────────────────


@pytest.mark.parametrize("package", ["ledger_suite", "tests", "beyond"])
def test_ruff_and_mypy_have_nothing_to_say(written: Path, package: str) -> None:
    folder = written / package
    # steps/ are the user's own; excluded also where the package's settings are not read.
    options = ("--isolated", "--no-cache", "--exclude", "steps")
    run(*RUFF, "format", "--diff", *options, ".", cwd=folder)
    run(*RUFF, "format", "--check", "--no-cache", ".", cwd=folder)
    run(*RUFF, "check", "--no-cache", ".", cwd=folder)
    for place in (folder, written):
        run(*RUFF, "check", *options, "--exclude", "_runtime", str(folder), cwd=place)
    cache = str(written / "mypy_cache")  # shared, so that typeshed is read once
    mypy = (sys.executable, "-m", "mypy", "--cache-dir", cache)
    run(*mypy, "--strict", ".", cwd=folder)


@pytest.mark.parametrize("name", [*MADE, "beyond"])
def test_packages_keep_their_own_promises(written: Path, name: str) -> None:
    package, _, tests = MADE.get(name, (name, name, "tests"))
    folder = written / package
    done = run(
        *(sys.executable, "-m", "unittest", "discover", "-q", tests),
        cwd=folder,
        PYTHONPATH=str(folder),
    )
    assert done == ""


def test_importing_a_package_loads_nothing_else(written: Path) -> None:
    code = (
        "import sys, ledger_suite as p; "
        "assert not [m for m in sys.modules if m.startswith('ledger_suite.')]; "
        "assert p.environments()[0] == 'second_digit'; "
        "p.load('second_digit'); "
        "assert 'ledger_suite._runtime.parallel' not in sys.modules; "
        "print(p.__version__)"
    )
    folder = written / "ledger_suite"
    assert run(sys.executable, "-c", code, cwd=folder) == "0.2.0\n"


def test_an_unknown_environment_is_named(written: Path) -> None:
    code = "import ledger_suite; ledger_suite.load('nothing')"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=written / "ledger_suite",
        capture_output=True,
        text=True,
        check=False,
    )
    assert "ValueError: no environment 'nothing'; there are second_digit" in done.stderr


def test_the_manifest_says_what_is_inside() -> None:
    manifest = json.loads(files_of("ledger")["ledger_suite/ledger_suite/manifest.json"])
    assert manifest["package"] == "ledger_suite"
    assert list(manifest["sources"]) == ["ledger"]
    first, *_, last = manifest["environments"]
    assert first["name"] == "second_digit"
    assert first["kind"] == "sequential"
    assert first["expression"] == "to_digits >> sort >> kth_largest(k: 2)"
    assert last["kind"] == "base"
    ids = [one["id"] for one in manifest["environments"]]
    assert len(set(ids)) == len(ids)


def test_samples_are_shown_in_the_readme() -> None:
    sample = {
        "level": 3,
        "seed": 7,
        "prompt": "Write ```` twice.\n| <b>",
        "answer": ["`", 12],
    }
    program = compiled(SOURCES / "ledger.races")
    files = emitted(program, samples={"both": [sample]})
    readme = files["ledger_suite/README.md"]
    assert "`````text\nWrite ```` twice.\n| <b>\n`````" in readme
    assert 'Answer: ``["`", 12]``' in readme
    assert readme.count("Answer: ") == 1


def test_a_package_builds_as_a_wheel(written: Path, tmp_path: Path) -> None:
    folder = written / "ledger_suite"
    build = (sys.executable, "-m", "build", "--wheel", "--no-isolation")
    run(*build, "--outdir", str(tmp_path), ".", cwd=folder)
    (wheel,) = tmp_path.glob("ledger_suite-0.2.0-*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    for inside in ("py.typed", "manifest.json", "steps/ledger.py", "envs/both.py"):
        assert f"ledger_suite/{inside}" in names


def test_deep_nesting_and_empty_packages_are_formatted_too(tmp_path: Path) -> None:
    program = by_hand()
    (module,) = program.modules
    first = module.environments[0]
    assert first.node is not None
    node: Node = first.node
    for depth in range(12):
        node = Parallel((node, Sequential((Step(node),))) if depth < 6 else (node,))
    deep = replace(first, node=node)
    package = module.packages[0]
    for number, environments in enumerate(([], [deep])):
        changed = replace(package, environments=tuple(environments))
        write(tmp_path / str(number), emit_package(changed, program))
    options = ("--isolated", "--no-cache", "--exclude", "steps")
    run(*RUFF, "format", "--diff", *options, ".", cwd=tmp_path)
    run(*RUFF, "check", *options, "--exclude", "_runtime", ".", cwd=tmp_path)


# ── names ─────────────────────────────────────────────────────────────────────


def test_names_that_are_taken_get_an_underscore() -> None:
    given = modules(["class", "list", "con", "my-words", "2nd", "load", "__init__"])
    assert given == {
        "class": "class_",
        "list": "list",
        "con": "con_",
        "my-words": "my_words",
        "2nd": "_2nd",
        "load": "load",
        "__init__": "__init___",
    }
    assert constants(["a", "solvers", "list"], ["SOLVERS"]) == {
        "a": "A",
        "solvers": "SOLVERS_",
        "list": "LIST",
    }
    long = [f"{'x' * 300}{number}" for number in range(3)]
    assert len(set(modules(long).values())) == 3
