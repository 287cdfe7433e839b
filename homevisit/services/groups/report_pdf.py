"""The report of a group session as a PDF: real text, letter size, in the font that comes with reportlab.

Bitstream Vera draws the letters of Western European languages. What it cannot draw is replaced by a sign, and the
file says so; the page on the screen shows everything.
"""

from __future__ import annotations

import io
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from homevisit.services.groups.report_values import GroupReport, ReportStep

SIGN = "◊"
SIGN_SAYS = f"{SIGN} stands for a letter or sign that the font of this file cannot draw. The page on the screen shows it."
NAMED = "With names, for whoever leads the sessions of this team. Please do not pass it on."
INCH = 72
FONT, BOLD = "Vera", "VeraBd"


class Words:
    """Texts as the font can draw them; `has_signs` when something was replaced."""

    def __init__(self, drawable: set[int]) -> None:
        self._drawable = drawable
        self.has_signs = False

    def __call__(self, text: str) -> str:
        """Return a text ready for a paragraph."""
        kept = "".join(
            c if ord(c) in self._drawable or c in "\n\t" else self._replaced(c)
            for c in text.replace("\u2011", "-")
        )
        return escape(kept).replace("\n", "<br/>")

    def _replaced(self, character: str) -> str:
        if character.isspace():
            return " "
        if not character.isprintable():
            return ""
        self.has_signs = True
        return SIGN


def drawable_words() -> Words:
    """Make the fonts known to reportlab, and return what readies texts for them."""
    # reportlab takes a third of a second to import, which only a PDF needs
    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415
    from reportlab.pdfbase.ttfonts import TTFont  # noqa: PLC0415

    for name in (FONT, BOLD):
        pdfmetrics.registerFont(TTFont(name, f"{name}.ttf"))
    return Words(set(pdfmetrics.getFont(FONT).face.charToGlyph))


def report_pdf(report: GroupReport) -> bytes:
    """Return the report as a PDF file."""
    from reportlab.lib.pagesizes import letter  # noqa: PLC0415  as above
    from reportlab.platypus import SimpleDocTemplate  # noqa: PLC0415  as above

    words = drawable_words()
    story = _Story(words)
    _write(story, report)
    if words.has_signs:
        story.add("small", SIGN_SAYS)
    file = io.BytesIO()
    document = SimpleDocTemplate(
        file,
        pagesize=letter,
        leftMargin=0.9 * INCH,
        rightMargin=0.9 * INCH,
        topMargin=0.8 * INCH,
        bottomMargin=0.8 * INCH,
        title=report.session.title,
        author="The Home Visitor's Course",
        lang="en-US",
    )
    document.build(story.parts, onFirstPage=_foot, onLaterPages=_foot)
    return file.getvalue()


class _Story:
    """The paragraphs of the file, one after the other."""

    def __init__(self, words: Words) -> None:
        from reportlab.lib.styles import ParagraphStyle  # noqa: PLC0415  as above

        self._words = words
        plain = ParagraphStyle("plain", fontName=FONT, fontSize=9.5, leading=13.5, spaceAfter=5)
        self._styles = {
            "plain": plain,
            "title": ParagraphStyle("title", plain, fontName=BOLD, fontSize=16, leading=20, spaceAfter=6),
            "head": ParagraphStyle(
                "head", plain, fontName=BOLD, fontSize=12, leading=16, spaceBefore=10, keepWithNext=1
            ),
            "group": ParagraphStyle("group", plain, fontName=BOLD, spaceBefore=4, keepWithNext=1),
            "item": ParagraphStyle("item", plain, leftIndent=14, bulletIndent=3, spaceAfter=3),
            "small": ParagraphStyle("small", plain, fontSize=8, leading=11, spaceBefore=8),
        }
        self.parts: list[Any] = []

    def add(self, style: str, text: str) -> None:
        """Add a paragraph; an item has a bullet."""
        from reportlab.platypus import Paragraph  # noqa: PLC0415  as above

        bullet = "•" if style == "item" else None
        self.parts.append(Paragraph(self._words(text) or " ", self._styles[style], bulletText=bullet))


