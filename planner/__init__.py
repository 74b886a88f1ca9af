"""Repayment Planner: see what you owe, compare the ways to pay it back, and plan so that the cash holds."""

__version__ = "0.1.0"
