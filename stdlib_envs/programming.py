"""Solvers for problems of dynamic programming."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any

Grid = list[list[int]]


def _left(given: dict[str, Any], **values: Any) -> Any:
    """The values of the parameters that are not given, as a sampler returns them."""
    rest = [value for name, value in values.items() if name not in given]
    return rest[0] if len(rest) == 1 else tuple(rest)


def _numbers(rng: Any, low: int, high: int, count: int) -> list[int]:
    """Random numbers from a range."""
    return [rng.randint(low, high) for _ in range(count)]


def _is_subsequence(part: Any, whole: Any) -> bool:
    """Whether a sequence can be made from another by leaving out items."""
    rest = iter(whole)
    return all(item in rest for item in part)


def longest_increasing_subsequence(items: list[int]) -> list[int]:
    """A longest increasing subsequence."""
    best: list[list[int]] = []
    for item in items:
        before = [row for row in best if row[-1] < item]
        best.append([*max(before, key=len, default=[]), item])
    return max(best, key=len, default=[])


def is_longest_increasing(answer: list[int], items: list[int]) -> bool:
    """Whether items form an increasing subsequence that is as long as possible."""
    if any(a >= b for a, b in zip(answer, answer[1:], strict=False)):
        return False
    if not _is_subsequence(answer, items):
        return False
    return len(answer) == len(longest_increasing_subsequence(items))


def longest_common_subsequence(first: str, second: str) -> str:
    """A longest common subsequence of two strings."""
    above = [""] * (len(second) + 1)
    for a in first:
        line = [""]
        for j, b in enumerate(second, 1):
            options = (above[j - 1] + a,) if a == b else (above[j], line[-1])
            line.append(max(options, key=len))
        above = line
    return above[-1]


def is_longest_common(answer: str, first: str, second: str) -> bool:
    """Whether a string is a common subsequence that is as long as possible."""
    if not _is_subsequence(answer, first) or not _is_subsequence(answer, second):
        return False
    return len(answer) == len(longest_common_subsequence(first, second))


def draw_two_strings(rng: Any, level: int, **given: Any) -> Any:
    """Two strings of about the same length."""
    letters = "abc" if level < 5 else "abcd"
    drawn = {}
    for name in ("first", "second"):
        count = rng.randint(min(14, level + 3), min(16, level + 5))
        drawn[name] = "".join(rng.choice(letters) for _ in range(count))
    return _left(given, **drawn)


def longest_palindromic_subsequence(text: str) -> str:
    """A longest palindromic subsequence."""
    shorter = [""] * (len(text) + 1)
    current = list(text)
    for size in range(2, len(text) + 1):
        longer = []
        for i in range(len(text) - size + 1):
            a, b = text[i], text[i + size - 1]
            if a == b:
                longer.append(a + shorter[i + 1] + b)
            else:
                longer.append(max(current[i], current[i + 1], key=len))
        shorter, current = current, longer
    return current[0] if current else ""


def is_longest_palindromic(answer: str, text: str) -> bool:
    """Whether a string is a palindromic subsequence that is as long as possible."""
    if answer != answer[::-1] or not _is_subsequence(answer, text):
        return False
    return len(answer) == len(longest_palindromic_subsequence(text))


def knapsack_value(weights: list[int], values: list[int], capacity: int) -> int:
    """The greatest value that fits into a knapsack."""
    best = [0] * (capacity + 1)
    for weight, value in zip(weights, values, strict=True):
        for room in range(capacity, weight - 1, -1):
            best[room] = max(best[room], best[room - weight] + value)
    return best[capacity]


def draw_knapsack(rng: Any, level: int, **given: Any) -> Any:
    """Items and a capacity for about half of them."""
    count = rng.randint(min(9, level + 1), min(10, level + 2))
    for name in ("values", "weights"):
        count = len(given.get(name, [0] * count))
    weights = given.get("weights", _numbers(rng, 1, min(30, 2 * level + 10), count))
    values = _numbers(rng, 1, min(99, 9 * level + 9), count)
    half = sum(weights) // 2
    capacity = min(150, max(max(weights), half + rng.randint(-5, 5)))
    return _left(given, weights=weights, values=values, capacity=capacity)


def count_payments(amount: int, coins: list[int]) -> int:
    """The number of ways to pay an amount."""
    ways = [1] + [0] * amount
    for coin in coins:
        for total in range(coin, amount + 1):
            ways[total] += ways[total - coin]
    return ways[amount]


def draw_payment(rng: Any, level: int, **given: Any) -> Any:
    """A few small coins and an amount of several of them."""
    count = 3 + level // 5
    coins = rng.sample(range(2, 10 + level), count)
    if rng.random() < 0.7:
        coins[rng.randrange(count)] = 1
    amount = rng.randint(6 * level + 6, min(300, 10 * level + 20))
    return _left(given, amount=amount, coins=coins)


def best_sum_without_neighbours(items: list[int]) -> int:
    """The largest sum without two neighbours."""
    before = best = 0
    for item in items:
        before, best = best, max(best, before + item)
    return best


def draw_gains(rng: Any, level: int, **given: Any) -> list[int]:
    """Numbers of which most are positive."""
    most = min(999, 10 * level * level)
    return _numbers(rng, -most // 4, most, rng.randint(2 * level + 2, 2 * level + 4))


def matrix_chain_cost(sizes: list[int]) -> int:
    """The least number of multiplications for a chain of matrices."""
    n = len(sizes)
    if n < 3:
        return 0
    cost = [[0] * n for _ in range(n)]
    for width in range(2, n):
        for i in range(n - width):
            j = i + width
            cost[i][j] = min(
                cost[i][k] + cost[k][j] + sizes[i] * sizes[k] * sizes[j]
                for k in range(i + 1, j)
            )
    return cost[0][n - 1]


def draw_sizes(rng: Any, level: int, **given: Any) -> list[int]:
    """The sizes of three or more matrices."""
    return _numbers(rng, 1, min(50, 4 * level + 6), min(9, 4 + level // 2))


def count_true_bracketings(bits: str, operators: str) -> int:
    """The number of bracketings that make an expression true."""
    n = len(bits)
    # By first place and length: how many are false, and how many true.
    ways = {(i, 1): (int(bit != "1"), int(bit == "1")) for i, bit in enumerate(bits)}
    for width in range(2, n + 1):
        for i in range(n - width + 1):
            true = total = 0
            for left in range(1, width):
                no, yes = ways[i, left]
                other_no, other_yes = ways[i + left, width - left]
                every = (no + yes) * (other_no + other_yes)
                total += every
                operator = operators[i + left - 1]
                if operator == "&":
                    true += yes * other_yes
                elif operator == "|":
                    true += every - no * other_no
                else:
                    true += yes * other_no + no * other_yes
            ways[i, width] = total - true, true
    return ways[0, n][1] if n else 0


_CATALAN = (0, 1, 1, 2, 5, 14, 42, 132, 429, 1430)


def draw_formula(rng: Any, level: int, **given: Any) -> Any:
    """Bits with a random operator between each two neighbours."""
    count = min(9, 4 + (level + 1) // 2)
    count = len(given.get("bits", "0" * count))
    count = len(given.get("operators", "&" * max(0, count - 1))) + (count > 0)
    for _ in range(4):
        bits = given.get("bits", "".join(rng.choice("01") for _ in range(count)))
        operators = "".join(rng.choice("&|^") for _ in range(count - 1))
        operators = given.get("operators", operators)
        if given:
            break
        if 0 < count_true_bracketings(bits, operators) < _CATALAN[count]:
            break
    return _left(given, bits=bits, operators=operators)


def cheapest_merges(piles: list[int]) -> int:
    """The least cost of merging neighbouring piles."""
    n = len(piles)
    sums = [0]
    for pile in piles:
        sums.append(sums[-1] + pile)
    cost = [[0] * (n + 1) for _ in range(n + 1)]
    for width in range(2, n + 1):
        for i in range(n - width + 1):
            j = i + width
            split = min(cost[i][k] + cost[k][j] for k in range(i + 1, j))
            cost[i][j] = split + sums[j] - sums[i]
    return cost[0][n]


def draw_heaps(rng: Any, level: int, **given: Any) -> list[int]:
    """Piles of different heights."""
    count = rng.randint(min(11, level + 2), min(12, level + 3))
    return _numbers(rng, 1, min(99, 9 * level + 9), count)


def best_booking_value(bookings: list[tuple[int, int]], length: int) -> int:
    """The greatest value of bookings of one length that do not overlap."""
    best = [0]
    ordered = sorted(bookings)
    starts = [start for start, _ in ordered]
    for count, (start, value) in enumerate(ordered):
        before = bisect_right(starts, start - length, 0, count)
        best.append(max(best[-1], best[before] + value))
    return best[-1]


def draw_bookings(rng: Any, level: int, **given: Any) -> Any:
    """Bookings of which several overlap, and how long they are."""
    count = rng.randint(min(11, level + 3), min(12, level + 4))
    bookings = [
        (rng.randint(0, 3 * level + 8), rng.randint(1, 9 * level + 9))
        for _ in range(count)
    ]
    return _left(given, bookings=bookings, length=rng.randint(2, 4 + level // 2))


def count_free_ways(grid: Grid) -> int:
    """The number of ways through a grid with obstacles."""
    ways = [1] + [0] * (len(grid[0]) - 1)
    for row in grid:
        for j, cell in enumerate(row):
            if cell:
                ways[j] = 0
            elif j:
                ways[j] += ways[j - 1]
    return ways[-1]


def draw_obstacles(rng: Any, level: int, **given: Any) -> Grid:
    """A grid with few obstacles, none at the ends."""
    rows = rng.randint(min(7, 3 + level // 3), min(8, 4 + level // 3))
    cols = rng.randint(min(7, 3 + level // 3), min(8, 4 + level // 2))
    for _ in range(5):
        grid = [[int(rng.random() < 0.15) for _ in range(cols)] for _ in range(rows)]
        grid[0][0] = grid[-1][-1] = 0
        if count_free_ways(grid):
            break
    return grid


def smallest_largest_part(items: list[int], parts: int) -> int:
    """The least possible largest sum of consecutive parts."""
    low, high = max(items), sum(items)
    while low < high:
        middle = (low + high) // 2
        needed, total = 1, 0
        for item in items:
            total += item
            if total > middle:
                needed += 1
                total = item
        if needed <= parts:
            high = middle
        else:
            low = middle + 1
    return low


def draw_parts(rng: Any, level: int, **given: Any) -> Any:
    """Items and a number of parts of several items each."""
    items = given.get("items")
    if items is None:
        count = rng.randint(min(14, level + 3), min(16, level + 5))
        count = max(count, min(16, given.get("parts", 1)))
        items = _numbers(rng, 1, min(99, 9 * level + 9), count)
    least = min(2, len(items))
    parts = rng.randint(least, max(least, len(items) // 2))
    return _left(given, items=items, parts=parts)


def rod_revenue(prices: list[int]) -> int:
    """The most that the pieces of a rod can bring."""
    best = [0]
    for length in range(1, len(prices) + 1):
        best.append(max(prices[k - 1] + best[length - k] for k in range(1, length + 1)))
    return best[-1]


def draw_prices(rng: Any, level: int, **given: Any) -> list[int]:
    """Prices that roughly grow with the length."""
    count = rng.randint(min(14, level + 3), min(16, level + 4))
    each = rng.randint(2, 5)
    return [
        max(0, min(99, each * k + rng.randint(-each, each)))
        for k in range(1, count + 1)
    ]
