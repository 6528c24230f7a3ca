"""A policy lets one more source through, and nothing else."""

from __future__ import annotations

import pytest

from ssg.serve.policy import widened

OURS = "http://127.0.0.1:8000/_ssg/"


@pytest.mark.parametrize(
    ("policy", "wider"),
    [
        ("default-src 'none'", f"default-src 'none'; script-src {OURS}; style-src {OURS}; connect-src {OURS}"),
        (
            "default-src 'self'; script-src 'none'; img-src *",
            f"default-src 'self'; script-src {OURS}; img-src *; style-src 'self' {OURS}; connect-src 'self' {OURS}",
        ),
        ("frame-ancestors 'none'", "frame-ancestors 'none'"),
        ("script-src 'self'; script-src-elem 'none'", f"script-src 'self' {OURS}; script-src-elem {OURS}"),
        ("upgrade-insecure-requests; img-src 'self'", "img-src 'self'"),
        ("connect-src 'none', connect-src a.example", f"connect-src {OURS}, connect-src a.example {OURS}"),
        ("", ""),
    ],
)
def test_a_policy_is_widened_by_what_is_needed(policy: str, wider: str) -> None:
    """What it does not speak of it does not refuse, so nothing is added there."""
    assert widened(policy, OURS) == wider
