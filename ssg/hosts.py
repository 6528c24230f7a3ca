"""What static hosts take: how many rules for redirects, and of which kinds."""

from __future__ import annotations

import msgspec


class Host(msgspec.Struct, frozen=True, kw_only=True):
    """A host that takes rules.

    `rules` is how many redirects its `_redirects` may have, of at most `rule_length` characters each and `rules_size` bytes
    together; `gone`: whether a rule can answer 410.
    """

    rules: int
    rule_length: int
    rules_size: int
    gone: bool


# docs.netlify.com, "Redirects and rewrites": 10,000 rules and more may fail a deploy.
# developers.cloudflare.com, "Redirects" of Pages: 2,000 static rules of 1,000 characters; 100 KB are read of the file.
HOSTS = {
    "netlify": Host(rules=9_999, rule_length=2_000, rules_size=1_000_000, gone=True),
    "cloudflare": Host(rules=2_000, rule_length=1_000, rules_size=100_000, gone=False),
}
