"""What `hatchling` does on top of its own work: put the compiled catalogues in the wheel.

The .mo files are git-ignored, so hatchling would leave them out: each one is named to it. No
system gettext is needed.
"""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileCatalogues(BuildHookInterface[Any]):
    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name != "wheel":
            return
        root = Path(self.root)
        sys.path.insert(
            0, self.root
        )  # a build hook is loaded by its path: the checkout is not importable yet
        from tools.catalogues import compile_all

        for compiled in compile_all(root):
            name = compiled.relative_to(root).as_posix()
            build_data["force_include"][str(compiled)] = name
