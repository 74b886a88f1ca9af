"""The pages of a report on the way through all debts: the plan, its proof, and what to pay whom when."""

from __future__ import annotations

from functools import partial

from planner.charts.cash import cash_chart
from planner.charts.cash_words import describe_cash
from planner.charts.payoff import payoff_chart
from planner.charts.payoff_words import course_words, describe_payoff
from planner.domain.account import titled
from planner.domain.optimum.conditions import condition_of
from planner.domain.optimum.problem import Decision, Option
from planner.domain.over_time.course import Course
from planner.domain.payoff.best import BestPlan
from planner.domain.payoff.calendar import Payable, PayableMonth
from planner.domain.payoff.order_cash import cash_by, holds_words
from planner.i18n import _, explain, show, show_month, source_words
from planner.reports.blocks import (
    Block,
    Column,
    Row,
    bold,
    bullets,
    cell,
    heading,
    paragraph,
    table,
)
from planner.reports.budget_sheet import budget_sheet, help_blocks, sheet_title
from planner.reports.draft import Draft
from planner.reports.payoff_sheet import PayoffSheet


def payoff(draft: Draft, sheet: PayoffSheet) -> list[Block]:
    """The plan with its proof, what to pay whom when, and all debts over time.

    Args:
        draft: The report.
        sheet: What to show.
    """
    plan = sheet.plan
    blocks = [heading(_("The way through all debts"))]
    short = plan.short if sheet.hardship is None else sheet.hardship.told_short(plan.short)
    blocks += [paragraph(draft.told(phrase)) for phrase in short]
    if plan.is_late:
        blocks.append(
            paragraph(_("Contact the lender first: this plan pays late, because nothing else holds."))
        )
    if plan.is_feasible:
        blocks += _plan(draft, sheet)
    if sheet.hardship is not None:
        blocks += [heading(sheet_title(sheet.hardship), 2)]
        blocks += budget_sheet(draft.appendix, sheet.hardship, 3)
    if sheet.help:
        blocks += help_blocks(sheet.help)
    return [*blocks, *_over_time(draft, sheet)]


def _plan(draft: Draft, sheet: PayoffSheet) -> list[Block]:
    plan = sheet.plan
    blocks = [paragraph(draft.told(phrase)) for phrase in (*plan.words, plan.proof)]
    blocks.append(bullets(draft.told(phrase) for phrase in plan.question.assumptions))
    columns = (
        Column(_("Debt"), share=1.2),
        Column(_("Way"), share=1),
        Column(_("Costs"), is_number=True),
        Column(_("Last payment"), is_number=True),
        Column(_("Ask by"), is_number=True),
    )
    answer = plan.answer
    rows = [_choice(draft, sheet, *each) for each in answer.chosen] if answer is not None else []
    blocks += [heading(_("What to choose for each debt"), 2), table(columns, rows)]
    notes = [
        _("{account}: {what}").format(account=_called(sheet, decision), what=draft.told(note))
        for decision, option in (answer.chosen if answer is not None else ())
        for note in option.notes
        # That stands among the reasons already.
        if note != condition_of(option.kind)
    ]
    blocks += [bullets(notes)] if notes else []
    told = [draft.told(phrase) for phrase in (*plan.reasons, *plan.margins)]
    if plan.changes is not None:
        told += [draft.told(phrase) for phrase in plan.changes.words]
    blocks += [heading(_("Why this plan"), 2), bullets(told), *_compared(draft, plan)]
    sources = [_("Source: {source}").format(source=source_words(each)) for each in plan.sources]
    if sources:
        blocks.append(bullets(sources))
    return [*blocks, *_calendar(draft, sheet), *_cash(draft, plan)]


