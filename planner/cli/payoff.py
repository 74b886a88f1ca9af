"""The command payoff: the best way through all debts with its proof, what to pay when, what else there is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from planner.cli.commands import Chosen
from planner.cli.printing import print_json, print_line, table_lines
from planner.domain.payoff.scenario import Scenario
from planner.errors import PlannerError
from planner.i18n import _, explain, reading, show
from planner.phrases import N_, Phrase
from planner.store.store import Store

if TYPE_CHECKING:
    from planner.domain.hardship.hardship import Hardship
    from planner.domain.over_time.course import Course
    from planner.domain.over_time.over_time import OverTime
    from planner.domain.payoff.best import BestPlan
    from planner.reports.sheet import Sheet

BASELINE = Phrase("Only the minimums")


class SeveralCurrenciesError(PlannerError):
    """An amount or a table of one currency, where there are several."""

    message = N_("Debts are in {currencies}. Say with {option} which of them is meant.")


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in one currency.

    Attributes:
        plan: The best way, or what stands in the way of one.
        over: The debts over time, in one order after another.
        hardship: What can be done where the cash does not reach; None if it does.
    """

    plan: BestPlan
    over: OverTime
    hardship: Hardship | None

    @property
    def currency(self) -> str:
        """ISO 4217."""
        return self.plan.question.currency

    @property
    def names(self) -> dict[str, str]:
        """What the user calls each account, by its id."""
        return {account.id: account.name for account in self.plan.question.accounts.values()}

    @property
    def courses(self) -> tuple[tuple[str, Phrase, Course], ...]:
        """The orders, and only the minimums, each with its key and what to call it."""
        from planner.domain.over_time.orders import ORDER_WORDS  # noqa: PLC0415 - only this command needs it

        orders = ((order.value, ORDER_WORDS[order], course) for order, course in self.over.orders.items())
        return (("minimum", BASELINE, self.over.baseline), *orders)


def payoff(
    chosen: Chosen,
    currency: str | None,
    extra: str | None,
    reserve: str | None,
    *,
    csv: Path | None,
    xlsx: Path | None,
    as_json: bool,
) -> None:
    """Say the best way through all debts, its proof and what to pay when; or why there is none."""
    with chosen.store() as store:
        found = [
            _find(store, chosen, scenario) for scenario in _scenarios(store, chosen, currency, extra, reserve)
        ]
    if not found:
        csv = xlsx = None
    if csv is not None and len(found) > 1:
        raise _several(each.currency for each in found)
    if as_json:
        from planner.cli.plain_payoff import plain_found  # noqa: PLC0415 - only who wants JSON needs it

        plain = [plain_found(each) for each in found]
        print_json({"today": chosen.today.isoformat(), "currencies": plain})
    else:
        _print(found)
    for path, written in ((csv, _csv), (xlsx, _xlsx)):
        if path is not None:
            from planner.reports.files import write_whole  # noqa: PLC0415 - only who wants a file needs it

            write_whole(path, written(found))
            if not as_json:
                print_line(_("Saved: {file}").format(file=path))


def _scenarios(
    store: Store, chosen: Chosen, currency: str | None, extra: str | None, reserve: str | None
) -> list[Scenario]:
    """What is assumed, for each currency that is asked about."""
    from planner.services.payoff import currencies  # noqa: PLC0415 - brings the optimum, for this command only
    from planner.services.scenarios import check_scenario  # noqa: PLC0415 - see above

    codes = [currency.upper()] if currency else list(currencies(store, chosen.today))
    if len(codes) > 1 and (extra or reserve):
        raise _several(codes)
    found = []
    for code in codes:
        scenario = Scenario(
            code,
            extra=reading.parse_amount(extra, code) if extra else None,
            reserve=reading.parse_amount(reserve, code) if reserve else None,
        )
        check_scenario(scenario)
        found.append(scenario)
    return found


def _several(codes: Iterable[str]) -> SeveralCurrenciesError:
    return SeveralCurrenciesError(currencies=", ".join(codes), option="--currency")


def _find(store: Store, chosen: Chosen, scenario: Scenario) -> Found:
    from planner.services.hardship import Asking, hardship_view  # noqa: PLC0415 - see _scenarios
    from planner.services.payoff import best_plan, payoff_question  # noqa: PLC0415
    from planner.services.payoff_orders import over_time  # noqa: PLC0415

    plan = best_plan(payoff_question(store, chosen.today, scenario.currency, scenario))
    hardship = None
    if not plan.is_feasible or plan.is_late:
        hardship = hardship_view(store, chosen.today, scenario.currency, asked=Asking.of(scenario))
    return Found(plan, over_time(store, chosen.today, scenario), hardship)


# --- for people ---


