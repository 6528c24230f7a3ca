"""A host of static files as a site meets one: the real headers, a page for what is not found, and time that answers take."""

from __future__ import annotations

import threading
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

PROJECT = Path(__file__).parent.parent.parent
FRAGMENT_DELAY = 0.15  # seconds, so that a page is painted before a script has what it fetches


def headers() -> dict[str, str]:
    """What the project's own netlify.toml sends with every file."""
    rules = tomllib.loads((PROJECT / "netlify.toml").read_text(encoding="utf-8"))["headers"]
    (values,) = [rule["values"] for rule in rules if rule["for"] == "/*"]
    assert "Content-Security-Policy" in values
    return dict(values)


class _Host(SimpleHTTPRequestHandler):
    sent = headers()

    def end_headers(self) -> None:
        for name, value in self.sent.items():
            self.send_header(name, value)
        super().end_headers()

    def do_GET(self) -> None:
        if self.path.startswith(("/blok/", "/en/blocks/")):
            time.sleep(FRAGMENT_DELAY)
        super().do_GET()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the browser tells what came."""


@contextmanager
def served(output: Path) -> Iterator[str]:
    """The origin (`http://127.0.0.1:40123`) at which a built site is served as long as the context lasts."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Host, directory=str(output))) as host:
        thread = threading.Thread(target=host.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{host.server_port}"
        finally:
            host.shutdown()
            thread.join()
