"""The rules of hosts that read `_redirects`: what has moved, what has gone, and what is shown where nothing is.

A host takes so many of them; beyond, and on hosts without rules, pages lead on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ssg.addresses import Addresses, file_of
from ssg.archive import Archive
from ssg.asking import Ask
from ssg.hosts import HOSTS, Host
from ssg.model import Page
from ssg.pages.showing import Kind, RuleDocument, Shown

ADDRESS = "/_redirects"
_OWN = "static/_redirects"  # a site that writes its own rules keeps them
_SEPARATOR = "\t"  # no address has one
_GONE = "410"  # RFC 9110, 15.5.11
_ABSENT = "404"  # RFC 9110, 15.5.5


def with_rules(archive: Archive, plan: Sequence[Page]) -> Iterator[Page]:
    """A plan in which what the host's rules say is no page any more, and the rules are one."""
    host = HOSTS.get(archive.settings.host)
    if host is None or _OWN in archive.sources.files:
        yield from plan
        return
    rules: list[str] = []
    ruled: set[str] = set()
    for rule in _within(host, archive.addresses, _rules(archive, host, plan)):
        rules.append(rule)
        ruled.add(rule.partition(_SEPARATOR)[0])
    yield from (page for page in plan if page.kind != "moved" or page.address not in ruled)
    if rules:
        yield Page(ADDRESS, "rules", archive.settings.language, tuple(rules))


def answered(plan: Iterable[Page]) -> set[str]:
    """The addresses at which a plan has something: a page, or a rule that leads on."""
    found = set()
    for page in plan:
        found.add(page.address)
        if page.kind == "rules":
            rules = [str(rule) for rule in page.about]
            leading = (rule for rule in rules if rule.rpartition(_SEPARATOR)[2] not in (_GONE, _ABSENT))
            found.update(rule.partition(_SEPARATOR)[0] for rule in leading)
    return found


def _rules(archive: Archive, host: Host, plan: Iterable[Page]) -> Iterator[str]:
    """Every rule: its address, where it leads, and its status. What has gone comes first: no page could say that; what is not
    there comes last."""
    if host.gone:
        for address in archive.taken_back:
            yield _SEPARATOR.join((address, f"/{file_of(address)}", _GONE))
        there = {page.address for page in plan}
        for address, target in archive.settings.redirects.items():
            if not target and address not in there:
                yield _SEPARATOR.join((address, archive.addresses.not_found(archive.settings.language), _GONE))
    for page in plan:
        if page.kind == "moved":
            yield _SEPARATOR.join((page.address, str(page.about[0]), "301"))
            if host.literal and page.address.endswith("/"):
                yield _SEPARATOR.join((page.address.rstrip("/"), str(page.about[0]), "301"))
    if host.gone:  # by itself such a host shows the page of the default language
        for language in archive.languages[1:]:
            yield _SEPARATOR.join((f"{archive.addresses.root(language)}*", archive.addresses.not_found(language), _ABSENT))


def _within(host: Host, addresses: Addresses, rules: Iterable[str]) -> Iterator[str]:
    """As many of some rules as a host takes."""
    size = count = 0
    for rule in rules:
        length = len(addresses.link(rule)) + 2  # one for a `!`, and one for the end of the line
        if count == host.rules or size + length > host.rules_size:
            return
        if length <= host.rule_length:
            count += 1
            size += length
            yield rule


def _pages(_: Archive) -> Iterator[Page]:
    return iter(())  # `with_rules` makes it, out of all others


def _show(page: Page, ask: Ask) -> Shown:
    rules = []
    for rule in page.about:
        old, new, status = str(rule).split(_SEPARATOR)
        rules.append((ask.link(old), ask.link(new) if new.startswith("/") else new, int(status)))
    return RuleDocument(tuple(rules))


KIND = Kind("rules", _pages, _show)
