"""Solvers for spans of time, given as pairs (start, duration), and for schedules."""

from __future__ import annotations

import itertools
from typing import Any

_Spans = list[tuple[int, int]]


def _spans(rng: Any, count: int, horizon: int, longest: int) -> _Spans:
    """Draw spans that start within the horizon."""
    return [(rng.randint(0, horizon), rng.randint(1, longest)) for _ in range(count)]


def some_spans(rng: Any, level: int, **given: Any) -> _Spans:
    """Draw spans many of which overlap."""
    count = rng.randint(3 + level // 2, 4 + level)
    return _spans(rng, count, 10 + level * level, 4 + level * level // 3)


def sparse_spans(rng: Any, level: int, **given: Any) -> _Spans:
    """Draw spans with gaps between them."""
    count = rng.randint(4 + level // 2, 5 + level)
    return _spans(rng, count, 20 * level, 4 + level)


def two_lists_of_spans(rng: Any, level: int, **given: Any) -> Any:
    """Draw two lists of spans within the same time."""
    drawn = [
        _spans(
            rng, rng.randint(2 + level // 3, 2 + level // 2), 10 * level, 2 + 4 * level
        )
        for _ in range(2 - len(given))
    ]
    return drawn[0] if given else tuple(drawn)


def two_diaries(rng: Any, level: int, **given: Any) -> Any:
    """Draw two lists of busy times and a duration."""
    reach = 8 + 4 * level
    early = _spans(rng, 2 + level // 2, reach, 3 + level)
    drawn = {
        "first": [(rng.randint(0, 2), rng.randint(1, 3 + level)), *early],
        "second": _spans(rng, 3 + level // 2, reach, 3 + level),
        "duration": rng.randint(2, 4 + 2 * level),
    }
    left = [value for name, value in drawn.items() if name not in given]
    return left[0] if len(left) == 1 else tuple(left)


def spans_and_weights(rng: Any, level: int, **given: Any) -> Any:
    """Draw spans and a weight for each."""
    known = given.get("spans", given.get("weights"))
    count = rng.randint(3 + level // 2, 4 + level) if known is None else len(known)
    spans = _spans(rng, count, 10 + 4 * level, 6 + 2 * level)
    weights = [rng.randint(1, 9 + 9 * level) for _ in range(count)]
    if "spans" in given:
        return weights
    return spans if "weights" in given else (spans, weights)


def jobs_and_machines(rng: Any, level: int, **given: Any) -> Any:
    """Draw durations and the number of machines."""
    machines = rng.randint(2, 2 + level // 3)
    if "durations" in given:
        return machines
    count = rng.randint(4 + level, 5 + 2 * level)
    durations = [rng.randint(1, min(99, 9 + 3 * level)) for _ in range(count)]
    return durations if given else (durations, machines)


def some_jobs(rng: Any, level: int, **given: Any) -> _Spans:
    """Draw jobs that often wait for each other."""
    count = rng.randint(4 + level // 3, 4 + level)
    return _spans(rng, count, 4 * count, 6 + level)


def jobs_with_deadlines(rng: Any, level: int, **given: Any) -> _Spans:
    """Draw jobs of which not all can be on time."""
    count = rng.randint(3 + level // 2, 4 + level)
    jobs = []
    for _ in range(count):
        duration = rng.randint(1, 4 + 2 * level)
        jobs.append((duration, duration + rng.randint(0, (2 + level) * count // 2)))
    return jobs


def _clamped(spans: _Spans) -> _Spans:
    """Give the spans with starts from 0 on and durations from 1 on."""
    return [(max(0, start), max(1, duration)) for start, duration in spans]


def merge_spans(spans: _Spans) -> _Spans:
    """Give the union as separate spans."""
    spans = _clamped(spans)
    merged: _Spans = []
    for start, duration in sorted(spans):
        if merged and start <= sum(merged[-1]):
            first = merged[-1][0]
            end = max(sum(merged[-1]), start + duration)
            merged[-1] = (first, end - first)
        else:
            merged.append((start, duration))
    return merged


def covered_length(spans: _Spans) -> int:
    """Give the length of the union."""
    return sum(duration for _, duration in merge_spans(spans))


def _running(spans: _Spans, time: int) -> int:
    """Count the tasks that run at a time."""
    return sum(start <= time < start + duration for start, duration in spans)


def busiest_time(spans: _Spans) -> int:
    """Give the earliest time at which most tasks run."""
    spans = _clamped(spans)
    starts = sorted(start for start, _ in spans)
    return max(starts, key=lambda time: _running(spans, time), default=0)


def free_gaps(spans: _Spans) -> _Spans:
    """Give the gaps between merged spans."""
    merged = merge_spans(spans)
    return [
        (sum(before), after[0] - sum(before))
        for before, after in itertools.pairwise(merged)
    ]


def common_spans(first: _Spans, second: _Spans) -> _Spans:
    """Give the spans of the intersection of both unions."""
    common = []
    for a in merge_spans(first):
        for b in merge_spans(second):
            start = max(a[0], b[0])
            end = min(sum(a), sum(b))
            if start < end:
                common.append((start, end - start))
    return common


def earliest_meeting(first: _Spans, second: _Spans, duration: int) -> int:
    """Give the first time at which both are free for long enough."""
    time = 0
    for busy in merge_spans(first + second):
        if time + duration <= busy[0]:
            break
        time = sum(busy)
    return time


def heaviest_compatible_total(spans: _Spans, weights: list[int]) -> int:
    """Give the greatest total weight of spans that do not overlap."""
    spans = _clamped(spans)
    best: list[tuple[int, int]] = [(0, 0)]  # (end, greatest total up to it)
    tasks = sorted(
        (start + duration, start, weight)
        for (start, duration), weight in zip(spans, weights, strict=True)
    )
    for end, start, weight in tasks:
        before = max(total for until, total in best if until <= start)
        best.append((end, max(best[-1][1], before + weight)))
    return best[-1][1]


def list_schedule_loads(durations: list[int], machines: int) -> list[int]:
    """Give the finishing times of the machines."""
    loads = [0] * machines
    for duration in durations:
        loads[loads.index(min(loads))] += duration
    return loads


def shortest_job_order(jobs: _Spans) -> list[int]:
    """Give the order in which the jobs run."""
    jobs = _clamped(jobs)
    left = list(range(len(jobs)))
    order = []
    time = 0
    while left:
        time = max(time, min(jobs[i][0] for i in left))
        job = min(
            (i for i in left if jobs[i][0] <= time), key=lambda i: (jobs[i][1], i)
        )
        left.remove(job)
        order.append(job + 1)
        time += jobs[job][1]
    return order


def most_disjoint_spans(spans: _Spans) -> list[int]:
    """Give the choice that always takes the span that ends first."""
    spans = _clamped(spans)
    chosen = []
    free_from = 0
    for i in sorted(range(len(spans)), key=lambda i: (sum(spans[i]), i)):
        if spans[i][0] >= free_from:
            chosen.append(i + 1)
            free_from = sum(spans[i])
    return sorted(chosen)


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> bool:
    """Say whether two spans have more than a moment in common."""
    return a[0] < sum(b) and b[0] < sum(a)


def is_largest_disjoint(answer: list[int], spans: _Spans) -> bool:
    """Say whether the chosen spans are disjoint and as many as possible."""
    spans = _clamped(spans)
    chosen = [spans[i - 1] for i in answer]
    return len(answer) == len(most_disjoint_spans(spans)) and not any(
        _overlap(chosen[i], chosen[j]) for i in range(len(chosen)) for j in range(i)
    )


def fewest_stabbing_times(spans: _Spans) -> frozenset[int]:
    """Give the ends of spans that no earlier chosen time meets."""
    spans = _clamped(spans)
    times: list[int] = []
    for start, duration in sorted(spans, key=sum):
        if not times or times[-1] < start:
            times.append(start + duration)
    return frozenset(times)


def is_smallest_stabbing(answer: frozenset[int], spans: _Spans) -> bool:
    """Say whether the times meet all spans and are as few as possible."""
    spans = _clamped(spans)
    return len(answer) == len(fewest_stabbing_times(spans)) and all(
        any(start <= time <= start + duration for time in answer)
        for start, duration in spans
    )


def assign_rooms(spans: _Spans) -> list[int]:
    """Give each meeting, in the order of starts, the lowest free room."""
    spans = _clamped(spans)
    rooms = [0] * len(spans)
    until: list[int] = []
    for i in sorted(range(len(spans)), key=lambda i: (spans[i][0], i)):
        room = next((r for r, end in enumerate(until) if end <= spans[i][0]), None)
        if room is None:
            room = len(until)
            until.append(0)
        until[room] = sum(spans[i])
        rooms[i] = room + 1
    return rooms


def is_best_assignment(answer: list[int], spans: _Spans) -> bool:
    """Say whether overlapping meetings are apart and the rooms as few as possible."""
    spans = _clamped(spans)
    fewest = max((_running(spans, start) for start, _ in spans), default=0)
    return set(answer) == set(range(1, fewest + 1)) and not any(
        answer[i] == answer[j] and _overlap(spans[i], spans[j])
        for i in range(len(spans))
        for j in range(i)
    )


def most_jobs_on_time(jobs: _Spans) -> frozenset[int]:
    """Give the jobs that remain when late ones push out the longest."""
    jobs = [(max(1, duration), due) for duration, due in jobs]
    chosen: list[int] = []
    for i in sorted(range(len(jobs)), key=lambda i: (jobs[i][1], i)):
        chosen.append(i)
        if sum(jobs[j][0] for j in chosen) > jobs[i][1]:
            chosen.remove(max(chosen, key=lambda j: (jobs[j][0], j)))
    return frozenset(i + 1 for i in chosen)


def is_largest_on_time(answer: frozenset[int], jobs: _Spans) -> bool:
    """Say whether the chosen jobs can all be on time and are as many as possible."""
    time = 0
    for due, duration in sorted((jobs[i - 1][1], jobs[i - 1][0]) for i in answer):
        time += max(1, duration)
        if time > due:
            return False
    return len(answer) == len(most_jobs_on_time(jobs))
