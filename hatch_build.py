"""The wheel's notebooks: what `minshi new` gives, without the outputs that this repository keeps in its own."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Stripped(BuildHookInterface):
    """Puts copies of notebooks/ into the wheel; an editable install keeps to the folder itself."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        source, made = Path(self.root, "notebooks"), Path(self.directory, "notebooks")
        shutil.rmtree(made, ignore_errors=True)
        made.mkdir(parents=True)
        for file in sorted(source.iterdir()):
            if file.suffix == ".ipynb":
                (made / file.name).write_text(_bare(file.read_text("utf-8")), "utf-8")
            elif file.suffix == ".cfg":
                shutil.copy(file, made)
        build_data["force_include"][str(made)] = "minshi_analysis/project/notebooks"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        shutil.rmtree(Path(self.directory, "notebooks"), ignore_errors=True)


def _bare(text: str) -> str:
    notebook = json.loads(text)
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"
