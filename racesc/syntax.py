"""The syntax tree of a ``.races`` module: frozen, with spans, and nothing decided yet.

Equality ignores spans, so that ``parse(print(tree)) == tree`` can be asked for.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias, Union

from racesc.source import Span

NOWHERE = Span("", 0, 0)


@dataclass(frozen=True, kw_only=True)
class Tree:
    """What every node has: its place."""

    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True)
class Name(Tree):
    """A name as written: `sort`, `lists.sort`, `List`."""

    text: str


# ── bounds ────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class BoundNumber(Tree):
    """`12`; digits may be grouped with underscores."""

    value: int


@dataclass(frozen=True)
class BoundName(Tree):
    """`n`: an earlier parameter's value; `level` in a level clause."""

    name: str


@dataclass(frozen=True)
class BoundOf(Tree):
    """`len(p)`, `lo(p)`, `hi(p)`, `rows(p)`, `cols(p)`, `nodes(p)`."""

    function: str
    name: str


@dataclass(frozen=True)
class BoundOperation(Tree):
    """`a + b` and the like; `min(a, b)`, `max(a, b)`; a minus sign is `0 - a`
    unless it stands before a number, which is then a negative `BoundNumber`."""

    operator: str  # + - * // % ^ min max
    left: BoundExpression
    right: BoundExpression


BoundExpression: TypeAlias = Union[BoundNumber, BoundName, BoundOf, BoundOperation]


# ── types ─────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class RangeRefinement(Tree):
    """`in lo..hi`, `len lo..hi`, `rows …`, `cols …`, `nodes …`; None is an absent end.
    `len 3` is written as both ends being the same expression."""

    kind: str  # in len rows cols nodes
    low: BoundExpression | None
    high: BoundExpression | None


@dataclass(frozen=True)
class AlphabetRefinement(Tree):
    """`over "01"`."""

    characters: str


@dataclass(frozen=True)
class FlagRefinement(Tree):
    """`distinct`, `sorted`, `nonzero`."""

    flag: str


Refinement: TypeAlias = Union[RangeRefinement, AlphabetRefinement, FlagRefinement]


@dataclass(frozen=True)
class NamedType(Tree):
    """`Int`, `List[T]`, an alias, a newtype or a type variable, with refinements."""

    name: str
    arguments: tuple[TypeExpression, ...] = ()
    refinements: tuple[Refinement, ...] = ()


@dataclass(frozen=True)
class TupleType(Tree):
    items: tuple[TypeExpression, ...]


@dataclass(frozen=True)
class LabelType(Tree):
    """`"north" | "south"`; ``label_spans`` are the labels' own places."""

    labels: tuple[str, ...]
    label_spans: tuple[Span, ...] = field(
        default=(), compare=False, repr=False, kw_only=True
    )


TypeExpression: TypeAlias = Union[NamedType, TupleType, LabelType]


@dataclass(frozen=True)
class TypeVariable(Tree):
    """`a`, `a: Ord`, `a: Ord + Num` in the brackets after a declared name."""

    name: str
    classes: tuple[Name, ...] = ()


# ── literals ──────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Literal(Tree):
    """`3`, `-3`, `3/4`, `true`, `"text"`: an int, Fraction, bool or str."""

    value: int | Fraction | bool | str

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Literal)
            and type(self.value) is type(other.value)
            and self.value == other.value
        )

    def __hash__(self) -> int:
        return hash((type(self.value).__name__, self.value))


@dataclass(frozen=True)
class SequenceLiteral(Tree):
    """`[1, 2]` (list), `(1, "a")` (tuple), `{1, 2}` (set)."""

    kind: str  # list tuple set
    items: tuple[LiteralExpression, ...]


@dataclass(frozen=True)
class GraphLiteral(Tree):
    """`graph(3, [(1, 2)])`, `digraph(2, [(2, 1, 5)])`."""

    directed: bool
    nodes: int
    edges: SequenceLiteral


LiteralExpression: TypeAlias = Union[Literal, SequenceLiteral, GraphLiteral]


# ── composition expressions ───────────────────────────────────────────────────


@dataclass(frozen=True)
class Hole(Tree):
    """`_`: the parameter that receives the previous result."""


