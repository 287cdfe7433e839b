from __future__ import annotations

import pytest

from homevisit.course.yaml_file import read_yaml
from homevisit.errors import ContentError


def written(tmp_path, text):
    path = tmp_path / "file.yml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def problems(tmp_path, text):
    with pytest.raises(ContentError) as caught:
        read_yaml(written(tmp_path, text))
    return [(error.line, error.field, error.advice) for error in (caught.value, *caught.value.others)]


def test_read_yaml_reads_words_as_yaml_1_2_does(tmp_path):
    file = read_yaml(
        written(tmp_path, "answer: no\nat: 1:30\nday: 2026-01-02\nlevel: 2\nright: true\nleft:\n")
    )
    assert file.content == {
        "answer": "no",
        "at": "1:30",
        "day": "2026-01-02",
        "level": 2,
        "right": True,
        "left": None,
    }


def test_read_yaml_keeps_the_line_of_each_place(tmp_path):
    file = read_yaml(written(tmp_path, "a:\n  b: 1\n  c:\n    - x\n    - y: 2\n\n\nd: {e: 3}\n"))
    places = [("a",), ("a", "b"), ("a", "c", 0), ("a", "c", 1, "y"), ("d", "e"), ("a", "c", 9), ("f",)]
    assert [file.line(place) for place in places] == [1, 2, 4, 5, 8, 3, 1]


def test_read_yaml_takes_a_byte_order_mark_and_windows_line_ends(tmp_path):
    file = read_yaml(written(tmp_path, b"\xef\xbb\xbfa: 1\r\nb: caf\xc3\xa9\r\n"))
    assert (file.content, file.line(("b",))) == ({"a": 1, "b": "café"}, 2)


def test_yaml_problem_counts_list_entries_from_one(tmp_path):
    error = read_yaml(written(tmp_path, "a:\n  - b: 1\n")).problem(("a", 0, "b"), "Write 2.")
    assert (error.line, error.field) == (2, "a.1.b")
    assert str(error) == f"{tmp_path / 'file.yml'}:2: a.1.b: Write 2."


def test_yaml_problem_tells_a_number_in_a_list_from_a_number_as_a_name(tmp_path):
    file = read_yaml(written(tmp_path, "a:\n  - {0: x, 1: y}\n"))
    places = [("a", 0, 1), ("a", 0, 0), ("a", 1, "b"), ("a", 0, 1, "c")]
    assert [file.problem(place, "").field for place in places] == ["a.1.1", "a.1.0", "a.2.b", "a.1.1.c"]


def test_read_yaml_names_every_duplicate_key(tmp_path):
    assert problems(tmp_path, "a: 1\nb:\n  0: 1\n  0: 2\na: 3\n") == [
        (4, "b.0", "Keep this entry or the one of the same name on line 3, and delete the other."),
        (5, "a", "Keep this entry or the one of the same name on line 1, and delete the other."),
    ]


def test_read_yaml_names_every_line_with_a_tab(tmp_path):
    advice = "Replace the tab on this line by spaces; YAML indents with spaces only."
    assert problems(tmp_path, "a:\n\tb: 1\nc: 2\nd: e\tf\n") == [(2, "", advice), (4, "", advice)]


@pytest.mark.parametrize(
    ("text", "line"), [("- a\n- b\n", 1), ("\n\njust text\n", 3), ("", 1), ("# nothing\n", 1)]
)
def test_read_yaml_wants_a_mapping(tmp_path, text, line):
    advice = "Write 'name: value' lines at the top level of the file, not a list or a single text."
    assert problems(tmp_path, text) == [(line, "", advice)]


@pytest.mark.parametrize(
    ("text", "line", "advice"),
    [
        ("a: 1\nb: see: this\n", 2, "Put quotes around the whole text: it holds a colon and a space."),
        ("a: 1\n---\nb: 2\n", 2, "Remove the line '---': one file holds one document."),
        ("%YAML 1.1\n---\na: no\n", 1, "Remove the line that starts with '%'; it is not needed."),
        ("a: 1\nb: @home\n", 2, "Put quotes around the text that starts with this sign."),
        ("a: 1\n  b: 2\n", 2, "Put quotes around the whole text: it holds a colon and a space."),
        ("a: 1\nb: x\x01y\n", 2, "Delete the invisible control character on this line."),
        ('a: 1\nb: "open\nc: 2\n', 2, "Close the quotation that opens here."),
        ('a: 1\nb: "C:\\d"\n', 2, "Write the backslash twice here, or use single quotes."),
        ("a: 1\nb\nc: 2\n", 3, "Write 'name: value' here, or indent this line under its text."),
        (b"a: 1\nb: caf\xe9\n", 2, "Save the file in UTF-8; this line is in another encoding."),
        ("a: " + "[" * 3000, None, "Write this file with less nesting; it cannot be read."),
    ],
)
def test_read_yaml_says_what_to_write_where_yaml_cannot_be_read(tmp_path, text, line, advice):
    assert problems(tmp_path, text) == [(line, "", advice)]


def test_read_yaml_tells_the_line_of_anything_else_it_cannot_read(tmp_path):
    ((line, _, advice),) = problems(tmp_path, "a: 1\nb: [1, 2\nc: 3\n")
    assert (line, advice[:38]) == (3, "Check the indentation, quotes and brac")


@pytest.mark.parametrize(
    ("text", "line", "field", "advice"),
    [
        ("a: &x [1]\nb: *x\n", 2, "b", "Write the text out again here; '&' and '*' references are not used."),
        ("a: &x\n  b: *x\n", 2, "a.b", "Write the text out again here; '&' and '*' references are not used."),
        ("a: 1\n<<: {b: 2}\n", 2, "<<", "Write the entries out here; '<<' is not used."),
        ("a: 1\nb: !x y\n", 2, "b", "Remove the tag '!x', or put quotes around the whole text."),
        ("a: 1\n? [b]\n: 2\n", 2, None, "Put quotes around the name of this entry, and keep it on one line."),
        ("a: 1\ntrue: 2\n", 2, "true", "Put quotes around the name of this entry, and keep it on one line."),
    ],
)
def test_read_yaml_refuses_what_a_course_file_never_needs(tmp_path, text, line, field, advice):
    ((found_line, found_field, found_advice),) = problems(tmp_path, text)
    assert (found_line, found_advice) == (line, advice)
    assert field in (None, found_field)


def test_read_yaml_of_a_missing_file_says_so(tmp_path):
    with pytest.raises(ContentError) as caught:
        read_yaml(tmp_path / "none.yml")
    assert caught.value.advice == "This file cannot be read; check that it exists and may be opened."
    assert caught.value.line is None
