"""What `awkward.races` declares, as far as this package uses it."""

from __future__ import annotations

from .._runtime.base import Base, Level, Parameter
from .._runtime.bounds import LEVEL, greatest, least, nodes, size, value
from .._runtime.types import (
    Bool,
    Graph,
    Int,
    Labels,
    List,
    Matrix,
    Newtype,
    Rat,
    Set,
    Str,
    Tuple,
    Var,
)
from .._solvers import SOLVERS

# Called like a builtin; its text has "quotes", 'others', a backslash \ and
# """three""".
# list(items: List[Str over "\"'\\ab" len 1..3] len 1..4) -> Int in 1..len(items)
LIST = Base(
    name="awkward.list",
    parameters=(
        Parameter("items", List(Str(length=(1, 3), alphabet="\"'\\ab"), length=(1, 4))),
    ),
    codomain=Int(1, size("items")),
    describe=(
        'Count "all" of {items} \\ don\'t {{braces}}.\n'
        "The second line, with é, \u2192, 日本 and a tab\tin it."
    ),
    solve=SOLVERS["awkward.list"],
)

# Ends with a "quote"
# parse(text: Str over " #%&<>`abc{|}" len 1..12) -> Int in 1..len(text)
PARSE = Base(
    name="awkward.parse",
    parameters=(Parameter("text", Str(length=(1, 12), alphabet=" #%&<>`abc{|}")),),
    codomain=Int(1, size("text")),
    describe="Count the characters of {text}.",
    solve=SOLVERS["awkward.parse"],
)

# match(value: Int in -9..9 nonzero, size: Int in max(9, value)..95) -> Int in -(9 *
#     size)..9 * size
MATCH = Base(
    name="awkward.match",
    parameters=(
        Parameter("value", Int(-9, 9, nonzero=True)),
        Parameter("size", Int(greatest(9, value("value")), 95)),
    ),
    codomain=Int(0 - 9 * value("size"), 9 * value("size")),
    describe="Multiply {value} by {size}.",
    solve=SOLVERS["awkward.match"],
)

# load(n: Int in 0..999999999999999999999999999999) -> Int in n // 2..max(n, min(n +
#     1, 10))
LOAD = Base(
    name="awkward.load",
    parameters=(Parameter("n", Int(0, 999999999999999999999999999999)),),
    codomain=Int(value("n") // 2, greatest(value("n"), least(value("n") + 1, 10))),
    describe="Halve {n}, rounding up.",
    solve=SOLVERS["awkward.load"],
    levels=(Level("n", bound=10 ** (3 * LEVEL)),),
)

# tests(direction: "it's" | "north" | "south \"pole\"" | "日本", others: Set["it's" |
#     "north" | "south \"pole\"" | "日本"] len 1..3) -> Bool
TESTS = Base(
    name="awkward.tests",
    parameters=(
        Parameter("direction", Labels(("it's", "north", 'south "pole"', "日本"))),
        Parameter(
            "others",
            Set(Labels(("it's", "north", 'south "pole"', "日本")), length=(1, 3)),
        ),
    ),
    codomain=Bool(),
    describe="Is {direction} among {others}?",
    solve=SOLVERS["awkward.tests"],
)

# solvers(grid: Matrix[Rat in -1..1] rows 1..3 cols 1..3) -> Rat in 0..9
SOLVERS_ = Base(
    name="awkward.solvers",
    parameters=(Parameter("grid", Matrix(Rat(-1, 1), rows=(1, 3), cols=(1, 3))),),
    codomain=Rat(0, 9),
    describe="Add up the absolute values of all cells of {grid}.",
    solve=SOLVERS["awkward.solvers"],
)

# node(net: Digraph[Int in 1..9] nodes 2..5) -> Graph nodes nodes(net)
NODE_ = Base(
    name="awkward.node",
    parameters=(
        Parameter("net", Graph(nodes=(2, 5), directed=True, weight=Int(1, 9))),
    ),
    codomain=Graph(nodes=(nodes("net"), nodes("net"))),
    describe="Forget the directions and the weights of {net}.",
    solve=SOLVERS["awkward.node"],
)

# con(pair: Pair[Int in 0..9]) -> Pair[Int in 0..9]
CON = Base(
    name="awkward.con",
    parameters=(
        Parameter(
            "pair",
            Newtype(
                "awkward.Pair", Tuple((Int(0, 9), Int(0, 9))), arguments=(Int(0, 9),)
            ),
        ),
    ),
    codomain=Newtype(
        "awkward.Pair", Tuple((Int(0, 9), Int(0, 9))), arguments=(Int(0, 9),)
    ),
    describe="Swap both numbers of {pair}.",
    solve=SOLVERS["awkward.con"],
)

# any[a](first: List[a] len 1..4, second: List[a] len 1..4) -> List[a] len len(first)
#     + len(second)
ANY = Base(
    name="awkward.any",
    parameters=(
        Parameter("first", List(Var("a"), length=(1, 4))),
        Parameter("second", List(Var("a"), length=(1, 4))),
    ),
    codomain=List(
        Var("a"),
        length=(
            greatest(0, size("first") + size("second")),
            size("first") + size("second"),
        ),
    ),
    describe="Write the items of {first}, then those of {second}.",
    solve=SOLVERS["awkward.any"],
    classes=(("a", ()),),
)

# a_name_so_long_that_it_can_hardly_stand_on_one_line_of_code_together_with_anything_else_at_all(a_parameter_so_long_that_it_can_hardly_stand_on_one_line_of_code_together_with_anything_else:
#     Int in 0..9) -> Int in
#     0..a_parameter_so_long_that_it_can_hardly_stand_on_one_line_of_code_together_with_anything_else
A_NAME_SO_LONG_THAT_IT_CAN_HARDLY_STAND_ON_ONE_L = Base(
    name="awkward.a_name_so_long_that_it_can_hardly_stand_on_one_line_of_code_together_with_anything_else_at_all",
    parameters=(
        Parameter(
            "a_parameter_so_long_that_it_can_hardly_stand_on_one_line_of_code_together_with_anything_else",
            Int(0, 9),
        ),
    ),
    codomain=Int(
        0,
        value(
            "a_parameter_so_long_that_it_can_hardly_stand_on_one_line_of_code_together_with_anything_else",
        ),
    ),
    describe=(
        "Write "
        "{a_parameter_so_long_that_it_can_hardly_stand_on_one_line_of_code_together_with_anything_else}."
    ),
    solve=SOLVERS[
        "awkward.a_name_so_long_that_it_can_hardly_stand_on_one_line_of_code_together_with_anything_else_at_all"
    ],
)

# clip(n: Int) -> Int in 0..99
CLIP = Base(
    name="awkward.clip",
    parameters=(Parameter("n", Int()),),
    codomain=Int(0, 99),
    describe="Write {n}, but 0 for less than 0 and 99 for more than 99.",
    solve=SOLVERS["awkward.clip"],
)
