"""The wishes of the user: one function each, one module a place. They run in their caller's transaction."""
