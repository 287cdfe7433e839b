"""Commands for accounts: add, invite, list, disable, enable, remove, import."""

from __future__ import annotations

import csv
import sys
from pathlib import Path  # noqa: TC003  Typer reads the annotations
from typing import Annotated

import typer

from homevisit.cli.door import CourseOption, DataOption, command_like_this, opened_store, settings
from homevisit.services import accounts, register
from homevisit.services.roster import import_roster
from homevisit.services.running import running_server

app = typer.Typer(
    help="Accounts of learners, trainers, supervisors and administrators.", no_args_is_help=True
)

Email = Annotated[str, typer.Argument(metavar="EMAIL", help="E-mail address of the account.")]
Address = Annotated[
    str | None,
    typer.Option(
        "--url",
        metavar="ADDRESS",
        help="Address of the course in a browser, for links; by default that of the server that runs.",
    ),
]
New = Annotated[bool, typer.Option("--new", help="Begin a new course in a data folder that holds none.")]
LOCAL = "http://127.0.0.1:8866"
STATES = {"invited": "no password yet", "active": "active", "closed": "closed"}
HEADER = ("email", "name", "role", "team", "state")


@app.command()
def add(
    ctx: typer.Context,
    email: Email,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name of the person.")],
    role: Annotated[str, typer.Option(help="learner, trainer, supervisor or administrator.")] = "learner",
    team: Annotated[str, typer.Option(help="Team that a supervisor looks after.")] = "",
    *,
    new: New = False,
    course: CourseOption = None,
    data: DataOption = None,
) -> None:
    """Add an account; invite its person afterwards."""
    with opened_store(ctx, course, data, can_begin=new) as store:
        account = accounts.open_account(store, email, name, role, team)
    typer.echo(f"Added {account.email} as {account.role}, in {settings(ctx, course, data).data_dir}.")
    invite_command = command_like_this(ctx, f"accounts invite {account.email}", course, data)
    typer.echo(f"For a link to choose a password: {invite_command}")


@app.command()
def invite(
    ctx: typer.Context,
    email: Email,
    url: Address = None,
    *,
    course: CourseOption = None,
    data: DataOption = None,
) -> None:
    """Print a link with which the person chooses a password; it works once, for 14 days."""
    with opened_store(ctx, course, data) as store:
        account = register.find_account_by_email(store, email)
        token = accounts.invite(store, account.account_id)
    typer.echo(_link(url or _address_of_server(ctx, course, data), token))


@app.command("list")
def list_accounts(
    ctx: typer.Context,
    *,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print a table that a spreadsheet opens.")] = False,
    course: CourseOption = None,
    data: DataOption = None,
) -> None:
    """List all accounts, without practice accounts."""
    with opened_store(ctx, course, data) as store:
        found = register.list_accounts(store)
    rows = [(one.email, one.name, one.role, one.team, STATES[register.state_of(one)]) for one in found]
    if as_csv:
        csv.writer(sys.stdout, lineterminator="\n").writerows([HEADER, *rows])
        return
    widths = [max(len(row[column]) for row in [HEADER, *rows]) for column in range(len(HEADER))]
    for row in [HEADER, *rows]:
        typer.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


@app.command()
def disable(
    ctx: typer.Context,
    email: Email,
    *,
    course: CourseOption = None,
    data: DataOption = None,
) -> None:
    """Close an account; its work is kept."""
    with opened_store(ctx, course, data) as store:
        account = register.find_account_by_email(store, email)
        register.set_disabled(store, account.account_id, is_disabled=True)
    typer.echo(f"Closed {account.email}; its work is kept.")


@app.command()
def enable(
    ctx: typer.Context,
    email: Email,
    *,
    course: CourseOption = None,
    data: DataOption = None,
) -> None:
    """Open a closed account again."""
    with opened_store(ctx, course, data) as store:
        account = register.find_account_by_email(store, email)
        register.set_disabled(store, account.account_id, is_disabled=False)
    typer.echo(f"Opened {account.email} again.")


@app.command()
def remove(
    ctx: typer.Context,
    email: Email,
    confirm: Annotated[
        str | None,
        typer.Option("--confirm", metavar="EMAIL", help="The address once more, so that nothing is asked."),
    ] = None,
    *,
    course: CourseOption = None,
    data: DataOption = None,
) -> None:
    """Remove an account for good, with all it wrote; to close one and keep its work, use disable."""
    from homevisit.course.catalogue import Catalogue  # noqa: PLC0415  pydantic would slow down --help
    from homevisit.services.removing import remove_account  # noqa: PLC0415  same

    with opened_store(ctx, course, data) as store:
        account = register.find_account_by_email(store, email)
        found = settings(ctx, course, data)
        typer.echo(f"This removes {account.name} with everything this person wrote. It cannot be undone.")
        typed = typer.prompt("Type the e-mail address to remove it") if confirm is None else confirm
        removed = remove_account(store, found, Catalogue(found.course_dir), account.account_id, typed=typed)
    count = removed.responses
    responses = "1 response" if count == 1 else f"{count} responses"
    typer.echo(f"Removed {account.email} with {responses}. The record of the desk stays, without any text.")


@app.command("import")
def import_accounts(
    ctx: typer.Context,
    roster: Annotated[
        Path, typer.Argument(metavar="ROSTER.CSV", help="Table with the columns email, name, role, team.")
    ],
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Report only; change nothing.")] = False,
    url: Address = None,
    new: New = False,
    course: CourseOption = None,
    data: DataOption = None,
) -> None:
    """Add and update accounts from a table; rows that are wrong are reported and left out."""
    with opened_store(ctx, course, data, can_begin=new) as store:
        report = import_roster(store, roster, dry_run=dry_run)
    typer.echo(f"In {settings(ctx, course, data).data_dir}:")
    if dry_run:
        typer.echo("Nothing was changed; without --dry-run this would happen:")
    for word, emails in (
        ("added", report.added),
        ("updated", report.updated),
        ("unchanged", report.unchanged),
    ):
        typer.echo(f"{word}: {len(emails)}" + "".join(f"\n  {email}" for email in emails))
    if report.links:
        typer.echo(
            "Links to choose a password, each for one person, once, for 14 days; earlier ones of theirs end:"
        )
        address = url or _address_of_server(ctx, course, data)
        for email, token in report.links.items():
            typer.echo(f"  {email}  {_link(address, token)}")
    for said in (*report.remarks, *report.problems):
        typer.echo(said, err=True)
    if report.problems:
        count = len(report.problems)
        rows = "1 row was" if count == 1 else f"{count} rows were"
        typer.echo(f"{rows} left out; mend the file and import it again.", err=True)
        raise typer.Exit(1)


def _address_of_server(ctx: typer.Context, course: Path | None, data: Path | None) -> str:
    """Return the address of the server that runs on this data folder; say so where it is only a guess."""
    data_dir = settings(ctx, course, data).data_dir
    server = running_server(data_dir)
    if server is None:
        typer.echo(
            f"No server runs on {data_dir} now; the link is for port 8866. --url changes that.", err=True
        )
        return LOCAL
    if server.is_behind_proxy or "//0.0.0.0:" in server.url:
        typer.echo("People elsewhere open the course at another address; name it with --url.", err=True)
    return server.url


def _link(url: str, token: str) -> str:
    return f"{url.rstrip('/')}/invite/{token}"
