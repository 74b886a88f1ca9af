"""The best way through all debts among what their lenders offer, with its proof."""
