"""What to do next, and what deserves a look: one sentence each, with the button that leads there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from planner.domain.account import Account, State
from planner.domain.due import Due
from planner.domain.due_figures import still_least
from planner.domain.due_sums import together
from planner.domain.position import Position
from planner.phrases import Phrase
from planner.store.store import Store

_STALE_DAYS = 30


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


def next_step(
    accounts: Mapping[str, Account],
    late: Sequence[Due],
    payable: Sequence[Due],
    unknown: Sequence[Due],
    today: date,
) -> Prompt:
    """The one thing to do: late first, then what is due soon, then what lacks a date, then a new record.

    Args:
        accounts: Each account by its id.
        late: What is late, the first first.
        payable: What can be paid before it is late, and what is left of minimums; the first first.
        unknown: What lacks a date.
        today: The day.
    """
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


def warnings(
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
    found += _of_agreements(store, position, accounts)
    found += _about_cash(store, position)
    for account in accounts.values():
        if account.life_on(today) is State.CLOSING:
            from planner.services.not_to_use import closing_words  # noqa: PLC0415 - only for who closes one

            text = closing_words(store, account, today)
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


def _of_agreements(store: Store, position: Position, accounts: Mapping[str, Account]) -> list[Prompt]:
    """Which agreements with lenders miss an instalment."""
    if not position.late or not store.has_agreements:
        return []
    from planner.services.agreement_view import missed_agreements  # noqa: PLC0415 - only for who agreed

    found = []
    for each in missed_agreements(store, position):
        account = accounts[each.agreed.account_id]
        text = Phrase("{account}: {what}", account=account.name, what=each.alert)
        if each.agreed.case_id:
            found.append(Prompt(text, Act.CASE, Phrase("Open the procedure"), account.id))
        else:
            found.append(Prompt(text, Act.LATE, Phrase("Late cost"), each.missed[0].id))
    return found


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
    from planner.services.cases.views import reminders  # noqa: PLC0415 - 12 ms that only procedures need

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
