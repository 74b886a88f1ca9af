"""Runs of procedures: how each stands today, and what the user does in it."""
