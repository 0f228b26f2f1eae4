"""The tree builder that Lark calls while it parses: one method per grammar rule.

Each method gets the rule's children, all tokens included, and returns a tree node
(or a token, or a plain tuple, for rules that only help). Nothing recurses, so the
depth of a text never meets Python's recursion limit.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, TypeVar, Union

from lark import Token

from racesc import syntax as tree
from racesc.errors.syntax import SyntaxMistake
from racesc.source import Span

Children = list[Any]
Placed = Union[Token, tree.Tree, "Group"]
Node = TypeVar("Node")

# Longer numbers mean nothing here, and Python refuses to convert them anyway.
DIGIT_LIMIT = 1000


@dataclass(frozen=True)
class Group:
    """A rule's result that is no tree node: its parts and its place."""

    kind: str
    parts: tuple[Any, ...]
    span: Span


class Builder:
    """Builds the nodes of one piece of text.

    ``path`` and ``offset`` say where the piece stands, ``docs`` the doc text of the
    declaration at an offset; ``mistakes`` collects what only shows here.
    """

    def __init__(self) -> None:
        self.path = ""
        self.offset = 0
        self.docs: dict[int, str] = {}
        self.mistakes: list[SyntaxMistake] = []

    def begin(self, path: str, offset: int, docs: dict[int, str]) -> None:
        """Turn to another piece of text."""
        self.path, self.offset, self.docs = path, offset, docs
        self.mistakes = []

    # ── places ────────────────────────────────────────────────────────────────

    def span(self, first: Placed, last: Placed | None = None) -> Span:
        """The place of one child, or from one child to another."""
        start, end = self._ends(first)
        if last is not None:
            end = self._ends(last)[1]
        return Span(self.path, start, end)

    def _ends(self, child: Placed) -> tuple[int, int]:
        if isinstance(child, Token):
            start, end = child.start_pos or 0, child.end_pos or 0
            return self.offset + start, self.offset + end
        return child.span.start, child.span.end

    def all(self, children: Children) -> Span:
        """The place of a whole rule."""
        return self.span(children[0], children[-1])

    def complain(
        self, span: Span, message: str, label: str = "", help: str = ""
    ) -> None:
        helps = (help,) if help else ()
        self.mistakes.append(SyntaxMistake(span, message, label, helps=helps))

    # ── words ─────────────────────────────────────────────────────────────────

    def name(self, token: Token) -> tree.Name:
        return tree.Name(str(token), span=self.span(token))

    def declared(self, token: Token) -> tree.Name:
        """A name that is being given: it has to be in snake_case."""
        text = str(token)
        if text != text.lower():
            proper = "".join(
                "_" + letter.lower() if letter.isupper() else letter for letter in text
            )
            self.complain(
                self.span(token),
                f"`{text}` is not in snake_case",
                "lower-case letters, digits and `_` only",
                f"write `{proper.replace('__', '_')}`",
            )
        return self.name(token)

    def integer(self, token: Token) -> int:
        digits = token.replace("_", "")
        if len(digits) > DIGIT_LIMIT:
            self.complain(
                self.span(token),
                f"the number has more than {DIGIT_LIMIT} digits",
                f"{len(digits)} digits",
                "write it as a power, for example `10^12`",
            )
            return 0
        return int(digits)

    def text(self, token: Token) -> str:
        value = json.loads(str(token))
        assert isinstance(value, str)
        if any("\ud800" <= character <= "\udfff" for character in value):
            self.complain(
                self.span(token),
                "the string holds half of a surrogate pair",
                "not a character",
                "write the character itself, or both `\\u` escapes of the pair",
            )
            return value.encode("utf-8", "replace").decode("utf-8")
        return value

    def doc(self, children: Children) -> str:
        return self.docs.get(self.span(children[0]).start, "")

    # ── modules ───────────────────────────────────────────────────────────────

    def declarations(self, c: Children) -> tuple[tree.Declaration, ...]:
        return tuple(c)

    def import_declaration(self, c: Children) -> tree.ImportDeclaration:
        names = path = None
        for child in c:
            if isinstance(child, Group):
                if child.kind == "names":
                    names = child.parts
                else:
                    (path,) = child.parts
        return tree.ImportDeclaration(self.name(c[1]), names, path, span=self.all(c))

    def import_path(self, c: Children) -> Group:
        return Group("path", (self.text(c[1]),), self.all(c))

    def import_names(self, c: Children) -> Group:
        return Group("names", _only(tree.Name, c), self.all(c))

    def import_name(self, c: Children) -> tree.Name:
        return self.name(c[0])

    def type_declaration(self, c: Children) -> tree.TypeDeclaration:
        variables = c[2].parts if isinstance(c[2], Group) else ()
        return tree.TypeDeclaration(
            self.name(c[1]),
            variables,
            c[-1],
            nominal=c[0].type == "NEWTYPE",
            doc=self.doc(c),
            span=self.all(c),
        )

    def type_variables(self, c: Children) -> Group:
        names = tuple(self.declared(t) for t in c if t.type == "NAME")
        return Group("variables", names, self.all(c))

    def base_declaration(self, c: Children) -> tree.BaseDeclaration:
        arrow = _index(c, "->")
        brace = _index(c, "{")
        return tree.BaseDeclaration(
            self.declared(c[1]),
            _parts("variables", c),
            _parts("parameters", c),
            c[arrow + 1],
            tuple(c[brace + 1 : -1]),
            doc=self.doc(c),
            span=self.all(c),
        )

    def inferred(self, c: Children) -> tree.CompositeDeclaration:
        return self._composite(c, None, None)

    def opened(self, c: Children) -> tree.CompositeDeclaration:
        return self._composite(c, _parts("parameters", c), None)

    def ascribed(self, c: Children) -> tree.CompositeDeclaration:
        codomain = c[_index(c, "->") + 1]
        return self._composite(c, _parts("parameters", c), codomain)

    def _composite(
        self,
        c: Children,
        parameters: tuple[tree.Parameter, ...] | None,
        codomain: tree.TypeExpression | None,
    ) -> tree.CompositeDeclaration:
        return tree.CompositeDeclaration(
            self.declared(c[1]),
            _parts("variables", c),
            parameters,
            codomain,
            c[-1],
            doc=self.doc(c),
            span=self.all(c),
        )

    def variables(self, c: Children) -> Group:
        return Group("variables", _only(tree.TypeVariable, c), self.all(c))

    def variable(self, c: Children) -> tree.TypeVariable:
        self.declared(c[0])
        classes = tuple(self.name(t) for t in c if t.type == "UPPER")
        return tree.TypeVariable(str(c[0]), classes, span=self.all(c))

    def parameters(self, c: Children) -> Group:
        return Group("parameters", _only(tree.Parameter, c), self.all(c))

    def parameter(self, c: Children) -> tree.Parameter:
        return tree.Parameter(self.declared(c[0]), c[2], span=self.all(c))

    # ── clauses of a base environment ─────────────────────────────────────────

    def name_clause(self, c: Children) -> tree.NameClause:
        return tree.NameClause(str(c[0]), self.name(c[1]), span=self.all(c))

    def describe_clause(self, c: Children) -> tree.DescribeClause:
        return tree.DescribeClause(
            self.text(c[1]), span=self.all(c), text_span=self.span(c[1])
        )

    def level_clause(self, c: Children) -> tree.LevelClause:
        name, span = self.name(c[1]), self.all(c)
        if c[2] == ":":
            return tree.LevelClause(name, False, None, c[-1], span=span)
        return tree.LevelClause(name, c[2].type == "LEN", c[-1], span=span)

    def law_clause(self, c: Children) -> tree.LawClause:
        return tree.LawClause(c[1], c[3], span=self.all(c))

    def example_clause(self, c: Children) -> tree.ExampleClause:
        *arguments, result = _trees(c)
        return tree.ExampleClause(tuple(arguments), result, span=self.all(c))

    def tags_clause(self, c: Children) -> tree.TagsClause:
        tags = tuple(self.name(t) for t in c if t.type == "NAME")
        return tree.TagsClause(tags, span=self.all(c))

    # ── types ─────────────────────────────────────────────────────────────────

    def label_type(self, c: Children) -> tree.LabelType:
        written = [t for t in c if t.type == "STRING"]
        return tree.LabelType(
            tuple(map(self.text, written)),
            span=self.all(c),
            label_spans=tuple(map(self.span, written)),
        )

    def tuple_type(self, c: Children) -> tree.TupleType:
        return tree.TupleType(_trees(c), span=self.all(c))

    def named_type(self, c: Children) -> tree.NamedType:
        name, *others = _trees(c)
        refinements = (
            tree.RangeRefinement,
            tree.AlphabetRefinement,
            tree.FlagRefinement,
        )
        return tree.NamedType(
            name.text,
            tuple(each for each in others if not isinstance(each, refinements)),
            tuple(each for each in others if isinstance(each, refinements)),
            span=self.all(c),
        )

    def type_name(self, c: Children) -> tree.Name:
        return tree.Name("".join(c), span=self.all(c))

    def flag_refinement(self, c: Children) -> tree.FlagRefinement:
        return tree.FlagRefinement(str(c[0]), span=self.all(c))

    def alphabet_refinement(self, c: Children) -> tree.AlphabetRefinement:
        return tree.AlphabetRefinement(self.text(c[1]), span=self.all(c))

    def range_refinement(self, c: Children) -> tree.RangeRefinement:
        low: tree.BoundExpression | None
        high: tree.BoundExpression | None
        low, high = (None if isinstance(end, Token) else end for end in (c[1], c[-1]))
        return tree.RangeRefinement(str(c[0]), low, high, span=self.all(c))

    # ── bounds ────────────────────────────────────────────────────────────────

    def number(self, c: Children) -> tree.BoundNumber:
        return tree.BoundNumber(self.integer(c[0]), span=self.all(c))

    def bound_name(self, c: Children) -> tree.BoundName:
        return tree.BoundName(str(c[0]), span=self.all(c))

    def bound_of(self, c: Children) -> tree.BoundOf:
        return tree.BoundOf(str(c[0]), str(c[2]), span=self.all(c))

    def operation(self, c: Children) -> tree.BoundOperation:
        return tree.BoundOperation(str(c[1]), c[0], c[2], span=self.all(c))

    def negation(self, c: Children) -> tree.BoundExpression:
        span, inner = self.all(c), c[1]
        if isinstance(inner, tree.BoundNumber) and inner.value >= 0:
            return tree.BoundNumber(-inner.value, span=span)
        zero = tree.BoundNumber(0, span=self.span(c[0]))
        return tree.BoundOperation("-", zero, inner, span=span)

    def extreme(self, c: Children) -> tree.BoundExpression:
        """`min(a, b, c)` is `min(min(a, b), c)`."""
        first, *others = _trees(c)
        for other in others:
            span = self.all(c)
            first = tree.BoundOperation(str(c[0]), first, other, span=span)
        return first  # type: ignore[no-any-return]

    def grouped(self, c: Children) -> tree.BoundExpression:
        return replace(c[1], span=self.all(c))  # type: ignore[no-any-return]

    # ── composition ───────────────────────────────────────────────────────────

    def chain(self, c: Children) -> tree.Chain:
        return tree.Chain(_trees(c), span=self.all(c))

    def use(self, c: Children) -> tree.Use:
        name = c[0]
        types: tuple[tree.TypeExpression, ...] = ()
        arguments = policy = None
        for group in c[1:]:
            if group.kind == "types":
                types = group.parts
            elif group.kind == "arguments":
                arguments = group.parts
            else:
                (policy,) = group.parts
        return tree.Use(
            name.text, types, arguments, policy, span=self.all(c), name_span=name.span
        )

    def qualified(self, c: Children) -> tree.Name:
        return tree.Name("".join(c), span=self.all(c))

    def type_arguments(self, c: Children) -> Group:
        return Group("types", _trees(c), self.all(c))

    def policy(self, c: Children) -> Group:
        return Group("policy", (str(c[1]),), self.all(c))

    def arguments(self, c: Children) -> Group:
        return Group("arguments", _only(tree.Argument, c), self.all(c))

    def argument(self, c: Children) -> tree.Argument:
        named = len(c) > 1
        return tree.Argument(
            str(c[0]) if named else None,
            c[-1],
            span=self.all(c),
            name_span=self.span(c[0]) if named else None,
        )

    def hole(self, c: Children) -> tree.Hole:
        return tree.Hole(span=self.all(c))

    def reference(self, c: Children) -> tree.Name:
        return self.name(c[0])

    def composition(self, c: Children) -> tree.Operation:
        parts = _trees(c)
        fed = c[-1].parts if isinstance(c[-1], Group) else None
        return tree.Operation(
            str(c[0]),
            tuple(part for part in parts if not isinstance(part, tree.Option)),
            tuple(part for part in parts if isinstance(part, tree.Option)),
            fed,
            span=self.all(c),
            operator_span=self.span(c[0]),
        )

    def option(self, c: Children) -> tree.Option:
        return tree.Option(str(c[0]), c[2], span=self.all(c), name_span=self.span(c[0]))

    def block(self, c: Children) -> tree.Block:
        statements: list[tree.Statement] = []
        options: list[tree.Option] = []
        for part in _trees(c):
            if isinstance(part, tree.Statement):
                statements.append(part)
            elif isinstance(part, tree.Option):
                options.append(part)
            else:
                self.complain(
                    part.span,
                    "a block's steps stand between its braces",
                    "only options such as `reward: last` may stand here",
                )
        return tree.Block(tuple(statements), tuple(options), span=self.all(c))

    def statement(self, c: Children) -> tree.Statement:
        name = self.declared(c[0]) if len(c) > 1 else None
        return tree.Statement(name, c[-1], span=self.all(c))

    # ── literals ──────────────────────────────────────────────────────────────

    def number_literal(self, c: Children) -> tree.Literal:
        sign = -1 if c[0].type == "MINUS" else 1
        numbers = [self.integer(t) for t in c if t.type == "INT"]
        value: int | Fraction = sign * numbers[0]
        if len(numbers) == 2:
            value = Fraction(sign * numbers[0], self.denominator(numbers[1], c))
        return tree.Literal(value, span=self.all(c))

    def denominator(self, number: int, c: Children) -> int:
        if number == 0:
            self.complain(self.all(c), "a fraction's denominator is 0", "divides by 0")
        return number or 1

    def truth_literal(self, c: Children) -> tree.Literal:
        return tree.Literal(c[0].type == "TRUE", span=self.all(c))

    def text_literal(self, c: Children) -> tree.Literal:
        return tree.Literal(self.text(c[0]), span=self.all(c))

    def list_literal(self, c: Children) -> tree.SequenceLiteral:
        return tree.SequenceLiteral("list", _trees(c), span=self.all(c))

    def tuple_literal(self, c: Children) -> tree.SequenceLiteral:
        return tree.SequenceLiteral("tuple", _trees(c), span=self.all(c))

    def set_literal(self, c: Children) -> tree.SequenceLiteral:
        return tree.SequenceLiteral("set", _trees(c), span=self.all(c))

    def graph_literal(self, c: Children) -> tree.GraphLiteral:
        directed = str(c[0]) == "digraph"
        nodes = self.integer(c[2])
        return tree.GraphLiteral(directed, nodes, c[4], span=self.all(c))

    # ── suites and packages ───────────────────────────────────────────────────

    def suite_declaration(self, c: Children) -> tree.SuiteDeclaration:
        return tree.SuiteDeclaration(
            self.declared(c[1]), tuple(c[3:-1]), doc=self.doc(c), span=self.all(c)
        )

    def from_clause(self, c: Children) -> tree.FromClause:
        excepted = c[-1].parts if isinstance(c[-1], Group) else ()
        return tree.FromClause(_trees(c), excepted, span=self.all(c))

    def excepted(self, c: Children) -> Group:
        return Group("excepted", _trees(c), self.all(c))

    def using_clause(self, c: Children) -> tree.UsingClause:
        return tree.UsingClause(_trees(c), span=self.all(c))

    def dotted(self, c: Children) -> tree.Name:
        return tree.Name("".join(c), span=self.all(c))

    def word(self, c: Children) -> tree.Name:
        return self.name(c[0])

    def range_clause(self, c: Children) -> tree.RangeClause:
        low, high = self.integer(c[1]), self.integer(c[-1])
        return tree.RangeClause(str(c[0]), low, high, span=self.all(c))

    def goal_clause(self, c: Children) -> tree.GoalClause:
        return tree.GoalClause(_trees(c), span=self.all(c))

    def goals(self, c: Children) -> tuple[tree.TypeExpression, ...]:
        return _trees(c)

    def require_clause(self, c: Children) -> tree.RequireClause:
        return tree.RequireClause(_trees(c), span=self.all(c))

    def requirement(self, c: Children) -> tree.Requirement:
        threshold: Group = c[2]
        return tree.Requirement(
            self.name(c[0]), str(c[1]), threshold.parts[0], span=self.all(c)
        )

    def threshold(self, c: Children) -> Group:
        if c[0].type == "DECIMAL":
            whole, decimals = str(c[0]).split(".")
            if len(whole) + len(decimals) > DIGIT_LIMIT:
                self.integer(c[0])  # which complains
                value = Fraction(0)
            else:
                value = Fraction(str(c[0]))
        else:
            value = Fraction(self.integer(c[0]))
            if len(c) == 3:
                value /= self.denominator(self.integer(c[2]), c)
        return Group("threshold", (value,), self.all(c))

    def mix_clause(self, c: Children) -> tree.MixClause:
        return tree.MixClause(_trees(c), span=self.all(c))

    def share(self, c: Children) -> tree.Share:
        return tree.Share(self.name(c[0]), self.integer(c[1]), span=self.all(c))

    split_share = share

    def take_clause(self, c: Children) -> tree.TakeClause:
        count = None if c[1].type == "ALL" else self.integer(c[1])
        seed = self.integer(c[3]) if len(c) > 2 else 0
        return tree.TakeClause(count, seed, span=self.all(c))

    def disjoint_clause(self, c: Children) -> tree.DisjointClause:
        return tree.DisjointClause(c[2], str(c[4]), span=self.all(c))

    def split_clause(self, c: Children) -> tree.SplitClause:
        return tree.SplitClause(_trees(c), span=self.all(c))

    def package_declaration(self, c: Children) -> tree.PackageDeclaration:
        version: str | None = None
        version_span: Span | None = None
        include: list[tree.Name] = []
        targets: list[tree.Name] = []
        for clause in c[3:-1]:
            if clause.kind == "include":
                include.extend(clause.parts)
            elif clause.kind == "target":
                targets.extend(clause.parts)
            elif version is None:
                (version,) = clause.parts
                version_span = clause.span
            else:
                self.complain(clause.span, "a package has one version", "a second one")
        return tree.PackageDeclaration(
            self.declared(c[1]),
            version,
            tuple(include),
            tuple(targets),
            doc=self.doc(c),
            version_span=version_span,
            span=self.all(c),
        )

    def version_clause(self, c: Children) -> Group:
        return Group("version", (self.text(c[1]),), self.all(c))

    def include_clause(self, c: Children) -> Group:
        return Group("include", _trees(c), self.all(c))

    def target_clause(self, c: Children) -> Group:
        names = tuple(self.name(t) for t in c if t.type == "NAME")
        return Group("target", names, self.all(c))


def _only(kind: type[Node], children: Children) -> tuple[Node, ...]:
    return tuple(child for child in children if isinstance(child, kind))


def _trees(children: Children) -> tuple[Any, ...]:
    return _only(tree.Tree, children)


def _index(children: Children, symbol: str) -> int:
    for place, child in enumerate(children):
        if isinstance(child, Token) and child == symbol:
            return place
    raise AssertionError(f"no {symbol} in {children}")  # the grammar put it there


def _parts(kind: str, children: Children) -> tuple[Any, ...]:
    for child in children:
        if isinstance(child, Group) and child.kind == kind:
            return child.parts
    return ()
