from __future__ import annotations

import pytest

from homevisit.errors import InvalidEntryError, MissingEntryError
from homevisit.services import accounts, register, roster
from homevisit.services.roster import RosterRow

GOOD = """email,name,role,team
ann@example.org,Ann Lee,learner,North
bo@example.org,Bo Diaz,trainer,
"""


@pytest.fixture
def write(tmp_path):
    def to_file(text, encoding="utf-8"):
        path = tmp_path / "roster.csv"
        path.write_bytes(text.encode(encoding))
        return path

    return to_file


def people(store):
    return [(one.email, one.name, one.role, one.team) for one in register.list_accounts(store)]


def test_roster_is_read_row_by_row(write):
    found = roster.read_roster(write(GOOD))
    assert found.rows == (
        RosterRow(2, "ann@example.org", "Ann Lee", "learner", "North"),
        RosterRow(3, "bo@example.org", "Bo Diaz", "trainer", ""),
    )
    assert found.problems == ()


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (GOOD, "utf-8-sig"),
        (GOOD.replace("\n", "\r\n"), "utf-8-sig"),
        (GOOD.replace("\n", "\r"), "utf-8"),
        (GOOD.replace(",", ";"), "utf-8"),
        (GOOD.replace(",", "\t"), "utf-8"),
        (
            GOOD.replace("email,name,role,team", " E-Mail , Name,ROLE,Team ").replace("E-Mail", "EMAIL"),
            "utf-8",
        ),
        (GOOD.replace("Ann Lee", '"Ann Lee"') + "\n\n,,,\n", "utf-8"),
        (GOOD.strip(), "utf-8"),
    ],
)
def test_roster_of_any_spreadsheet_program_reads_the_same(write, text, encoding):
    found = roster.read_roster(write(text, encoding))
    expected = roster.parse_roster(GOOD)
    assert (found.rows, found.problems) == (expected.rows, ())


def test_roster_columns_stand_in_any_order_beside_others(write):
    found = roster.read_roster(
        write('team,phone,role,name,email\n"North, town",555,Learner,"O\'Neill, Ann",ANN@example.org\n')
    )
    assert found.rows == (RosterRow(2, "ann@example.org", "O'Neill, Ann", "learner", "North, town"),)


def test_roster_reports_each_bad_row_by_its_number_and_keeps_the_good_ones(write):
    found = roster.read_roster(
        write(
            "email,name,role,team\n"
            "ann@example.org,Ann,learner,North\n"
            "not an address,Bo,learner,North\n"
            "cleo@example.org,,learner,North\n"
            "dan@example.org,Dan,pupil,North\n"
            "\n"
            "ANN@example.org,Ann again,learner,South\n"
            "eve@example.org,Eve,learner\n"
            "fay@example.org,Fay,learner,North,extra\n"
            'gus@example.org,"Gus,learner,North\n'
            "hal@example.org,=1+1,learner,North\n"
            "ida@example.org,Ida,,North\n"
            "jo@example.org,Jo,learner,North\n"
        )
    )
    assert [(row.number, row.email) for row in found.rows] == [(2, "ann@example.org"), (13, "jo@example.org")]
    roles = "write learner, trainer, supervisor or administrator."
    separator = "look for a missing or extra separator."
    assert found.problems == (
        "row 3: “not an address” is not an e-mail address; write one such as ann@example.org.",
        "row 4: The name is missing; write the person's name.",
        f"row 5: “pupil” is not a role; {roles}",
        "row 7: ann@example.org stands in row 2 already; keep one of the two.",
        f"row 8: The row has 3 columns where the first row has 4; {separator}",
        f"row 9: The row has 5 columns where the first row has 4; {separator}",
        "row 10: A quotation mark is missing or too many; mend it and try again.",
        "row 11: The name starts with =; start it with a letter or a digit.",
        f"row 12: The role is missing; {roles}",
    )


@pytest.mark.parametrize(
    "header",
    ["", "email,name,role", "email,name,role,team,email", "ann@example.org,Ann,learner,North", '"email,name'],
)
def test_roster_without_its_header_is_refused(write, header):
    with pytest.raises(InvalidEntryError):
        roster.read_roster(write(header + "\nann@example.org,Ann,learner,North\n"))


def test_roster_header_sentence_names_the_columns(write):
    with pytest.raises(InvalidEntryError) as caught:
        roster.read_roster(write("mail,name,role,team\n"))
    assert caught.value.message == (
        "The first row must name the columns email, name, role and team, each once, with commas, semicolons "
        "or tabs between them; add or mend that row."
    )


def test_roster_that_is_no_text_is_refused(write, tmp_path):
    path = write(GOOD.replace("Ann", "Zoë"), "latin-1")
    with pytest.raises(InvalidEntryError) as caught:
        roster.read_roster(path)
    assert caught.value.message == (
        f"The file {path} is not in UTF-8; in the spreadsheet program save it as “CSV UTF-8”."
    )
    missing = tmp_path / "nothing.csv"
    with pytest.raises(InvalidEntryError) as caught:
        roster.read_roster(missing)
    assert caught.value.message == f"The file {missing} cannot be read; check its name and place."


