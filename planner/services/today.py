"""The place Today: what is due, what it comes to, and the one next step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import partial

from planner.domain.account import Account, State
from planner.domain.dates import add_months
from planner.domain.derivation import Derived, Given, as_sum
from planner.domain.due import Due
from planner.domain.due_figures import still_least
from planner.domain.due_sums import costs_of, least_of, principal_of, together, total_of
from planner.domain.money import Money, by_currency
from planner.domain.payment import Payment
from planner.domain.position import Position
from planner.domain.sourced import recorded_from
from planner.phrases import Phrase
from planner.services.balance import HORIZON, BalancePoint, balance
from planner.store.store import Store

_STALE_DAYS = 30
_MOST_WARNINGS = 3


class Act(StrEnum):
    """What a next step or a warning leads to."""

    PAY = "pay"
    RECORD = "record"
    COMPARE = "compare"
    LATE = "late"
    CHECK = "check"
    CASE = "case"
    CYCLE = "cycle"
    BILL = "bill"
    CASH = "cash"
    PAYOFF = "payoff"


@dataclass(frozen=True, slots=True)
class Prompt:
    """One thing to do, with its button.

    Attributes:
        text: What, with its figures.
        act: What the button does.
        button: The text of the button.
        target: The id of the due, account, case or to-do it is about, or the currency of the cash.
    """

    text: Phrase
    act: Act
    button: Phrase
    target: str = ""


@dataclass(frozen=True, slots=True)
class TodayView:
    """Everything the place Today shows.

    Attributes:
        position: What is recorded today.
        accounts: Each account by its id.
        step: The single most useful act now.
        next_due: The next obligation with a date; None if nothing is.
        next_total: All that is due on that day, by currency.
        month_need: Still to pay this calendar month, late ones carried in, by currency.
        month_paid: Paid this calendar month, by currency.
        owed: Everything still to pay, by currency.
        principal: What of it was bought or borrowed, by currency.
        fees: What of it is fees, interest and penalties, by currency.
        late: What should have been paid by now.
        late_total: What is still to pay of it, by currency.
        late_least: What brings all of it up to date: the minimum where there is one, by currency.
        rests: What is past its date but not late, because the minimum was paid.
        missing: What should be on a bill by now that is not recorded; it may well be paid.
        soon: What is due within seven days.
        later: What is due later, this month and next.
        unknown: What has no date because the account's cycle is unknown.
        unknown_total: What that comes to, by currency.
        warnings: At most three.
        balance: What is owed over the next 90 days, by currency, if each due is paid on its date.
        planned: What the plan that is followed means to pay next of a due, in words, by the id of each that
            it does not simply pay on its date.
    """

    position: Position
    accounts: Mapping[str, Account]
    step: Prompt
    next_due: Due | None
    next_total: Mapping[str, Derived[Money]]
    month_need: Mapping[str, Derived[Money]]
    month_paid: Mapping[str, Derived[Money]]
    owed: Mapping[str, Derived[Money]]
    principal: Mapping[str, Derived[Money]]
    fees: Mapping[str, Derived[Money]]
    late: tuple[Due, ...]
    late_total: Mapping[str, Derived[Money]]
    late_least: Mapping[str, Derived[Money]]
    rests: tuple[Due, ...]
    missing: tuple[Due, ...]
    soon: tuple[Due, ...]
    later: tuple[Due, ...]
    unknown: tuple[Due, ...]
    unknown_total: Mapping[str, Derived[Money]]
    warnings: tuple[Prompt, ...]
    balance: Mapping[str, tuple[BalancePoint, ...]]
    planned: Mapping[str, Phrase]


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """What a timeline shows in one row: a due, or all of one day that an account has not billed yet.

    Attributes:
        dues: At least one, of one account and one day.
        label: What to call it.
    """

    dues: tuple[Due, ...]
    label: Phrase

    @property
    def open(self) -> Derived[Money]:
        """What is still to pay, and how that was made."""
        return self.first.still_due if len(self.dues) == 1 else together(self.dues, self.first.open.currency)

    @property
    def first(self) -> Due:
        """The due it leads to."""
        return self.dues[0]


def timeline(dues: Sequence[Due]) -> tuple[TimelineRow, ...]:
    """Dues as rows, in their order; what will come on the same bill is one row."""
    groups: dict[tuple[str, ...], list[Due]] = {}
    for due in dues:
        is_billed = not due.projected or due.due_on is None
        key = (due.id,) if is_billed else (due.account_id, str(due.due_on), due.open.currency)
        groups.setdefault(key, []).append(due)
    rows = []
    for group in groups.values():
        label = group[0].label
        if len(group) > 1:
            label = Phrase.counted("{count} item not billed yet", "{count} items not billed yet", len(group))
        rows.append(TimelineRow(tuple(group), label))
    return tuple(rows)


def today_view(store: Store, today: date) -> TodayView:
    """Everything the place Today shows, from one position."""
    position = store.ledgers.position(today)
    accounts = {account.id: account for account in store.accounts.all()}
    month_end = add_months(today.replace(day=1), 1) - timedelta(days=1)
    open_dues, late = position.open_dues, position.late
    dated = [due for due in open_dues if due.due_on is not None]
    this_month = [due for due in dated if due.due_on is not None and due.due_on <= month_end]
    coming = [due for due in dated if due.due_on is not None and due.due_on >= today]
    in_a_week = today + timedelta(days=7)
    month_paid = _paid(
        [
            payment
            for account_id in accounts
            for payment in store.payments.since(account_id, today.replace(day=1))
            if payment.paid_on <= today
        ],
        accounts,
    )
    over = [due for due in dated if due.is_past(today) and not due.is_late(today)]
    rests = tuple(due for due in over if not due.projected)
    missing = tuple(due for due in over if due.projected)
    unknown = tuple(due for due in open_dues if due.due_on is None)

    def name(due: Due) -> Phrase:
        return Phrase("{account}: {what}", account=accounts[due.account_id].name, what=due.label)

    step = _step(accounts, late, (*coming, *rests), unknown, today)
    warnings = _warnings(store, position, (missing, unknown), accounts)
    return TodayView(
        position=position,
        accounts=accounts,
        step=step,
        next_due=coming[0] if coming else None,
        next_total=total_of((due for due in coming if due.due_on == coming[0].due_on), name),
        month_need=total_of(this_month, name),
        month_paid=month_paid,
        owed=total_of(open_dues, name),
        principal=principal_of(open_dues, name),
        fees=costs_of(open_dues, name),
        late=late,
        late_total=total_of(late, name),
        late_least=least_of(late, name),
        rests=rests,
        missing=missing,
        soon=tuple(due for due in coming if due.due_on is not None and due.due_on <= in_a_week),
        later=tuple(
            due
            for due in coming
            if due.due_on is not None and in_a_week < due.due_on <= today + timedelta(days=HORIZON)
        ),
        unknown=unknown,
        unknown_total=total_of(unknown, name),
        warnings=tuple(each for each in warnings if each != step)[:_MOST_WARNINGS],
        balance=balance(dated, today, name),
        planned=_planned(store, position),
    )


def _paid(payments: Sequence[Payment], accounts: Mapping[str, Account]) -> dict[str, Derived[Money]]:
    """What some payments come to, by currency, and how that was made."""
    rule = Phrase("Paid this month = every payment since the first of the month, up to today")

    def given(currency: str) -> list[Given]:
        return [
            Given(
                Phrase("{account}, {date}", account=accounts[paid.account_id].name, date=paid.paid_on),
                paid.amount,
                recorded_from(paid.source_key),
            )
            for paid in payments
            if paid.amount.currency == currency
        ]

    sums = by_currency(paid.amount for paid in payments)
    return {currency: as_sum(total, rule, partial(given, currency)) for currency, total in sums.items()}


def _step(
    accounts: Mapping[str, Account],
    late: Sequence[Due],
    payable: Sequence[Due],
    unknown: Sequence[Due],
    today: date,
) -> Prompt:
    """Late first, then what is due soon or left of a minimum, then what lacks a date, then a new record."""
    if late:
        due = late[0]
        text = Phrase(
            "{account}: {what} is {days} late. {amount} brings it up to date.",
            account=accounts[due.account_id].name,
            what=due.label,
            days=Phrase.counted("{count} day", "{count} days", due.days_late(today)),
            amount=still_least(due),
        )
        return Prompt(text, Act.PAY, Phrase("Record the payment"), due.id)
    if payable:
        due = payable[0]
        name = accounts[due.account_id].name
        if due.is_past(today):
            text = Phrase(
                "{what}, {amount}, due {date}: the minimum is paid, so it is not late",
                what=Phrase("{account}: {what}", account=name, what=due.label),
                amount=due.still_due,
                date=due.due_on,
            )
        else:
            text = Phrase(
                "{account}: {amount} is due on {date}.", account=name, amount=due.still_due, date=due.due_on
            )
        return Prompt(text, Act.PAY, Phrase("Record the payment"), due.id)
    if unknown:
        return _set_cycle(accounts[unknown[0].account_id])
    if not accounts:
        return Prompt(
            Phrase("Record your first account: a lender, an amount, a date."), Act.RECORD, Phrase("Start")
        )
    return Prompt(
        Phrase("Nothing is due. Add your newest bill when it comes."), Act.RECORD, Phrase("Add a bill")
    )


def _set_cycle(account: Account) -> Prompt:
    text = Phrase(
        "{account}: purchases have no due date, because its cycle is unknown.", account=account.name
    )
    return Prompt(text, Act.CYCLE, Phrase("Set the cycle"), account.id)


def _add_bill(missing: Sequence[Due], account: Account) -> Prompt:
    """Ask for a bill that should be there: what is on it may be paid or not."""
    own = [due for due in missing if due.account_id == account.id]
    text = Phrase.counted(
        "{account}: {count} entry of {amount} should be on a bill by now. Add that bill, or its payment.",
        "{account}: {count} entries of {amount} should be on a bill by now. Add that bill, or its payment.",
        len(own),
        account=account.name,
        amount=together(own, account.currency),
    )
    return Prompt(text, Act.BILL, Phrase("Add the bill"), account.id)


def _warnings(
    store: Store,
    position: Position,
    dues: tuple[Sequence[Due], Sequence[Due]],
    accounts: Mapping[str, Account],
) -> list[Prompt]:
    """What deserves a look, the most pressing first.

    Args:
        store: The open store.
        position: What is recorded today.
        dues: What lacks its bill, and what lacks a date.
        accounts: Each account by its id.
    """
    today, late, (missing, unknown) = position.on, position.late, dues
    found: list[Prompt] = []
    if late:
        text = Phrase.counted(
            "{count} payment is late. See what each day costs and what else can be done.",
            "{count} payments are late. See what each day costs and what else can be done.",
            len(late),
        )
        found.append(Prompt(text, Act.LATE, Phrase("Late cost"), late[0].id))
    found += _of_plans(store, today)
    found += _about_cash(store, position)
    for account in accounts.values():
        if account.life_on(today) is State.CLOSING:
            text = Phrase(
                "{account} is being closed: do not pay with it until that is done.", account=account.name
            )
            found.append(Prompt(text, Act.CASE, Phrase("Open the procedure"), account.id))
    if missing:
        found.append(_add_bill(missing, accounts[missing[0].account_id]))
    if unknown:
        found.append(_set_cycle(accounts[unknown[0].account_id]))
    found += _reminders(store, today)
    for account in accounts.values():
        newest = store.ledgers.newest_entry(account.id)
        if (
            newest is not None
            and (today - newest).days > _STALE_DAYS
            and account.life_on(today) is not State.CLOSED
        ):
            text = Phrase("{account}: the newest entry is of {date}.", account=account.name, date=newest)
            found.append(Prompt(text, Act.CHECK, Phrase("Check against the app"), account.id))
            break
    return found


def _about_cash(store: Store, position: Position) -> list[Prompt]:
    """What the forecast of the cash and the cap on buying want to be looked at."""
    if not store.has_cash:
        return []
    from planner.services.cash_warnings import cash_warnings  # noqa: PLC0415 - only for who records cash

    return [
        Prompt(text, Act.CASH, Phrase("Open Cash"), currency)
        for currency, text in cash_warnings(store, position, position.on)
    ]


def _planned(store: Store, position: Position) -> Mapping[str, Phrase]:
    """What the plans that are followed mean to pay otherwise than when it is due."""
    if not store.has_adopted_plan:
        return {}
    from planner.services.plan_progress import planned_words  # noqa: PLC0415 - only for who follows a plan

    return planned_words(store, position.on, position)


def _of_plans(store: Store, today: date) -> list[Prompt]:
    """What a lender has to be asked for next, by the plans that are followed."""
    if not store.has_adopted_plan:
        return []
    from planner.services.plan_todos import next_todo  # noqa: PLC0415 - only for who follows a plan

    found = next_todo(store, today)
    return [Prompt(found[1], Act.PAYOFF, Phrase("Open Payoff"), found[0].id)] if found is not None else []


def _reminders(store: Store, today: date) -> list[Prompt]:
    """What procedures under way want to remind of; they are only worked out if a day has come."""
    if not store.has_cases:
        return []
    from planner.services.case_view import reminders  # noqa: PLC0415 - 12 ms that only procedures need

    cases = {
        case.id: case for case in store.cases.all() if case.look_again_on and case.look_again_on <= today
    }
    if not cases:
        return []
    return [
        Prompt(text, Act.CASE, Phrase("Open the procedure"), cases[case_id].account_id)
        for case_id, text in reminders(store, today).items()
        if case_id in cases
    ]
