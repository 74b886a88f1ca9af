"""Windows that stand apart from the pages."""
