"""Where matplotlib keeps its list of fonts; imported before matplotlib, which asks once."""

from __future__ import annotations

import os

from planner.paths import cache_dir

# A bundle made by PyInstaller points this to a new folder at every start, and the list would be made
# anew each time.
os.environ["MPLCONFIGDIR"] = str(cache_dir() / "matplotlib")
