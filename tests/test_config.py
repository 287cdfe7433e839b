from __future__ import annotations

import pytest

from homevisit.config import Settings, load_settings
from homevisit.errors import ConfigError


@pytest.fixture
def course(tmp_path, monkeypatch):
    monkeypatch.delenv("HOMEVISIT_DATABASE_URL", raising=False)
    folder = tmp_path / "course"
    folder.mkdir()
    (folder / "course.yml").write_text("title: A course\n", encoding="utf-8")
    return folder


def test_settings_of_a_course_folder_keep_all_data_below_it(course):
    assert load_settings(course) == Settings(
        course_dir=course, data_dir=course / "var", database_url=f"sqlite:///{course}/var/course.db"
    )


def test_settings_of_the_working_directory_are_the_default(course, monkeypatch):
    monkeypatch.chdir(course)
    assert load_settings() == load_settings(course)


def test_settings_name_every_folder(course, tmp_path):
    settings = load_settings(course, tmp_path / "data")
    assert (settings.catalogue_path, settings.source_dir, settings.keys_dir, settings.lessons_dir) == (
        course / "course.yml",
        course / "source",
        course / "answer_keys",
        course / "lessons",
    )
    assert (settings.data_dir, settings.gradebook_dir, settings.practice_gradebook_dir) == (
        tmp_path / "data",
        tmp_path / "data" / "nbgrader",
        tmp_path / "data" / "practice",
    )


def test_settings_take_the_database_from_the_environment_and_hide_it(course, monkeypatch):
    monkeypatch.setenv("HOMEVISIT_DATABASE_URL", "postgresql://ann:secret@host/course")
    settings = load_settings(course)
    assert settings.database_url == "postgresql://ann:secret@host/course"
    assert "secret" not in repr(settings)


def test_settings_ignore_an_empty_environment(course, monkeypatch):
    monkeypatch.setenv("HOMEVISIT_DATABASE_URL", " ")
    assert load_settings(course).database_url == f"sqlite:///{course}/var/course.db"


def test_settings_without_a_course_say_where_they_looked(tmp_path):
    with pytest.raises(ConfigError) as caught:
        load_settings(tmp_path)
    assert caught.value.message == (
        f"There is no course.yml in {tmp_path}; "
        "start from the folder of the course, or name it with --course."
    )


def test_settings_refuse_a_data_folder_that_no_database_address_can_hold(course, tmp_path):
    folder = tmp_path / "why?"
    with pytest.raises(ConfigError) as caught:
        load_settings(course, folder)
    assert caught.value.message == (
        f"The data folder {folder} has a question mark in its path; choose another folder."
    )
