"""Starting and stopping the server, as whoever runs it does."""

from __future__ import annotations

import re
import socket
import stat
import subprocess
from uuid import uuid4

import httpx

from tests.web.course_server import LESSON, NO_TLS, CourseServer, make_live, notebook_of
from tests.web.responses import KEY, good_response


def refused(server):
    done = subprocess.run(server.command(), capture_output=True, text=True, timeout=60, check=False)
    assert "Traceback" not in done.stderr
    return done.returncode, done.stderr.strip()


def test_second_server_on_the_same_data_is_refused_with_a_sentence(own_server):
    second = CourseServer(own_server.data_dir)
    assert refused(second) == (
        2,
        f"A server already runs on {own_server.data_dir}. Stop it first, or name another directory with --data.",
    )


def test_port_in_use_is_refused_with_a_sentence(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, said = refused(CourseServer(tmp_path / "data", port=port))
    assert code == 2
    assert re.fullmatch(
        rf"Port {port} on 127.0.0.1 cannot be used: [\w ]+\. Try another one, such as --port {port + 1}\.",
        said,
    )


def test_folder_without_a_course_is_refused_with_a_sentence(tmp_path):
    code, said = refused(CourseServer(tmp_path / "data", course_dir=tmp_path))
    assert code == 2
    assert said.startswith("There is no course.yml in")


def test_broken_answer_key_is_refused_with_file_and_line(course_copy, tmp_path):
    key = course_copy / "answer_keys" / f"{LESSON}.yml"
    lines = key.read_text(encoding="utf-8").splitlines()
    number = next(place for place, line in enumerate(lines, start=1) if line.strip().startswith("points:"))
    lines[number - 1] = "    points: many"
    key.write_text("\n".join(lines), encoding="utf-8")
    code, said = refused(CourseServer(tmp_path / "data", course_dir=course_copy))
    assert code == 2
    assert f"{LESSON}.yml:{number}" in said
    assert "points" in said


def test_server_stops_cleanly_and_leaves_no_process_behind(course_copy, tmp_path):
    make_live(course_copy)
    server = CourseServer(tmp_path / "data", course_dir=course_copy).start()
    client = server.person("Stella Stop").client()
    client.get(f"lessons/{LESSON}")
    kernels = server.kernels()
    assert kernels
    assert server.stop() == 0
    listed = subprocess.run(["ps", "-eo", "pid"], capture_output=True, text=True, check=True).stdout.split()
    assert not {str(pid) for pid in kernels} & set(listed)
    client.close()


def test_restart_signs_nobody_out(own_server):
    client = own_server.person("Rosa Restart").client()
    own_server.stop()
    own_server.start()
    assert "Rosa Restart" in client.get("").text
    client.close()


def test_secret_and_database_can_be_read_by_the_owner_alone(own_server):
    for name in ("cookie-secret", "course.db"):
        assert stat.S_IMODE((own_server.data_dir / name).stat().st_mode) == 0o600


def test_lesson_handed_in_just_before_a_power_cut_is_graded_after_it(own_server):
    client = own_server.person("Pia Power").client()
    for question_id in KEY.questions:
        client.post(
            f"course/api/lessons/{LESSON}/questions/{question_id}/attempts",
            json={"response": good_response(question_id), "number": 1, "token": uuid4().hex},
        )
    client.post(f"course/api/lessons/{LESSON}/submission", json={"token": uuid4().hex})
    own_server.kill()
    own_server.start()
    page = client.get(f"lessons/{LESSON}/result").text
    while "Your points are being added up" in page:
        page = client.get(f"lessons/{LESSON}/result").text
    decided = sum(question.points for question in KEY.questions.values() if not question.is_read_by_trainer)
    assert re.search(rf'id="total">[\d.]+ of {decided} points so far', page)
    client.close()
    # nbgrader gives its files rights of their own; nobody else gets as far as to them
    assert stat.S_IMODE((own_server.data_dir / "nbgrader").stat().st_mode) == 0o700


def test_lesson_that_is_not_built_gets_a_sentence(course_copy, tmp_path):
    notebook_of(course_copy).unlink()
    server = CourseServer(tmp_path / "data", course_dir=course_copy).start()
    reply = server.person("Uli Unbuilt").client().get(f"lessons/{LESSON}")
    server.stop()
    assert reply.status_code == 503
    assert "This lesson cannot be opened just now. What you wrote is kept; try again later." in reply.text
    assert "homevisit build" not in reply.text
    assert "Run: homevisit build" in server.log


def test_server_below_a_path_of_its_host_keeps_all_its_addresses_there(tmp_path):
    # the last --base-url counts: as people write it, without the slash at its end
    without_slash = ["--base-url", "/course"]
    server = CourseServer(tmp_path / "data", base_url="/course/", options=without_slash).start()
    person = server.person("Bea Base")
    client = person.client()
    assert httpx.get(server.url, verify=NO_TLS).headers["location"].startswith("/course/login")
    page = client.get(f"lessons/{LESSON}")
    server.stop()
    assert page.status_code == 200
    assert '"/course/course/static/' in page.text
    assert "/course/invite/" in server.log
    assert "WARNING" not in server.log, "a start has nothing to warn of"
