from __future__ import annotations

import pytest

from homevisit.errors import InvalidEntryError
from homevisit.services import entries


@pytest.mark.parametrize(
    ("text", "email"),
    [
        (" Ann.Lee+visits@Mail.Example.ORG ", "ann.lee+visits@mail.example.org"),
        ("o'neill@example.org", "o'neill@example.org"),
        ("administrator@localhost", "administrator@localhost"),
        ("josé@correo.example", "josé@correo.example"),
    ],
)
def test_email_is_taken_in_lower_case(text, email):
    assert entries.checked_email(text) == email


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ann",
        "ann@",
        "@example.org",
        "ann@example",
        "ann@example..org",
        "ann@-example.org",
        "ann lee@example.org",
        "ann@example.org, bo@example.org",
        "Ann <ann@example.org>",
        "=ann@example.org",
        "practice+a-2345@invalid",
        "ann\x00@example.org",
        "a" * 250 + "@example.org",
    ],
)
def test_email_that_is_none_is_refused(text):
    with pytest.raises(InvalidEntryError) as caught:
        entries.checked_email(text)
    assert caught.value.message.endswith("is not an e-mail address; write one such as ann@example.org.")


def test_email_that_is_refused_is_shown_short():
    with pytest.raises(InvalidEntryError) as caught:
        entries.checked_email("a " * 40)
    assert caught.value.message.startswith("“" + "a " * 20 + "…” is not")


def test_name_is_taken_with_single_spaces():
    assert entries.checked_name("  Ann \t Marie\nLee ") == "Ann Marie Lee"
    assert entries.checked_team("  ") == ""


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("  ", "The name is missing; write the person's name."),
        ("a" * 101, "The name is longer than 100 characters; shorten it."),
        ("Ann\x00", "The name holds characters that cannot be shown; write it again by hand."),
        ("Ann \ud83d", "The name holds characters that cannot be shown; write it again by hand."),
        ("=HYPERLINK(1)", "The name starts with =; start it with a letter or a digit."),
        ("@Ann", "The name starts with @; start it with a letter or a digit."),
    ],
)
def test_name_that_cannot_be_used_is_refused(text, sentence):
    with pytest.raises(InvalidEntryError) as caught:
        entries.checked_name(text)
    assert caught.value.message == sentence


@pytest.mark.parametrize("role", ["learner", "trainer", "supervisor", "administrator"])
def test_role_is_taken_in_any_case(role):
    assert entries.checked_role(f" {role.title()} ") == role


@pytest.mark.parametrize(
    ("text", "start"), [("", "The role is missing"), ("Teacher", "“Teacher” is not a role")]
)
def test_role_that_is_none_is_refused(text, start):
    with pytest.raises(InvalidEntryError) as caught:
        entries.checked_role(text)
    assert caught.value.message == f"{start}; write learner, trainer, supervisor or administrator."
