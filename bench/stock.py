"""Stock Voilà with the three routes that the questions' scripts ask for; everything else is Voilà's own.

The routes serve the course's script and style sheet and the lesson's pictures as plain files, and an
empty state of the lesson.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from jupyter_server.base.handlers import JupyterHandler
from tornado.web import StaticFileHandler
from voila.app import Voila

from homevisit.web.assets import Assets


class EmptyStateHandler(JupyterHandler):
    """What the course API answers to a learner who has not begun."""

    def get(self, lesson_id: str) -> None:
        """Send the state; the questions are those of the notebook's folder."""
        notebook = Path(self.settings["voila"].notebook_path)
        questions = json.loads((notebook.parent / "questions.json").read_bytes())["questions"]
        state: dict[str, Any] = {
            "owner": "nobody",
            "lesson_id": lesson_id,
            "title": lesson_id,
            "practice": False,
            "questions": {question_id: {"draft": None, "attempts": []} for question_id in questions},
            "submission": None,
            "result_url": "",
        }
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps(state))


class StockVoila(Voila):
    """Voilà, and what stands below ``course/``; the loader of the widgets puts that below ``voila/``."""

    def init_handlers(self) -> list[Any]:
        """Return our three routes before Voilà's."""
        static = Path(tempfile.mkdtemp(prefix="static-"))
        for name, asset in Assets().files.items():
            (static / name).write_bytes(asset.body)
        media = Path(self.notebook_path).resolve().parents[1] / "media"
        return [
            (r"/(?:voila/)?course/api/lessons/([a-z0-9-]+)/state", EmptyStateHandler),
            (r"/(?:voila/)?course/static/(.*)", StaticFileHandler, {"path": str(static)}),
            (r"/(?:voila/)?course/media/(.*)", StaticFileHandler, {"path": str(media)}),
            *super().init_handlers(),
        ]


if __name__ == "__main__":
    StockVoila.launch_instance()
