"""The command late: how often payments were late, and what each way out of it costs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from planner.cli.commands import Chosen, UnknownAccountError, day_of
from planner.cli.printing import Plain, plain_account, plain_money, plain_span, print_json, print_line
from planner.domain.account import Account
from planner.domain.consequences.card import Card
from planner.domain.dates import add_months
from planner.domain.late.accrual import Dated
from planner.domain.late.agreement import Agreement
from planner.domain.late.counts import LateCounts
from planner.domain.milestones import DIFFER
from planner.domain.overdue import LateCost, Way
from planner.errors import PlannerError
from planner.i18n import _, explain, reading, show, source_names
from planner.phrases import N_, Phrase
from planner.services.late_cases import is_asked_for
from planner.services.late_history import LateHistory, late_history
from planner.services.overdue import Asked, accounts_with_dues, cost_of_delay, may_be_late
from planner.store.store import Store


class BadPartError(PlannerError):
    """A --pay that is not DATE=AMOUNT."""

    message = N_("“{text}” does not say when how much is paid. Write it like {example}.")


@dataclass(frozen=True, slots=True)
class _Told:
    """What else the command line asks for, as it is written there.

    Attributes:
        pay: Planned parts, each DATE=AMOUNT.
        agree: In how many parts an agreement pays; None for none.
        called: The day on which the lender asks for everything; None for none.
        litigation: The costs of a lawsuit; None for none.
    """

    pay: Sequence[str] = ()
    agree: int | None = None
    called: str | None = None
    litigation: str | None = None


def late(chosen: Chosen, account: str | None, until: str | None, *, as_json: bool, **told: Any) -> None:
    """Say how often payments were late, and what being late costs now by each way out of it."""
    today = chosen.today
    last = day_of(until) if until else today
    with chosen.store() as store:
        history = late_history(store, today)
        costs = []
        for each in _accounts(store, account, today):
            asked = _asked(_Told(**told), each.currency, today)
            dues = [due for due in may_be_late(store, each.id, today) if is_asked_for(due, today)]
            if any(due.is_late(today) for due in dues):
                costs.append(
                    (each, cost_of_delay(store, [due.id for due in dues], today, last, asked, is_daily=False))
                )
    if as_json:
        print_json(
            {
                "today": today.isoformat(),
                "until": last.isoformat(),
                "counts": _plain_history(history),
                "accounts": [_plain_cost(each, cost) for each, cost in costs],
            }
        )
        return
    _print_history(history)
    if not costs:
        print_line(_("Nothing is late now."))
    for each, cost in costs:
        _print_cost(each, cost)


def _accounts(store: Store, name: str | None, today: date) -> Sequence[Account]:
    if name is None:
        return accounts_with_dues(store, today)
    known = store.accounts.all()
    found = [account for account in known if name in {account.id, account.name}]
    if len(found) != 1:
        raise UnknownAccountError(name=name, accounts=", ".join(account.name for account in known))
    return found


def _asked(told: _Told, currency: str, today: date) -> Asked:
    return Asked(
        tuple(_part(text, currency) for text in told.pay),
        Agreement(told.agree, add_months(today, 1), today) if told.agree is not None else None,
        day_of(told.called) if told.called else None,
        reading.parse_amount(told.litigation, currency) if told.litigation else None,
    )


def _part(text: str, currency: str) -> Dated:
    day, is_pair, amount = (part.strip() for part in text.partition("="))
    if not is_pair or not amount:
        raise BadPartError(text=text, example="2026-12-05=200")
    return day_of(day), reading.parse_amount(amount, currency)


# --- for people ---


def _print_history(history: LateHistory) -> None:
    if not history.accounts:
        print_line(explain(history.total.words))
        return
    print_line(_("Late so far, by what is recorded"))
    for each in history.accounts:
        words = _("{name}: {value}").format(name=each.account.name, value=explain(each.counts.words))
        print_line(f"  {words}")
        if each.counts.in_time_words is not None:
            print_line(f"    {explain(each.counts.in_time_words)}")
        for note in each.counts.notes:
            print_line(f"    {explain(note)}")
    if len(history.accounts) > 1:
        print_line(f"  {_('Together: {amount}').format(amount=explain(history.total.words))}")
    print_line("")


def _print_cost(account: Account, cost: LateCost) -> None:
    print_line(_("{name}: {amount} is late").format(name=account.name, amount=show(cost.unpaid)))
    notes = [note for way in cost.ways for note in way.notes]
    shared = [note for note in dict.fromkeys(notes) if notes.count(note) == len(cost.ways)]
    for way in cost.ways:
        for line in _way_lines(way, shared):
            print_line(f"  {line}")
    for words in (*shared, *cost.missing):
        print_line(f"  {explain(words)}")
    _print_consequences(cost)
    print_line("")


def _print_consequences(cost: LateCost) -> None:
    """What has a day of its own on the way, and what concerns the user now; in short."""
    dated = [mark for mark in cost.milestones if mark.on is not None]
    if dated:
        print_line(f"  {_('What may happen on the way')}")
    for mark in dated:
        words = _("{date}: {what}").format(date=show(mark.when), what=explain(mark.text))
        print_line(f"    {words}")
    if dated:
        print_line(f"    {_(DIFFER)}")
    if cost.cards.first:
        print_line(f"  {_('What being late may lead to')}")
    for card in cost.cards.first:
        print_line(f"    {_(card.title)}")


def _way_lines(way: Way, told_once: Sequence[Phrase]) -> Iterator[str]:
    if way.cost is None:
        yield _("{what}: not known").format(what=explain(way.label))
    else:
        yield _("{what}: {cost} on top, {total} in all").format(
            what=explain(way.label), cost=show(way.cost.value), total=show(way.total)
        )
    if len(way.payments) > 1:
        for day, amount in way.payments:
            yield "  " + _("{date}: {what}").format(date=show(day), what=show(amount))
    for words in (*way.missing, *way.notes):
        if words not in told_once:
            yield "  " + explain(words)


# --- for programs ---


def _plain_history(history: LateHistory) -> Plain:
    return {
        "accounts": [
            {"account": plain_account(each.account), **_plain_counts(each.counts)}
            for each in history.accounts
        ],
        "total": _plain_counts(history.total),
    }


def _plain_counts(counts: LateCounts) -> Plain:
    return {
        "in_all": counts.in_all,
        "in_row": counts.in_row,
        "longest_row": counts.longest_row,
        "longest_days": counts.longest_days,
        "open_now": counts.open_now,
        "times": [
            {
                "label": explain(time.label),
                "due_on": time.due_on.isoformat(),
                "days": time.days,
                "is_open": time.is_open,
            }
            for time in counts.times
        ],
    }


def _plain_cost(account: Account, cost: LateCost) -> Plain:
    return {
        "account": plain_account(account),
        "country": cost.country,
        "unpaid": plain_money(cost.unpaid),
        "ways": [_plain_way(way) for way in cost.ways],
        "missing": [explain(words) for words in cost.missing],
        "assumed": [explain(words) for words in cost.assumed],
        "milestones": [
            {
                "on": mark.on.isoformat() if mark.on is not None else None,
                "until": mark.until.isoformat() if mark.until is not None else None,
                "text": explain(mark.text),
                "source": source_names(mark.sources),
                "reliability": mark.reliability.value,
            }
            for mark in cost.milestones
        ],
        "cards": {
            "first": [_plain_card(card) for card in cost.cards.first],
            "others": [_plain_card(card) for card in cost.cards.others],
        },
    }


def _plain_card(card: Card) -> Plain:
    return {
        "id": card.id,
        "title": _(card.title),
        "text": _(card.text),
        "source": source_names(card.sources),
        "reliability": card.source.reliability.value,
        "checked": card.source.checked.isoformat() if card.source.checked is not None else None,
    }


def _plain_way(way: Way) -> Plain:
    return {
        "kind": way.kind.value,
        "label": explain(way.label),
        "cost": plain_span(way.cost.value) if way.cost is not None else None,
        "total": plain_span(way.total) if way.total is not None else None,
        "litigation": plain_money(way.litigation) if way.litigation is not None else None,
        "is_recorded": way.is_recorded,
        "payments": [{"on": on.isoformat(), **plain_span(amount)} for on, amount in way.payments],
        "notes": [explain(words) for words in way.notes],
        "missing": [explain(words) for words in way.missing],
    }
