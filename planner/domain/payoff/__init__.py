"""The question of the way through all debts, and its answer as it is shown."""
