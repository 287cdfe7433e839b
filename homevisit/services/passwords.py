"""Passwords: the rule for a new one, hashes, and a check that takes equally long for everyone."""

from __future__ import annotations

import unicodedata
from functools import cached_property
from typing import TYPE_CHECKING

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from homevisit.errors import InvalidEntryError

if TYPE_CHECKING:
    from homevisit.store.values import Account

SHORTEST = 10
LONGEST = 200


class Passwords:
    """Argon2 with one set of costs.

    Parameters
    ----------
    hasher : PasswordHasher
        Costs for new hashes; those of argon2-cffi suit a small server.
    """

    def __init__(self, hasher: PasswordHasher) -> None:
        self._hasher = hasher

    def hash(self, password: str) -> str:
        """Return the hash to store."""
        return self._hasher.hash(_prepared(password))

    def matches(self, stored: str | None, password: str) -> bool:
        """Whether a password fits its hash; without a hash it is checked against a decoy and never fits."""
        decoy = self._decoy
        if len(password) > LONGEST:
            return False
        try:
            self._hasher.verify(stored or decoy, _prepared(password))
        except (VerificationError, InvalidHashError):
            return False
        return stored is not None

    def is_outdated(self, stored: str) -> bool:
        """Whether a hash was made with other costs than today's."""
        return self._hasher.check_needs_rehash(stored)

    @cached_property
    def _decoy(self) -> str:
        return self._hasher.hash("decoy")


STANDARD = Passwords(PasswordHasher())


def check_new_password(password: str, account: Account) -> None:
    """Raise InvalidEntryError where a password is too short, too long or easy to guess."""
    if len(password) < SHORTEST:
        raise InvalidEntryError(
            f"The password is too short; use at least {SHORTEST} characters, for example three or four words."
        )
    if len(password) > LONGEST:
        raise InvalidEntryError(f"The password is too long; use at most {LONGEST} characters.")
    if password.strip().casefold() in {account.email.casefold(), account.name.casefold()}:
        raise InvalidEntryError(
            "The password is the same as your name or e-mail address; choose another one."
        )


def _prepared(password: str) -> bytes:
    # One keyboard writes é as one character, another as two.
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
