"""The web application: pages as the host answers them, each with the script that keeps it up to date."""

from __future__ import annotations

import html
import re
from collections.abc import Awaitable, Callable, Mapping
from importlib.resources import files
from pathlib import Path
from urllib.parse import unquote

import msgspec
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.staticfiles import NotModifiedResponse, StaticFiles

from ssg.serve.headers import headers
from ssg.serve.host import Found, Host
from ssg.serve.live import Live
from ssg.serve.media_types import media_type
from ssg.serve.policy import widened

OWN = "/_ssg/"

_CLIENT = files("ssg.serve") / "client"
_METHODS = ("GET", "HEAD")
_PAGES = ("document", "iframe", "frame")  # Sec-Fetch-Dest of what a reader looks at (W3C, Fetch Metadata)
_BODY_END = re.compile(rb"</body\s*>", re.IGNORECASE)
_FRESH = {"cache-control": "no-cache"}  # asked for again each time; unchanged files are answered with 304
# Of the site's own headers, those that mean something at its host only: how long to keep, and to come by https.
_NOT_HERE = ("cache-control", "netlify-cdn-cache-control", "cdn-cache-control", "strict-transport-security")
_POLICIES = ("content-security-policy", "content-security-policy-report-only")

Endpoint = Callable[[Request], Awaitable[Response]]


class _Asked(msgspec.Struct):
    """What an open page asks: whether what it shows has changed since the build `since`."""

    since: int
    page: str  # its path and query, as the browser has them
    name: str  # what stood there (`Found.name`)
    assets: list[str]  # paths of what it has loaded