def _print(found: Sequence[Found]) -> None:
    if not found:
        print_line(_("Nothing with a date is still to pay."))
    for each in found:
        print_line(_("Payoff in {currency}").format(currency=each.currency))
        for line in _lines(each):
            print_line(line)
        print_line("")


def _lines(found: Found) -> Iterator[str]:
    plan = found.plan
    question = plan.question
    obstacles = [obstacle.text for obstacle in question.obstacles]
    short = plan.short if found.hardship is None else found.hardship.told_short(plan.short)
    yield from _said((*question.assumptions, *obstacles, *short))
    if plan.is_feasible:
        yield from _said((*plan.words, plan.proof, *plan.margins, *plan.reasons))
        if plan.changes is not None:
            yield from _said(change.words for change in plan.changes.changes)
        for sheet in _answer_sheets(found)[:2]:
            yield from _table(sheet)
    if found.hardship is not None:
        yield from _hardship_lines(found.hardship)
    yield from _table(_orders(found))
    yield from _said(each.words for each in found.over.unfollowed)


def _said(phrases: Iterable[Phrase]) -> Iterator[str]:
    return (f"  {explain(phrase)}" for phrase in phrases)


def _table(sheet: Sheet) -> Iterator[str]:
    from planner.reports.sheet import Kind, shown_rows  # noqa: PLC0415 - only this command has tables of its own

    yield ""
    yield explain(sheet.title)
    numbers = [
        number for number, column in enumerate(sheet.columns) if column.kind in {Kind.MONEY, Kind.COUNT}
    ]
    yield from table_lines(shown_rows(sheet), numbers)
    yield from _said(sheet.notes)


def _hardship_lines(found: Hardship) -> Iterator[str]:
    """What can be offered to whom, never more than the budget has."""
    yield ""
    yield _("When the money does not reach")
    if found.shortage is not None:
        words = _("From {date} on the minimums cannot be paid: {amount} is missing on that day.")
        yield "  " + words.format(date=show(found.shortage.first_on), amount=show(found.shortage.by))
    words = _("After the essentials, {amount} a month is left for debts; {asked} is asked for.")
    yield "  " + words.format(amount=show(found.budget.available), asked=show(found.asked))
    for each in found.proposals:
        if each.starts_on is None:
            continue  # nothing is offered: the notes say why
        words = _("Offer {name} {amount} a month from {date} on.")
        yield "  " + words.format(
            name=each.creditor.name, amount=show(each.monthly), date=show(each.starts_on)
        )
    yield from _said(found.notes)


# --- tables, for people and files ---


def _answer_sheets(found: Found) -> list[Sheet]:
    """What was chosen, what to pay when and to whom, every way, the cash; none without a plan."""
    from planner.reports.sheets import (  # noqa: PLC0415 - see _table
        calendar_sheet,
        cash_sheet,
        choices_sheet,
        creditors_sheet,
        options_sheet,
    )

    plan, names, currency = found.plan, found.names, found.currency
    if plan.answer is None or not plan.is_feasible:
        return []
    sheets = [
        choices_sheet(plan.answer.chosen, names, currency),
        calendar_sheet(plan.payables, names, currency),
        creditors_sheet(plan.months, names, currency),
        options_sheet((debt.decision for debt in plan.question.debts), plan.chosen, names, currency),
    ]
    return [*sheets, cash_sheet(plan.cash)] if plan.cash is not None else sheets


def _orders(found: Found) -> Sheet:
    from planner.domain.payoff.order_cash import cash_by, holds_words  # noqa: PLC0415 - only this command
    from planner.reports.sheets import orders_sheet  # noqa: PLC0415 - see _table

    question = found.plan.question
    courses = (
        (name, course.cost, course.cleared_on, holds_words(cash_by(question, course)))
        for _key, name, course in found.courses
    )
    return orders_sheet(courses, found.currency)


def _csv(found: Sequence[Found]) -> bytes:
    """What to pay when, for other programs; without a plan the heading alone."""
    from planner.reports.csv_file import CsvStyle, csv_bytes  # noqa: PLC0415 - only who wants a file needs it
    from planner.reports.sheets import calendar_sheet  # noqa: PLC0415

    (only,) = found
    return csv_bytes(calendar_sheet(only.plan.payables, only.names, only.currency), CsvStyle.PLAIN)


def _xlsx(found: Sequence[Found]) -> bytes:
    """Everything as one workbook."""
    from planner.reports.xlsx_file import xlsx_bytes  # noqa: PLC0415 - only who wants a file needs it

    sheets = []
    for each in found:
        own = [*_answer_sheets(each), _orders(each)]
        if len(found) > 1:
            own = [
                replace(sheet, title=Phrase("{what} ({currency})", what=sheet.title, currency=each.currency))
                for sheet in own
            ]
        sheets += own
    return xlsx_bytes(sheets)
