"""People for the tests of accounts: each with the password below."""

from __future__ import annotations

from homevisit.services import accounts

PASSWORD = "quiet river morning"


def add_person(store, passwords, name, role="learner", team=""):
    """Add an account, accept its invitation, and return the account and a sign-in token."""
    account = accounts.open_account(store, f"{name.lower()}@example.org", name, role, team)
    token = accounts.accept_invitation(
        store, accounts.invite(store, account.account_id), PASSWORD, passwords=passwords
    )
    return account, token
