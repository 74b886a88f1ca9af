"""The command cash: what is there, how far it reaches, and what has to be where when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from planner.cli.commands import Chosen
from planner.cli.printing import Plain, plain_account, plain_money, print_json, print_line
from planner.domain.cash.debt_to_income import DebtToIncome
from planner.domain.cash.line import Line
from planner.domain.cash.needed import Needed
from planner.domain.cash.spending import Spending
from planner.i18n import _, explain, show
from planner.services.cash_view import CashAccountRow, CashView, CurrencyCash, FlowRow, cash_view
from planner.services.cash_warnings import short_words


def cash(chosen: Chosen, months: int, *, as_json: bool) -> None:
    """Say what cash is there, its lowest point, the first day short, and what each debit needs."""
    with chosen.store() as store:
        view = cash_view(store, chosen.today, months)
    if as_json:
        print_json(_plain_view(view))
        return
    if not view.currencies:
        print_line(_("No cash account is recorded yet."))
    for each in view.currencies:
        for line in _lines(each, view):
            print_line(line)
        print_line("")


# --- for people ---


def _lines(each: CurrencyCash, view: CashView) -> Iterator[str]:
    yield _("Cash in {currency} until {date}").format(currency=each.currency, date=show(view.until))
    for row in each.accounts:
        if row.seen is not None:
            words = _("{name}: {amount}, seen on {date}")
            yield "  " + words.format(
                name=row.account.name, amount=show(row.seen.amount), date=show(row.seen.on)
            )
    for phrase in each.unknown:
        yield f"  {explain(phrase)}"
    if each.forecast is not None and each.now is not None:
        yield "  " + _("Now: {amount}").format(amount=show(each.now))
        yield from (f"  {line}" for line in _forecast_lines(each.forecast))
    for needed in each.needed:
        yield f"  {explain(needed.words)}"
    yield "  " + _spending_line(each.spending)
    if each.share is not None:
        yield f"  {explain(each.share.words)}"
    # What is short has been told above, with the forecast or the debits.
    told = [short_words(each.forecast)] if each.forecast is not None else []
    told += [needed.words for needed in each.needed]
    for phrase in (*each.notes, *each.warnings):
        if phrase not in told:
            yield f"  {explain(phrase)}"


def _forecast_lines(line: Line) -> Iterator[str]:
    if line.floor:
        yield _("Reserve: {amount}").format(amount=show(line.floor))
    words = _("Lowest point: {amount} on {date}")
    yield words.format(amount=show(line.made(line.lowest.on)), date=show(line.lowest.on))
    if line.first_short is None:
        yield _("It suffices on every day.")
    else:
        on = line.first_short.on
        words = _("First day short: {date}, {missing} is missing")
        yield words.format(date=show(on), missing=show(line.missing(on)))


def _spending_line(spent: Spending) -> str:
    if spent.cap is None:
        return _("Bought on credit this month: {amount}").format(amount=show(spent.spent))
    words = _("Bought on credit this month: {amount} of at most {cap}")
    return words.format(amount=show(spent.spent), cap=show(spent.cap))


# --- for programs ---


def _plain_view(view: CashView) -> Plain:
    return {
        "today": view.on.isoformat(),
        "until": view.until.isoformat(),
        "currencies": [_plain_currency(each) for each in view.currencies],
    }


def _plain_currency(each: CurrencyCash) -> Plain:
    found = each.forecast
    return {
        "currency": each.currency,
        "accounts": [_plain_row(row) for row in each.accounts],
        "reserve": plain_money(each.rules.reserve) if each.rules.reserve is not None else None,
        "now": plain_money(each.now.value) if each.now is not None else None,
        "forecast": _plain_line(found) if found is not None else None,
        "needed": [_plain_needed(needed) for needed in each.needed],
        "spending": _plain_spending(each.spending),
        "share": _plain_share(each.share) if each.share is not None else None,
        "flows": [_plain_flow(row) for row in each.flows],
        "unknown": [explain(phrase) for phrase in each.unknown],
        "left_out": [due.id for due in each.left_out],
        "notes": [explain(phrase) for phrase in each.notes],
        "warnings": [explain(phrase) for phrase in each.warnings],
    }


def _plain_row(row: CashAccountRow) -> Plain:
    return {
        "id": row.account.id,
        "name": row.account.name,
        "seen": {"on": row.seen.on.isoformat(), "amount": plain_money(row.seen.amount)} if row.seen else None,
        "forecast": _plain_line(row.line) if row.line is not None else None,
        "pays": [plain_account(account) for account in row.pays],
    }


def _plain_line(line: Line) -> Plain:
    short = line.first_short
    return {
        "days": [{"on": day.on.isoformat(), "balance": plain_money(day.balance)} for day in line.days],
        "lowest": {"on": line.lowest.on.isoformat(), "balance": plain_money(line.lowest.balance)},
        "first_short": _plain_short(line, short.on) if short is not None else None,
    }


def _plain_short(line: Line, on: date) -> Plain:
    return {"on": on.isoformat(), "missing": plain_money(line.missing(on).value)}


def _plain_needed(needed: Needed) -> Plain:
    return {
        "on": needed.on.isoformat(),
        "account": {"id": needed.account.id, "name": needed.account.name},
        "needed": plain_money(needed.needed.value),
        "there": plain_money(needed.there.value) if needed.there is not None else None,
        "missing": plain_money(needed.missing.value) if needed.missing is not None else None,
        "debits": [
            {"label": explain(debit.label), "amount": plain_money(-debit.amount), "id": debit.refers_to}
            for debit in needed.debits
        ],
    }


def _plain_spending(spent: Spending) -> Plain:
    return {
        "month": spent.month.isoformat(),
        "spent": plain_money(spent.spent.value),
        "cap": plain_money(spent.cap) if spent.cap is not None else None,
        "over": plain_money(spent.over.value) if spent.over is not None else None,
    }


def _plain_share(found: DebtToIncome) -> Plain:
    return {
        "first_on": found.first_on.isoformat(),
        "last_on": found.last_on.isoformat(),
        "due": plain_money(found.due.value),
        "income": plain_money(found.income.value),
        "share": str(round(found.share.value.fraction, 6)) if found.share is not None else None,
        "notice": str(found.notice.value.fraction),
        "high": str(found.high.value.fraction),
    }


def _plain_flow(row: FlowRow) -> Plain:
    return {
        "id": row.flow.id,
        "name": row.flow.name,
        "category": row.flow.category.value,
        "direction": row.flow.direction.value,
        "amount": plain_money(row.flow.amount),
        "next_on": row.next.on.isoformat() if row.next is not None else None,
    }