@dataclass(frozen=True)
class Argument(Tree):
    """One argument of an application: `k: 2`, `items: _`, `2`, `s` (an earlier name)."""

    name: str | None
    value: Hole | Name | LiteralExpression
    name_span: Span | None = field(
        default=None, compare=False, repr=False, kw_only=True
    )


@dataclass(frozen=True)
class Use(Tree):
    """An environment by name: `sort`, `lists.sort`, `sort[Str len 1..8]`,
    `kth_largest(items: _, k: 2)`, `split_sum as canonical`.

    ``arguments`` is None where no parentheses were written. ``name_span`` is the
    name alone, ``span`` the whole use.
    """

    name: str
    type_arguments: tuple[TypeExpression, ...] = ()
    arguments: tuple[Argument, ...] | None = None
    policy: str | None = None  # canonical model
    name_span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True)
class Option(Tree):
    """A named argument of an operator: `reward: last`, `distractors: 3`, `from: 0`."""

    name: str
    value: Name | LiteralExpression
    name_span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True)
class Operation(Tree):
    """`PARALLEL(a, b, reward: all)`; ``fed`` are the arguments of a second pair of
    parentheses in a block, `MAP(double)(xs)`, None where there is none."""

    operator: str  # upper case, as written
    parts: tuple[Expression, ...]
    options: tuple[Option, ...] = ()
    fed: tuple[Argument, ...] | None = None
    operator_span: Span = field(
        default=NOWHERE, compare=False, repr=False, kw_only=True
    )


@dataclass(frozen=True)
class Chain(Tree):
    """`a >> b >> c`, two steps or more."""

    steps: tuple[Expression, ...]


@dataclass(frozen=True)
class Statement(Tree):
    """`s = digit_sum(n)`; the name may be left out."""

    name: Name | None
    value: Expression


@dataclass(frozen=True)
class Block(Tree):
    """`SEQUENTIAL { … }`: steps that may use any earlier result. Options stand in
    parentheses before the brace: `SEQUENTIAL(reward: last) { … }`."""

    statements: tuple[Statement, ...]
    options: tuple[Option, ...] = ()


Expression: TypeAlias = Union[Use, Operation, Chain, Block]


# ── declarations ──────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class ImportDeclaration(Tree):
    """`use lists (sort, reverse)`, `use puzzles from "../shared/puzzles.races"`."""

    module: Name
    names: tuple[Name, ...] | None = None
    path: str | None = None


@dataclass(frozen=True)
class TypeDeclaration(Tree):
    """`type Bag[a] = List[a] len 1..20`; `newtype Poly = …`."""

    name: Name
    variables: tuple[Name, ...]
    body: TypeExpression
    nominal: bool = False
    doc: str = ""


@dataclass(frozen=True)
class Parameter(Tree):
    """`n: Int in 0..9`; ``span`` covers both, ``name.span`` the name."""

    name: Name
    type: TypeExpression


@dataclass(frozen=True)
class NameClause(Tree):
    """`solve f`, `sample f`, `verify f`, `plant f`, `witnesses f`."""

    kind: str
    function: Name


@dataclass(frozen=True)
class DescribeClause(Tree):
    """`describe "…"`; ``span`` covers the clause, ``text_span`` the string with quotes."""

    text: str
    text_span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True)
class LevelClause(Tree):
    """`level n <= 10^level`, `level items len <= 4 * level`, or with a ``type`` and no
    bound `level n: Int in 1..9 * level`."""

    parameter: Name
    on_length: bool
    bound: BoundExpression | None
    type: TypeExpression | None = None


@dataclass(frozen=True)
class LawClause(Tree):
    """`law keep_even >> keep_even == keep_even`."""

    left: Expression
    right: Expression


@dataclass(frozen=True)
class ExampleClause(Tree):
    """`example ([3, 1, 2], 1) => 3`."""

    arguments: tuple[LiteralExpression, ...]
    result: LiteralExpression


@dataclass(frozen=True)
class TagsClause(Tree):
    """`tags arithmetic, digits`."""

    tags: tuple[Name, ...]


