"""What a class costs as it grows: 10, 100, 1,000 and 10,000 module submissions, time and memory of each part.

python -m tests.benchmarks.scaling [--sizes 10,100,1000,10000] [-j N] [--judge-alone]

The submissions are the small pack's, no two alike. Memory is the largest that each process had, read from the kernel
(VmHWM, the peak resident set): of the judge that hands out the work, and of the processes that grade. `--judge-alone`
leaves the grading out (each job comes back at once with a report made before), so that what remains is the judge's own:
reading, digests, writing, the summary. Run with nothing else on the machine.
"""

from __future__ import annotations

import argparse
import dataclasses
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from grader import batch
from grader.cli.main import make_task
from grader.packs import loading
from tests.small_class import write_class
from tests.small_pack import write_pack

ROOT = Path(__file__).parent.parent.parent
MIB = 1 << 10  # KiB, in which the kernel tells


@dataclasses.dataclass
class Peaks:
    """The largest resident sets seen, in KiB: the judge's, and the largest and the sum of those that grade."""

    judge: int = 0
    grading: int = 0
    together: int = 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="10,100,1000,10000")
    parser.add_argument("-j", type=int, default=batch.cores())
    parser.add_argument("--judge-alone", action="store_true")
    arguments = parser.parse_args()
    alone = "the judge alone" if arguments.judge_alone else f"-j {arguments.j}"
    print(f"{alone}; seconds and MB (resident, at most)")
    print(
        f"{'submissions':>11} {'seconds':>9} {'ms each':>8} {'again, s':>9} {'judge':>7} {'grading':>8} {'together':>9}"
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pack = write_pack(folder)
        make_task(loading.load(str(pack)), None)  # the key is made once, and is not what is measured
        for size in map(int, arguments.sizes.split(",")):
            write_class(folder / f"class{size}", size)
            command = judge_alone(pack, folder, size) if arguments.judge_alone else cli(pack, folder, size, arguments.j)
            first, peaks = measured(command)
            second, _ = measured(command)  # everything is there already
            print(
                f"{size:>11,} {first:>9.1f} {1000 * first / size:>8.1f} {second:>9.2f} {peaks.judge / MIB:>7.0f} "
                f"{peaks.grading / MIB:>8.0f} {peaks.together / MIB:>9.0f}",
                flush=True,
            )


def cli(pack: Path, folder: Path, size: int, processes: int) -> list[str]:
    places = (pack, folder / f"class{size}", "-o", folder / f"out{size}")
    return [sys.executable, "-m", "grader", "grade", *map(str, places), "-j", str(processes)]


def judge_alone(pack: Path, folder: Path, size: int) -> list[str]:
    places = (pack, folder / f"class{size}", folder / f"out{size}")
    return [sys.executable, "-m", "tests.benchmarks.scaling_judge", *map(str, places)]


def measured(command: list[str]) -> tuple[float, Peaks]:
    """Seconds, and the peaks of memory."""
    peaks = Peaks()
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    watch = threading.Thread(target=observe, args=(process, peaks))
    watch.start()
    code = process.wait()
    seconds = time.perf_counter() - start
    watch.join()
    if code != 0:
        raise SystemExit(f"{' '.join(command)} ended with exit code {code}")
    return seconds, peaks


def observe(process: subprocess.Popen[bytes], peaks: Peaks) -> None:
    while process.poll() is None:
        peaks.judge = max(peaks.judge, resident(process.pid, "VmHWM"))
        # What the judge has started itself are the processes that grade; theirs are the students'.
        grading = [pid for pid in children(process.pid) if b"grader.batch.lane" in command_line(pid)]
        peaks.grading = max([peaks.grading, *(resident(pid, "VmHWM") for pid in grading)])
        peaks.together = max(peaks.together, sum(resident(pid, "VmRSS") for pid in descendants(process.pid)))
        time.sleep(0.1)


def resident(pid: int, field: str) -> int:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(f"{field}:")), 0)


def command_line(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def children(pid: int) -> list[int]:
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        return [int(child) for task in tasks for child in (task / "children").read_text().split()]
    except OSError:
        return []


def descendants(pid: int) -> list[int]:
    return [pid, *(other for child in children(pid) for other in descendants(child))]


if __name__ == "__main__":
    main()
