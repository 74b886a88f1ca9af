"""The windows: they draw what the services return, and ask the session for every change."""

import PySide6.QtCore  # noqa: F401 - imported for its effect on imports, which is then undone

from planner.compat import import_plainly, keep_none

# Before the first of the many calls into Qt, and before the other modules of the windows.
keep_none()
import_plainly()
