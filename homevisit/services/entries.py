"""Check what a person writes about an account: e-mail address, name, role, team."""

from __future__ import annotations

import re
from typing import get_args

from homevisit.errors import InvalidEntryError
from homevisit.store.values import Role

ROLES: tuple[Role, ...] = get_args(Role)
LONGEST_EMAIL = 254
LONGEST_NAME = 100
LABEL = r"[^\W_](?:[\w-]*[^\W_])?"
EMAIL = re.compile(rf"\w[\w.%+'-]*@(?:localhost|{LABEL}(?:\.{LABEL})+)")


def checked_email(text: str) -> str:
    """Return an e-mail address in lower case, or raise InvalidEntryError."""
    email = text.strip().lower()
    if len(email) > LONGEST_EMAIL or not EMAIL.fullmatch(email):
        raise InvalidEntryError(
            f"{_shown(text)} is not an e-mail address; write one such as ann@example.org."
        )
    return email


def checked_name(text: str) -> str:
    """Return a person's name with single spaces, or raise InvalidEntryError."""
    name = _words(text, "name")
    if not name:
        raise InvalidEntryError("The name is missing; write the person's name.")
    return name


def checked_team(text: str) -> str:
    """Return a team's name with single spaces, empty for no team, or raise InvalidEntryError."""
    return _words(text, "team")


def checked_role(text: str) -> Role:
    """Return one of the four roles, or raise InvalidEntryError."""
    wanted = text.strip().lower()
    for role in ROLES:
        if role == wanted:
            return role
    choices = ", ".join(ROLES[:-1]) + f" or {ROLES[-1]}"
    if not wanted:
        raise InvalidEntryError(f"The role is missing; write {choices}.")
    raise InvalidEntryError(f"{_shown(text)} is not a role; write {choices}.")


def _words(text: str, field: str) -> str:
    words = " ".join(text.split())
    if len(words) > LONGEST_NAME:
        raise InvalidEntryError(f"The {field} is longer than {LONGEST_NAME} characters; shorten it.")
    if not words.isprintable():
        raise InvalidEntryError(f"The {field} holds characters that cannot be shown; write it again by hand.")
    if words.startswith(("=", "+", "-", "@")):
        # A spreadsheet would run such a cell of an exported table as a formula.
        raise InvalidEntryError(f"The {field} starts with {words[0]}; start it with a letter or a digit.")
    return words


def _shown(text: str) -> str:
    short = " ".join(text.split())
    return f"“{short[:40]}…”" if len(short) > 40 else f"“{short}”"  # noqa: PLR2004  fits on one line
