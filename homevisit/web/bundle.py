"""Join the lesson's ES modules into one file, so that a phone fetches one script and not thirty.

It knows the module syntax that our own scripts use and refuses any other: relative static imports
(``import { a, b as c } from "./x.js"``, ``import * as x from "./x.js"``) and exported declarations.
A general bundler would need a second toolchain on every machine that serves the course.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from homevisit.errors import ConfigError

if TYPE_CHECKING:
    from pathlib import Path

IMPORT = re.compile(r'^import\s+(?:\{([^}]*)\}|\*\s+as\s+(\w+))\s+from\s+"\./([\w-]+)\.js";\n', re.MULTILINE)
DECLARED = re.compile(r"^export (?=(?:async )?(?:function|class|const|let)\b[ *]+(\w+))", re.MULTILINE)
# Comments on lines of their own: a fifth of what a phone would fetch. Our scripts begin no line of a text so.
COMMENT = re.compile(r"^[ \t]*//.*\n|^[ \t]*/\*\*(?:.|\n)*?\*/[ \t]*\n", re.MULTILINE)
LEFT_OVER = re.compile(r"^\s*(?:import|export)\b(?!\.meta).*", re.MULTILINE)


def bundle(folder: Path, entry: str) -> str:
    """Return one ES module that does what ``folder/entry.js`` does and exports what it exports.

    Each module becomes a function that runs once, in the order of its imports; comments stay behind.

    Raises
    ------
    ConfigError
        A module is missing, imports in a circle, or uses syntax that this bundler does not know.
    """
    parts: list[str] = []
    exported = _add(folder, entry, parts, [])
    return "\n".join([*parts, f"export const {{ {', '.join(exported)} }} = {_name(entry)};", ""])


def _add(folder: Path, module: str, parts: list[str], path: list[str]) -> list[str]:
    if module in path:
        raise ConfigError(f"These scripts import in a circle: {' > '.join([*path, module])}. Break it up.")
    file = folder / f"{module}.js"
    if not file.is_file():
        raise ConfigError(
            f"The script {module}.js is missing; {path[-1] if path else 'the page'} imports it."
        )
    text = file.read_text(encoding="utf-8")
    for found in IMPORT.finditer(text):
        if not any(part.startswith(f"const {_name(found[3])} = ") for part in parts):
            _add(folder, found[3], parts, [*path, module])
    exported = [found[1] for found in DECLARED.finditer(text)]
    body = DECLARED.sub("", IMPORT.sub(_destructured, COMMENT.sub("", text)))
    left_over = LEFT_OVER.search(body)
    if left_over:
        raise ConfigError(f"The bundler does not know this line of {module}.js: {left_over[0].strip()}")
    parts.append(f"const {_name(module)} = (() => {{\n{body}\nreturn {{ {', '.join(exported)} }};\n}})();")
    return exported


def _destructured(found: re.Match[str]) -> str:
    names, namespace, module = found.groups()
    if namespace:
        return f"const {namespace} = {_name(module)};\n"
    renamed = re.sub(r"\s+as\s+", ": ", names)
    return f"const {{{renamed}}} = {_name(module)};\n"


def _name(module: str) -> str:
    return "$" + module.replace("-", "_")