def test_import_adds_accounts_and_invites_them(store, write):
    report = roster.import_roster(store, write(GOOD))
    assert report.added == ("ann@example.org", "bo@example.org")
    assert (report.updated, report.unchanged, report.problems) == ((), (), ())
    assert people(store) == [
        ("ann@example.org", "Ann Lee", "learner", "North"),
        ("bo@example.org", "Bo Diaz", "trainer", ""),
    ]
    invited = {email: accounts.find_invited(store, token).email for email, token in report.links.items()}
    assert invited == {"ann@example.org": "ann@example.org", "bo@example.org": "bo@example.org"}


def test_import_again_changes_only_what_differs(store, write):
    first = roster.import_roster(store, write(GOOD))
    report = roster.import_roster(
        store,
        write(
            GOOD.replace("Ann Lee,learner,North", "Ann Lee,supervisor,South") + "cy@example.org,Cy,learner,\n"
        ),
    )
    assert report.added == ("cy@example.org",)
    assert report.updated == ("ann@example.org",)
    assert report.unchanged == ("bo@example.org",)
    assert people(store)[0] == ("ann@example.org", "Ann Lee", "supervisor", "South")
    # who has no password yet gets a link again, which ends the one before
    assert set(report.links) == {"ann@example.org", "cy@example.org"}
    assert accounts.find_invited(store, report.links["ann@example.org"]).role == "supervisor"
    with pytest.raises(MissingEntryError):
        accounts.find_invited(store, first.links["ann@example.org"])


def test_import_gives_no_link_to_an_updated_person_with_a_password(store, write, fast_passwords):
    first = roster.import_roster(store, write(GOOD))
    accounts.accept_invitation(
        store, first.links["ann@example.org"], "quiet river morning", passwords=fast_passwords
    )
    report = roster.import_roster(store, write(GOOD.replace("North", "South")))
    assert (report.updated, report.links) == (("ann@example.org",), {})


def test_row_with_another_separator_than_the_first_says_so(write):
    found = roster.read_roster(write("email;name;role;team\nann@example.org,Ann,learner,North\n"))
    assert found.problems == (
        (
            "row 2: This row has commas between its columns, and the first row has semicolons; "
            "use the same in every row."
        ),
    )


@pytest.mark.parametrize(
    ("one", "other", "is_told"),
    [
        ("North", "north", True),
        ("North Side", "Northside", True),
        ("North", "Nort", True),
        ("Riverside", "Riverisde", True),
        ("North", "South", False),
        ("East", "West", False),
        ("Team 1", "Team 2", False),
        ("North", "North 2", False),
    ],
)
def test_team_names_that_are_almost_the_same_are_pointed_out(store, write, one, other, is_told):
    accounts.open_account(store, "bo@example.org", "Bo", team=one)
    report = roster.import_roster(
        store, write(f"email,name,role,team\nann@example.org,Ann,learner,{other}\n"), dry_run=True
    )
    first, second = sorted([one, other])
    said = (
        f"The team names “{first}” and “{second}” are almost the same; if they are one team, "
        "write the name the same way in every row and import again."
    )
    assert report.remarks == ((said,) if is_told else ())


def test_import_leaves_bad_rows_out_and_takes_the_others(store, write):
    report = roster.import_roster(
        store, write(GOOD + "cy@example.org,Cy,pupil,\ndee@example.org,Dee,learner,\n")
    )
    assert report.added == ("ann@example.org", "bo@example.org", "dee@example.org")
    assert report.problems == (
        "row 4: “pupil” is not a role; write learner, trainer, supervisor or administrator.",
    )
    assert [email for email, *_rest in people(store)] == list(report.added)


def test_import_dry_run_reports_the_same_and_changes_nothing(store, write):
    accounts.open_account(store, "ann@example.org", "Ann", "learner", "North")
    before = people(store)
    path = write(GOOD + "broken\n")
    dry = roster.import_roster(store, path, dry_run=True)
    assert people(store) == before
    assert dry.links == {}
    done = roster.import_roster(store, path)
    assert (dry.added, dry.updated, dry.unchanged, dry.problems) == (
        done.added,
        done.updated,
        done.unchanged,
        done.problems,
    )
    assert (dry.added, dry.updated) == (("bo@example.org",), ("ann@example.org",))


def test_import_does_not_open_a_closed_account(store, write):
    ann = accounts.open_account(store, "ann@example.org", "Ann", "learner")
    register.set_disabled(store, ann.account_id, is_disabled=True)
    report = roster.import_roster(store, write(GOOD))
    assert report.added == ("bo@example.org",)
    assert report.problems == (
        "row 2: The account ann@example.org is closed; open it again first, or take the row out.",
    )


def test_import_does_not_take_the_last_administrator_away(store, write):
    for name in ("ann", "bo"):
        accounts.open_account(store, f"{name}@example.org", name, "administrator")
    report = roster.import_roster(store, write(GOOD))
    assert report.updated == ("ann@example.org",)
    assert report.problems == ("row 3: bo@example.org is the only administrator; name another one first.",)
    assert [role for _email, _name, role, _team in people(store)] == ["learner", "administrator"]


def test_import_of_a_large_roster_is_one_step(store, write):
    lines = "".join(
        f"learner{number:03}@example.org,Learner {number},learner,North\n" for number in range(300)
    )
    report = roster.import_roster(store, write("email,name,role,team\n" + lines))
    assert (len(report.added), len(report.links), len(people(store))) == (300, 300, 300)
