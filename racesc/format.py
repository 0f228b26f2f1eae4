"""Tree -> canonical text: what `racesc fmt` writes, and how expressions are shown.

One law holds: reading what is written gives the tree again. Lines hold 88 columns
where they can; types, literals and strings are never broken. Plain comments and empty
lines are no part of the tree: ``comments.py`` puts them back.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import TypeAlias

from racesc import syntax as tree

WIDTH = 88
_INDENT = "  "

# Whether an expression, or a list of parameters or names, takes several lines even
# where one would do.
Breaks: TypeAlias = Callable[[tree.Tree], bool]


# ── modules ───────────────────────────────────────────────────────────────────


def format_module(module: tree.Module) -> str:
    """The whole file, ending in a new line; empty for a module without declarations.
    Doc comments are kept; plain comments are no part of the tree."""
    blocks: list[str] = []
    before: tree.Declaration | None = None
    for declaration in module.declarations:
        text = format_declaration(declaration)
        if before is not None and not together(before, declaration, blocks[-1], text):
            text = "\n" + text
        blocks.append(text)
        before = declaration
    return "".join(f"{block}\n" for block in blocks)


def together(
    first: tree.Declaration, second: tree.Declaration, above: str, below: str
) -> bool:
    """Whether no empty line has to stand between two: one-liners of a kind."""
    return type(first) is type(second) and "\n" not in above.lstrip("\n") + below


def format_declaration(
    declaration: tree.Declaration, breaks: Breaks | None = None
) -> str:
    """One declaration with its doc comment, without a new line at its end. ``breaks``
    is asked besides what always holds: a block never stays on one line."""

    def broken(node: tree.Tree) -> bool:
        return _holds_block(node) or (breaks is not None and breaks(node))

    match declaration:
        case tree.ImportDeclaration():
            return _import(declaration, broken)
        case tree.TypeDeclaration():
            text = _type_declaration(declaration)
        case tree.BaseDeclaration():
            text = _base(declaration, broken)
        case tree.CompositeDeclaration():
            text = _composite(declaration, broken)
        case tree.SuiteDeclaration():
            text = _suite(declaration)
        case tree.PackageDeclaration():
            text = _package(declaration)
    return _doc(declaration.doc) + text


def _doc(doc: str) -> str:
    if not doc:
        return ""
    return "".join(f"## {line}".rstrip() + "\n" for line in doc.split("\n"))


def _import(declaration: tree.ImportDeclaration, breaks: Breaks) -> str:
    text = f"use {declaration.module.text}"
    if declaration.path is not None:
        text += f" from {_string(declaration.path)}"
    if declaration.names is None:
        return text
    line = f"{text} ({_names(declaration.names)})"
    if len(line) <= WIDTH and not breaks(declaration):
        return line
    return f"{text} ({_lines(name.text for name in declaration.names)})"


def _type_declaration(declaration: tree.TypeDeclaration) -> str:
    word = "newtype" if declaration.nominal else "type"
    variables = f"[{_names(declaration.variables)}]" if declaration.variables else ""
    return (
        f"{word} {declaration.name.text}{variables} = {format_type(declaration.body)}"
    )


def _base(declaration: tree.BaseDeclaration, breaks: Breaks) -> str:
    arrow = f" -> {format_type(declaration.codomain)}"
    head = _head(declaration, declaration.parameters, arrow, breaks)
    return _braces(head(" {"), [_clause(each) for each in declaration.clauses])


def _composite(declaration: tree.CompositeDeclaration, breaks: Breaks) -> str:
    arrow = ""
    if declaration.codomain is not None:
        arrow = f" -> {format_type(declaration.codomain)}"
    head = _head(declaration, declaration.parameters, arrow, breaks)(" =")
    used = len(head.rsplit("\n", 1)[-1]) + 1
    value = declaration.value
    text = _layout(value, 0, used, breaks)
    if isinstance(value, tree.Chain) and "\n" in text:
        steps = [_layout(each, 1, 5, breaks) for each in value.steps]
        return f"{head}\n{_INDENT}" + f"\n{_INDENT}>> ".join(steps)
    return f"{head} {text}"


def _head(
    declaration: tree.BaseDeclaration | tree.CompositeDeclaration,
    parameters: tuple[tree.Parameter, ...] | None,
    arrow: str,
    breaks: Breaks,
) -> Callable[[str], str]:
    """`env f[a: Ord](x: List[a]) -> a` and what follows on the line, with the
    parameters on lines of their own where it gets too long."""
    start = f"env {declaration.name.text}"
    if declaration.variables:
        start += f"[{', '.join(map(_variable, declaration.variables))}]"
    if parameters is None:
        return lambda end: start + arrow + end
    texts = [f"{each.name.text}: {format_type(each.type)}" for each in parameters]

    def with_end(end: str) -> str:
        line = f"{start}({', '.join(texts)}){arrow}{end}"
        if not texts or (len(line) <= WIDTH and not breaks(declaration)):
            return line
        return f"{start}({_lines(texts)}){arrow}{end}"

    return with_end


def _variable(variable: tree.TypeVariable) -> str:
    if not variable.classes:
        return variable.name
    return f"{variable.name}: {' + '.join(each.text for each in variable.classes)}"


def _braces(head: str, lines: list[str]) -> str:
    """A declaration's head and its clauses; without any, the braces stay together."""
    if not lines:
        return head + "}"
    return head + "\n" + "".join(f"{_INDENT}{line}\n" for line in lines) + "}"


