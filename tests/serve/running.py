"""A running `ssg serve`, and requests to it as a browser or anybody else may send them."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).parent.parent.parent
PATIENCE = 40.0  # seconds; a machine may be busy with other things

_SERVING = re.compile(r"^Serving http://([^/]+)/ ", re.MULTILINE)
_DONE = re.compile(r"^(?:Built|Not built) ", re.MULTILINE)


@dataclass(frozen=True)
class Answer:
    """What came back: status, headers by their names in lower case, and the bytes."""

    status: int
    headers: Mapping[str, str]
    data: bytes

    @property
    def text(self) -> str:
        return self.data.decode()


@dataclass
class Serving:
    """`ssg serve` on a site, as a process of its own."""

    root: Path
    process: subprocess.Popen[bytes]
    log: Path
    seen: int = field(default=0)  # builds that were waited for

    @property
    def said(self) -> str:
        """What the terminal shows."""
        return self.log.read_text(encoding="utf-8")

    def until(self, text: str) -> str:
        """Wait until the terminal shows what a pattern says; the match."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if found := re.search(text, self.said, re.MULTILINE):
                return found.group()
            assert self.process.poll() is None, self.said
            time.sleep(0.02)
        raise AssertionError(f"{text!r} is not in:\n{self.said}")

    @property
    def address(self) -> str:
        """Host and port."""
        found = _SERVING.search(self.until(_SERVING.pattern))
        assert found is not None
        return found[1]

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        return f"http://{self.address}"

    def built(self, more: int = 1) -> str:
        """Wait until so many more builds are done; the line about the last one."""
        self.seen += more
        self.until(rf"(?s)\A(?:.*?^(?:Built|Not built) ){{{self.seen}}}")
        return next(line for line in reversed(self.said.splitlines()) if _DONE.match(line))

    def ask(self, target: str, method: str = "GET", body: bytes | None = None, /, **headers: str) -> Answer:
        """One request for a target exactly as it is written; `If_Match="x"` is the header If-Match."""
        connection = HTTPConnection(self.address, timeout=PATIENCE)
        try:
            names = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, target, body, names)
            answer = connection.getresponse()
            return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def state(self) -> dict[str, Any]:
        """What an open page is told at first."""
        connection = HTTPConnection(self.address, timeout=PATIENCE)
        try:
            connection.request("GET", "/_ssg/events")
            answer = connection.getresponse()
            while not (line := answer.readline()).startswith(b"data: "):
                assert line, "the stream ended"
            found: dict[str, Any] = json.loads(line.removeprefix(b"data: "))
            answer.close()
            return found
        finally:
            connection.close()

    def stop(self) -> int:
        """Ctrl-C, and the code that the program ends with."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)


@contextmanager
def serving(root: Path, *arguments: str, port: int = 0) -> Iterator[Serving]:
    """Serve the site in `root` as long as the context lasts."""
    log = root.parent / f"{root.name}-{time.monotonic_ns()}.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-W", "error", "-m", "ssg", "serve", "--source", str(root), "--port", str(port), *arguments],
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(PROJECT)},
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        yield Serving(root, process, log)
    finally:
        if process.poll() is None:
            process.terminate()
        process.wait(PATIENCE)
    assert "Traceback" not in log.read_text(encoding="utf-8"), log.read_text(encoding="utf-8")
