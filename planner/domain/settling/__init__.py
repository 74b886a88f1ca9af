"""Settling early: one plan by each lender's rule, and everything on an account."""