# ── clauses ───────────────────────────────────────────────────────────────────


def _clause(clause: tree.Clause) -> str:
    match clause:
        case tree.NameClause():
            return f"{clause.kind:<8} {clause.function.text}"
        case tree.DescribeClause():
            return f"describe {_string(clause.text)}"
        case tree.LevelClause():
            name = clause.parameter.text
            if clause.type is not None:
                return f"level    {name}: {format_type(clause.type)}"
            assert clause.bound is not None
            length = " len" if clause.on_length else ""
            return f"level    {name}{length} <= {format_bound(clause.bound)}"
        case tree.LawClause():
            return f"law      {one_line(clause.left)} == {one_line(clause.right)}"
        case tree.ExampleClause():
            arguments = ", ".join(map(format_literal, clause.arguments))
            return f"example  ({arguments}) => {format_literal(clause.result)}"
        case tree.TagsClause():
            return f"tags     {_names(clause.tags)}"


def _suite(declaration: tree.SuiteDeclaration) -> str:
    head = f"suite {declaration.name.text} {{"
    return _braces(head, [_suite_clause(each) for each in declaration.clauses])


def _suite_clause(clause: tree.SuiteClause) -> str:
    match clause:
        case tree.FromClause():
            excepted = f" except {_names(clause.excepted)}" if clause.excepted else ""
            return f"from  {_names(clause.sources)}{excepted}"
        case tree.UsingClause():
            return f"using {_names(clause.operators)}"
        case tree.RangeClause():
            high = f"..{clause.high}" if clause.high != clause.low else ""
            return f"{clause.kind:<5} {clause.low}{high}"
        case tree.GoalClause():
            return f"goal  {' | '.join(map(format_type, clause.types))}"
        case tree.RequireClause():
            return f"require {', '.join(map(_requirement, clause.requirements))}"
        case tree.MixClause():
            return f"mix   {', '.join(map(_share, clause.shares))}"
        case tree.TakeClause():
            count = "all" if clause.count is None else _grouped(clause.count)
            seed = f" seed {clause.seed}" if clause.seed else ""
            return f"take  {count}{seed}"
        case tree.DisjointClause():
            return f"disjoint from {clause.suite.text} by {clause.by}"
        case tree.SplitClause():
            return f"split {', '.join(map(_share, clause.shares))}"


def _requirement(requirement: tree.Requirement) -> str:
    """`guess <= 0.2`; as a fraction where the decimals would not end soon."""
    value, number = requirement.threshold, str(requirement.threshold)
    thousandths = value * 1000
    if value.denominator > 1 and thousandths.denominator == 1:
        whole, rest = divmod(thousandths.numerator, 1000)
        number = f"{whole}.{rest:03}".rstrip("0")
    return f"{requirement.measure.text} {requirement.comparison} {number}"


def _share(share: tree.Share) -> str:
    return f"{share.operator.text} {share.percent}%"


def _grouped(number: int) -> str:
    return f"{number:_}" if number >= 10_000 else str(number)


def _package(declaration: tree.PackageDeclaration) -> str:
    lines = []
    if declaration.version is not None:
        lines.append(f"version {_string(declaration.version)}")
    if declaration.include:
        lines.append(f"include {_names(declaration.include)}")
    if declaration.targets:
        lines.append(f"target  {_names(declaration.targets)}")
    return _braces(f"package {declaration.name.text} {{", lines)


# ── expressions ───────────────────────────────────────────────────────────────


def format_expression(expression: tree.Expression) -> str:
    """An expression on one line where 88 columns hold it, on several otherwise."""
    return _layout(expression, 0, 0, lambda _: False)


