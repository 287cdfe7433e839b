"""Begin a lesson: a text and a key that build and serve as they are, and an entry in course.yml."""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING

from ruamel.yaml import YAML

from homevisit.errors import InvalidEntryError

if TYPE_CHECKING:
    from pathlib import Path

    from homevisit.course.catalogue import Catalogue

_LESSON_ID = re.compile(r"[0-9]{2}(-[a-z0-9]+)+")
_TEXT = """\
---
jupytext:
  text_representation: {extension: .md, format_name: myst}
kernelspec: {name: python3, display_name: Python 3, language: python}
homevisit:
  title: @quoted@
  minutes: 20
  language: en
---

```{code-cell} ipython3
:tags: [setup]

from homevisit.widgets import choose, finish, observe, reflect, sort
```

+++ {"source": "own"}

# @title@

Welcome. Say here what the lesson is about and how long it takes. When you write about families you know, leave out
names, addresses, and birth dates.

## What you will be able to do

By the end of this lesson you can

- say what you saw and heard, apart from what you think it means

+++ {"source": "own"}

## See it, then say it

Teach here, in your own words. If the text follows a document that `source/points.yml` lists, name the document in
`source` above and the points that this cell teaches in `points`, such as `"points": ["000-01"]`.

```{code-cell} ipython3
sort("@n@-seen-or-thought")
```

+++ {"source": "own"}

## A short scene

> **A made-up example.** Rosa sits on the rug with her son Leo. He rolls a ball toward her. She stops it with both
> hands, laughs, and rolls it back. He claps.

```{code-cell} ipython3
observe("@n@-scene")
```

```{code-cell} ipython3
choose("@n@-first-words")
```

+++ {"source": "own"}

## Think it over

```{code-cell} ipython3
reflect("@n@-own-visit")
```

+++ {"source": "own"}

## What to take with you

- What you saw comes first. What it may mean comes after.

```{code-cell} ipython3
finish()
```
"""
_KEY = """\
lesson: @id@
questions:
  @n@-seen-or-thought:
    type: sort
    source: own
    points: 2
    public:
      prompt: Which of these was seen or heard, and which is a thought about it?
      hint: Could a camera show it?
      groups:
        seen: Seen or heard
        thought: A thought about it
      statements:
        rolls: The ball rolls across the rug.
        loves: The two are very close.
    correct: {rolls: seen, loves: thought}
    feedback:
      rolls: A camera would show this, whoever holds it.
      loves: This may well be so. It is what somebody makes of the scene.

  @n@-scene:
    type: observe
    source: own
    points: 2
    enough: 2
    public:
      prompt: What do you see and hear in the scene?
      hint: Who does what, and what comes next?
    key_points:
      - id: returns
        text: The mother catches the ball and sends it to her son again.
        also:
          - Rosa stops it and rolls it back to him.
        look_again: What do Rosa's hands do?
      - id: claps
        text: Her son is glad and shows it with his hands.
        also:
          - The boy claps at the end.
        look_again: How does the scene end?

  @n@-first-words:
    type: choose
    several: false
    source: own
    points: 1
    public:
      prompt: What could you say to Rosa first?
      hint: Look for words that tell what happened.
      options:
        describe: He clapped when the ball came back to him.
        praise: Good job!
    correct: [describe]
    feedback:
      describe: You name one thing that he did. Rosa can look for it again.
      praise: This is friendly. It does not tell her what was good.

  @n@-own-visit:
    type: reflect
    source: own
    points: 4
    public:
      prompt: Think of one moment of your last visit. What did you see and hear, and what did you make of it?
      hint: Leave out names.
      length: {soft_minimum_words: 60}
      readers: trainer
    rubric:
      - id: moment
        criterion: Tells one moment
        levels: {0: Not yet, 1: In general, 2: So that one can picture it}
        note: Any small moment will do.
      - id: apart
        criterion: Keeps what was seen apart from what was thought
        levels: {0: Not yet, 1: In part, 2: Clearly}
        note: Two sentences can be enough.
"""


def begin_lesson(catalogue: Catalogue, lesson_id: str, title: str) -> list[Path]:
    """Write text, key and entry of a new lesson; return the files that were written.

    Raises
    ------
    InvalidEntryError
        The id is badly named or taken, or the title is empty; nothing is written.
    """
    title = " ".join(title.split())
    text, key = catalogue.text_path(lesson_id), catalogue.key_path(lesson_id)
    if not _LESSON_ID.fullmatch(lesson_id):
        raise InvalidEntryError(
            "Name the lesson by two digits and lower-case words with hyphens, such as 06-some-title."
        )
    taken = {info.lesson_id for info in catalogue.lessons()}
    if lesson_id in taken or text.parent.exists() or key.exists():
        raise InvalidEntryError(f"Choose another name; there is a lesson {lesson_id} already.")
    if not title:
        raise InvalidEntryError("Write the lesson's title after its name, in quotes.")
    course_file = catalogue.course_dir / "course.yml"
    course = _with_lesson(course_file.read_text(encoding="utf-8"), lesson_id, title)
    text.parent.mkdir(parents=True)
    text.write_text(_filled(_TEXT, lesson_id, title), encoding="utf-8")
    key.parent.mkdir(exist_ok=True)
    key.write_text(_filled(_KEY, lesson_id, title), encoding="utf-8")
    beside = course_file.with_suffix(".yml.new")
    beside.write_text(course, encoding="utf-8")
    beside.replace(course_file)
    return [text, key, course_file]


def _filled(template: str, lesson_id: str, title: str) -> str:
    heading = re.sub(r"([\\`*_\[\]<>&])", r"\\\1", title)
    quoted = json.dumps(title, ensure_ascii=False)
    # The title comes last, so that nothing in it is taken for a mark of ours.
    filled = template.replace("@id@", lesson_id).replace("@n@", f"l{lesson_id[:2]}")
    return filled.replace("@quoted@", quoted).replace("@title@", heading)


def _with_lesson(course: str, lesson_id: str, title: str) -> str:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 120
    yaml.indent(mapping=2, sequence=4, offset=2)
    content = yaml.load(course)
    content["lessons"].append(
        {
            "id": lesson_id,
            "title": title,
            "audience": "home visitors",
            "minutes": 20,
            "objectives": ["Say what you saw and heard, apart from what you think it means"],
            "source_title": "The course's own text",
        }
    )
    written = io.StringIO()
    yaml.dump(content, written)
    return written.getvalue()