def application(host: Host, live: Live, hosts: list[str]) -> Starlette:
    """The site of `host`, kept up to date by `live`. Only requests to one of `hosts` are answered (`*`: to any).

    So no page of a stranger, whose name suddenly means this machine, can read drafts.
    """
    guard = Middleware(TrustedHostMiddleware, allowed_hosts=hosts, www_redirect=False)
    return Starlette(
        routes=[
            Route(f"{OWN}live.js", _client("live.js")),
            Route(f"{OWN}live.css", _client("live.css")),
            Route(f"{OWN}events", _events(live)),
            Route(f"{OWN}changes", _changes(host, live), methods=["POST"]),
            Route("/{path:path}", _site(host, live), methods=["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]),
        ],
        middleware=[guard],
    )


# -- for the script of the open page


def _client(name: str) -> Endpoint:
    data = (_CLIENT / name).read_bytes()

    async def answer(request: Request) -> Response:
        return Response(data, headers=_FRESH, media_type=media_type(name))

    return answer


def _events(live: Live) -> Endpoint:
    async def answer(request: Request) -> Response:
        return StreamingResponse(live.events(), headers={"cache-control": "no-store"}, media_type="text/event-stream")

    return answer


def _changes(host: Host, live: Live) -> Endpoint:
    async def answer(request: Request) -> Response:
        try:
            asked = msgspec.json.decode(await request.body(), type=_Asked)
        except msgspec.MsgspecError:
            return _plain(400, "This is not what an open page asks.")
        build = live.build  # before looking: what changes meanwhile is told again
        found = host.find(*_split(asked.page), _languages(request))
        other = found.name != asked.name or live.changed(found.file, asked.since)
        assets = [path for path in asked.assets if live.changed(host.find(*_split(path)).file, asked.since)]
        return Response(
            msgspec.json.encode({"build": build, "page": other, "assets": assets}),
            media_type="application/json",
            headers=_FRESH,
        )

    return answer


def _split(address: str) -> tuple[str, str]:
    path, _, query = address.partition("?")
    return unquote(path), query


# -- the site


def _site(host: Host, live: Live) -> Endpoint:
    async def answer(request: Request) -> Response:
        if request.method not in _METHODS:
            return _plain(405, "Only GET and HEAD are answered here.", {"allow": ", ".join(_METHODS)})
        path = request.scope["path"]
        if path.startswith(OWN):
            return _plain(404, "There is nothing here.")
        mark = _Mark(live.run, live.build)  # before the file is read: what it says then is that build or newer
        if not live.ready:
            page = (_CLIENT / "waiting.html").read_bytes()
            return _page(request, page, mark, "", 503, _FRESH)
        found = host.find(path, request.url.query, _languages(request))
        sent = {name: value for name, value in headers(host.rules.headers, path).items() if name not in _NOT_HERE} | _FRESH
        for name in _POLICIES:
            if name in sent:
                sent[name] = widened(sent[name], f"{request.url.scheme}://{request.url.netloc}{OWN}")
        return _answer(request, host, found, mark, sent)

    return answer


class _Mark(msgspec.Struct, frozen=True):
    """Which serve, and which of its builds, a page is of."""

    run: str
    build: int


def _answer(request: Request, host: Host, found: Found, mark: _Mark, sent: dict[str, str]) -> Response:
    if found.location:
        return RedirectResponse(found.location, found.status, headers=sent)
    if found.status == 502:
        return _plain(502, "This address is answered by another host, which ssg serve does not ask.")
    standing = host.stat(found.file) if found.file else None
    if standing is None:
        shown = html.escape(request.scope["path"], quote=False)
        page = f"<!doctype html><html lang=en><title>404</title><p>Nothing is published at {shown}.</body></html>".encode()
        return _page(request, page, mark, Found(status=404).name, 404, _FRESH)
    whole, known = standing
    kind = sent.pop("content-type", "") or media_type(found.file)
    plain = FileResponse(whole, found.status, stat_result=known, headers={**sent, "content-type": kind})
    if kind.startswith("text/html") and "range" not in request.headers:
        data = Path(whole).read_bytes()
        if _is_page(request, data):
            kept = {name: plain.headers[name] for name in ("last-modified",)} | sent | {"content-type": kind}
            kept["etag"] = f'{plain.headers["etag"][:-1]}-{mark.run}-{mark.build}"'
            return _page(request, data, mark, found.name, found.status, kept)
    if found.status == 200 and _unchanged(request, plain):
        return NotModifiedResponse(plain.headers)
    return plain


def _page(request: Request, page: bytes, mark: _Mark, name: str, status: int, sent: Mapping[str, str]) -> Response:
    """A page with the script before the end of its body. What is on the disk stays as it was built."""
    script = (
        f'<script src="{OWN}live.js" data-run="{mark.run}" data-build="{mark.build}" data-name="{html.escape(name)}" '
        "defer></script>\n"
    ).encode()
    ends = [match.start() for match in _BODY_END.finditer(page)]
    at = ends[-1] if ends else len(page)
    response = Response(page[:at] + script + page[at:], status, headers={"content-type": "text/html; charset=utf-8", **sent})
    if status == 200 and "if-none-match" in request.headers and _unchanged(request, response):
        return NotModifiedResponse(response.headers)
    return response


def _is_page(request: Request, data: bytes) -> bool:
    """Whether a reader looks at this, rather than a script that puts a part of it into a page."""
    wanted = request.headers.get("sec-fetch-dest")
    return wanted in _PAGES if wanted else bool(_BODY_END.search(data))


def _unchanged(request: Request, response: Response) -> bool:
    return _conditional.is_not_modified(response.headers, request.headers)


_conditional = StaticFiles(check_dir=False)


def _languages(request: Request) -> list[str]:
    """The languages that a browser asks for, the dearest first (RFC 9110, 12.5.4)."""
    weighed = []
    for part in request.headers.get("accept-language", "").split(","):
        code, _, weight = part.strip().partition(";")
        try:
            weighed.append((-float(weight.strip().removeprefix("q=") or 1), code.strip()))
        except ValueError:
            continue
    return [code for _, code in sorted(weighed, key=lambda one: one[0]) if code]


def _plain(status: int, text: str, sent: Mapping[str, str] | None = None) -> Response:
    return Response(f"{text}\n", status, headers={**_FRESH, **(sent or {})}, media_type="text/plain")
