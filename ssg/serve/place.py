"""Where a site is served: a folder that no other serve uses, and a port that nobody else has."""

from __future__ import annotations

import errno
import ipaddress
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ssg.build import CACHE
from ssg.model import Place
from ssg.problems import BuildStopped, stop
from ssg.publishing import lock

FOLDER = "serve"  # in the cache's folder, which is never published nor committed
_PORTS = 100  # how many are tried before giving up
_MOST = 65535


@contextmanager
def folder(root: Path) -> Iterator[Path]:
    """A folder below the site's cache into which only this serve builds, as long as the context lasts.

    It is kept: the next serve has little to write. Raises BuildStopped (`file.unwritable`).
    """
    above = root.resolve() / CACHE / FOLDER
    try:
        above.mkdir(parents=True, exist_ok=True)
        held, number = None, 0
        while held is None:
            number += 1
            held = lock.take(str(above / f"{number}.lock"))
    except OSError as error:
        what = f"the folder {CACHE}/{FOLDER}/ cannot be used: {error.strerror or type(error).__name__}"
        raise stop(Place(CACHE), "file.unwritable", what) from None
    try:
        yield above / str(number)
    finally:
        lock.release(held)


def listen(host: str, port: int) -> socket.socket:
    """A listening socket at `host`, at `port` or the next one that is free (0: any). Raises BuildStopped (`serve.address`)."""
    last = min(port + _PORTS, _MOST) if port else 0
    for tried in range(port, last + 1):
        try:
            return _listening(host, tried)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise _refused(host, tried, error.strerror or type(error).__name__) from None
    raise _refused(host, port, f"this port and those up to {last} are taken")


def address_of(host: str, port: int) -> str:
    """The address of the front page for a browser on this machine: `http://127.0.0.1:8000/`."""
    try:
        known = ipaddress.ip_address(host)
    except ValueError:
        return f"http://{host}:{port}/"
    if known.is_unspecified:  # every address of this machine: the loopback one among them
        known = ipaddress.ip_address("127.0.0.1" if known.version == 4 else "::1")
    return f"http://[{known}]:{port}/" if known.version == 6 else f"http://{known}:{port}/"


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches `host`."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.casefold() == "localhost"


def _listening(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    opened = socket.socket(family, kind, protocol)
    try:
        if sys.platform != "win32":  # there it would take the port from another program
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind(address)
        opened.listen(100)
    except OSError:
        opened.close()
        raise
    return opened


def _refused(host: str, port: int, why: str) -> BuildStopped:
    return stop(Place("--host" if port == 0 else "--port"), "serve.address", f"{host}:{port} cannot be used: {why}")
