"""The parts of the place Payoff."""
