"""Reports: one result value in, one file out."""
