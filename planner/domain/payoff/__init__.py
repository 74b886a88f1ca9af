"""All debts over time, one order after another, and the plan that was adopted."""
