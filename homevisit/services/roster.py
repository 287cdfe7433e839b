"""Take accounts over from a table of people: a CSV file with e-mail address, name, role and team."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

from rapidfuzz.distance import DamerauLevenshtein

from homevisit.errors import InvalidEntryError
from homevisit.services.entries import checked_email, checked_name, checked_role, checked_team
from homevisit.services.register import manages
from homevisit.services.tokens import open_invitation
from homevisit.store import accounts

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection

    from homevisit.store.engine import Store
    from homevisit.store.values import Account, Role

COLUMNS = ("email", "name", "role", "team")
SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs"}
# One slip of the finger in a name of five letters or more, two in a longer one.
LETTERS_PER_SLIP = 5


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One good row; `number` is its line in the file, the header being 1."""

    number: int
    email: str
    name: str
    role: Role
    team: str


@dataclass(frozen=True, slots=True)
class Roster:
    """What a file holds: good rows, and one sentence for each bad row."""

    rows: tuple[RosterRow, ...]
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RosterReport:
    """What an import did, by e-mail address; `remarks` are worth a look.

    `links` holds the invitation tokens of new accounts, and of updated ones that have no password yet.
    """

    added: tuple[str, ...]
    updated: tuple[str, ...]
    unchanged: tuple[str, ...]
    problems: tuple[str, ...]
    remarks: tuple[str, ...]
    links: dict[str, str] = field(repr=False)


def read_roster(path: Path) -> Roster:
    """Read a roster file in UTF-8, with commas, semicolons or tabs between its columns.

    Raises
    ------
    InvalidEntryError
        The file cannot be read at all, or its first row does not name the columns.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as exc:
        raise InvalidEntryError(f"The file {path} cannot be read; check its name and place.") from exc
    except UnicodeDecodeError as exc:
        raise InvalidEntryError(
            f"The file {path} is not in UTF-8; in the spreadsheet program save it as “CSV UTF-8”."
        ) from exc
    return parse_roster(text)


def parse_roster(text: str) -> Roster:
    """Return the rows of a roster's text; raise InvalidEntryError for a header that cannot be used."""
    # Line by line, so that a stray quotation mark spoils its own row and none after it.
    header, *lines = text.split("\n")
    delimiter = max(SEPARATORS, key=header.count)
    columns = [name.strip().lower() for name in _fields(header, delimiter)]
    if any(columns.count(name) != 1 for name in COLUMNS):
        raise InvalidEntryError(
            "The first row must name the columns email, name, role and team, each once, with commas, semicolons "
            "or tabs between them; add or mend that row."
        )
    rows: dict[str, RosterRow] = {}
    problems: list[str] = []
    for number, line in enumerate(lines, start=2):
        if not line.strip(f"{delimiter} \t\r"):
            continue
        try:
            _check_separator(line, delimiter, len(columns))
            row = _row(number, _fields(line, delimiter), columns)
            _check_new(row, rows)
        except InvalidEntryError as exc:
            problems.append(f"row {number}: {exc.message}")
        else:
            rows[row.email] = row
    return Roster(tuple(rows.values()), tuple(problems))


def import_roster(store: Store, path: Path, *, dry_run: bool = False) -> RosterReport:
    """Add and update accounts from a roster; bad rows are reported and left out.

    Parameters
    ----------
    dry_run : bool
        Report only: nothing is changed and nobody is invited.

    Raises
    ------
    InvalidEntryError
        The file cannot be used at all, see `read_roster`.
    """
    roster = read_roster(path)
    with store.read() if dry_run else store.begin() as conn:
        plan = _Plan(conn, roster)
        links = {} if dry_run else plan.carry_out()
        return RosterReport(
            added=tuple(row.email for row in plan.added),
            updated=tuple(row.email for row in plan.updated),
            unchanged=tuple(row.email for row in plan.unchanged),
            problems=tuple(plan.problems),
            remarks=tuple(plan.remarks()),
            links=links,
        )


