"""A page's Content-Security-Policy, widened by what the page's own live script needs, and by nothing else."""

from __future__ import annotations

_NEEDED = ("script-src", "style-src", "connect-src")
# Where `script-src` and `style-src` have a narrower directive for elements, that one has the say (CSP Level 3, 6.8.3).
_NARROWER = ("script-src-elem", "style-src-elem")
_NOT_HERE = "upgrade-insecure-requests"  # there is no https at a loopback address


def widened(policies: str, source: str) -> str:
    """Policies, as in the header, that let scripts, styles and requests of `source` (an address with a path) through as well.

    A directive that is not there has its sources from `default-src` (CSP Level 3, 6.1.3).
    """
    return ", ".join(_widened(policy, source) for policy in policies.split(",") if policy.strip())


def _widened(policy: str, source: str) -> str:
    directives: dict[str, list[str]] = {}
    for part in policy.split(";"):
        words = part.split()
        if words and words[0].lower() != _NOT_HERE:
            directives.setdefault(words[0].lower(), words[1:])  # of two the first counts (CSP Level 3, 2.2.1)
    fallback = directives.get("default-src")
    for name in (*_NEEDED, *(name for name in _NARROWER if name in directives)):
        sources = directives.get(name, fallback)
        if sources is not None:  # without any nothing is refused
            directives[name] = [*(word for word in sources if word.lower() != "'none'"), source]
    return "; ".join(" ".join((name, *words)) for name, words in directives.items())
