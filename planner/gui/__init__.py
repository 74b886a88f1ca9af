"""The windows: they draw what the services return, and ask the session for every change."""

from planner.compat import keep_none

# Before the first of the many calls into Qt.
keep_none()
