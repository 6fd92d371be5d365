"""How long students wait before a deadline: arrivals simulated, with the times that their grading took.

python -m tests.benchmarks.arrivals DIR [--cores 2] [--submissions 400] [--hours 1] [--rush 4]

DIR holds reports, of which each one's `run.seconds` is a time that a submission may take (drawn with replacement).
Submissions arrive at random, the more of them the nearer the deadline: at its rate's peak `rush` times as many as on
the average. They are graded in order of arrival by as many processes as there are cores.
"""

from __future__ import annotations

import argparse
import heapq
import json
from pathlib import Path

import numpy as np

RUNS = 200


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--cores", type=int, default=2)
    parser.add_argument("--submissions", type=int, default=400)
    parser.add_argument("--hours", type=float, default=1.0)
    parser.add_argument("--rush", type=float, default=4.0)
    arguments = parser.parse_args()
    service = times(arguments.folder)
    rng = np.random.default_rng(0)
    waits = np.array(
        [
            waited(
                arrivals(rng, arguments.submissions, 3600 * arguments.hours, arguments.rush),
                rng.choice(service, arguments.submissions),
                arguments.cores,
            )
            for _ in range(RUNS)
        ]
    )
    load = arguments.submissions * service.mean() / (3600 * arguments.hours * arguments.cores)
    late = np.quantile(waits, [0.5, 0.95, 1.0], axis=1)
    print(
        f"{arguments.submissions} submissions in {arguments.hours:g} h on {arguments.cores} cores, "
        f"{service.mean():.2f} s each ({len(service)} measured); {100 * load:.0f} % busy on the average"
    )
    print(
        f"back within: half {np.median(late[0]):.1f} s, 95 % {np.median(late[1]):.1f} s, all {np.median(late[2]):.1f} s"
    )
    print(f"(medians of {RUNS} simulated deadlines; the worst of them: 95 % back within {late[1].max():.1f} s)")


def times(folder: Path) -> np.ndarray:
    """Seconds that gradings took."""
    found = [
        report["run"]["seconds"]
        for path in folder.glob("*.json")
        if (report := json.loads(path.read_text())).get("status") == "graded"
    ]
    if not found:
        raise SystemExit(f"{folder} holds no report of a graded submission")
    return np.array(found)


def arrivals(rng: np.random.Generator, count: int, seconds: float, rush: float) -> np.ndarray:
    """Times of arrival, in order: the density grows like a power of the time, to `rush` times its mean."""
    return np.sort(seconds * rng.random(count) ** (1 / rush))


def waited(arrived: np.ndarray, service: np.ndarray, cores: int) -> np.ndarray:
    """Seconds from arrival to report, first come first served."""
    free = [0.0] * cores
    waits = np.empty(len(arrived))
    for place, (time, needed) in enumerate(zip(arrived, service, strict=True)):
        done = max(time, heapq.heappop(free)) + needed
        heapq.heappush(free, done)
        waits[place] = done - time
    return waits


if __name__ == "__main__":
    main()
