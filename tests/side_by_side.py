"""Runs the tests in two processes side by side, `python -m tests.side_by_side`: what waits for a browser, and all the rest.

One after the other they take nearly twice as long on two cores, since a browser leaves one of them idle. Most of the laws and
the bench go with it, so that both halves take about as long.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

TESTS = Path(__file__).parent
LAWS = sorted(file for file in (TESTS / "laws").glob("test_*.py") if file.name != "test_increment.py")


def main() -> int:
    """Run both; what they say is shown one behind the other. 0, or 1 if a test failed."""
    waiting = [str(path) for path in (TESTS / "browser", *LAWS, TESTS / "test_bench.py")]
    halves = [waiting, [str(TESTS), *(f"--ignore={path}" for path in waiting)]]
    with tempfile.TemporaryDirectory() as folder:
        said = [Path(folder, str(number)) for number in range(len(halves))]
        running = [_begun(half, file) for half, file in zip(halves, said, strict=True)]
        ended = [process.wait() for process in running]
        for file in said:
            sys.stdout.write(file.read_text(encoding="utf-8", errors="replace"))
    return int(any(ended))


def _begun(half: list[str], said: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *half]
    with said.open("wb") as target:
        return subprocess.Popen(command, cwd=TESTS.parent, stdout=target, stderr=subprocess.STDOUT)


if __name__ == "__main__":
    sys.exit(main())
