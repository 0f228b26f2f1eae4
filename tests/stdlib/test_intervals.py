"""Differential tests of the intervals module."""

from __future__ import annotations

import heapq
import random
from itertools import combinations, groupby, permutations

import networkx as nx
from solvers import solvers

intervals = solvers("intervals")
Spans = list[tuple[int, int]]


def _draws(seed: int, low: int, high: int, count: int = 250) -> list[Spans]:
    rng = random.Random(seed)
    edges: list[Spans] = [[(0, 1)] * low, [(0, 999)] * high, [(9999, 9999)] * high]
    edges += [[(-9999, -9999)] * high, [(-1, 0), (0, 0)][:high]]
    for _ in range(count):
        reach, longest = rng.choice([(8, 4), (40, 9), (999, 200)])
        size = rng.randint(low, high)
        least = rng.choice([0, 0, -reach])
        edges.append(
            [
                (rng.randint(least, reach), rng.randint(least, longest))
                for _ in range(size)
            ]
        )
    return edges


def _usual(spans: Spans) -> Spans:
    """Pairs with the meaning that the descriptions give them."""
    return [(max(s, 0), max(d, 1)) for s, d in spans]


def _units(spans: Spans) -> set[int]:
    return {
        t for start, duration in _usual(spans) for t in range(start, start + duration)
    }


def _as_spans(units: set[int]) -> Spans:
    runs = []
    for _, group in groupby(
        enumerate(sorted(units)), key=lambda pair: pair[1] - pair[0]
    ):
        run = [unit for _, unit in group]
        runs.append((run[0], len(run)))
    return runs


def test_unions_and_gaps_by_unit_times() -> None:
    rng = random.Random(1)
    for spans in _draws(2, 0, 20):
        units = _units(spans)
        assert intervals.merge_spans(spans) == _as_spans(units)
        assert intervals.covered_length(spans) == len(units)
        hull = set(range(min(units), max(units) + 1)) if units else set()
        assert intervals.free_gaps(spans) == _as_spans(hull - units)
        other = rng.choice(_draws(rng.randint(1, 9), 0, 20, 2))
        both = units & _units(other)
        assert intervals.common_spans(spans, other) == _as_spans(both)
        duration = rng.randint(1, 20)
        busy = units | _units(other)
        free = next(t for t in range(21000) if busy.isdisjoint(range(t, t + duration)))
        assert intervals.earliest_meeting(spans, other, duration) == free


def test_busiest_time_by_unit_times() -> None:
    for spans in _draws(3, 0, 20):
        counts = [0] * 20000
        for start, duration in _usual(spans):
            for t in range(start, start + duration):
                counts[t] += 1
        assert intervals.busiest_time(spans) == counts.index(max(counts))


def _disjoint(spans: Spans) -> bool:
    return len(_units(spans)) == sum(duration for _, duration in _usual(spans))


def test_disjoint_choices_against_all_subsets() -> None:
    rng = random.Random(4)
    for spans in _draws(5, 1, 8, 200):
        weights = [rng.randint(1, 99) for _ in spans]
        good = [
            list(chosen)
            for size in range(1, len(spans) + 1)
            for chosen in combinations(range(1, len(spans) + 1), size)
            if _disjoint([spans[i - 1] for i in chosen])
        ]
        heaviest = max(sum(weights[i - 1] for i in chosen) for chosen in good)
        assert intervals.heaviest_compatible_total(spans, weights) == heaviest
        most = max(map(len, good))
        assert intervals.most_disjoint_spans(spans) in good
        for size in range(1, len(spans) + 1):
            for chosen in list(combinations(range(1, len(spans) + 1), size))[:12]:
                right = list(chosen) in good and size == most
                verdict = intervals.is_largest_disjoint(list(chosen), spans)
                assert verdict == right


