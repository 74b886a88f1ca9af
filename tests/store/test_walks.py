"""Random histories: what holds for every one of them."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from decimal import ROUND_DOWN
from hashlib import md5
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.domain.account import Account, LinkedService, State
from planner.domain.adopted.planned import Choice
from planner.domain.bill import Adjustment, Bill, BillLine, Charge, LineKind
from planner.domain.cash.account import CashAccount
from planner.domain.cash.editing import Scope
from planner.domain.cash.flow import CashFlow, Category, Happened, Occurrence
from planner.domain.cash.recurrence import Recurrence, Unit
from planner.domain.cash.rules import CashRules
from planner.domain.dates import Cycle, DaysAfter, FixedDay, Mode, Shift, add_months
from planner.domain.due import Due
from planner.domain.instalment import InstalmentPlan, OriginKind
from planner.domain.money import Money
from planner.domain.optimum.problem import Decision, Option, OptionKind, Stream
from planner.domain.payment import Payment
from planner.domain.payoff.open_debt import open_debts
from planner.domain.payoff.scenario import Lump, Scenario
from planner.domain.plans.schedule import flat_fee, split
from planner.domain.position import position
from planner.domain.procedures.case import LogEntry
from planner.domain.procedures.kinds import Channel
from planner.domain.purchase import Purchase
from planner.domain.rate import Per, Rate
from planner.domain.sourced import Origin, Source
from planner.domain.term import Remainder, Term
from planner.domain.terms import TermClaim
from planner.errors import PlannerError
from planner.services.accounts import (
    delete_account,
    lift_restriction,
    override_term,
    save_account,
    set_service,
    set_state,
)
from planner.services.adopting import adopt, give_up
from planner.services.agreements import Terms, change_agreement, may_cover, record_agreement, take_back
from planner.services.bills import (
    bill_from_record,
    delete_recorded,
    pay,
    refund_purchase,
    save_bill,
    save_charge,
    save_purchase,
)
from planner.services.cases.evidence import drop_copy, keep_copy, link_file, unlink_file
from planner.services.cases.log import correct_contact, delete_contact, log_contact, say_kept
from planner.services.cash import (
    delete_cash_account,
    forget_balance,
    pays_from,
    save_cash_account,
    save_rules,
    see_balance,
)
from planner.services.cash_flows import delete_flow, save_flow, say_occurrence
from planner.services.lender_answers import asked, lender_accepted, lender_refused
from planner.services.plans import save_plan
from planner.services.procedures import delete_case, start_case
from planner.services.scenarios import delete_scenario, save_scenario
from planner.store.changes import Changes, inverse
from planner.store.store import Store
from tests.stores import empty_store

# How many histories each test looks at; set it higher for a long look.
EXAMPLES = int(os.environ.get("PLANNER_EXAMPLES", "150"))

START = date(2026, 1, 1)
LAST = date(2027, 6, 1)
CYCLES = (
    Cycle(Mode.BILL, 1, FixedDay(10)),
    Cycle(Mode.BILL, 25, DaysAfter(20), closes_after=True),
    Cycle(Mode.BILL),
    Cycle(Mode.ORDER),
    Cycle(Mode.BILL, 1, FixedDay(10), shift=Shift.NEXT),
)


def cny(minor: int) -> Money:
    return Money(minor, "CNY")


class Walk:
    """A random history: each act is a kind and three numbers that choose what it is done to."""

    def __init__(self, store: Store, cycle: Cycle) -> None:
        self.store = store
        services = (LinkedService("Automatic repayment"), LinkedService("Co-branded card"))
        self.account = Account("Lender", "Lender", "CNY", cycle=cycle, services=services)
        self.steps: list[Changes] = []
        with store.transaction():
            save_account(store, self.account)

    def do(self, kind: str, a: int, b: int, c: int) -> None:
        """Do one act; a refusal changes nothing."""
        act: Callable[[int, int, int], None] = getattr(self, f"_{kind}")
        try:
            with self.store.transaction() as journal:
                act(a, b, c)
        except PlannerError:
            return
        self.steps.append(journal.changes)

    def undo(self) -> None:
        """Take the last act back."""
        if self.steps:
            self.store.apply(inverse(self.steps.pop()))

    @staticmethod
    def on_day(a: int) -> date:
        """One of three hundred days."""
        return START + timedelta(days=a % 300)

    def open_dues(self) -> list[Due]:
        """What is open in the end."""
        return list(self.store.ledgers.history(self.account.id, LAST).open_dues)

    def _purchase(self, a: int, b: int, _c: int) -> None:
        save_purchase(self.store, Purchase(self.account.id, cny(100 + b % 7), self.on_day(a), "Shop"))

    def _bill(self, a: int, b: int, c: int) -> None:
        statement_on = self.on_day(a)
        lines = [BillLine(LineKind.UNITEMISED, cny(300 + b % 5))]
        if c % 3 == 0:
            lines.append(BillLine(LineKind.REFUND, cny(-500)))
        due_on = statement_on + timedelta(days=c % 25)
        save_bill(self.store, Bill(self.account.id, statement_on, due_on, tuple(lines)))

    def _record(self, a: int, b: int, _c: int) -> None:
        statement_on = self.on_day(a)
        due_on = statement_on + timedelta(days=b % 25)
        bill_from_record(self.store, Bill(self.account.id, statement_on, due_on, ()))

    def _carry(self, a: int, b: int, c: int) -> None:
        bills = self.store.bills.of_account(self.account.id)
        if bills:
            earlier = bills[a % len(bills)]
            statement_on = earlier.statement_on + timedelta(days=1 + b % 40)
            rest = BillLine(LineKind.CARRIED, cny(50 + c % 9), earlier.id)
            lines = (rest, BillLine(LineKind.UNITEMISED, cny(70)))
            due_on = statement_on + timedelta(days=c % 25)
            save_bill(self.store, Bill(self.account.id, statement_on, due_on, lines))

    def _pay(self, a: int, b: int, c: int) -> None:
        dues = self.open_dues()
        if not dues:
            return
        due = dues[a % len(dues)]
        amount = (due.open, due.open, due.open, due.open + cny(10), due.open - cny(10))[b % 5]
        paid_on = (due.due_on or self.on_day(b)) + timedelta(days=(0, 0, 0, -2, 5, -20)[c % 6])
        if amount.minor > 0:
            aimed_at, key = (due.id if c % 2 else ""), ("file" if c % 3 == 1 else "")
            pay(self.store, Payment(self.account.id, amount, paid_on, aimed_at=aimed_at, source_key=key))

    def _pay_oldest(self, _a: int, b: int, _c: int) -> None:
        for due in self.open_dues()[: 1 + b % 4]:
            pay(self.store, Payment(self.account.id, due.open, due.due_on or self.on_day(b)))

    def _plan(self, a: int, b: int, c: int) -> None:
        origin, origin_id, principal = OriginKind.NONE, "", cny(600)
        if b % 3 == 0 and (purchases := self.store.purchases.of_account(self.account.id)):
            purchase = purchases[c % len(purchases)]
            origin, origin_id, principal = OriginKind.PURCHASE, purchase.id, purchase.net
        elif b % 3 == 1 and (bills := self.store.bills.of_account(self.account.id)):
            bill = bills[c % len(bills)]
            origin, origin_id, principal = OriginKind.BILL, bill.id, bill.amount
        dues = [add_months(self.on_day(a), month) for month in range(1, 4)]
        rows = flat_fee(principal, dues, Rate.percent("1", Per.MONTH))
        save_plan(self.store, InstalmentPlan(self.account.id, "Phone", principal, rows, 3, origin, origin_id))

    def _again(self, a: int, b: int, c: int) -> None:
        """A plan of the rest, or of a part, of another plan."""
        plans = self.store.plans.of_account(self.account.id)
        if plans:
            first = plans[a % len(plans)]
            principal = cny(1 + b % first.principal.minor)
            dues = [add_months(self.on_day(c), month) for month in range(2)]
            rows = flat_fee(principal, dues, Rate.percent("1", Per.MONTH))
            kind = OriginKind.PLAN
            save_plan(
                self.store, InstalmentPlan(self.account.id, "Again", principal, rows, 2, kind, first.id)
            )

    def _charge(self, a: int, b: int, _c: int) -> None:
        save_charge(self.store, Charge(self.account.id, LineKind.FEE, cny(1 + b % 9), self.on_day(a)))

    def _adjust(self, a: int, b: int, c: int) -> None:
        bills = self.store.bills.of_account(self.account.id)
        bill_id = bills[c % len(bills)].id if bills and b % 2 else ""
        amount = cny((b % 21) - 10)
        self.store.adjustments.save(Adjustment(self.account.id, amount, amount, self.on_day(a), "", bill_id))

    def _refund(self, a: int, b: int, c: int) -> None:
        purchases = self.store.purchases.of_account(self.account.id)
        if purchases:
            purchase = purchases[a % len(purchases)]
            day = purchase.bought_on + timedelta(days=(0, 3, 20, 45, 90)[c % 5])
            refund_purchase(self.store, purchase.id, cny(1 + b % 90), day)

    def _refund_line(self, a: int, b: int, c: int) -> None:
        """A bill that has a line for something that came back."""
        bills = self.store.bills.of_account(self.account.id)
        found = [back for one in self.store.purchases.of_account(self.account.id) for back in one.refunds]
        if bills and found:
            bill, back = bills[a % len(bills)], found[b % len(found)]
            line = BillLine(LineKind.REFUND, -back.amount, back.id)
            kept = bill.lines if c % 3 else bill.lines[:1]
            self.store.bills.save(replace(bill, lines=(*kept, line)))

    def _delete(self, a: int, b: int, _c: int) -> None:
        store = self.store
        kinds = ("bill", "purchase", "payment", "plan", "charge", "adjustment")
        tables = (store.bills, store.purchases, store.payments, store.plans, store.charges, store.adjustments)
        values = tables[a % 6].of_account(self.account.id)
        if values:
            delete_recorded(store, kinds[a % 6], values[b % len(values)].id)

    def _move(self, a: int, b: int, c: int) -> None:
        days = timedelta(days=(c % 41) - 20)
        store = self.store
        if a % 3 == 0 and (bills := store.bills.of_account(self.account.id)):
            bill = bills[b % len(bills)]
            stated = bill.statement_on + (days if c % 2 else timedelta())
            store.bills.save(replace(bill, due_on=bill.due_on + days, statement_on=stated))
        elif a % 3 == 1 and (payments := store.payments.of_account(self.account.id)):
            payment = payments[b % len(payments)]
            store.payments.save(replace(payment, paid_on=payment.paid_on + days))
        elif purchases := store.purchases.of_account(self.account.id):
            purchase = purchases[b % len(purchases)]
            store.purchases.save(replace(purchase, bought_on=purchase.bought_on + days))

    def _unlink(self, a: int, b: int, _c: int) -> None:
        bills = self.store.bills.of_account(self.account.id)
        if bills:
            bill = bills[a % len(bills)]
            lines = tuple(replace(line, refers_to="") if b % 2 else line for line in bill.lines)
            self.store.bills.save(replace(bill, lines=lines))

    def _account(self, a: int, b: int, c: int) -> None:
        """One of the wishes about the account itself."""
        account_id, day = self.account.id, self.on_day(b)
        match a % 6:
            case 0:
                set_state(self.store, account_id, list(State)[c % len(State)], day)
            case 1:
                lift_restriction(self.store, account_id, State.LOCKED, day)
            case 2:
                unlinked_on = day if b % 2 else None
                set_service(self.store, account_id, self.account.services[c % 2].id, unlinked_on)
            case 3:
                claim = TermClaim(Term.GRACE_DAYS, "", str(c % 7), Source("", origin=Origin.CONTRACT))
                override_term(self.store, account_id, claim)
            case 4:
                save_account(self.store, replace(self.store.accounts.get(account_id), name=f"Lender {c}"))
            case _:
                delete_account(self.store, account_id)
                save_account(self.store, self.account)

    def _adopt(self, a: int, b: int, _c: int) -> None:
        """A plan through all debts: each in full, or in three instalments that its lender has to grant."""
        choices = []
        for number, debt in enumerate(open_debts(self.open_dues(), "CNY")):
            in_parts = (number + a) % 2 == 0
            days = [add_months(LAST, month) for month in range(1, 4 if in_parts else 2)]
            parts = split(debt.open, len(days), ROUND_DOWN, Remainder.LAST)
            paid = tuple((on, part) for on, part in zip(days, parts, strict=True) if part)
            kind = OptionKind.INSTALMENTS if in_parts else OptionKind.FULL
            stream = Stream(paid, cny(0), cny(0))
            option = Option("one", kind, debt.label, stream, stream, in_parts)
            ids = tuple(due.id for due in debt.dues)
            decision = Decision(debt.id, debt.label, debt.account_id, "Lender", debt.open, (option,), ids)
            choices.append(Choice(decision, option))
        adopt(self.store, LAST, choices, is_proved=b % 2 == 0)

    def _answer(self, a: int, b: int, _c: int) -> None:
        """What a lender says to what a plan asks for."""
        plans = self.store.adopted_plans.all()
        todos = [todo for plan in plans for todo in plan.todos]
        if todos:
            todo = todos[a % len(todos)]
            if b % 4:
                lender_accepted(self.store, todo.id, LAST)
            else:
                (asked, lender_refused)[b % 8 // 4](self.store, todo.id, LAST)

    def _agree(self, a: int, b: int, c: int) -> None:
        """Agree with the lender on what is open, agree otherwise, or take an agreement back."""
        known = self.store.agreements.all()
        if known and b % 5 == 0:
            take_back(self.store, known[a % len(known)].id)
            return
        changed = known[a % len(known)] if known and b % 5 == 1 else None
        on = self.on_day(a)
        open_ids = [due.id for due in may_cover(self.store, self.account.id, on, changed)]
        days = [add_months(on, month) for month in range(1, 2 + c % 3)]
        terms = Terms(open_ids[: 1 + c % 4], [(day, cny(1 + 50 * b)) for day in days], on, cny(b % 3))
        if changed is not None:
            change_agreement(self.store, changed.id, terms, on)
        else:
            record_agreement(self.store, self.account.id, terms, on)

    def _give_up(self, a: int, _b: int, _c: int) -> None:
        plans = self.store.adopted_plans.all()
        if plans:
            give_up(self.store, plans[a % len(plans)].id, LAST)

    def _scenario(self, a: int, b: int, _c: int) -> None:
        known = self.store.scenarios.all()
        if known and a % 3 == 0:
            delete_scenario(self.store, known[b % len(known)].id)
        else:
            lumps = tuple(Lump(self.on_day(a), cny(1 + number)) for number in range(b % 3))
            save_scenario(
                self.store, Scenario("CNY", f"What if {b % 2}", cny(a), lumps=lumps, avoided=("A",))
            )

    def _cycle(self, a: int, _b: int, _c: int) -> None:
        account = self.store.accounts.get(self.account.id)
        save_account(self.store, replace(account, cycle=CYCLES[a % len(CYCLES)]))

    def _cash(self, a: int, b: int, c: int) -> None:
        """One of the wishes about cash."""
        store, day = self.store, self.on_day(b)
        accounts = store.cash_accounts.all()
        if not accounts:
            save_cash_account(store, CashAccount("Purse", "CNY"))
            return
        account = accounts[b % len(accounts)]
        match a % 7:
            case 0:
                save_cash_account(store, replace(account, name=f"Purse {c}"))
            case 1:
                save_cash_account(store, CashAccount(f"Bank {c}", "CNY"))
            case 2:
                see_balance(store, account.id, cny(c - 200), day)
            case 3:
                pays_from(store, self.account.id, "" if c % 3 == 0 else account.id)
            case 4:
                cap = cny(c) if c % 2 else None
                save_rules(store, CashRules("CNY", cny(b) if b % 2 else None, cap))
            case 5 if account.balances:
                forget_balance(store, account.id, account.balances[c % len(account.balances)].id)
            case _:
                delete_cash_account(store, account.id)

    def _case(self, a: int, b: int, c: int) -> None:
        """One of the wishes about what a case keeps."""
        store, day = self.store, self.on_day(b)
        cases = store.cases.of_account(self.account.id)
        if not cases:
            start_case(store, "cancel-jd-baitiao", self.account.id, START)
            return
        case = cases[0]
        entry = LogEntry("log-in", day, list(Channel)[c % 9], promise="P" * (b % 2), next_on=day)
        known = case.log[c % len(case.log)].id if case.log else ""
        files = case.evidence
        match a % 8:
            case 1 if known:
                correct_contact(store, case.id, replace(entry, id=known), LAST)
            case 2 if known:
                say_kept(store, case.id, known, is_kept=(None, True, False)[b % 3])
            case 3 if known:
                delete_contact(store, case.id, known)
            case 4 if files:
                (keep_copy, keep_copy, drop_copy, unlink_file)[b % 4](
                    store, case.id, files[c % len(files)].id
                )
            case 5 | 6:
                link_file(store, case.id, ("", "log-in")[c % 2], Path(__file__), day)
            case 7 if c % 5 == 0:
                delete_case(store, case.id)
            case _:
                log_contact(store, case.id, entry, LAST)

    def _flow(self, a: int, b: int, c: int) -> None:
        """One of the wishes about an income or an expense."""
        store, flows = self.store, self.store.cash_flows.all()
        rule = Recurrence(self.on_day(b), list(Unit)[c % 3], 1 + b % 3, shift=list(Shift)[a % 3])
        if not flows or a % 5 == 0:
            save_flow(store, CashFlow("Flow", list(Category)[c % 13], cny(1 + b), rule))
            return
        flow = flows[b % len(flows)]
        times = list(flow.recurrence.by_rule(date(2027, 1, 1)))
        by_rule = times[c % len(times)] if times else None
        scope = list(Scope)[c % 3]
        match a % 5:
            case 1 if by_rule is not None:
                said = Occurrence(
                    by_rule, list(Happened)[b % 3], self.on_day(c) if b % 2 else None, cny(1 + c)
                )
                say_occurrence(store, flow.id, said if c % 7 else Occurrence(by_rule))
            case 2:
                save_flow(store, replace(flow, amount=cny(1 + c)), scope, by_rule)
            case 3:
                save_flow(store, replace(flow, recurrence=rule), scope, by_rule)
            case _:
                delete_flow(store, flow.id, scope, by_rule)


# Mostly what people do; rarely what they mend.
USUAL = (
    "purchase",
    "record",
    "bill",
    "pay",
    "pay_oldest",
    "pay_oldest",
    "pay_oldest",
    "plan",
    "again",
    "carry",
    "refund",
)
MENDING = (
    "charge",
    "adjust",
    "refund",
    "refund_line",
    "delete",
    "move",
    "unlink",
    "account",
    "cycle",
    "adopt",
    "answer",
    "agree",
    "agree",
    "give_up",
    "scenario",
    "cash",
    "flow",
    "flow",
    "case",
    "case",
)
numbers = st.integers(0, 400)
usual_acts = st.tuples(st.sampled_from(USUAL), numbers, numbers, numbers)
acts = st.tuples(st.sampled_from((*USUAL, *USUAL, *MENDING)), numbers, numbers, numbers)
Act = tuple[str, int, int, int]


def content(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table but the one that can be made again."""
    execute = store.connection.execute
    tables = {row["name"] for row in execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return {
        table: [tuple(row) for row in execute(f"SELECT * FROM {table} ORDER BY id")]  # noqa: S608 - our own names
        for table in sorted(tables - {"settled"})
    }


def assert_same_with_and_without(store: Store, on: date) -> None:
    short = store.ledgers.position(on)
    whole = position((store.ledgers.whole(account) for account in store.accounts.all()), on)
    assert short.open_dues == whole.open_dues
    assert short.late == whole.late
    assert short.credit == whole.credit


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(CYCLES),
    st.lists(usual_acts, min_size=3, max_size=14),
    st.lists(acts, min_size=1, max_size=6),
    st.integers(30, 330),
    st.integers(-60, 120),
    st.integers(0, 1000),
)
def test_a_position_is_the_same_with_and_without_the_summary(
    cycle: Cycle, first: list[Act], then: list[Act], summarised: int, later: int, salt: int
) -> None:
    # What is due on one day stands in the order of its ids: the same history has the same ids.
    ids = count()

    def urandom(_size: int) -> bytes:
        return md5(b"%d %d" % (salt, next(ids)), usedforsecurity=False).digest()

    store = empty_store()
    with patch("planner.domain.ids.os", SimpleNamespace(urandom=urandom)), closing(store.connection):
        walk = Walk(store, cycle)
        for act in sorted(first, key=lambda act: act[1]):
            walk.do(*act)
        on = START + timedelta(days=summarised)
        days = (on, on + timedelta(days=later))
        for act in then:
            store.ledgers.summarise(on)
            for day in days:
                assert_same_with_and_without(store, day)
            walk.do(*act)
            for day in days:
                assert_same_with_and_without(store, day)
        for _ in then:
            store.ledgers.summarise(on)
            walk.undo()
            assert_same_with_and_without(store, on)


@settings(max_examples=EXAMPLES // 3, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(acts, min_size=1, max_size=25), st.integers(0, 20))
def test_undoing_everything_leads_to_the_start_and_redoing_everything_to_the_end(
    history: list[Act], summarised: int
) -> None:
    store = empty_store()
    with closing(store.connection):
        walk = Walk(store, CYCLES[0])
        start = content(store)
        for number, act in enumerate(history):
            walk.do(*act)
            if number == summarised:
                store.ledgers.summarise(date(2026, 12, 31))
        end = content(store)

        for changes in reversed(walk.steps):
            store.apply(inverse(changes))
        assert content(store) == start
        for changes in walk.steps:
            store.apply(changes)
        assert content(store) == end
        assert store.connection.execute("PRAGMA foreign_key_check").fetchall() == []
