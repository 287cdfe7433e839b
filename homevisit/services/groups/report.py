"""What stays of a group session: for its people without names, for the leader with names.

Without names a report holds no text of the answer key either, since a learner may not have worked through the
lesson yet; entries about the same point still stand together.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from homevisit.course.questions import ChooseQuestion
from homevisit.course.session_plan import read_plan
from homevisit.errors import MissingEntryError, NotAllowedError, NotSignedInError
from homevisit.scoring.bands import bands_of
from homevisit.services.groups.access import OPEN_AFTER, may_lead, participant_of
from homevisit.services.groups.report_values import (
    Entry,
    Group,
    GroupReport,
    ParkedText,
    Person,
    ReportStep,
    Vote,
)
from homevisit.services.plans.tasks import listed
from homevisit.services.reports.values import FEWEST
from homevisit.store import accounts as account_store
from homevisit.store import groups_notes, groups_people, groups_responses, groups_sessions

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sqlalchemy import Connection

    from homevisit.course.catalogue import Catalogue
    from homevisit.course.questions import Question
    from homevisit.course.session_plan import SessionPlan, Step
    from homevisit.store.engine import Store
    from homevisit.store.values import Account
    from homevisit.store.values_groups import Attendance, Feedback, GroupSession, Participant, SessionResponse

STILL_RUNS = "This session still runs. The report opens for everybody when it has ended."
NOT_THERE = "This report is for the people who took part in the session and for their team."
NAMES_FOR_LEADER = (
    "Names are for whoever leads the sessions of this team. The report without names is open to you."
)
SIGN_IN = "Please sign in first, or open the report on the phone with which you took part."
CLOSED = "The report was open on this phone for 12 hours after the session. Ask whoever led it for a copy."
ROUND_NAMES = {"alone": "at first", "pairs": "in a pair", "again": "the second time"}
USEFUL = {4: "Very useful", 3: "Useful", 2: "A little useful", 1: "Not useful"}


def group_report(
    store: Store,
    catalogue: Catalogue,
    viewer: Account | None,
    token: str,
    session_id: str,
    *,
    with_names: bool = False,
) -> GroupReport:
    """Return the report of a session.

    Parameters
    ----------
    token : str
        What the browser of a participant without an account holds; empty for none.
    with_names : bool
        For whoever leads the sessions of this team.

    Raises
    ------
    MissingEntryError
        There is no such session, or it still runs and the viewer does not lead.
    NotAllowedError
        The viewer has no part in it, or asks for names without leading.
    NotSignedInError
        A visitor without a part in it.
    """
    with store.read() as conn:
        session = groups_sessions.find_session(conn, session_id)
        is_leading = viewer is not None and may_lead(viewer, session.team)
        _admit(conn, session, viewer, token, is_leading=is_leading, with_names=with_names)
        everybody = groups_people.all_participants(conn, session_id)
        minutes_credited = groups_notes.attendances(conn, session_id=session_id)
        given = groups_responses.responses(conn, session_id)
        in_pairs = groups_responses.people_of(conn, session_id)
        parked = groups_notes.parked(conn, session_id)
        feedback = groups_notes.feedback(conn, session_id)
        tasks = listed(conn, session)
        leader = account_store.find_account(conn, session.leader_id).name if session.leader_id else ""
    names = {one.participant_id: one.name for one in everybody} if with_names else {}
    given_by = {one.response_id: _given_by(one, names, in_pairs) for one in given}
    plan = read_plan(session.plan)
    own = viewer.account_id if viewer is not None else None
    return GroupReport(
        session=session,
        plan=plan,
        leader=leader,
        is_named=with_names,
        may_lead=is_leading,
        people=_people(everybody, minutes_credited, is_named=with_names),
        steps=_steps(catalogue, session.lesson_id, plan, given, given_by, is_named=with_names),
        parked=tuple(ParkedText(one.text, names.get(one.participant_id, ""), one.is_done) for one in parked),
        feedback=len(feedback),
        useful=_useful(feedback),
        said=_said(feedback),
        tasks=tuple(one for one in tasks if with_names or one.account_id in (None, own)),
    )


def _admit(
    conn: Connection,
    session: GroupSession,
    viewer: Account | None,
    token: str,
    *,
    is_leading: bool,
    with_names: bool,
) -> None:
    if is_leading:
        return
    if with_names:
        raise NotAllowedError(NAMES_FOR_LEADER)
    person = participant_of(conn, session.session_id, viewer, token)
    is_participant = person is not None and person.removed_at is None
    is_by_phone = is_participant and viewer is None
    if is_by_phone and session.ended_at and session.ended_at + OPEN_AFTER < datetime.now(UTC):
        raise NotAllowedError(CLOSED)
    is_of_team = viewer is not None and session.team != "" and viewer.team == session.team
    if not is_participant and not is_of_team:
        raise NotSignedInError(SIGN_IN) if viewer is None else NotAllowedError(NOT_THERE)
    if session.state == "open":
        raise MissingEntryError(STILL_RUNS)


def _people(
    everybody: Sequence[Participant], minutes_credited: Sequence[Attendance], *, is_named: bool
) -> tuple[Person, ...]:
    credited = {one.account_id: one.minutes for one in minutes_credited}
    return tuple(
        Person(
            name=one.name if is_named else "",
            minutes=credited.get(one.account_id or "", one.seconds // 60),
            has_account=one.account_id is not None,
        )
        for one in everybody
        if one.removed_at is None
    )


def _said(feedback: Sequence[Feedback]) -> tuple[str, ...]:
    """Return what participants wrote, in no order that tells who came first."""
    return tuple(one.text for one in sorted(feedback, key=lambda one: one.participant_id) if one.text.strip())


def _given_by(one: SessionResponse, names: Mapping[str, str], in_pairs: Mapping[str, Collection[str]]) -> str:
    """Return the names of whose response it is, in the order in which they came; nothing in a report without."""
    people = {one.participant_id, *in_pairs.get(one.response_id, ())}
    return ", ".join(name for participant_id, name in names.items() if participant_id in people)


def _steps(
    catalogue: Catalogue,
    lesson_id: str,
    plan: SessionPlan,
    given: Sequence[SessionResponse],
    given_by: Mapping[str, str],
    *,
    is_named: bool,
) -> tuple[ReportStep, ...]:
    try:
        questions = catalogue.key(lesson_id).questions if lesson_id else {}
    except MissingEntryError:
        questions = {}
    found = []
    for position, step in enumerate(plan.steps):
        here = [one for one in given if one.position == position]
        shown = [one for one in here if is_named or not one.is_hidden]
        if step.kind == "question" and (here or step.question_id in questions):
            question = questions.get(step.question_id)
            found.append(_step(position + 1, step, question, shown, given_by, is_named=is_named))
    return tuple(found)


def _step(
    number: int,
    step: Step,
    question: Question | None,
    given: Sequence[SessionResponse],
    given_by: Mapping[str, str],
    *,
    is_named: bool,
) -> ReportStep:
    has_rounds = len({one.round for one in given}) > 1
    groups: list[Group] = []
    rest = list(given)
    points = getattr(question, "key_points", ()) if question is not None else ()
    for point in points:
        bands = bands_of(question)  # type: ignore[arg-type]  # it has key points
        covered = [one for one in given if bands.band(one.shares.get(point.id, 0.0)) == "covered"]
        # groups that say no point need an entry only once
        inside = [one for one in covered if is_named or one in rest]
        rest = [one for one in rest if one not in inside]
        if inside:
            entries = tuple(_entry(one, given_by, has_rounds=has_rounds) for one in inside)
            groups.append(Group(point.text if is_named else "", is_rest=False, entries=entries))
    if rest:
        entries = tuple(_entry(one, given_by, has_rounds=has_rounds) for one in rest)
        groups.append(Group("", is_rest=True, entries=entries))
    votes = _votes(question, given, given_by) if isinstance(question, ChooseQuestion) else ()
    return ReportStep(
        number=number,
        title=step.title,
        prompt=question.public.prompt if question is not None else "",
        people=len({one.participant_id for one in given}),
        groups=() if votes else tuple(groups),
        votes=votes,
        first_people=sum(one.round == "alone" for one in given),
        second_people=sum(one.round == "again" for one in given),
    )


def _entry(one: SessionResponse, given_by: Mapping[str, str], *, has_rounds: bool) -> Entry:
    # a list of one needs no number
    text = one.text if "\n2. " in one.text else one.text.removeprefix("1. ")
    return Entry(
        text=text,
        round=ROUND_NAMES[one.round] if has_rounds else "",
        name=given_by[one.response_id],
        is_hidden=one.is_hidden,
    )


def _votes(
    question: ChooseQuestion, given: Sequence[SessionResponse], given_by: Mapping[str, str]
) -> tuple[Vote, ...]:
    voters = {
        (name, key): [one for one in given if one.round == name and key in one.response.get("chosen", ())]
        for name in ("alone", "again")
        for key in question.public.options
    }
    named = {
        place: tuple(given_by[one.response_id] for one in found if given_by[one.response_id])
        for place, found in voters.items()
    }
    return tuple(
        Vote(
            text,
            len(voters["alone", key]),
            len(voters["again", key]),
            named["alone", key],
            named["again", key],
        )
        for key, text in question.public.options.items()
    )


def _useful(feedback: Sequence[Feedback]) -> tuple[tuple[str, int], ...]:
    """Return how many found the session how useful; nothing when a figure would tell about single persons."""
    if len(feedback) < FEWEST:
        return ()
    counted = Counter(one.useful for one in feedback)
    return tuple((text, counted[level]) for level, text in USEFUL.items())