def test_stabbing_times_against_all_sets_of_ends() -> None:
    for spans in _draws(6, 1, 6, 200):
        ends = sorted({start + duration for start, duration in _usual(spans)})
        closed = [set(range(s, s + d + 1)) for s, d in _usual(spans)]
        for size in range(1, len(ends) + 1):
            right = [
                set(times)
                for times in combinations(ends, size)
                if all(span & set(times) for span in closed)
            ]
            if right:
                break
        result = intervals.fewest_stabbing_times(spans)
        assert set(result) in right
        for size in range(1, len(ends) + 1):
            for times in list(combinations(ends, size))[:12]:
                verdict = intervals.is_smallest_stabbing(frozenset(times), spans)
                assert verdict == (set(times) in right)


def test_rooms_against_cliques() -> None:
    rng = random.Random(7)
    for spans in _draws(8, 1, 9, 200):
        graph = nx.Graph()
        graph.add_nodes_from(range(len(spans)))
        graph.add_edges_from(
            (i, j)
            for i, j in combinations(range(len(spans)), 2)
            if not _disjoint([spans[i], spans[j]])
        )
        fewest = max(map(len, nx.find_cliques(graph)))
        rooms = intervals.assign_rooms(spans)
        assert max(rooms) == fewest
        candidates = [rooms, [1] * len(spans), list(range(1, len(spans) + 1))]
        candidates += [[rng.randint(1, fewest) for _ in spans] for _ in range(10)]
        for candidate in candidates:
            right = set(candidate) == set(range(1, fewest + 1)) and not any(
                candidate[i] == candidate[j] for i, j in graph.edges
            )
            assert intervals.is_best_assignment(candidate, spans) == right


def test_machines_against_a_heap() -> None:
    rng = random.Random(9)
    for _ in range(250):
        durations = [rng.randint(1, 99) for _ in range(rng.randint(0, 20))]
        machines = rng.randint(1, 6)
        heap = [(0, number) for number in range(machines)]
        for duration in durations:
            free, number = heap[0]
            heapq.heapreplace(heap, (free + duration, number))
        loads = [load for load, _ in sorted(heap, key=lambda pair: pair[1])]
        assert intervals.list_schedule_loads(durations, machines) == loads


def test_shortest_job_order_by_ticking() -> None:
    for drawn in _draws(10, 0, 12):
        jobs = _usual(drawn)
        waiting = set(range(len(jobs)))
        order = []
        time = idle_at = 0
        while waiting:
            ready = [(jobs[i][1], i) for i in waiting if jobs[i][0] <= time]
            if ready and time >= idle_at:
                duration, job = min(ready)
                waiting.remove(job)
                order.append(job + 1)
                idle_at = time + duration
            time += 1
        assert intervals.shortest_job_order(drawn) == order


def test_jobs_on_time_against_all_orders() -> None:
    rng = random.Random(11)
    for _ in range(200):
        size = rng.randint(0, 6)
        least = rng.choice([1, -3])
        jobs = [(rng.randint(least, 9), rng.randint(least, 20)) for _ in range(size)]
        good = {frozenset[int]()}
        for order in permutations(range(size)):
            time = 0
            for count, i in enumerate(order, 1):
                time += max(1, jobs[i][0])
                if time > jobs[i][1]:
                    break
                good.add(frozenset(j + 1 for j in order[:count]))
        most = max(map(len, good))
        assert intervals.most_jobs_on_time(jobs) in good
        for count in range(size + 1):
            for chosen in map(frozenset, combinations(range(1, size + 1), count)):
                right = chosen in good and count == most
                assert intervals.is_largest_on_time(chosen, jobs) == right


def test_no_spans_at_all() -> None:
    assert intervals.busiest_time([]) == 0
    assert intervals.heaviest_compatible_total([], []) == 0
    assert intervals.most_disjoint_spans([]) == []
    assert intervals.is_largest_disjoint([], [])
    assert intervals.fewest_stabbing_times([]) == frozenset()
    assert intervals.is_smallest_stabbing(frozenset(), [])
    assert intervals.assign_rooms([]) == []
    assert intervals.is_best_assignment([], [])
    assert intervals.most_jobs_on_time([]) == frozenset()
