"""Commands for mail: mail test, mail list, mail again."""

from __future__ import annotations

from typing import Annotated

import typer

from homevisit.cli.door import CourseOption, DataOption, opened_store
from homevisit.errors import ConfigError

app = typer.Typer(help="Does this server send mail, and what became of it?", no_args_is_help=True)


@app.command()
def test(address: Annotated[str, typer.Argument(help="Who gets the test mail.")]) -> None:
    """Send a mail now, by the settings that the server would use."""
    from homevisit.services import mailing, mailing_delivery  # noqa: PLC0415  slow, as for every command

    settings = mailing.mail_settings()
    if settings is None:
        raise ConfigError(
            f"Set {mailing.SMTP} to the address of a mail server first, such as {mailing.EXAMPLE}."
        )
    mailing_delivery.send_test(settings, address)
    typer.echo(f"{settings.host} took the mail for {address}. Look whether it arrives.")


@app.command(name="list")
def list_mails(
    ctx: typer.Context,
    *,
    failed: Annotated[bool, typer.Option("--failed", help="Only what could not be sent.")] = False,
    course: CourseOption = None,
    data: DataOption = None,
) -> None:
    """List the newest mails: when, what became of it, for whom, and the problem if there was one."""
    from homevisit.services import mailing  # noqa: PLC0415  slow, as for every command

    with opened_store(ctx, course, data) as store:
        found = [one for one in mailing.listed(store) if not failed or one.mail.state == "failed"]
    if not found:
        typer.echo("There is no mail that failed." if failed else "There is no mail.")
    for one in found:
        mail = one.mail
        tries = f", {mail.tries} {'try' if mail.tries == 1 else 'tries'}" if mail.tries else ""
        problem = f": {mail.problem}" if mail.problem else ""
        typer.echo(
            f"{mail.made_at:%Y-%m-%d %H:%M} UTC  {mail.state}{tries}  {one.email}  {mail.kind}{problem}"
        )


@app.command()
def again(ctx: typer.Context, *, course: CourseOption = None, data: DataOption = None) -> None:
    """Let the server send once more what failed in the last thirty days, after its cause is mended."""
    from homevisit.services import mailing  # noqa: PLC0415  slow, as for every command

    with opened_store(ctx, course, data) as store:
        count = mailing.try_again(store)
    if not count:
        typer.echo("No mail of the last thirty days has failed.")
    else:
        typer.echo(
            f"{count} {'mail waits' if count == 1 else 'mails wait'} to be sent by the running server."
        )
