"""A host of static files as a site meets one: the real headers, compressed text, a page for what is not found, slow answers."""

from __future__ import annotations

import gzip
import threading
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

PROJECT = Path(__file__).parent.parent.parent
FRAGMENT_DELAY = 0.15  # seconds, so that a page is painted before a script has what it fetches
_TEXT = (".html", ".css", ".js", ".svg", ".xml", ".txt", ".json")


def headers() -> dict[str, str]:
    """What the project's own netlify.toml sends with every file."""
    rules = tomllib.loads((PROJECT / "netlify.toml").read_text(encoding="utf-8"))["headers"]
    (values,) = [rule["values"] for rule in rules if rule["for"] == "/*"]
    assert "Content-Security-Policy" in values
    return dict(values)


class _Host(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # one connection for many files
    # Netlify's own rule for files without a digest in their name: kept, but asked for anew before each use.
    sent = headers() | {"Cache-Control": "public, max-age=0, must-revalidate"}
    extensions_map = SimpleHTTPRequestHandler.extensions_map | {
        ".html": "text/html; charset=utf-8",
        ".css": "text/css; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".svg": "image/svg+xml",
        ".xml": "application/xml",
        ".txt": "text/plain; charset=utf-8",
    }

    def end_headers(self) -> None:
        for name, value in self.sent.items():
            self.send_header(name, value)
        super().end_headers()

    def do_GET(self) -> None:
        if self.path.startswith(("/blok/", "/en/blocks/")):
            time.sleep(FRAGMENT_DELAY)
        with suppress(ConnectionError):  # a reader who has gone on to another page
            super().do_GET()

    def send_head(self) -> BytesIO | BinaryIO | None:
        """Text is compressed where the browser takes it; the rest is as the standard library has it."""
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if file.is_dir() and self.path.partition("?")[0].endswith("/") else file
        if not (file.is_file() and file.name.endswith(_TEXT) and "gzip" in self.headers.get("Accept-Encoding", "")):
            return super().send_head()
        data = gzip.compress(file.read_bytes(), mtime=0)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Vary", "Accept-Encoding")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        return BytesIO(data)

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
