"""Charts: one function each, one figure, drawn from one result."""