def one_line(expression: tree.Expression) -> str:
    """An expression on one line, however long: `a >> PARALLEL(b, c, reward: all)`."""
    match expression:
        case tree.Use():
            return _use(expression)
        case tree.Chain():
            return " >> ".join(map(one_line, expression.steps))
        case tree.Operation():
            items = [
                *map(one_line, expression.parts),
                *map(_option, expression.options),
            ]
            return f"{expression.operator}({', '.join(items)}){_fed(expression)}"
        case tree.Block():
            statements = " ".join(
                _named(each) + one_line(each.value) for each in expression.statements
            )
            return f"{_block_head(expression)} {statements} }}"


def _use(use: tree.Use) -> str:
    return _use_head(use) + _arguments(use.arguments) + _policy(use)


def _use_head(use: tree.Use) -> str:
    types = ", ".join(map(format_type, use.type_arguments))
    return use.name + (f"[{types}]" if types else "")


def _policy(use: tree.Use) -> str:
    return f" as {use.policy}" if use.policy else ""


def _arguments(arguments: tuple[tree.Argument, ...] | None) -> str:
    if arguments is None:
        return ""
    return f"({', '.join(map(_argument, arguments))})"


def _argument(argument: tree.Argument) -> str:
    name = "" if argument.name is None else f"{argument.name}: "
    return name + _value(argument.value)


def _value(value: tree.Hole | tree.Name | tree.LiteralExpression) -> str:
    match value:
        case tree.Hole():
            return "_"
        case tree.Name():
            return value.text
        case _:
            return format_literal(value)


def _option(option: tree.Option) -> str:
    return f"{option.name}: {_value(option.value)}"


def _fed(operation: tree.Operation) -> str:
    return _arguments(operation.fed)


def _block_head(block: tree.Block) -> str:
    options = ", ".join(map(_option, block.options))
    return f"SEQUENTIAL({options}) {{" if options else "SEQUENTIAL {"


def _named(statement: tree.Statement) -> str:
    return "" if statement.name is None else f"{statement.name.text} = "


def _layout(
    expression: tree.Expression, depth: int, used: int, breaks: Breaks, after: int = 0
) -> str:
    """An expression whose first line begins in column ``used`` and whose further
    lines are indented ``depth`` steps; ``after`` columns follow its last line."""
    flat = one_line(expression)
    if used + len(flat) + after <= WIDTH and not breaks(expression):
        return flat
    indent = _INDENT * depth
    match expression:
        case tree.Chain():
            joint = f"\n{indent}{_INDENT}>> "
            first, *others = expression.steps
            texts = [_layout(first, depth, used, breaks)]
            texts += [
                _layout(each, depth + 1, len(joint) - 1, breaks) for each in others
            ]
            return joint.join(texts)
        case tree.Operation():
            inner = len(indent) + 2
            items = [
                _layout(each, depth + 1, inner, breaks, after=1)
                for each in expression.parts
            ]
            items += map(_option, expression.options)
            if not items:
                return flat
            return f"{expression.operator}({_lines(items, indent)}){_fed(expression)}"
        case tree.Block():
            inner = len(indent) + 2
            lines = [
                _named(each)
                + _layout(each.value, depth + 1, inner + len(_named(each)), breaks)
                for each in expression.statements
            ]
            body = "".join(f"\n{indent}{_INDENT}{line}" for line in lines)
            return f"{_block_head(expression)}{body}\n{indent}}}"
        case tree.Use():
            if not expression.arguments:
                return flat
            items = list(map(_argument, expression.arguments))
            head = _use_head(expression)
            return f"{head}({_lines(items, indent)}){_policy(expression)}"


def _holds_block(expression: tree.Tree) -> bool:
    match expression:
        case tree.Chain():
            return any(map(_holds_block, expression.steps))
        case tree.Operation():
            return any(map(_holds_block, expression.parts))
        case _:
            return isinstance(expression, tree.Block)


def _lines(items: Iterable[str], indent: str = "") -> str:
    """The inside of brackets, one item on a line."""
    return "".join(f"\n{indent}{_INDENT}{item}," for item in items) + f"\n{indent}"


# ── types ─────────────────────────────────────────────────────────────────────


def format_type(type_: tree.TypeExpression) -> str:
    """A type on one line: `List[Int in 0..9] len 1..20 sorted`."""
    match type_:
        case tree.LabelType():
            return " | ".join(map(_string, type_.labels))
        case tree.TupleType():
            return f"({', '.join(map(format_type, type_.items))})"
        case tree.NamedType():
            arguments = ", ".join(map(format_type, type_.arguments))
            head = type_.name + (f"[{arguments}]" if arguments else "")
            return " ".join([head, *map(_refinement, type_.refinements)])


