from __future__ import annotations

import pytest

from homevisit.course.catalogue import Catalogue
from homevisit.errors import MissingEntryError
from homevisit.services.checking import check_lessons
from homevisit.services.drafting import begin_lesson
from tests.services.cohort import copied_course
from tests.web.course_server import ROOT

NEW = "96-blocks"
TEXT = f"source/{NEW}/{NEW}.md"
KEY = f"answer_keys/{NEW}.yml"
MEDIA = "lessons/media/media.yml"
POINTS = "source/points.yml"
LESSONS = [info.lesson_id for info in Catalogue(ROOT).lessons()]


@pytest.fixture
def course(tmp_path):
    root = copied_course(tmp_path / "course")
    begin_lesson(Catalogue(root), NEW, "Blocks")
    return root


def change(root, name, old, new):
    path = root / name
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def line_of(root, name, words):
    lines = (root / name).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if words in line)


def findings(root, lesson_id=NEW):
    report = check_lessons(Catalogue(root), lesson_id)
    return [(str(found.path.relative_to(root)), found.line, found.advice) for found in report.findings]


@pytest.mark.parametrize("lesson_id", LESSONS)
def test_lesson_of_the_course_has_no_finding(lesson_id):
    report = check_lessons(Catalogue(ROOT), lesson_id)
    assert [str(found) for found in (*report.findings, *report.warnings)] == []
    assert [figures.is_hard for figures in report.figures] == [False]


def test_course_teaches_every_point_of_its_sources():
    assert [str(found) for found in check_lessons(Catalogue(ROOT)).findings] == []


def test_new_lesson_has_no_finding(course):
    assert findings(course) == []


@pytest.mark.parametrize(
    "case",
    [
        (
            TEXT,
            'choose("l96-first-words")',
            'choose("l96-last-words")',
            TEXT,
            'choose("l96-last-words")',
            f"Add l96-last-words to {KEY}; this question has no key.",
        ),
        (
            TEXT,
            'choose("l96-first-words")',
            "1 + 1",
            KEY,
            "l96-first-words:",
            'Ask this question by a code cell choose("l96-first-words") in the text, or remove it.',
        ),
        (
            TEXT,
            'choose("l96-first-words")',
            'chose("l96-first-words")',
            TEXT,
            'chose("l96-first-words")',
            'Write choose("l96-first-words") here, for there is no chose.',
        ),
        (
            TEXT,
            'choose("l96-first-words")',
            'sort("l96-first-words")',
            TEXT,
            'sort("l96-first-words")',
            'Write choose("l96-first-words") here, as its key says.',
        ),
        (
            TEXT,
            'reflect("l96-own-visit")',
            'reflect("l96-own-visit")\n```\n\n```{code-cell} ipython3\nreflect("l96-own-visit")  # again',
            TEXT,
            "# again",
            "Remove this question; l96-own-visit is asked on line 61 already.",
        ),
        (
            KEY,
            "    feedback:\n      describe: You name one thing that he did. Rosa can look for it again.\n      praise:",
            "    feedback:  # of the choice\n      describe:",
            KEY,
            "# of the choice",
            "Add a line for each option; missing: praise.",
        ),
        (
            KEY,
            "    points: 4\n",
            "    points: 5\n",
            KEY,
            "    points: 5",
            "Write 4 here, or change the rubric: its highest levels add up to 4.",
        ),
        (
            TEXT,
            "> **A made-up example.**",
            "![](../media/omar-stacking.svg)\n\n> **A made-up example.**",
            TEXT,
            "![](",
            "Describe the image ../media/omar-stacking.svg in its square brackets, for those who cannot see it.",
        ),
        (
            TEXT,
            "## A short scene",
            "#### A short scene",
            TEXT,
            "#### A short scene",
            'Write "### A short scene" here; a level is skipped.',
        ),
        (
            TEXT,
            "## Think it over",
            "# Think it over",
            TEXT,
            "# Think it over",
            'Write "## Think it over": the title above is the only heading with one #.',
        ),
        (
            TEXT,
            "- What you saw comes first.",
            "- The mother catches the ball and *sends it* to her son again.",
            TEXT,
            "- The mother catches",
            (
                'Say this in other words: "the mother catches the ball and sends it" stands word for word '
                "in the key of l96-scene, key point returns."
            ),
        ),
        (
            KEY,
            "hint: Who does what, and what comes next?",
            "hint: Remember that a camera would show this, whoever holds it.",
            KEY,
            "hint: Remember",
            (
                'Say this in other words: "a camera would show this whoever holds it" stands word for word '
                "in the key of l96-seen-or-thought, feedback of rolls."
            ),
        ),
        (
            TEXT,
            'observe("l96-scene")',
            'clip("nobody")',
            TEXT,
            'clip("nobody")',
            "Add nobody to lessons/media/media.yml, with its scene; this clip is not in it.",
        ),
        (
            TEXT,
            "import choose, finish, observe, reflect, sort",
            "import choose, finish, reflect, sort",
            TEXT,
            'observe("l96-scene")',
            "Add observe to `from homevisit.widgets import …` in the first code cell.",
        ),
        (
            TEXT,
            "Say here what",
            "See [below](#Think-it) and say what",
            TEXT,
            "See [below]",
            "Correct this link; no heading makes #Think-it. A link to one looks like #Blocks.",
        ),
        (
            TEXT,
            "Say here what",
            "See [this](../media/nothing.pdf) and say what",
            TEXT,
            "See [this]",
            "Correct this link; there is no file ../media/nothing.pdf.",
        ),
        (
            TEXT,
            '+++ {"source": "own"}\n\n## A short scene',
            '+++ {"source": "000#How To", "points": ["000-99"]}\n\n## A short scene',
            TEXT,
            "000-99",
            "Write a point that source/points.yml lists; it has no 000-99.",
        ),
        (
            KEY,
            "    points: 1\n",
            "    points_of: [nothing]\n    points: 1\n",
            KEY,
            "points_of: [nothing]",
            "Write a point that source/points.yml lists; it has no nothing.",
        ),
        (
            TEXT,
            '+++ {"source": "own"}\n\n## A short scene',
            "+++ {source: own}\n\n## A short scene",
            TEXT,
            "+++ {source: own}",
            'Write this line like +++ {"source": "000#How To", "points": ["000-27"]}, all in one line.',
        ),
    ],
)
def test_mistake_is_found_with_its_line_and_what_to_write(course, case):
    name, old, new, place, words, said = case
    change(course, name, old, new)
    found = findings(course)
    assert (place, line_of(course, place, words), said) in found


