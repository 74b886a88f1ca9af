"""Paying only the minimum: what lenders ask for, where that leads, and what ends it sooner."""
