"""The step of a build that adds what lies beside the package: resources and compiled translations."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BundledFilesHook(BuildHookInterface[Any]):
    """Puts resources/ and translations/ into the wheel; an editable install reads them where they are."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the translations and tell the builder which files go where."""
        root = Path(self.root)
        # Hatch loads this file by its path, so its neighbours cannot be imported without this.
        sys.path.insert(0, str(root / "packaging"))
        from translations import compile_catalogues

        catalogues = compile_catalogues(root / "translations")
        if version == "editable":
            return
        bundled = build_data["force_include"]
        bundled[str(root / "resources")] = "planner/_resources"
        for catalogue in catalogues:
            bundled[str(catalogue)] = f"planner/_translations/{catalogue.relative_to(root / 'translations')}"
