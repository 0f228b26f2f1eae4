"""Hypothesis strategies for syntax trees: any tree that some text reads as."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from racesc import syntax as tree
from racesc.format import format_type

# Contextual words are good names, so they are drawn as often as plain ones.
WORDS = (
    "n items k x first second_one size level goal take seed graph lo hi min max all by "
    "base model canonical describe law from_ graph2 _x id"
).split()
words = st.sampled_from(WORDS)
uppers = st.sampled_from("Int Rat Bool Str List Matrix Set Graph Ord Num Foo".split())
operators = st.sampled_from("SEQUENTIAL PARALLEL SORT SELECT MAP FOLD".split())
names = words.map(tree.Name)
dotted = st.one_of(words, st.builds("{}.{}".format, words, words))
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
numbers = st.one_of(st.integers(0, 20), st.integers(0, 10**15))
signed = st.one_of(st.integers(-9, 20), st.integers(-(10**15), 10**15))


def some(items: st.SearchStrategy[Any], least: int = 0) -> st.SearchStrategy[Any]:
    """A short tuple."""
    return st.lists(items, min_size=least, max_size=least + 2).map(tuple)


def _doc(lines: list[str]) -> str:
    return "\n".join(line.rstrip() for line in lines).strip("\n")


docs = st.lists(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12), max_size=3
).map(_doc)

# ── bounds and types ──────────────────────────────────────────────────────────

bounds = st.recursive(
    st.one_of(
        signed.map(tree.BoundNumber),
        words.map(tree.BoundName),
        st.builds(
            tree.BoundOf, st.sampled_from("len lo hi rows cols nodes".split()), words
        ),
    ),
    lambda inner: st.builds(
        tree.BoundOperation,
        st.sampled_from("+ - * // % ^ min max".split()),
        st.one_of(inner, st.just(tree.BoundNumber(0))),
        inner,
    ),
    max_leaves=8,
)
kinds = st.sampled_from("in len rows cols nodes".split())
closed = st.one_of(
    st.builds(tree.RangeRefinement, kinds, st.none() | bounds, bounds),
    st.builds(
        lambda kind, bound: tree.RangeRefinement(kind, bound, bound), kinds, bounds
    ),
    texts.map(tree.AlphabetRefinement),
    st.sampled_from("distinct sorted nonzero".split()).map(tree.FlagRefinement),
)
refinements = closed | st.builds(tree.RangeRefinement, kinds, bounds, st.none())


def _readable(type_: tree.NamedType) -> bool:
    """`rows 1.. cols (n)..5` cannot be told from a range that ends at `cols(n)`, so
    there is no way to write it."""
    text = format_type(tree.NamedType("T", (), type_.refinements))
    return not re.search(r"\.\. (?:len|rows|cols|nodes) \(", text)


def _types(
    inner: st.SearchStrategy[Any], refined: st.SearchStrategy[Any], most_labels: int
) -> st.SearchStrategy[Any]:
    heads = st.one_of(uppers, words, st.builds("{}.{}".format, words, uppers))
    return st.one_of(
        st.builds(tree.NamedType, heads, some(inner), some(refined)).filter(_readable),
        some(inner, 2).map(tree.TupleType),
        st.lists(texts, min_size=1, max_size=most_labels)
        .map(tuple)
        .map(tree.LabelType),
    )


types: st.SearchStrategy[Any] = st.deferred(
    lambda: st.one_of(
        st.builds(
            tree.NamedType, uppers | words, st.just(()), some(refinements)
        ).filter(_readable),
        _types(types, refinements, 3),
    )
)
# In a goal, an open range would swallow the next clause's word, and `|` starts anew.
goals = _types(types, closed, 1)
variables = st.builds(tree.TypeVariable, words, some(st.builds(tree.Name, uppers)))

# ── literals and expressions ──────────────────────────────────────────────────

scalars = st.one_of(
    signed, st.booleans(), texts, st.builds(Fraction, signed, st.integers(1, 99))
).map(tree.Literal)
literals: st.SearchStrategy[Any] = st.deferred(
    lambda: st.one_of(
        scalars,
        st.builds(
            tree.SequenceLiteral, st.sampled_from(["list", "set"]), some(literals)
        ),
        st.builds(tree.SequenceLiteral, st.just("tuple"), some(literals, 2)),
        st.builds(
            tree.GraphLiteral,
            st.booleans(),
            numbers,
            st.builds(tree.SequenceLiteral, st.just("list"), some(literals)),
        ),
    )
)
values = literals | names
arguments = st.builds(tree.Argument, st.none() | words, values | st.just(tree.Hole()))
options = st.builds(tree.Option, words | st.just("from"), values)
uses = st.builds(
    tree.Use,
    dotted,
    some(types),
    st.none() | some(arguments),
    st.sampled_from([None, None, "canonical", "model"]),
)


def _operations(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.builds(
        tree.Operation,
        operators,
        some(inner),
        some(options),
        st.none() | some(arguments),
    )


def _blocks(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    statements = st.builds(tree.Statement, st.none() | names, inner)
    return st.builds(tree.Block, some(statements, 1), some(options))


expressions: st.SearchStrategy[Any] = st.deferred(
    lambda: st.one_of(uses, _steps, some(_steps, 2).map(tree.Chain))
)
_steps: st.SearchStrategy[Any] = st.deferred(
    lambda: st.one_of(uses, uses, _operations(expressions), _blocks(expressions))
)

# ── declarations ──────────────────────────────────────────────────────────────

imports = st.builds(
    tree.ImportDeclaration,
    names,
    st.none() | some(names | uppers.map(tree.Name), 1),
    st.none() | texts,
)
type_declarations = st.builds(
    tree.TypeDeclaration,
    uppers.map(tree.Name),
    some(names),
    types,
    nominal=st.booleans(),
    doc=docs,
)
parameters = some(st.builds(tree.Parameter, names, types))
clauses = st.one_of(
    st.builds(
        tree.NameClause,
        st.sampled_from("solve sample verify plant witnesses".split()),
        names,
    ),
    texts.map(tree.DescribeClause),
    st.builds(tree.LevelClause, names, st.booleans(), bounds),
    st.builds(tree.LevelClause, names, st.just(False), st.none(), types),
    st.builds(tree.LawClause, expressions, expressions),
    st.builds(tree.ExampleClause, some(literals), literals),
    some(names, 1).map(tree.TagsClause),
)
bases = st.builds(
    tree.BaseDeclaration, names, some(variables), parameters, types, some(clauses), docs
)
composites = st.one_of(
    st.builds(
        tree.CompositeDeclaration,
        names,
        some(variables),
        st.none(),
        st.none(),
        expressions,
        docs,
    ),
    st.builds(
        tree.CompositeDeclaration,
        names,
        some(variables),
        parameters,
        st.none() | types,
        expressions,
        docs,
    ),
)
sources = some(dotted.map(tree.Name), 1)
percents = st.integers(0, 100)
suite_clauses = st.one_of(
    st.builds(tree.FromClause, sources, st.just(()) | sources),
    some(operators.map(tree.Name), 1).map(tree.UsingClause),
    st.builds(
        tree.RangeClause,
        st.sampled_from("size depth level".split()),
        st.integers(0, 9),
        st.integers(0, 9),
    ),
    some(goals, 1).map(tree.GoalClause),
    some(
        st.builds(
            tree.Requirement,
            names,
            st.sampled_from(["<=", ">="]),
            st.builds(Fraction, numbers, st.sampled_from([1, 3, 8, 1000, 2000])),
        ),
        1,
    ).map(tree.RequireClause),
    some(st.builds(tree.Share, operators.map(tree.Name), percents), 1).map(
        tree.MixClause
    ),
    st.builds(tree.TakeClause, st.none() | numbers, numbers),
    st.builds(
        tree.DisjointClause,
        dotted.map(tree.Name),
        st.sampled_from(["base", "composite"]),
    ),
    some(st.builds(tree.Share, names, percents), 1).map(tree.SplitClause),
)
suites = st.builds(tree.SuiteDeclaration, names, some(suite_clauses), docs)
packages = st.builds(
    tree.PackageDeclaration,
    names,
    st.none() | texts,
    st.just(()) | sources,
    some(names),
    docs,
)
declarations = st.one_of(
    imports, type_declarations, bases, composites, suites, packages
)
modules = st.lists(declarations, min_size=1, max_size=4).map(
    lambda each: tree.Module("module", tuple(each))
)
