"""A typed package as files: the last phase, and a pure function.

``emit_package`` lays out pyproject.toml, README.md, the environments' modules, the
declarations they stand on, the solvers and the runtime, as path -> text. Nothing is
run, read from the user's disk or written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from racesc import __version__
from racesc.emit import straight as straight_line
from racesc.emit.carry import carried
from racesc.emit.layout import (
    Call,
    Piece,
    Table,
    Text,
    assignment,
    comment,
    docstring,
    from_import,
    literal,
    tuple_of,
)
from racesc.emit.manifest import Manifest, ManifestEnvironment
from racesc.emit.plan import OWN, Plan, plan
from racesc.emit.readme import readme
from racesc.emit.specs import Table as Parts
from racesc.emit.suites import SuiteContent, SuitesText, door, written
from racesc.emit.targets import Outline, shims
from racesc.emit.template import fill
from racesc.emit.words import filled, page
from racesc.operators.sequential import Sequential
from racesc.show_types import signature_text
from racesc.typed import Program, TypedEnvironment, TypedPackage

Samples = Mapping[str, Sequence[Mapping[str, Any]]]


def emit_package(
    package: TypedPackage,
    program: Program,
    targets: Sequence[str] = (),
    samples: Samples | None = None,
    suites: Sequence[SuiteContent] = (),
    suite_parts: Parts | None = None,
) -> dict[str, str]:
    """The files of a package, path -> text, paths beginning with its name.

    ``targets`` are shims to add. ``samples`` maps environments to problems (as
    `Problem.to_dict` gives them) for the README: they need running solvers, so whoever
    can run the package made without them passes them in. ``suites`` are the suites
    that the package includes, with their composites; ``suite_parts`` make it ready for
    composites that come later, as data.
    """
    held = None
    if suites or suite_parts is not None:
        held = written(suites, suite_parts)
    made = plan(package, program, held)
    inner = {
        "__init__.py": _init(made, held is not None),
        "py.typed": "",
        "manifest.json": _manifest(made, held).to_text(),
        "_solvers.py": _solvers(made),
        "bases/__init__.py": fill("package/bases/__init__.py"),
        "envs/__init__.py": fill("package/envs/__init__.py"),
        "steps/__init__.py": fill("package/steps/__init__.py"),
    }
    for module, name in made.base_modules.items():
        inner[f"bases/{name}.py"] = _bases(made, module)
    straight: dict[str, str] = {}
    for public, environment in made.environments.items():
        name = made.environment_modules[public]
        inner[f"envs/{name}.py"] = _environment(made, public, environment)
        if straight_line.applies(environment.node):
            straight[public] = name
    for module, name in made.step_modules.items():
        inner[f"steps/{name}.py"] = program.solver_texts[module]
    if held is not None:
        inner["_suites.py"] = door(made, held)
        inner.update({f"suites/{path}": text for path, text in held.files.items()})
    for name, text in carried(made.operators, suites=held is not None).items():
        inner[f"_runtime/{name}"] = text
    files = {f"{made.module}/{path}": text for path, text in inner.items()}
    files["pyproject.toml"] = _pyproject(made)
    files["README.md"] = readme(
        made, samples or {}, suites, None if held is None else held.manifest
    )
    files[f"{made.tests}/test_package.py"] = _tests(made, straight, held is not None)
    outline = Outline(
        package.name, made.module, package.version, tuple(made.environments)
    )
    files.update(shims(outline, targets))
    return {f"{package.name}/{path}": files[path] for path in sorted(files)}


def identity(environment: TypedEnvironment) -> str:
    """The durable name of an environment: a hash of its canonical expression (of its
    qualified name where it is a base environment). It keys the randomness."""
    named = environment.expression
    if environment.base is not None:
        named = environment.qualified
    return sha256(named.encode("utf-8", "surrogatepass")).hexdigest()[:16]


# ── one file each ─────────────────────────────────────────────────────────────


def _pyproject(made: Plan) -> str:
    first = made.package.doc.strip().split("\n")[0]
    return fill(
        "pyproject.toml",
        distribution=made.package.name.strip("_") or "environments",
        version=made.package.version,
        summary=first or f"Verifiable environments: {made.package.name}",
        module=made.module,
        tests=made.tests,
    )


def _init(made: Plan, suites: bool) -> str:
    doc = made.package.doc or f"The environments of `{made.package.name}`."
    modules = [
        (Text(public), Text(module))
        for public, module in made.environment_modules.items()
    ]
    return fill(
        "package/__init__.py",
        docstring=docstring("\n".join(filled(doc))),
        version=literal(made.package.version),
        suites=suites,
        modules=assignment("_MODULES: dict[str, str]", Table(tuple(modules))),
    )


def _solvers(made: Plan) -> str:
    rows = tuple(
        (
            Text(f"{one.module}.{one.name}"),
            f"{made.step_modules[one.module]}.{one.name}",
        )
        for one in made.functions
    )
    modules = list(made.step_modules.values())
    return fill(
        "package/_solvers.py",
        imports=from_import(".steps", modules) if modules else "",
        table=assignment("SOLVERS: dict[str, Callable[..., Any]]", Table(rows)),
    )


def _bases(made: Plan, module: str) -> str:
    """`bases/<module>.py`: declarations as data, each under its signature and doc."""
    declared = made.declared()
    printer = made.printer()
    bases = []
    for base in made.bases[module]:
        code = assignment(made.constants[base.name][1], printer.construction(base))
        above = ""
        if base.name in declared:
            environment = declared[base.name]
            said = f"{environment.name}{signature_text(environment.signature)}"
            lines = [*filled(environment.doc), *filled(said, hanging="    ")]
            above = "\n".join(comment(line) for line in lines if line)
        bases.append({"comment": above, "code": code})
    imports = printer.imports.lines("\n".join(base["code"] for base in bases))
    return fill("package/bases/module.py", module=module, imports=imports, bases=bases)


def _environment(made: Plan, public: str, environment: TypedEnvironment) -> str:
    """`envs/<name>.py`: an environment's node, and its straight-line code."""
    printer = made.printer()
    node = assignment("NODE", printer.piece(environment.node))
    named: dict[str, Piece] = {
        "name": Text(public),
        "node": "NODE",
        "signature": Text(signature_text(environment.signature)),
        "expression": Text(environment.expression),
    }
    if environment.doc:
        named["doc"] = Text(environment.doc)
    named["id"] = Text(identity(environment))
    whole = assignment("ENVIRONMENT", Call("Environment", tuple(named.items())))
    printer.imports.add_runtime("environment", "Environment")
    code = f"{node}\n{whole}"
    straight = inputs = None
    if isinstance(environment.node, Sequential):
        if straight_line.applies(environment.node):
            taken = {name for names in printer.imports.names.values() for name in names}
            straight = straight_line.straight(
                environment.node, printer, taken.union(OWN)
            )
            paths = [Text(one.path) for one in straight.inputs]
            inputs = assignment("INPUTS", tuple_of(paths))
            code += f"\n{straight.aliases}\n{straight.function}"
    return fill(
        "package/envs/environment.py",
        docstring=docstring(page(environment, public)),
        imports=printer.imports.lines(code),
        node=node,
        environment=whole,
        straight=straight,
        inputs=inputs,
    )


def _tests(made: Plan, straight: Mapping[str, str], suites: bool) -> str:
    rows = tuple((Text(public), Text(name)) for public, name in straight.items())
    return fill(
        "tests/test_package.py",
        tests=made.tests,
        module=made.module,
        suites=suites,
        straight=assignment("STRAIGHT", Table(rows)) if rows else None,
    )


def _manifest(made: Plan, held: SuitesText | None) -> Manifest:
    environments = tuple(
        ManifestEnvironment(
            name=public,
            id=identity(environment),
            module=environment.module,
            kind=type(environment.node).__name__.lower()
            if environment.base is None
            else "base",
            expression=environment.expression,
            signature=signature_text(environment.signature),
        )
        for public, environment in made.environments.items()
    )
    return Manifest(
        racesc=__version__,
        package=made.package.name,
        version=made.package.version,
        sources=dict(sorted(made.program.source_hashes.items())),
        environments=environments,
        suites={} if held is None else held.manifest,
    )
