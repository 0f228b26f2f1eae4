import builtins
from fractions import Fraction
from typing import Any

# not formatted, and not meant to be


def list(items: Any) -> int: return len(items)
def parse(text: str) -> int: return len(text)
def match(value: int, size: int) -> int: return value*size
def load(n: int) -> int: return (n+1)//2
def tests(direction, others): return direction in others


def solvers(grid: Any) -> Fraction:
    return sum((abs(Fraction(cell)) for row in grid for cell in row), Fraction(0))


def node(net: Any) -> Any:
    count, edges = net
    return count, sorted({(min(u, v), max(u, v)) for u, v, _ in edges})


def con(pair: Any) -> Any:
    return pair[::-1]


def any(first: Any, second: Any) -> Any:
    return first + second


def clip(n: int) -> int:
    return builtins.min(99, builtins.max(0, n))


def a_name_so_long_that_it_can_hardly_stand_on_one_line_of_code_together_with_anything_else_at_all(n: int) -> int:
    return n
