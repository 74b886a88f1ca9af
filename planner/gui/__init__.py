"""The windows: they draw what the services return, and ask the session for every change."""
