"""New ids: short, without look-alike letters, safe in addresses and file names."""

from __future__ import annotations

import secrets

LETTERS = "abcdefghijklmnopqrstuvwxyz234567"  # base32
LENGTH = 10


def new_id(prefix: str) -> str:
    """Return a new id such as ``a-k3jq7w2mzb`` for the prefix ``a-``."""
    return prefix + "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