def _write(story: _Story, report: GroupReport) -> None:
    session = report.session
    story.add("title", session.title)
    day = f"{report.day:%B %-d, %Y}"
    long = f", {counted(report.minutes, 'minute', 'minutes')}" if report.minutes else ""
    team = f" · {session.team}" if session.team else ""
    story.add(
        "plain",
        f"Group session on {day}{long}{team}" + (f" · led by {report.leader}" if report.leader else ""),
    )
    if report.is_named:
        story.add("plain", NAMED)
    story.add("head", "Who took part")
    story.add("plain", counted(len(report.people), "person", "people"))
    for person in report.people if report.is_named else ():
        account = "" if person.has_account else ", joined without an account"
        story.add("item", f"{person.name}: {counted(person.minutes, 'minute', 'minutes')}{account}")
    for step in report.steps:
        _write_step(story, step)
    story.add("head", "Questions for later")
    for parked in report.parked:
        name = f"{parked.name}: " if parked.name else ""
        story.add("item", f"{name}{parked.text}" + (" (talked about)" if parked.is_done else ""))
    if not report.parked:
        story.add("plain", "Nothing was put aside.")
    _write_feedback(story, report)
    _write_tasks(story, report)


def _write_step(story: _Story, step: ReportStep) -> None:
    story.add("head", f"{step.number}. {step.title}")
    if step.prompt and step.prompt != step.title:
        story.add("plain", step.prompt)
    if not step.people:
        story.add("plain", "Nobody gave a response.")
    if step.votes and step.has_second:
        second = counted(step.second_people, "person", "people")
        story.add(
            "plain", f"{counted(step.first_people, 'person', 'people')} at first, {second} the second time."
        )
    for vote in step.votes:
        first = _voted(vote.first, vote.first_names)
        second = (
            f" at first, {_voted(vote.second, vote.second_names)} the second time" if step.has_second else ""
        )
        story.add("item", f"{vote.text}: {first}{second}")
    for group in step.groups:
        if not group.is_rest:
            story.add("group", group.text or "About the same point")
        elif len(step.groups) > 1:
            story.add("group", "More responses")
        for entry in group.entries:
            about = ", ".join(
                part for part in (entry.name, entry.round, "hidden" if entry.is_hidden else "") if part
            )
            story.add("item", f"{entry.text}" + (f" ({about})" if about else ""))


def _voted(count: int, names: tuple[str, ...]) -> str:
    return f"{count} ({', '.join(names)})" if names else str(count)


def _write_feedback(story: _Story, report: GroupReport) -> None:
    story.add("head", "What participants said about the session")
    if not report.feedback:
        story.add("plain", "Nobody has said anything yet.")
    elif not report.useful:
        story.add("plain", "Fewer than five gave feedback, too few to count.")
    for text, count in report.useful:
        story.add("item", f"{text}: {count}")
    for text in report.said:
        story.add("item", text)


def _write_tasks(story: _Story, report: GroupReport) -> None:
    story.add("head", "What we agreed to do")
    for task in report.tasks:
        due = f", by {task.due:%B %-d, %Y}" if task.due else ""
        who = task.name or "everybody"
        story.add("item", f"{task.text} ({who}{due})")
    if not report.tasks:
        story.add("plain", "Nothing was written down.")


def counted(count: int, one: str, many: str) -> str:
    """Return "1 person" or "3 people"."""
    return f"{count} {one if count == 1 else many}"


def _foot(canvas: Any, document: Any) -> None:
    canvas.setFont(FONT, 8)
    canvas.drawRightString(document.pagesize[0] - 0.9 * INCH, 0.5 * INCH, f"Page {document.page}")
