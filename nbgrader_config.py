"""nbgrader's configuration, so that its own commands work from this folder after a build."""

import os
from pathlib import Path

from homevisit.services.gradebook import configure

root = Path(__file__).parent if "__file__" in globals() else Path.cwd()
# where the course was served with --data, HOMEVISIT_DATA names that folder
data = Path(os.environ.get("HOMEVISIT_DATA") or root / "var")
configure(get_config(), root, data / "nbgrader", source=root / "source", release=root / "lessons")  # noqa: F821
