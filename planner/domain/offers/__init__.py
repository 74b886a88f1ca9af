"""Ways to settle an amount: what each comes to, what it costs, and how that was made."""
