"""Guided procedures: what is published, a run of one, and what stands in the way of its steps today."""
