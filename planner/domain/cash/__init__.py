"""Cash: what is there, what comes and goes, and whether it holds."""
