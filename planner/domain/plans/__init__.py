"""Instalment plans: their rows, what changes them, and where they come from."""
