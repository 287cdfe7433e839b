from __future__ import annotations

from homevisit.web.lab_files import with_header_of

HEADER = """\
---
jupytext: {text_representation: {extension: .md, format_name: myst}}
kernelspec: {name: python3, display_name: Python 3, language: python}
homevisit: {title: "Sleep", minutes: 20} # a note of the author's
---
"""
LAID_OUT = """\
---
homevisit:
  title: {title}
  minutes: 20
jupytext:
  text_representation:
    extension: .md
    format_name: myst
kernelspec:
  name: python3
  display_name: Python 3 (ipykernel)
---
"""
SAME = LAID_OUT.format(title="Sleep")
OTHER = LAID_OUT.format(title="Sleep and rest")


def test_header_stays_as_its_author_wrote_it():
    assert with_header_of(HEADER + "\nOld\n", SAME + "\nNew\n") == HEADER + "\nNew\n"


def test_header_with_another_title_is_taken_as_it_comes():
    assert with_header_of(HEADER + "\nOld\n", OTHER + "\nNew\n") == OTHER + "\nNew\n"


def test_text_without_a_header_is_taken_as_it_comes():
    assert with_header_of("Old\n", SAME + "\nNew\n") == SAME + "\nNew\n"
    assert with_header_of(HEADER + "\nOld\n", "New\n") == "New\n"


def test_rule_in_the_middle_of_a_text_is_no_header():
    assert with_header_of("Old\n\n---\nstill old\n---\n", "New\n\n---\nstill new\n---\n").startswith("New")


def test_header_that_cannot_be_read_is_replaced():
    broken = "---\nhomevisit: {title: \n---\n"
    assert with_header_of(broken + "Old\n", SAME + "New\n") == SAME + "New\n"