def test_link_to_a_heading_or_a_file_is_fine(course):
    change(
        course, TEXT, "Say here what", "See [below](#Think-it-over), [this](../media/media.yml) and say what"
    )
    assert findings(course) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "poster: omar-stacking.svg",
            'poster: ""',
            "Name a drawing beside media.yml here; it stands in the clip's place.",
        ),
        (
            "poster: omar-stacking.svg",
            "poster: omar-gone.svg",
            "Put omar-gone.svg beside media.yml, or name another drawing here.",
        ),
    ],
)
def test_clip_without_a_drawing_is_found(course, old, new, said):
    change(course, TEXT, 'observe("l96-scene")', 'clip("omar-stacking")')
    change(course, MEDIA, old, new)
    assert (MEDIA, line_of(course, MEDIA, new), said) in findings(course)


def test_point_that_no_lesson_names_is_found(course):
    last = (course / POINTS).read_text(encoding="utf-8").rstrip().splitlines()[-1]
    number = int(last.split("-")[2][:2])
    added = f'      - {{id: 004-{number + 1}, section: "End", point: "One thing more"}}\n'
    with (course / POINTS).open("a", encoding="utf-8") as file:
        file.write(added)
    said = (
        f'Teach "One thing more" in a lesson and write 004-{number + 1} in the points of that cell, '
        "or ask it and write points_of in the key."
    )
    assert findings(course, None) == [(POINTS, line_of(course, POINTS, "One thing more"), said)]


def test_missing_files_are_findings_and_not_a_crash(course):
    (course / TEXT).unlink()
    (course / KEY).unlink()
    assert [place for place, _, _ in findings(course)] == [KEY, TEXT]


def test_hard_prose_is_a_warning_and_no_finding(course):
    hard = (
        "Institutional considerations necessitate multidisciplinary collaboration regarding individualized "
    )
    change(course, TEXT, "Say here what", hard * 4 + "what")
    report = check_lessons(Catalogue(course), NEW)
    assert report.findings == ()
    assert report.figures[0].is_hard


def test_pointer_that_says_most_words_of_its_point_is_a_warning_and_no_finding(course):
    told = "look_again: Does the mother catch the ball, and does she send it back?"
    change(course, KEY, "look_again: What do Rosa's hands do?", told)
    report = check_lessons(Catalogue(course), NEW)
    assert report.findings == ()
    assert [(found.line, found.advice) for found in report.warnings] == [
        (
            line_of(course, KEY, told),
            "Point to the place in other words; these give the point away: ball, catch, mother, send.",
        )
    ]


def test_scene_that_is_no_clip_above_its_question_is_found(course):
    old = "prompt: What do you see and hear in the scene?\n"
    change(course, KEY, old, f"{old}      scene: omar-stacking\n")
    said = "Remove this line. No clip 'omar-stacking' stands above this question in the lesson."
    assert findings(course) == [(KEY, line_of(course, KEY, "scene: omar-stacking"), said)]
    change(course, TEXT, 'choose("l96-first-words")', 'clip("omar-stacking")')
    assert (KEY, line_of(course, KEY, "scene: omar-stacking"), said) in findings(course)
    change(course, TEXT, 'sort("l96-seen-or-thought")', 'clip("piwi-model")')
    said = "Write one of: piwi-model. No clip 'omar-stacking' stands above this question in the lesson."
    assert (KEY, line_of(course, KEY, "scene: omar-stacking"), said) in findings(course)


def test_programmes_limits_that_make_no_sense_are_found(course):
    (course / "answer_keys" / "bands.yml").write_text(
        "covered: 0.2\nagain: 0.4\nrests_on: x\n", encoding="utf-8"
    )
    said = "Write a number below 0.2, from which on it is covered."
    assert findings(course) == [("answer_keys/bands.yml", 2, said)]


def test_card_of_no_lesson_and_memory_page_with_other_lines_are_found(course):
    cards, book = "source/role-play.yml", "source/memory-book.yml"
    change(
        course,
        cards,
        "id: playground\n    title: Saying hello at the playground\n    lesson: 03-",
        "id: playground\n    title: Saying hello at the playground\n    lesson: 93-",
    )
    line = line_of(course, cards, "lesson: 93-")
    (course / book).write_text("pages: []\n", encoding="utf-8")
    found = {where: (at, advice) for where, at, advice in findings(course, None) if where in (cards, book)}
    assert found[cards] == (line, f"Name a lesson of course.yml here: {', '.join([*LESSONS, NEW])}.")
    assert found[book][1]


def test_unknown_lesson_is_named(course):
    with pytest.raises(MissingEntryError, match="there is no 97-none"):
        check_lessons(Catalogue(course), "97-none")
