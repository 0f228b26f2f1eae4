"""What `ledger.races` declares, as far as this package uses it."""

from __future__ import annotations

from .._runtime.base import Base, Level, Parameter
from .._runtime.bounds import LEVEL, greatest, size, value
from .._runtime.types import Int, List, Newtype, Rat, Tuple, Var
from .._solvers import SOLVERS

# The decimal digits of a number, from left to right.
# to_digits(n: Int in 10..10^12) -> List[Int in 0..9] len 2..13
TO_DIGITS = Base(
    name="ledger.to_digits",
    parameters=(Parameter("n", Int(10, 10**12)),),
    codomain=List(Int(0, 9), length=(2, 13)),
    describe="Write down the list of the decimal digits of {n}, from left to right.",
    solve=SOLVERS["ledger.to_digits"],
    levels=(Level("n", bound=100 * 10**LEVEL),),
)

# The sum of a list of digits.
# total(items: List[Int in 0..99] len 1..50) -> Int in 0..99 * len(items)
TOTAL = Base(
    name="ledger.total",
    parameters=(Parameter("items", List(Int(0, 99), length=(1, 50))),),
    codomain=Int(0, 99 * size("items")),
    describe="Add up all the numbers of {items}.",
    solve=SOLVERS["ledger.total"],
    levels=(Level("items", on_length=True, bound=3 * LEVEL + 2),),
)

# The items of a list in ascending order.
# sort[a: Ord](items: List[a] len 1..50) -> List[a] len len(items) sorted
SORT = Base(
    name="ledger.sort",
    parameters=(Parameter("items", List(Var("a"), length=(1, 50))),),
    codomain=List(Var("a"), length=(size("items"), size("items")), sorted=True),
    describe="Sort {items} in ascending order, keeping repeated items.",
    solve=SOLVERS["ledger.sort"],
    levels=(Level("items", on_length=True, bound=2 * LEVEL + 2),),
    classes=(("a", ("Ord",)),),
)

# The items of a list from the last to the first.
# reverse[a](items: List[a] len 1..50) -> List[a] len len(items)
REVERSE = Base(
    name="ledger.reverse",
    parameters=(Parameter("items", List(Var("a"), length=(1, 50))),),
    codomain=List(Var("a"), length=(size("items"), size("items"))),
    describe="Write {items} in reverse order, from the last item to the first.",
    solve=SOLVERS["ledger.reverse"],
    levels=(Level("items", on_length=True, bound=2 * LEVEL + 2),),
    classes=(("a", ()),),
)

# The k-th largest item of a list.
# kth_largest[a: Ord](items: List[a] len 1..50, k: Int in 1..len(items)) -> a
KTH_LARGEST = Base(
    name="ledger.kth_largest",
    parameters=(
        Parameter("items", List(Var("a"), length=(1, 50))),
        Parameter("k", Int(1, size("items"))),
    ),
    codomain=Var("a"),
    describe="Find the {k:ordinal} largest item of {items}.",
    solve=SOLVERS["ledger.kth_largest"],
    levels=(Level("items", on_length=True, bound=4 * LEVEL),),
    classes=(("a", ("Ord",)),),
)

# The items of a list after some turns.
# turn[a](items: List[a] len 1..50, times: Int in 1..9) -> List[a] len len(items)
TURN = Base(
    name="ledger.turn",
    parameters=(
        Parameter("items", List(Var("a"), length=(1, 50))),
        Parameter("times", Int(1, 9)),
    ),
    codomain=List(Var("a"), length=(size("items"), size("items"))),
    describe="Move the first item of {items} to its end, {times} times over.",
    solve=SOLVERS["ledger.turn"],
    levels=(Level("items", on_length=True, bound=2 * LEVEL + 2),),
    classes=(("a", ()),),
)

# Two whole numbers, each at least 2, that add up to the given one.
# split_sum(n: Int in 4..1000) -> (Int in 2..998, Int in 2..998)
SPLIT_SUM = Base(
    name="ledger.split_sum",
    parameters=(Parameter("n", Int(4, 1000)),),
    codomain=Tuple((Int(2, 998), Int(2, 998))),
    describe="Write {n} as a sum of two whole numbers, each at least 2.",
    solve=SOLVERS["ledger.split_sum"],
    sample=SOLVERS["ledger.round_number"],
    verify=SOLVERS["ledger.is_split"],
)

# The greatest common divisor of two numbers.
# gcd(a: Int in 0..10^12, b: Int in 0..10^12) -> Int in 0..max(a, b)
GCD = Base(
    name="ledger.gcd",
    parameters=(Parameter("a", Int(0, 10**12)), Parameter("b", Int(0, 10**12))),
    codomain=Int(0, greatest(value("a"), value("b"))),
    describe="Find the greatest common divisor of {a} and {b}; that of 0 and 0 is 0.",
    solve=SOLVERS["ledger.gcd"],
    levels=(Level("a", bound=10**LEVEL), Level("b", bound=10**LEVEL)),
)

# The digits of a number as a code of at most six of them.
# code_of(n: Int in 0..999999) -> Code
CODE_OF = Base(
    name="ledger.code_of",
    parameters=(Parameter("n", Int(0, 999999)),),
    codomain=Newtype("ledger.Code", List(Int(0, 9), length=(1, 6))),
    describe="Write the digits of {n} as a list, from left to right.",
    solve=SOLVERS["ledger.code_of"],
)

# The checksum of a code.
# checksum(code: Code, weight: Rat in 0..1) -> Rat in 0..54
CHECKSUM = Base(
    name="ledger.checksum",
    parameters=(
        Parameter("code", Newtype("ledger.Code", List(Int(0, 9), length=(1, 6)))),
        Parameter("weight", Rat(0, 1)),
    ),
    codomain=Rat(0, 54),
    describe="Multiply the sum of the digits of {code} by {weight}.",
    solve=SOLVERS["ledger.checksum"],
)
