"""The probability domain, checked by listing all equally likely outcomes."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import combinations, product

import sympy
from solvers import solvers

probability = solvers("probability")


def some_chance(rng: random.Random) -> Fraction:
    """A fraction in 0..1, now and then an end."""
    bottom = rng.randint(1, 12)
    return Fraction(rng.randint(0, bottom), bottom)


def test_dice() -> None:
    rng = random.Random(0)
    for _ in range(200):
        faces = [rng.randint(1, 7) for _ in range(rng.randint(1, 4))]
        rolls = list(product(*(range(1, most + 1) for most in faces)))
        for total in [-1, 0, *range(1, sum(faces) + 2)]:
            right = sum(1 for roll in rolls if sum(roll) == total)
            found = probability.dice_sum_probability(faces, total)
            assert found == Fraction(right, len(rolls))
        highest = Fraction(sum(map(max, rolls)), len(rolls))
        assert probability.expected_highest_die([0, *faces, -3]) == highest
    assert probability.expected_highest_die([-2]) == 0
    total = [probability.dice_sum_probability([20] * 6, t) for t in range(6, 121)]
    assert sum(total) == 1 and min(total) > 0
    assert probability.dice_sum_probability([300, 300], 301) == Fraction(1, 300)


def test_urn_probability() -> None:
    for red in range(5):
        for blue in range(5):
            for drawn in range(red + blue + 1):
                draws = list(combinations(range(red + blue), drawn))
                for wanted in range(min(drawn, red) + 1):
                    right = [d for d in draws if sum(b < red for b in d) == wanted]
                    found = probability.urn_probability(red, blue, drawn, wanted)
                    assert found == Fraction(len(right), len(draws))


def test_trials() -> None:
    rng = random.Random(1)
    for _ in range(200):
        p, trials = some_chance(rng), rng.randint(1, 12)
        row = [Fraction(1)]
        for _ in range(trials):
            row = [
                a * (1 - p) + b * p for a, b in zip([*row, 0], [0, *row], strict=True)
            ]
        for k, expected in enumerate(row):
            assert probability.binomial_probability(trials, k, p) == expected


def test_series_win() -> None:
    rng = random.Random(2)

    def win(p: Fraction, ours: int, theirs: int) -> Fraction:
        if ours == 0 or theirs == 0:
            return Fraction(ours == 0)
        return p * win(p, ours - 1, theirs) + (1 - p) * win(p, ours, theirs - 1)

    for _ in range(200):
        p, ours, theirs = some_chance(rng), rng.randint(1, 5), rng.randint(1, 5)
        assert probability.series_win(p, ours, theirs) == win(p, ours, theirs)


def test_bayes_posterior() -> None:
    rng = random.Random(3)
    for _ in range(300):
        prior, hit = (some_chance(rng) or Fraction(1, 7) for _ in range(2))
        alarm = some_chance(rng)
        odds = prior * hit, (1 - prior) * alarm
        found = probability.bayes_posterior(prior, hit, alarm)
        assert found * odds[1] == (1 - found) * odds[0]


def test_gamblers_ruin() -> None:
    rng = random.Random(4)
    for _ in range(60):
        p, target = some_chance(rng), rng.randint(1, 12)
        values = [probability.gamblers_ruin(target, i, p) for i in range(target + 1)]
        assert values[0] == 0 and values[-1] == 1
        for i in range(1, target):
            assert values[i] == p * values[i + 1] + (1 - p) * values[i - 1]
    assert probability.gamblers_ruin(5, 4, Fraction(0)) == 0
    assert probability.gamblers_ruin(5, 1, Fraction(1)) == 1


def test_distribution_variance() -> None:
    rng = random.Random(5)
    for _ in range(200):
        outcomes = [
            (rng.randint(-99, 99), rng.randint(1, 20))
            for _ in range(rng.randint(1, 10))
        ]
        extra = [(rng.randint(-99, 99), -rng.randint(0, 9)) for _ in range(2)]
        numbers = [number for number, weight in outcomes for _ in range(weight)]
        mean = Fraction(sum(numbers), len(numbers))
        expected = sum((n - mean) ** 2 for n in numbers) / len(numbers)
        assert (
            probability.distribution_variance(extra[:1] + outcomes + extra) == expected
        )
        assert probability.distribution_variance(extra) == 0


def test_two_state_chain() -> None:
    rng = random.Random(6)
    for _ in range(200):
        a, b, steps = some_chance(rng), some_chance(rng), rng.randint(1, 4)
        matrix = sympy.Matrix([[1 - a, a], [b, 1 - b]]) ** steps
        assert probability.two_state_chain(a, b, steps) == Fraction(str(matrix[0, 0]))


def test_shared_birthday() -> None:
    for days in range(2, 8):
        for people in range(2, 6):
            births = list(product(range(days), repeat=people))
            right = sum(1 for b in births if len(set(b)) < people)
            found = probability.shared_birthday(days, people)
            assert found == Fraction(right, len(births))


def test_coupon_wait() -> None:
    for kinds in range(1, 13):
        for owned in range(kinds + 1):
            for wanted in range(owned, min(kinds, owned + 8) + 1):
                whole = kinds * (
                    sympy.harmonic(kinds - owned) - sympy.harmonic(kinds - wanted)
                )
                found = probability.coupon_wait(kinds, owned, wanted)
                assert found == Fraction(str(whole))


def test_unit_fractions() -> None:
    for bottom in [*range(2, 90), 127, 128, 129, 255, 256]:
        for top in [*range(bottom), bottom + 1, -1]:
            answer = probability.unit_fractions(bottom, top)
            assert len(set(answer)) == len(answer) <= 16
            total = sum((Fraction(1, d) for d in answer), Fraction(0))
            assert total == Fraction(top, bottom) - top // bottom
            assert all(2 <= d <= 2 * bottom**2 for d in answer)
            assert probability.is_unit_sum(answer, bottom, top)
            assert not answer or not probability.is_unit_sum(answer[:-1], bottom, top)
    assert probability.is_unit_sum([3, 6], 2, 1)
    assert not probability.is_unit_sum([6, 3], 2, 1)
    assert not probability.is_unit_sum([4, 4], 2, 1)
