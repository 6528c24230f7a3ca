"""What static hosts take: how many rules for redirects, and of which kinds; how many files, how large, and how many headers."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Host(msgspec.Struct, frozen=True, kw_only=True):
    """A host that takes rules.

    `rules` is how many redirects its `_redirects` may have, of at most `rule_length` characters each and `rules_size` bytes
    together; `gone`: whether a rule can say that something has gone (410), or is not there (404); `literal`: whether `/a/` and
    `/a` want a rule each.
    """

    rules: int
    rule_length: int
    rules_size: int
    gone: bool
    literal: bool = False


# docs.netlify.com, "Redirects and rewrites": 10,000 rules and more may fail a deploy.
# developers.cloudflare.com, "Redirects" of Pages: 2,000 static rules of 1,000 characters; 100 KB are read of the file.
HOSTS = {
    "netlify": Host(rules=9_999, rule_length=2_000, rules_size=1_000_000, gone=True),
    "cloudflare": Host(rules=2_000, rule_length=1_000, rules_size=100_000, gone=False, literal=True),
}


class Measure(StrEnum):
    """What can be measured of a built site, each with the words that tell it."""

    FILES = "files"
    FOLDER = "files in one folder"
    SITE = "bytes in all"
    FILE = "bytes of the largest file"
    PATH = "bytes of the longest path"
    REDIRECTS = "rules in _redirects"
    STATIC = "fixed rules in _redirects, before others"
    DYNAMIC = "the other rules in _redirects"
    REDIRECT = "characters of the longest redirect"
    HEADERS = "rules in _headers"
    HEADER = "characters of the longest line in _headers"


class Builder(StrEnum):
    """The hosts that build a site by themselves, and to which headers can be said in a file of the site."""

    NETLIFY = "netlify"
    CLOUDFLARE = "cloudflare"


class Limit(msgspec.Struct, frozen=True):
    """The most that a host takes of something, and the page on which it says so."""

    most: int
    source: str


class Target(StrEnum):
    """The hosts whose limits are known; `none` sets no limit."""

    NETLIFY = "netlify"
    CLOUDFLARE = "cloudflare"
    CLOUDFLARE_PAID = "cloudflare-paid"
    GITHUB = "github"
    S3 = "s3"
    NONE = "none"


_NETLIFY_DEPLOYS = 'docs.netlify.com, "Deploy overview"'
_NETLIFY_REDIRECTS = 'docs.netlify.com, "Redirects and rewrites"'
_PAGES_LIMITS = 'developers.cloudflare.com, "Limits" of Pages'
_PAGES_REDIRECTS = 'developers.cloudflare.com, "Redirects" of Pages'
_PAGES_HEADERS = 'developers.cloudflare.com, "Headers" of Pages'
_GITHUB = 'docs.github.com, "GitHub Pages limits"'
_S3 = 'docs.aws.amazon.com, "Naming Amazon S3 objects"'

# A redirect with an asterisk or a placeholder is none of the fixed ones, nor is any that stands behind one.
_CLOUDFLARE = {
    Measure.FILES: Limit(20_000, f"{_PAGES_LIMITS}, of the free plan"),
    Measure.FILE: Limit(25 * 1024 * 1024, _PAGES_LIMITS),
    Measure.STATIC: Limit(HOSTS["cloudflare"].rules, _PAGES_REDIRECTS),
    Measure.DYNAMIC: Limit(100, _PAGES_REDIRECTS),
    Measure.REDIRECT: Limit(HOSTS["cloudflare"].rule_length, _PAGES_REDIRECTS),
    Measure.HEADERS: Limit(100, _PAGES_HEADERS),
    Measure.HEADER: Limit(2_000, _PAGES_HEADERS),
}

LIMITS: dict[Target, dict[Measure, Limit]] = {
    Target.NETLIFY: {
        Measure.FOLDER: Limit(54_000, _NETLIFY_DEPLOYS),
        Measure.REDIRECTS: Limit(HOSTS["netlify"].rules, _NETLIFY_REDIRECTS),
    },
    Target.CLOUDFLARE: _CLOUDFLARE,
    Target.CLOUDFLARE_PAID: _CLOUDFLARE | {Measure.FILES: Limit(100_000, f"{_PAGES_LIMITS}, of paid plans")},
    Target.GITHUB: {Measure.SITE: Limit(1_000_000_000, _GITHUB)},
    Target.S3: {Measure.PATH: Limit(1_024, _S3)},
    Target.NONE: {},
}