class _Plan:
    """What each good row means for the accounts there are."""

    def __init__(self, conn: Connection, roster: Roster) -> None:
        self.conn = conn
        self.known = {account.email: account for account in accounts.accounts(conn)}
        self.problems = list(roster.problems)
        self.added: list[RosterRow] = []
        self.updated: list[RosterRow] = []
        self.unchanged: list[RosterRow] = []
        self.administrators = sum(manages(account) for account in self.known.values())
        for row in roster.rows:
            self._sort(row)

    def carry_out(self) -> dict[str, str]:
        """Change the accounts; return the invitation tokens of those without a password by e-mail address."""
        links = {}
        for row in self.updated:
            account_id = self.known[row.email].account_id
            accounts.update_account(self.conn, account_id, name=row.name, role=row.role, team=row.team)
            if not self.known[row.email].has_password:
                links[row.email] = open_invitation(self.conn, account_id)
        return links | {row.email: self._add(row) for row in self.added}

    def remarks(self) -> list[str]:
        """Return a sentence for each pair of teams whose names are almost the same."""
        rows = {row.email: row.team for row in (*self.added, *self.updated, *self.unchanged)}
        others = {account.email: account.team for account in self.known.values() if not account.is_practice}
        teams = sorted({team for team in (others | rows).values() if team})
        return [
            f"The team names “{one}” and “{other}” are almost the same; if they are one team, "
            "write the name the same way in every row and import again."
            for one, other in combinations(teams, 2)
            if is_almost(one, other)
        ]

    def _add(self, row: RosterRow) -> str:
        account = accounts.add_account(
            self.conn, email=row.email, name=row.name, role=row.role, team=row.team
        )
        return open_invitation(self.conn, account.account_id)

    def _sort(self, row: RosterRow) -> None:
        account = self.known.get(row.email)
        if account is None:
            self.added.append(row)
        elif account.is_disabled:
            self._refuse(row, f"The account {row.email} is closed; open it again first, or take the row out.")
        elif (account.name, account.role, account.team) == (row.name, row.role, row.team):
            self.unchanged.append(row)
        elif self._demotes_last(account, row):
            self._refuse(row, f"{row.email} is the only administrator; name another one first.")
        else:
            self.updated.append(row)

    def _demotes_last(self, account: Account, row: RosterRow) -> bool:
        if account.role != "administrator" or row.role == "administrator":
            return False
        if self.administrators == 1:
            return True
        self.administrators -= 1
        return False

    def _refuse(self, row: RosterRow, sentence: str) -> None:
        self.problems.append(f"row {row.number}: {sentence}")


def is_almost(one: str, other: str) -> bool:
    """Whether two names differ in capitals, spaces and marks alone, or by a slip; never for other digits."""
    plain, other_plain = (re.sub(r"[\W_]+", "", name).casefold() for name in (one, other))
    if re.findall(r"\d+", plain) != re.findall(r"\d+", other_plain):
        return False
    slips = max(len(plain), len(other_plain)) // LETTERS_PER_SLIP
    return DamerauLevenshtein.distance(plain, other_plain) <= min(slips, 2)


def _check_separator(line: str, delimiter: str, columns: int) -> None:
    """Raise InvalidEntryError for a row that is whole, but separated otherwise than the first."""
    for other, name in SEPARATORS.items():
        if other != delimiter and delimiter not in line and line.count(other) == columns - 1:
            raise InvalidEntryError(
                f"This row has {name} between its columns, and the first row has {SEPARATORS[delimiter]}; "
                "use the same in every row."
            )


def _fields(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter, strict=True), [])
    except csv.Error as exc:
        raise InvalidEntryError("A quotation mark is missing or too many; mend it and try again.") from exc


def _check_new(row: RosterRow, rows: dict[str, RosterRow]) -> None:
    if row.email in rows:
        raise InvalidEntryError(
            f"{row.email} stands in row {rows[row.email].number} already; keep one of the two."
        )


def _row(number: int, fields: list[str], columns: list[str]) -> RosterRow:
    if len(fields) != len(columns):
        raise InvalidEntryError(
            f"The row has {len(fields)} columns where the first row has {len(columns)}; "
            "look for a missing or extra separator."
        )
    cells = dict(zip(columns, fields, strict=True))
    return RosterRow(
        number=number,
        email=checked_email(cells["email"]),
        name=checked_name(cells["name"]),
        role=checked_role(cells["role"]),
        team=checked_team(cells["team"]),
    )
