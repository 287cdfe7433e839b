"""Joining the lesson's scripts into one."""

from __future__ import annotations

import pytest

from homevisit.errors import ConfigError
from homevisit.web.assets import Assets
from homevisit.web.bundle import bundle


def write(folder, **modules):
    for name, text in modules.items():
        (folder / f"{name}.js").write_text(text, encoding="utf-8")


def test_modules_stand_in_the_order_of_their_imports_and_once(tmp_path):
    write(
        tmp_path,
        main='import { b } from "./two.js";\nimport * as one from "./one.js";\n\nexport const start = () => b(one.a);\n',
        two='import { a as first } from "./one.js";\n\nexport function b(x) {\n  return x + first;\n}\n',
        one="export const a = 1;\n",
    )
    joined = bundle(tmp_path, "main")
    assert [line for line in joined.splitlines() if line.startswith("const $")] == [
        "const $one = (() => {",
        "const $two = (() => {",
        "const $main = (() => {",
    ]
    assert "const { a: first } = $one;" in joined
    assert "const one = $one;" in joined
    assert joined.splitlines()[-1] == "export const { start } = $main;"


def test_comments_stay_behind_and_text_that_looks_like_one_does_not(tmp_path):
    write(
        tmp_path,
        main=(
            "// What it is for.\n\n/**\n * Says `//` and more.\n */\n"
            'export const start = () => "// no comment"; // stays\n'
            "  // Why it is so.\nconst address = `http://localhost`;\n"
        ),
    )
    joined = bundle(tmp_path, "main")
    assert 'const start = () => "// no comment"; // stays\nconst address = `http://localhost`;' in joined
    assert not any(words in joined for words in ("What it is for", "Says", "Why it is so"))


@pytest.mark.parametrize(
    ("modules", "sentence"),
    [
        ({"main": 'import { x } from "./gone.js";\n'}, "The script gone.js is missing; main imports it."),
        (
            {"main": 'import { x } from "./other.js";\n', "other": 'import { y } from "./main.js";\n'},
            "These scripts import in a circle: main > other > main. Break it up.",
        ),
        (
            {"main": 'import thing from "somewhere";\n'},
            'The bundler does not know this line of main.js: import thing from "somewhere";',
        ),
        (
            {"main": "export default 1;\n"},
            "The bundler does not know this line of main.js: export default 1;",
        ),
    ],
)
def test_script_that_cannot_be_joined_is_refused_with_a_sentence(tmp_path, modules, sentence):
    write(tmp_path, **modules)
    with pytest.raises(ConfigError) as refused:
        bundle(tmp_path, "main")
    assert refused.value.message == sentence


def test_version_of_the_assets_changes_with_any_of_them(tmp_path):
    import shutil

    from homevisit.web.assets import STATIC

    copy = tmp_path / "static"
    shutil.copytree(STATIC, copy)
    assert Assets(copy).version == Assets().version
    with (copy / "waiting.js").open("a", encoding="utf-8") as file:
        file.write("// changed\n")
    assert Assets(copy).version != Assets().version
