"""The pages of a report on cash: what is there, month by month, and what has to be where when."""

from __future__ import annotations

from functools import partial

from planner.charts.cash import cash_chart, describe_cash, lowest_words, short_words
from planner.domain.cash.months import CashMonth, cash_months
from planner.i18n import _, explain, show
from planner.reports.blocks import Block, Column, Row, bold, bullets, cell, heading, paragraph, table
from planner.reports.draft import Draft
from planner.services.cash_view import CashView, CurrencyCash


def cash(draft: Draft, view: CashView) -> list[Block]:
    """What is there, and whether it holds; each currency by itself.

    Args:
        draft: The report.
        view: What the place Cash shows.
    """
    known = [each for each in view.currencies if each.accounts]
    if not known:
        return []
    title = _("Cash until {date}").format(date=show(view.until))
    blocks = [heading(title)]
    for each in known:
        if len(known) > 1:
            blocks.append(heading(each.currency, 2))
        blocks += _forecast(draft, each)
    return blocks


def _forecast(draft: Draft, found: CurrencyCash) -> list[Block]:
    forecast = found.forecast
    if forecast is None or found.now is None:
        return [bullets(map(explain, found.unknown))]
    told = [explain(lowest_words(forecast)), explain(short_words(forecast))]
    now = _("Cash now: {amount}").format(amount=show(found.now))
    place = draft.appendix.place(_("Cash now"), found.now)
    blocks = [bullets([" ".join(filter(None, (now, place))), *told])]
    blocks += draft.chart(partial(cash_chart, forecast, found.notes), describe_cash(forecast, found.notes))
    columns = (
        Column(_("Month"), share=1),
        Column(_("Comes in"), is_number=True),
        Column(_("Goes out"), is_number=True),
        Column(_("At the end"), is_number=True),
        Column(_("Lowest"), is_number=True),
    )
    blocks.append(table(columns, [_month(draft, month) for month in cash_months(forecast)]))
    return [*blocks, *_needed(draft, found), *_spending(draft, found), *_share(draft, found)]


def _month(draft: Draft, month: CashMonth) -> Row:
    name = _("{first} to {last}").format(first=show(month.first_on), last=show(month.last_on))
    end = _("Cash at the end of {date}").format(date=show(month.last_on))
    return (
        name,
        show(month.comes_in),
        show(month.goes_out),
        cell(show(month.end), draft.appendix.place(end, month.end), is_bold=True),
        cell(show(month.lowest.balance), show(month.lowest.on)),
    )


def _needed(draft: Draft, found: CurrencyCash) -> list[Block]:
    """What has to be on which account when, for what lenders debit by themselves."""
    if not found.needed:
        return []
    columns = (
        Column(_("Debited on"), share=1),
        Column(_("From the account"), share=1),
        Column(_("Needed"), is_number=True),
        Column(_("There by the forecast"), is_number=True),
        Column(_("Missing"), is_number=True),
    )
    rows: list[Row] = [
        (
            show(each.on),
            each.account.name,
            cell(show(each.needed), draft.appendix.place(explain(each.words), each.needed), is_bold=True),
            show(each.there),
            show(each.missing),
        )
        for each in found.needed
    ]
    return [heading(_("Balance needed for what is debited"), 2), table(columns, rows)]


def _spending(draft: Draft, found: CurrencyCash) -> list[Block]:
    """What was bought on credit this month, where the user wants a cap."""
    spending = found.spending
    if spending.cap is None:
        return []
    rows: list[Row] = [
        (_("Bought on credit this month"), bold(show(spending.spent))),
        (_("The most you want to buy"), show(spending.cap)),
    ]
    columns = (Column(_("Buying on credit"), share=1), Column(_("Amount"), is_number=True))
    blocks = [heading(_("Buying on credit"), 2), table(columns, rows)]
    place = draft.appendix.place(_("Bought on credit this month"), spending.spent)
    words = [explain(spending.words)] if spending.words is not None else []
    told = " ".join(filter(None, (*words, place)))
    return [*blocks, paragraph(told, is_quiet=True)] if told else blocks


def _share(draft: Draft, found: CurrencyCash) -> list[Block]:
    """What goes to lenders of what comes in, in the month in which that is most."""
    share = found.share
    if share is None:
        return []
    place = draft.appendix.place(_("Debt-to-income"), share.share) if share.share is not None else ""
    told = " ".join(filter(None, (*map(explain, share.told), place)))
    return [heading(_("Debt-to-income"), 2), paragraph(told)]
