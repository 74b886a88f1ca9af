"""The time value of money: equal payments, rates for other periods, debts paid down."""