def _choice(draft: Draft, sheet: PayoffSheet, decision: Decision, option: Option) -> Row:
    name = _called(sheet, decision)
    cost = sheet.plan.question.why(decision.id, option.id)
    place = draft.appendix.place(
        _("{account}: {what}").format(account=name, what=explain(option.label)), cost
    )
    return (
        name,
        explain(option.label),
        cell(show(cost), place, is_bold=True),
        show(option.high.last_on),
        show(option.apply_by) if option.apply_by is not None else "",
    )


def _compared(draft: Draft, plan: BestPlan) -> list[Block]:
    columns = (
        Column(_("Way"), share=1),
        Column(_("Costs"), is_number=True),
        Column(_("Last payment"), is_number=True),
        Column(_("Whether the cash holds"), share=1.4),
    )
    rows: list[Row] = [
        (explain(each.name), bold(show(each.cost)), show(each.ends_on), draft.told(each.words))
        for each in plan.compared
    ]
    return [table(columns, rows)] if rows else []


def _calendar(draft: Draft, sheet: PayoffSheet) -> list[Block]:
    """What to pay to whom when, month by month."""
    columns = (
        Column(_("Date")),
        Column(_("To whom"), share=1),
        Column(_("How"), share=1),
        Column(_("Amount"), is_number=True),
    )
    blocks = [heading(_("What to pay when"), 2)]
    for month in sheet.plan.months:
        blocks += [heading(show_month(month.first_on), 3), _month(draft, sheet, month, columns)]
    return blocks


def _month(draft: Draft, sheet: PayoffSheet, month: PayableMonth, columns: tuple[Column, ...]) -> Block:
    name = _("To pay in {month}").format(month=show_month(month.first_on))
    place = draft.appendix.place(name, month.total)
    total = ("", "", cell(_("Together"), place), cell(show(month.total)))
    return table(columns, [_payment(sheet, each) for each in month.payables], total)


def _payment(sheet: PayoffSheet, paid: Payable) -> Row:
    name, way = _called(sheet, paid.decision), explain(paid.option.label)
    return (show(paid.on), name, way, show(paid.amount))


def _cash(draft: Draft, plan: BestPlan) -> list[Block]:
    if plan.cash is None:
        return []
    make = partial(cash_chart, plan.cash, ())
    return [heading(_("The cash if it is paid like that"), 2), *draft.chart(make, describe_cash(plan.cash))]


def _over_time(draft: Draft, sheet: PayoffSheet) -> list[Block]:
    """The three orders beside paying only the minimums."""
    over = sheet.over
    if not over.debts:
        return []
    columns = (
        Column(_("Order"), share=3),
        Column(_("All is paid on"), is_number=True, share=2),
        Column(_("Whether it holds"), share=2),
        Column(_("Interest and fees"), is_number=True, share=3),
        Column(_("Less than with only the minimums"), is_number=True, share=3),
    )
    courses = (over.baseline, *over.orders.values())
    blocks = [heading(_("All debts over time"), 2)]
    blocks.append(table(columns, [_course(draft, sheet, course) for course in courses]))
    never = [debt.never for course in courses for debt in course.debts if debt.never is not None]
    notes = dict.fromkeys(draft.told(phrase) for phrase in (*never, *over.assumed))
    blocks.append(bullets(notes))
    chosen = over.chosen
    return [*blocks, *draft.chart(partial(payoff_chart, over, chosen), describe_payoff(over, chosen))]


def _course(draft: Draft, sheet: PayoffSheet, course: Course) -> Row:
    name = explain(course_words(course))
    place = draft.appendix.place(
        _("{way}: {what}").format(way=name, what=_("Interest and fees")), course.cost
    )
    holds = holds_words(cash_by(sheet.plan.question, course))
    return (
        name,
        show(course.cleared_on) if course.cleared_on is not None else _("never this way"),
        draft.told(holds) if holds is not None else show(None),
        cell(show(course.cost), place, is_bold=True),
        show(course.saved),
    )


def _called(sheet: PayoffSheet, decision: Decision) -> str:
    name = sheet.accounts.get(decision.account_id, decision.lender)
    return explain(titled(name, decision.label))
