"""The prompts of composites, word for word, nested in many ways.

They are to be read: would a person write this, and does it say all one must know?
After a wanted change, `python tests/test_prompts.py` prints them anew.
"""

from __future__ import annotations

import pytest
from toy_composites import COMPOSITES

from racesc.runtime.environment import Environment

LEVEL = 3


def prompt(name: str, seed: int) -> str:
    """The prompt of one problem."""
    return Environment(name, COMPOSITES[name], "", "").generate(seed, LEVEL).prompt


PROMPTS: dict[tuple[str, int], str] = {
    ("second_digit", 1): """\
Carry out these 3 steps in order.
Step 1: Write down the list of the decimal digits of 62142, from left to right.
Step 2: Sort the list from step 1 in ascending order, keeping repeated items.
Step 3: Find the 2nd largest item of the list from step 2.

Write your answer between <answer> and </answer>: a list of the 3 results in order:
- step 1: a list of whole numbers
- step 2: a list of whole numbers
- step 3: a whole number
For example: <answer>[[7, 5, 3, 9], [1, 2, 6, 8], 9]</answer>
""",
    ("both", 1): """\
Solve these 2 problems; they do not depend on each other.
(a) Add up the decimal digits of 929.
(b) Carry out these 3 steps in order.
    Step b.1: Write down the list of the decimal digits of 61254, from left to right.
    Step b.2: Sort the list from step b.1 in ascending order, keeping repeated items.
    Step b.3: Find the 1st largest item of the list from step b.2.

Write your answer between <answer> and </answer>: a list of the 2 answers in order:
- (a): a whole number
- (b): a list of the 3 results in order:
  - step b.1: a list of whole numbers
  - step b.2: a list of whole numbers
  - step b.3: a whole number
For example: <answer>[5, [[1, 6], [3, 5, 7, 9], 7]]</answer>
""",
    ("pair_gcd", 1): """\
Carry out these 2 steps in order.
Step 1: Solve these 2 problems; they do not depend on each other.
  (a) Add up the decimal digits of 635.
  (b) Carry out these 3 steps in order.
      Step 1.b.1: Write down the list of the decimal digits of 66810, from left to right.
      Step 1.b.2: Sort the list from step 1.b.1 in ascending order, keeping repeated items.
      Step 1.b.3: Find the 2nd largest item of the list from step 1.b.2.
Step 2: Find the greatest common divisor of answer (a) of step 1 and the number from step 1.b.3 (0 where both are 0).

Write your answer between <answer> and </answer>: a list of the 2 results in order:
- step 1: a list of the 2 answers in order:
  - (a): a whole number
  - (b): a list of the 3 results in order:
    - step 1.b.1: a list of whole numbers
    - step 1.b.2: a list of whole numbers
    - step 1.b.3: a whole number
- step 2: a whole number
For example: <answer>[[64, [[7, 5, 3], [2, 3, 9], 7]], 30]</answer>
""",
    ("block", 1): """\
Let n be 6818.
Carry out these 3 steps in order.
Step 1 (s): Add up the decimal digits of n.
Step 2 (p): Multiply the decimal digits of n with each other.
Step 3: Find the greatest common divisor of the number from step 1 and the number from step 2 (0 where both are 0).

Write your answer between <answer> and </answer>: a list of the 3 results in order:
- step 1: a whole number
- step 2: a whole number
- step 3: a whole number
For example: <answer>[13, 3, 25]</answer>
""",
    ("order", 1): """\
Put these 3 operations in order. Carried out one after another, each exactly once and each on the result of the one before, they must turn the starting value into the final result.
Starting value: [3, -7, -2]
Operation 1: Write down the running totals of the current list.
Operation 2: Sort the current list in ascending order, keeping repeated items.
Operation 3: Rotate the current list to the left 8 times, each time moving the first item to the end.
Final result: [-6, -2, 1]

Write your answer between <answer> and </answer>: the order as a list of the operation numbers.
For example: <answer>[1, 2, 3]</answer>
""",
    ("two_orders", 4): """\
Put these 2 operations in order. Carried out one after another, each exactly once and each on the result of the one before, they must turn the starting value into the final result.
Starting value: 60742
Operation 1: Find the largest item of the current list.
Operation 2: Write down the list of the decimal digits of the current number, from left to right.
Final result: 7

Write your answer between <answer> and </answer>: the order as a list of the operation numbers (the example is for three operations).
For example: <answer>[3, 1, 2]</answer>
""",
    ("choice", 1): """\
Of these 4 operations exactly 2 are needed. Carried out one after another, each at most once and each on the result of the one before, they must turn the starting value into the final result. Find out which 2, and in which order.
Starting value: [-7, 5, 4, 6, -9]
Operation 1: Rotate the current list to the left 5 times, each time moving the first item to the end.
Operation 2: Count the items of the current list.
Operation 3: Write down the running totals of the current list.
Operation 4: Multiply each number of the current list by 9.
Final result: [-7, -2, 2, 8, -1]

Write your answer between <answer> and </answer>: the numbers of the 2 operations as a list, in order.
For example: <answer>[3, 2]</answer>
""",
    ("small_ports", 4): """\
Put these 4 operations in order. Carried out one after another, each exactly once and each on the result of the one before, they must turn the starting value into the final result.
Starting value: 100000
Operation 1: Add up the decimal digits of the current number.
Operation 2: Find the largest item of the current list.
Operation 3: Multiply each number of the current list by 4.
Operation 4 (it takes a number from 10 to 1000000000000): Write down the list of the decimal digits of the current number, from left to right.
Final result: 4

Write your answer between <answer> and </answer>: the order as a list of the operation numbers.
For example: <answer>[2, 4, 3, 1]</answer>
""",
    ("order_in_chain_in_parallel", 1): """\
Solve these 2 problems; they do not depend on each other.
(a) Carry out these 3 steps in order.
    Step a.1: Write down the list of the decimal digits of 99533, from left to right.
    Step a.2: Put these 3 operations in order. Carried out one after another, each exactly once and each on the result of the one before, they must turn the starting value into the final result.
      Starting value: the list from step a.1
      Operation 1: Write down the running totals of the current list.
      Operation 2: Sort the current list in ascending order, keeping repeated items.
      Operation 3: Rotate the current list to the left 1 times, each time moving the first item to the end.
      Final result: [9, 14, 17, 20, 29]
      If several orders lead to the final result, give the one with the smallest first number, among those the one with the smallest second number, and so on.
      The result is the order as a list of the operation numbers.
    Step a.3: Find the largest item of the list of operation numbers from step a.2.
(b) Add up the decimal digits of 250.

Write your answer between <answer> and </answer>: a list of the 2 answers in order:
- (a): a list of the 3 results in order:
  - step a.1: a list of whole numbers
  - step a.2: the order as a list of the operation numbers
  - step a.3: a whole number
- (b): a whole number
For example: <answer>[[[7, 5, 3, 9], [3, 2, 1], 3], 64]</answer>
""",
    ("choice_in_map_in_parallel", 4): """\
Solve these 2 problems; they do not depend on each other.
(a) Carry out these 2 steps in order.
    Step a.1: Write down the list of the decimal digits of 95042, from left to right.
    Step a.2: Of these 3 operations exactly 2 are needed. Carried out one after another, each at most once and each on the result of the one before, they must turn the starting value into the final result. Find out which 2, and in which order.
      Starting value: the list from step a.1
      Operation 1: Write the current list in reverse order, from the last item to the first.
      Operation 2: Rotate the current list to the left 9 times, each time moving the first item to the end.
      Operation 3: Write down the running totals of the current list.
      Final result: [2, 11, 16, 16, 20]
      If several orders lead to the final result, give the one with the smallest first number, among those the one with the smallest second number, and so on.
      The result is the numbers of the 2 operations as a list, in order.
(b) Do this for each number in [564], from left to right, and collect the results in a list:
      Add up the decimal digits of this number.

Write your answer between <answer> and </answer>: a list of the 2 answers in order:
- (a): a list of the 2 results in order:
  - step a.1: a list of whole numbers
  - step a.2: the numbers of the 2 operations as a list, in order
- (b): a list with one result for each number, each a whole number
For example: <answer>[[[1, 6, 7, 5], [1, 3]], [64]]</answer>
""",
    ("order_with_order", 1): """\
Put these 3 operations in order. Carried out one after another, each exactly once and each on the result of the one before, they must turn the starting value into the final result.
Starting value: [6, -10, 7, -5]
Operation 1: Rotate the current list to the left 9 times, each time moving the first item to the end.
Operation 2: Write down the running totals of the current list.
Operation 3: Put these 2 operations in order. Carried out one after another, each exactly once and each on the result of the one before, they must turn the starting value into the final result.
  Starting value: the current list
  Operation 1: Write down the running totals of the current list.
  Operation 2: Multiply each number of the current list by 4.
  Final result: [-40, -12, -32, -8]
  If several orders lead to the final result, give the one with the smallest first number, among those the one with the smallest second number, and so on.
  The result is the order as a list of the operation numbers.
Final result: [1, 3]

Write your answer between <answer> and </answer>: the order as a list of the operation numbers.
For example: <answer>[2, 3, 1]</answer>
""",
    ("order_of_chains", 4): """\
Put these 3 operations in order. Carried out one after another, each exactly once and each on the result of the one before, they must turn the starting value into the final result.
Starting value: 40884
Operation 1: Divide the current number by 2, leaving out the remainder.
Operation 2: Multiply the decimal digits of the current number with each other.
Operation 3: Carry out these 2 steps in order; only the last result counts.
  Step 3.1: Add up the decimal digits of the current number.
  Step 3.2: Double the number from step 3.1.
Final result: 8

Write your answer between <answer> and </answer>: the order as a list of the operation numbers.
For example: <answer>[2, 3, 1]</answer>
""",
    ("ascribed_step", 3): """\
Carry out these 3 steps in order.
Step 1: Count the items of [0, 7, 2, 6, 4, 0, 6, 8, 1, 5].
Step 2: Carry out these 2 steps in order; only the last result counts.
  Step 2.1: Add up the decimal digits of the number from step 1.
  Step 2.2: Double the number from step 2.1.
Step 3: Add -44166 to the number from step 2.

Write your answer between <answer> and </answer>: a list of the 3 results in order:
- step 1: a whole number
- step 2: a whole number
- step 3: a whole number
For example: <answer>[6, 8, 18]</answer>
""",
    ("free", 2): """\
Carry out these 3 steps in order.
Step 1: Write 88 as a sum of two whole numbers, each at least 2. (Any right answer will do; what follows is about the one you choose.)
Step 2: Find the greatest common divisor of the first number of the pair from step 1 and the second number of the pair from step 1 (0 where both are 0).
Step 3: Double the number from step 2.

Write your answer between <answer> and </answer>: a list of the 3 results in order:
- step 1: a pair of a whole number and a whole number
- step 2: a whole number
- step 3: a whole number
For example: <answer>[(64, 64), 14, 10]</answer>
""",
    ("canonical", 1): """\
Carry out these 2 steps in order.
Step 1: Write 50 as a sum of two whole numbers, each at least 2. (Where several answers would fit, only the one that this description singles out counts.)
Step 2: Add the second number of the pair from step 1 to the first number of the pair from step 1.

Write your answer between <answer> and </answer>: a list of the 2 results in order:
- step 1: a pair of a whole number and a whole number
- step 2: a whole number
For example: <answer>[(9, 9), 12]</answer>
""",
    ("map", 1): """\
Carry out these 3 steps in order.
Step 1: Write down the list of the decimal digits of 24546, from left to right.
Step 2: Do this for each number in the list from step 1, from left to right, and collect the results in a list:
    Double this number.
Step 3: Find the largest item of the list from step 2.

Write your answer between <answer> and </answer>: a list of the 3 results in order:
- step 1: a list of whole numbers
- step 2: a list with one result for each number, each a whole number
- step 3: a whole number
For example: <answer>[[6, 7], [0, 15, -3], 9]</answer>
""",
    ("map_chain", 4): """\
Do this for each number in [114, 988, 322, 616, 191, 855, 364, 734], from left to right, and collect the results in a list:
  Carry out these 2 steps in order.
  Step 1: Add up the decimal digits of this number.
  Step 2: Double the number from step 1.

Write your answer between <answer> and </answer>: a list with one result for each number, each a list of the 2 results in order:
- step 1: a whole number
- step 2: a whole number
For example: <answer>[[4, 64], [8, 5], [64, 11]]</answer>
""",
    ("iterate", 1): """\
Carry out these 2 steps in order.
Step 1: Divide 7085 by 2, leaving out the remainder.
Step 2: Begin with the number from step 1 and do this 2 times in a row, each time taking the result as the new current number:
    Divide the current number by 2, leaving out the remainder.
  Give the last result.

Write your answer between <answer> and </answer>: a list of the 2 results in order:
- step 1: a whole number
- step 2: a whole number
For example: <answer>[25, 11]</answer>
""",
    ("fanout_fed", 2): """\
Carry out these 2 steps in order.
Step 1: Take 270 and do each of these things with it.
  (a) Add up the decimal digits of this number.
  (b) Carry out these 2 steps in order.
      Step 1.b.1: Write down the list of the decimal digits of this number, from left to right.
      Step 1.b.2: Count the items of the list from step 1.b.1.
Step 2: Find the greatest common divisor of answer (a) of step 1 and the number from step 1.b.2 (0 where both are 0).

Write your answer between <answer> and </answer>: a list of the 2 results in order:
- step 1: a list of the 2 answers in order:
  - (a): a whole number
  - (b): a list of the 2 results in order:
    - step 1.b.1: a list of whole numbers
    - step 1.b.2: a whole number
- step 2: a whole number
For example: <answer>[[64, [[7, 5], 1]], 42]</answer>
""",
    ("branch", 1): """\
Take 49996 and do one of two things with it.
Condition: Tell whether this number is even.
If that is true: Double this number.
If that is false: Add -21280 to this number.
Give only the result of the one that applies.

Write your answer between <answer> and </answer>: a whole number.
For example: <answer>13</answer>
""",
    ("fold", 1): """\
Carry out these 2 steps in order.
Step 1: Write down the list of the decimal digits of 25714, from left to right.
Step 2: Keep a running number, which begins as 0. Do this for each number in the list from step 1, from left to right, each time taking the result as the new running number:
    Find the greatest common divisor of the running number and this number (0 where both are 0).
  Give the last running number.

Write your answer between <answer> and </answer>: a list of the 2 results in order:
- step 1: a list of whole numbers
- step 2: a whole number
For example: <answer>[[8, 1, 6, 7], 3]</answer>
""",
    ("letters", 1): """\
Solve these 2 problems; they do not depend on each other.
(a) Count how often "a" occurs in ">aaaaa>a><ba<bb<a>".
(b) Write "hz" in capital letters.

Write your answer between <answer> and </answer>: a list of the 2 answers in order:
- (a): a whole number
- (b): a text in double quotes
For example: <answer>[9, "cfad"]</answer>
In the answer, a < inside a text may be written \\u003c.
""",
    ("graphs", 1): """\
Carry out these 2 steps in order.
Step 1: Give the graph with the nodes of graph(3, [(1, 2), (1, 3), (2, 3)]) that joins exactly the pairs of nodes that are not joined there.
Step 2: Count the edges of the graph from step 1.

graph(n, edges) is the graph with nodes 1 to n in which each (u, v) of the edges joins u and v.
Write your answer between <answer> and </answer>: a list of the 2 results in order:
- step 1: a graph written graph(number of nodes, [(u, v), ...])
- step 2: a whole number
For example: <answer>[graph(4, [(1, 3)]), 9]</answer>
""",
    ("grid", 2): """\
Turn the rows of this grid into columns:
0
Write the new grid.

Write your answer between <answer> and </answer>: a grid of whole numbers, as a list of its rows.
For example: <answer>[[4, 0, 7], [5, 3, 9]]</answer>
""",
    ("label", 2): """\
Face north and turn right 4 times by 90 degrees. Where do you look?

Write your answer between <answer> and </answer>: one of "east", "north", "south" or "west".
""",
    ("predicates", 1): """\
Solve these 2 problems; they do not depend on each other.
(a) Tell whether -61092 is even.
(b) Tell whether -74564 is even.

Write your answer between <answer> and </answer>: a list of the 2 answers in order:
- (a): true or false
- (b): true or false
""",
    ("pair_whole", 2): """\
Carry out these 2 steps in order.
Step 1: Divide 65037 by 9; give the quotient and the remainder.
Step 2: Take the pair from step 1 and do each of these things with it.
  (a) Add the second number of this pair to the first number of this pair.
  (b) Find the greatest common divisor of the first number of this pair and the second number of this pair (0 where both are 0).

Write your answer between <answer> and </answer>: a list of the 2 results in order:
- step 1: a pair of a whole number and a whole number
- step 2: a list of the 2 answers in order:
  - (a): a whole number
  - (b): a whole number
For example: <answer>[(42, 7), [14, 16]]</answer>
""",
}


@pytest.mark.parametrize(("name", "seed"), PROMPTS)
def test_prompt(name: str, seed: int) -> None:
    assert prompt(name, seed) + "\n" == PROMPTS[name, seed]


if __name__ == "__main__":
    for name, seed in PROMPTS:
        shown = prompt(name, seed).replace("\\", "\\\\")
        print(f'    ("{name}", {seed}): """\\\n{shown}\n""",')
