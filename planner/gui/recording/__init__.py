"""The forms with which a person records what they owe and what they have paid, one module a form."""