def _refinement(refinement: tree.Refinement) -> str:
    match refinement:
        case tree.FlagRefinement():
            return refinement.flag
        case tree.AlphabetRefinement():
            return f"over {_string(refinement.characters)}"
        case tree.RangeRefinement():
            low = "" if refinement.low is None else format_bound(refinement.low)
            high = "" if refinement.high is None else format_bound(refinement.high)
            # A length that is known reads as such; a number's range stays a range.
            if refinement.kind != "in" and refinement.low == refinement.high:
                return f"{refinement.kind} {low}"
            return f"{refinement.kind} {low}..{high}"


# ── bounds ────────────────────────────────────────────────────────────────────

_SUM, _PRODUCT, _SIGNED, _POWER, _ATOM = range(5)
_LEVELS = {
    "+": _SUM,
    "-": _SUM,
    "*": _PRODUCT,
    "//": _PRODUCT,
    "%": _PRODUCT,
    "^": _POWER,
}


def format_bound(bound: tree.BoundExpression) -> str:
    """A bound with no more brackets than it needs: `(len(items) + 1) * 2`."""
    return _bound(bound)[0]


def _bound(bound: tree.BoundExpression) -> tuple[str, int]:
    """The text and how tightly it binds."""
    match bound:
        case tree.BoundNumber():
            return str(bound.value), _ATOM if bound.value >= 0 else _SIGNED
        case tree.BoundName():
            return bound.name, _ATOM
        case tree.BoundOf():
            return f"{bound.function}({bound.name})", _ATOM
        case tree.BoundOperation(operator="min" | "max"):
            return f"{bound.operator}({', '.join(_extreme(bound))})", _ATOM
        case tree.BoundOperation():
            return _operation(bound)


def _extreme(bound: tree.BoundOperation) -> list[str]:
    """What `min(a, b, c)` holds, which is `min(min(a, b), c)`."""
    texts: list[str] = []
    left: tree.BoundExpression = bound
    while isinstance(left, tree.BoundOperation) and left.operator == bound.operator:
        texts.append(format_bound(left.right))
        left = left.left
    return [format_bound(left), *reversed(texts)]


def _operation(bound: tree.BoundOperation) -> tuple[str, int]:
    level = _LEVELS[bound.operator]
    if bound.operator == "^":
        # On its right a minus sign is fine (2^-n), and powers group to the right.
        left, right = _at_least(bound.left, _ATOM), _at_least(bound.right, _SIGNED)
        return f"{left}^{right}", level
    if bound.operator == "-" and bound.left == tree.BoundNumber(0):
        text, binds = _bound(bound.right)
        # `-5` would be the number; `0 - a * b` reads better than `-(a * b)`.
        if binds >= _POWER and not isinstance(bound.right, tree.BoundNumber):
            return f"-{text}", _SIGNED
    left = _at_least(bound.left, level)
    right = _at_least(bound.right, level + 1)
    return f"{left} {bound.operator} {right}", level


def _at_least(bound: tree.BoundExpression, level: int) -> str:
    text, binds = _bound(bound)
    return text if binds >= level else f"({text})"


# ── literals and words ────────────────────────────────────────────────────────

_BRACKETS = {"list": ("[", "]"), "tuple": ("(", ")"), "set": ("{", "}")}


def format_literal(literal: tree.LiteralExpression) -> str:
    """A literal as it is written: `[1, 2]`, `-3/4`, `true`, `graph(3, [(1, 2)])`."""
    match literal:
        case tree.Literal(value=bool()):
            return "true" if literal.value else "false"
        case tree.Literal(value=str(text)):
            return _string(text)
        case tree.Literal(value=Fraction() as fraction):
            return f"{fraction.numerator}/{fraction.denominator}"
        case tree.Literal():
            return str(literal.value)
        case tree.GraphLiteral():
            word = "digraph" if literal.directed else "graph"
            return f"{word}({literal.nodes}, {format_literal(literal.edges)})"
        case tree.SequenceLiteral():
            left, right = _BRACKETS[literal.kind]
            return left + ", ".join(map(format_literal, literal.items)) + right


def _string(text: str) -> str:
    """A string between quotes; what cannot be seen is written as an escape."""
    if text.isprintable():
        return json.dumps(text, ensure_ascii=False)
    return '"' + "".join(map(_string_character, text)) + '"'


def _string_character(character: str) -> str:
    return json.dumps(character, ensure_ascii=not character.isprintable())[1:-1]


def _names(names: tuple[tree.Name, ...]) -> str:
    return ", ".join(name.text for name in names)
