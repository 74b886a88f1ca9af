"""Records for the tests of the place Payoff."""

from __future__ import annotations

from datetime import date

from planner.domain.account import Account
from planner.domain.adopted.planned import Choice
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.cash.account import Balance, CashAccount
from planner.domain.cash.flow import CashFlow, Category
from planner.domain.cash.recurrence import Recurrence
from planner.domain.cash.rules import CashRules
from planner.domain.dates import Cycle, FixedDay
from planner.domain.money import Money
from planner.domain.optimum.problem import Decision
from planner.domain.sourced import Origin, Reliability, Source
from planner.domain.term import Term
from planner.domain.terms import TermClaim, Terms
from planner.services.accounts import save_account
from planner.services.payoff import payoff_question
from planner.store.store import Store
from tests.stores import fill_with_example

TODAY = date(2026, 11, 22)
DUE = date(2026, 12, 10)
CONTRACT = Source("my contract", TODAY, Reliability.CONTRACT, Origin.CONTRACT)


def cny(text: str) -> Money:
    return Money.of(text, "CNY")


def contract(*claims: tuple[Term, str, str]) -> Terms:
    return Terms(tuple(TermClaim(term, about, text, CONTRACT) for term, about, text in claims))


def add_account(store: Store, name: str, terms: Terms = Terms(), currency: str = "CNY") -> Account:
    """An account billed on the 1st and due on the 10th, whose id is its name in small letters."""
    cycle = Cycle(statement_day=1, due=FixedDay(10))
    account = Account(name, f"{name} Bank", currency, terms=terms, cycle=cycle, id=name.lower())
    with store.transaction():
        save_account(store, account)
    return account


def add_bill(
    store: Store, account: Account, amount: str, due_on: date = DUE, minimum: str = "", key: str = ""
) -> Bill:
    line = BillLine(LineKind.UNITEMISED, Money.of(amount, account.currency))
    least = Money.of(minimum, account.currency) if minimum else None
    bill = Bill(
        account.id, due_on.replace(day=1), due_on, (line,), minimum=least, id=key or f"bill of {account.id}"
    )
    with store.transaction():
        store.bills.save(bill)
    return bill


def add_cash(
    store: Store, balance: str = "1000", salary: str = "500", reserve: str = "200", currency: str = "CNY"
) -> None:
    """What is on the current account, a salary on the 1st of each month, and a reserve."""
    purse = CashAccount(
        "Current", currency, (Balance(TODAY, Money.of(balance, currency)),), id=f"current-{currency}"
    )
    flow = CashFlow(
        "Salary",
        Category.SALARY,
        Money.of(salary, currency),
        Recurrence(date(2026, 12, 1)),
        purse.id,
        id=f"salary-{currency}",
    )
    with store.transaction():
        store.cash_accounts.save(purse)
        store.cash_flows.save(flow)
        store.cash_rules.save(CashRules(currency, Money.of(reserve, currency)))


def two_bills(store: Store) -> None:
    """1,200.00 at 0.5 % a month for 3 months, 600.00 at 2.5 % for all three instalments.

    With 1,000.00, a salary of 500.00 and a reserve of 200.00, the golden answer is: A in full, B in three
    instalments, for 15.00.
    """
    add_bill(store, add_account(store, "A", contract((Term.FEE_RATE, "3", "0.005"))), "1200.00")
    add_bill(store, add_account(store, "B", contract((Term.FEE_WHOLE, "3", "0.025"))), "600.00")
    add_cash(store)


def best_choices(store: Store) -> list[Choice]:
    """The golden answer to ``two_bills``."""
    wanted = {"bill of a": "full", "bill of b": "flat_fee-3"}

    def choice(decision: Decision) -> Choice:
        return Choice(decision, decision.option(wanted[decision.id]))

    return [choice(debt.decision) for debt in payoff_question(store, TODAY, "CNY").debts]


def late_bill(store: Store) -> None:
    """1,000.00 due on 10 December, of which only 100.00 is there until the salary on the 1st of January."""
    terms = contract(
        (Term.LATE_RATE, "", "0.0005"), (Term.LATE_BASE, "", "overdue"), (Term.GRACE_DAYS, "", "0")
    )
    add_bill(store, add_account(store, "A", terms), "1000.00")
    purse = CashAccount("Current", "CNY", (Balance(TODAY, cny("100")),), id="current-CNY")
    salary = CashFlow(
        "Salary", Category.SALARY, cny("3000"), Recurrence(date(2027, 1, 1)), "current-CNY", id="salary-CNY"
    )
    with store.transaction():
        store.cash_accounts.save(purse)
        store.cash_flows.save(salary)


def be_short(store: Store, today: date) -> None:
    """The example, with next to no cash and an income that hardly covers the rent."""
    fill_with_example(store, today)
    with store.transaction():
        for flow in store.cash_flows.all():
            store.cash_flows.delete(flow.id)
        for account in store.cash_accounts.all():
            store.cash_accounts.delete(account.id)
        store.cash_accounts.save(CashAccount("Bank", "CNY", (Balance(today, cny("150")),)))
        store.cash_flows.save(
            CashFlow("Salary", Category.SALARY, cny("3500"), Recurrence(date(2026, 10, 30)))
        )
        store.cash_flows.save(CashFlow("Rent", Category.HOUSING, cny("2600"), Recurrence(date(2026, 10, 1))))