Clause: TypeAlias = Union[
    NameClause, DescribeClause, LevelClause, LawClause, ExampleClause, TagsClause
]


@dataclass(frozen=True)
class BaseDeclaration(Tree):
    """`env f[a: Ord](x: List[a]) -> a { … }`."""

    name: Name
    variables: tuple[TypeVariable, ...]
    parameters: tuple[Parameter, ...]
    codomain: TypeExpression
    clauses: tuple[Clause, ...]
    doc: str = ""


@dataclass(frozen=True)
class CompositeDeclaration(Tree):
    """`env f = …`; `env f : (x: T) -> U = …` and `env f(x: T) -> U = …` (ascribed);
    `env f(x: T) = …` (parameters of a block, codomain inferred)."""

    name: Name
    variables: tuple[TypeVariable, ...]
    parameters: tuple[Parameter, ...] | None
    codomain: TypeExpression | None
    value: Expression
    doc: str = ""


@dataclass(frozen=True)
class FromClause(Tree):
    """`from numbers, lists except lists.first`: modules, environments or suites."""

    sources: tuple[Name, ...]
    excepted: tuple[Name, ...] = ()


@dataclass(frozen=True)
class UsingClause(Tree):
    operators: tuple[Name, ...]


@dataclass(frozen=True)
class RangeClause(Tree):
    """`size 2..5`, `depth 1..2`, `level 1..10`; `size 3` is both ends."""

    kind: str
    low: int
    high: int


@dataclass(frozen=True)
class GoalClause(Tree):
    """`goal Int | List[Int]`."""

    types: tuple[TypeExpression, ...]


@dataclass(frozen=True)
class Requirement(Tree):
    """`guess <= 0.2`; the number is exact (a decimal is a fraction)."""

    measure: Name
    comparison: str  # <= >=
    threshold: Fraction


@dataclass(frozen=True)
class RequireClause(Tree):
    requirements: tuple[Requirement, ...]


@dataclass(frozen=True)
class Share(Tree):
    """`SEQUENTIAL 60%`."""

    operator: Name
    percent: int


@dataclass(frozen=True)
class MixClause(Tree):
    shares: tuple[Share, ...]


@dataclass(frozen=True)
class TakeClause(Tree):
    """`take 10_000 seed 7`; ``count`` None for `take all`; ``seed`` 0 when absent."""

    count: int | None
    seed: int = 0


@dataclass(frozen=True)
class DisjointClause(Tree):
    """`disjoint from heldout by base` (or `by composite`)."""

    suite: Name
    by: str


@dataclass(frozen=True)
class SplitClause(Tree):
    """`split train 80%, test 20%`."""

    shares: tuple[Share, ...]


SuiteClause: TypeAlias = Union[
    FromClause,
    UsingClause,
    RangeClause,
    GoalClause,
    RequireClause,
    MixClause,
    TakeClause,
    DisjointClause,
    SplitClause,
]


@dataclass(frozen=True)
class SuiteDeclaration(Tree):
    name: Name
    clauses: tuple[SuiteClause, ...]
    doc: str = ""


@dataclass(frozen=True)
class PackageDeclaration(Tree):
    """`package p { version "0.1.0" include a, b target verl }`."""

    name: Name
    version: str | None
    include: tuple[Name, ...]
    targets: tuple[Name, ...]
    doc: str = ""
    version_span: Span | None = field(
        default=None, compare=False, repr=False, kw_only=True
    )


Declaration: TypeAlias = Union[
    ImportDeclaration,
    TypeDeclaration,
    BaseDeclaration,
    CompositeDeclaration,
    SuiteDeclaration,
    PackageDeclaration,
]


@dataclass(frozen=True)
class Broken(Tree):
    """A declaration that could not be read: the word it begins with (`env`, `use`, …)
    and its name, where one stands there. It is reported already, so that a name that
    it would have declared (a broken `use`: any name) is no second mistake."""

    word: str
    name: Name | None


@dataclass(frozen=True)
class Module(Tree):
    """One file. ``name`` is the file's stem; ``broken`` is what had syntax mistakes."""

    name: str
    declarations: tuple[Declaration, ...]
    broken: tuple[Broken, ...] = ()
