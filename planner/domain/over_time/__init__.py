"""All debts over time, one order after another, beside paying only the minimums."""
