from __future__ import annotations

import pytest

from tests.course.key_files import questions


@pytest.fixture(scope="session")
def asked(tmp_path_factory):
    return questions(tmp_path_factory.mktemp("key"))
