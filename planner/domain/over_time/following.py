"""From what the record says of a debt to what the simulation follows, at both ends of what is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from planner.domain.account import Account
from planner.domain.business_days import BusinessCalendar
from planner.domain.derivation import Given
from planner.domain.due import Due, DueKind
from planner.domain.instalment import Instalment, InstalmentPlan
from planner.domain.minimum.card_interest import daily
from planner.domain.minimum.cost import assumed_of, charge_of, cost_ends, cost_gaps
from planner.domain.minimum.due import rule_given
from planner.domain.minimum.figures import CostEnd, MinimumBill
from planner.domain.minimum.monthly import monthly_rule
from planner.domain.minimum.rule import BillParts
from planner.domain.money import Money
from planner.domain.optimum.options.facts import DebtFacts
from planner.domain.over_time.followed import Followed, Missing, Unfollowed
from planner.domain.over_time.running import (
    EarlySettling,
    PayDays,
    Revolving,
    Rows,
    RunningBalance,
    RunningDebt,
)
from planner.domain.payoff.open_debt import DebtKind, OpenDebt
from planner.domain.rate import Per, Rate
from planner.domain.settling.account import rest_of
from planner.domain.settling.policy import POLICY_WORDS, policies_of
from planner.domain.term import EarlyPolicy
from planner.domain.terms import Terms
from planner.phrases import Phrase

_A_DAY = timedelta(days=1)

_LATE = Phrase("What is late is paid today as far as it is asked for; what being late costs comes on top.")
_CARRIED = Phrase("Its minimum is paid: the rest is carried on to the next bill.")
_NOT_RECORDED = Phrase("Its bill is not recorded: it counts as due today.")


def follow_debts(
    facts: Iterable[DebtFacts], calendars: Mapping[str, BusinessCalendar | None]
) -> tuple[tuple[Followed, ...], tuple[Unfollowed, ...]]:
    """What can be followed of some debts, and what cannot.

    Args:
        facts: What the record says of each.
        calendars: The working days by which each account moves due dates, by its id; None for none.
    """
    followed, unfollowed = [], []
    for each in facts:
        found = follow_debt(each, calendars.get(each.account.id))
        if isinstance(found, Followed):
            followed.append(found)
        else:
            unfollowed.append(found)
    return tuple(followed), tuple(unfollowed)


def follow_debt(facts: DebtFacts, calendar: BusinessCalendar | None) -> Followed | Unfollowed:
    """A debt as the simulation follows it, or why it cannot.

    Args:
        facts: What the record says of it.
        calendar: The working days by which its lender moves due dates; None for none.
    """
    if facts.plan is not None:
        return _plan(facts, facts.plan)
    if facts.debt.kind is DebtKind.SINGLE:
        return _single(facts)
    return _bill(facts, calendar)


def undated(due: Due, account: Account) -> Unfollowed:
    """What cannot be followed because nobody knows when it is due."""
    words = Phrase("It is unknown when it is due.")
    return Unfollowed(due.id, due.account_id, named(account, due.label), due.open, (Missing(None, words),))


def named(account: Account, label: Phrase) -> Phrase:
    """What to call a debt where debts of several accounts stand together.

    Args:
        account: Its account.
        label: What to call it there.
    """
    return Phrase("{account}: {debt}", account=Phrase.own(account.name), debt=label)


# --- in rows ---------------------------------------------------------------------------------------


def _plan(facts: DebtFacts, plan: InstalmentPlan) -> Followed:
    rows = rest_of(plan, facts.debt.dues, facts.today).rows
    usual = min((row.total for row in rows), default=None) if plan.count > 1 else None
    policies, assumed = _policies(facts.account), []
    if not policies and len(rows) > 1:
        assumed.append(
            Phrase("Nobody says what settling it early costs: it is paid as agreed, and gets nothing extra.")
        )
    if facts.is_late:
        assumed.append(_LATE)

    def at(*, is_high: bool) -> RunningDebt:
        settle = EarlySettling(policies, is_high) if policies else None
        return _in_rows(facts, Rows(rows, settle, usual), Phrase.own(plan.name))

    given = tuple(
        Given(Phrase("Settling early"), POLICY_WORDS[claim.value], claim.source)
        for claim in facts.account.terms.early_settlement.counting
    )
    return Followed(facts.debt, at(is_high=False), at(is_high=True), tuple(assumed), given)


def _policies(account: Account) -> tuple[EarlyPolicy, ...]:
    """The rules for settling a plan early, where they are known; a law that leaves only one counts as that.

    "Free on the day of the purchase" says nothing about any other day.
    """
    said = [claim.value for claim in account.terms.early_settlement.counting]
    known = tuple(dict.fromkeys(rule for rule in said if rule is not EarlyPolicy.SAME_DAY))
    by_law = policies_of(account.law)
    return known or (by_law if len(by_law) == 1 else ())


def _single(facts: DebtFacts) -> Followed:
    """A charge, a correction or a single order: all of it is due once."""
    (due,) = facts.debt.dues
    is_principal = due.kind in {DueKind.PURCHASE, DueKind.ADJUSTMENT}
    principal = due.open if is_principal else due.open_principal
    row = Instalment(1, facts.debt.due_on, principal, due.open - principal, principal.zero, due.id)
    one = _in_rows(facts, Rows((row,), is_recorded=True), facts.debt.label)
    return Followed(facts.debt, one, one, (_LATE,) if facts.is_late else ())


def _in_rows(facts: DebtFacts, way: Rows, label: Phrase) -> RunningDebt:
    days = PayDays(facts.first_due, facts.account.cycle)
    return RunningDebt(facts.debt.id, facts.account.id, named(facts.account, label), days, way)


# --- with a minimum --------------------------------------------------------------------------------


def _bill(facts: DebtFacts, calendar: BusinessCalendar | None) -> Followed | Unfollowed:
    debt, terms = facts.debt, facts.account.terms
    gaps = cost_gaps(terms)
    bill = facts.minimum or _late_bill(debt)
    ends = cost_ends(bill, terms)
    if ends is None:
        missing = tuple(Missing(term, words) for term, words in gaps.items())
        return Unfollowed(debt.id, debt.account_id, named(facts.account, debt.label), debt.open, missing)
    label = named(facts.account, debt.label)

    def at(end: CostEnd, *, is_high: bool) -> RunningDebt:
        days, way = _revolving(facts, end, calendar, is_high=is_high)
        return RunningDebt(debt.id, debt.account_id, label, days, way)

    return Followed(
        debt,
        at(ends.low, is_high=False),
        at(ends.high, is_high=True),
        tuple(_bill_assumed(facts, bill)),
        _given(terms, debt.open.currency),
    )


def _late_bill(debt: OpenDebt) -> MinimumBill:
    """A bill that is late, of which nobody looks any more what it is made of."""
    due = debt.dues[0]
    return MinimumBill(
        BillParts.of_unknown(debt.open),
        debt.open,
        due.open_minimum if due.minimum is not None else None,
        due.paid_by_user,
    )


def _revolving(
    facts: DebtFacts, end: CostEnd, calendar: BusinessCalendar | None, *, is_high: bool
) -> tuple[PayDays, Revolving]:
    """When a bill asks for its payments, and what it bears and asks for, by one reading of its terms."""
    debt, today, cycle = facts.debt, facts.today, facts.account.cycle
    is_past, is_coming = debt.due_on < today, debt.kind is DebtKind.COMING_BILL
    days, lost_with = PayDays(debt.due_on, cycle, calendar), 1
    overdue: Money | None = None
    first: Money | None = end.first
    if is_past:
        passed = 1
        while cycle.following(debt.due_on, passed, calendar).on <= today:
            passed += 1
        if is_coming:
            days = PayDays(today, cycle, calendar, debt.due_on, passed - 1)
        else:
            on = cycle.following(debt.due_on, passed, calendar).on
            days = PayDays(on, cycle, calendar, debt.due_on, passed)
            overdue, first, lost_with = end.first or None, None, 0
    is_daily = end.start is not None
    rate = daily(end.rate) if is_daily else end.rate
    since = None if is_coming else debt.due_on
    if not is_daily and rate.per is Per.DAY:
        since = days.on(-1)
    plain = (RunningBalance(debt.open, rate),)
    return days, Revolving(
        plain if is_daily else _balances(debt.open, rate, facts, is_high=is_high),
        monthly_rule(end.reading, debt.open.currency),
        first,
        overdue,
        since,
        end.debt.lost,
        lost_with,
    )


def _balances(owed: Money, rate: Rate, facts: DebtFacts, *, is_high: bool) -> tuple[RunningBalance, ...]:
    """What is owed, at the rate of a promotion while it lasts. What is bought anew bears the regular rate."""
    promo = promotion(facts.account.terms, facts.today, is_high=is_high)
    if promo is None:
        return (RunningBalance(owed, rate),)
    promoted, until = promo
    return (RunningBalance(owed.zero, rate), RunningBalance(owed, promoted, rate, until + _A_DAY))


def promotion(terms: Terms, today: date, *, is_high: bool) -> tuple[Rate, date] | None:
    """The rate of a promotion on what is owed and its last day; None if there is none any more.

    Args:
        terms: The terms of the account.
        today: The day.
        is_high: Whether the dearest reading counts: the highest rate, and the earliest end.
    """
    if terms.promo_rate.is_unknown or terms.promo_until.is_unknown:
        return None
    rate = terms.promo_rate.highest() if is_high else terms.promo_rate.lowest()
    until = terms.promo_until.lowest() if is_high else terms.promo_until.highest()
    return (rate.value, until.value) if until.value >= today else None


def _bill_assumed(facts: DebtFacts, bill: MinimumBill) -> Iterator[Phrase]:
    yield from assumed_of(bill, facts.account.terms)
    terms = facts.account.terms
    if facts.is_past:
        yield _LATE if facts.is_late else _CARRIED
    elif facts.debt.due_on < facts.today:
        yield _NOT_RECORDED
    if not terms.promo_rate.is_unknown and terms.promo_until.is_unknown:
        yield Phrase("Nobody says when its promotion ends, so it counts as over.")


def _given(terms: Terms, currency: str) -> tuple[Given, ...]:
    is_daily = not terms.carry_rate.is_unknown
    label = Phrase("Charge a day") if is_daily else Phrase("Nominal yearly rate")
    given = [*rule_given(terms, currency)]
    given += [Given(label, claim.value, claim.source) for claim in charge_of(terms).counting]
    if not is_daily:
        given += [
            Given(Phrase("Yearly rate while a promotion lasts"), claim.value, claim.source)
            for claim in terms.promo_rate.counting
        ]
        given += [
            Given(Phrase("Last day of the promotion"), claim.value, claim.source)
            for claim in terms.promo_until.counting
        ]
    return tuple(given)
