"""The budget sheet for talking to lenders, on one page: what comes in, what essentials take, what is left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from planner.domain.derivation import Derived
from planner.domain.hardship.budget import CATEGORY_WORDS, Budget, BudgetLine
from planner.domain.hardship.hardship import Hardship
from planner.domain.hardship.help import CHECK_FIRST, HelpEntry
from planner.domain.hardship.proposal import Proposal
from planner.domain.hardship.shares import IN_PROPORTION_SOURCE, SHARING_WORDS, Sharing
from planner.domain.money import Money
from planner.i18n import _, explain, show, show_month, source_words
from planner.reports.blocks import (
    Appendix,
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


def sheet_title(found: Hardship) -> str:
    """What stands above a budget sheet."""
    return _("Budget sheet, {month}").format(month=show_month(found.budget.month))


def budget_sheet(
    appendix: Appendix, found: Hardship, level: int = 2, *, is_for_lender: bool = False
) -> list[Block]:
    """A budget sheet: the budget of the month, and what is offered to each lender.

    Args:
        appendix: Where it is told how its figures were made.
        found: What can be offered to whom.
        level: Of the headings in it.
        is_for_lender: Whether a lender reads it: what the user could do otherwise is then left out.
    """
    compares = not is_for_lender and found.sharing is Sharing.EQUAL and len(found.proposals) > 1
    blocks = [
        heading(_("What the month has"), level),
        _budget(appendix, found.budget),
        *_held(found.budget),
        heading(_("What is owed, and what can be paid"), level),
        _offers(appendix, found, compares=compares),
    ]
    if found.offered.value:
        first = _("The first payments are made on {date}, then one each month.")
        blocks.append(paragraph(first.format(date=show(found.proposals[0].first_on)), is_quiet=True))
    if compares:
        source = source_words(IN_PROPORTION_SOURCE)
        blocks.append(
            paragraph(
                _("To compare, in proportion to what is owed: {source}").format(source=source), is_quiet=True
            )
        )
    if not is_for_lender:
        notes = (*([found.budget.why] if found.budget.why is not None else []), *found.budget.missing)
        blocks += [bullets(map(explain, notes))] if notes else []
    return blocks


def _budget(appendix: Appendix, budget: Budget) -> Block:
    rows: list[Row] = []
    rows += [_line(appendix, line) for line in budget.incomes]
    if budget.assumed is not None:
        rows.append((_("Assumed beside what is recorded"), show(budget.assumed)))
    rows.append(_sum(appendix, _("Income together"), budget.income))
    rows += [_line(appendix, line) for line in budget.essentials]
    rows.append(_sum(appendix, _("Essentials together"), budget.essential))
    if budget.others:
        rows += [_line(appendix, line) for line in budget.others]
        rows.append(_sum(appendix, _("Other expenses together"), budget.other))
    told = _("Left for all debts")
    last = (cell(told, appendix.place(told, budget.left)), cell(show(budget.left)))
    return table((Column(_("A month"), share=1), Column(_("Amount"), is_number=True)), rows, last)


def _held(budget: Budget) -> list[Block]:
    """Why less is offered than the month leaves."""
    words = budget.held_words
    return [] if words is None else [paragraph(explain(words), is_quiet=True)]


def _sum(appendix: Appendix, name: str, figure: Derived[Money]) -> Row:
    return (cell(name, appendix.place(name, figure), is_bold=True), bold(show(figure)))


def _line(appendix: Appendix, line: BudgetLine) -> Row:
    name = explain(CATEGORY_WORDS[line.category])
    return (cell(name, appendix.place(name, line.amount)), show(line.amount))


def _offers(appendix: Appendix, found: Hardship, *, compares: bool) -> Block:
    columns = [
        Column(_("Lender and account"), share=1.5),
        Column(_("Owed"), is_number=True, share=1),
        Column(_("Asked in the coming month"), is_number=True, share=1.1),
        Column(_("Offered a month"), is_number=True, share=1),
        Column(_("How many payments"), is_number=True, share=0.8),
        Column(_("Last payment"), is_number=True, share=1),
    ]
    if compares:
        columns.insert(4, Column(_("In proportion"), is_number=True, share=1))
    rows = [_offer(appendix, each, compares=compares) for each in found.proposals]
    offered = _figure(appendix, _("Offered to all lenders together"), found.offered)
    last: list[str | Block] = [
        cell(_("Together"), explain(SHARING_WORDS[found.sharing])),
        _figure(appendix, _("Owed in all"), found.owed),
        _figure(appendix, _("Asked in the coming month"), found.asked),
        offered,
        "",
        "",
    ]
    if compares:
        last.insert(4, "")
    return table(columns, rows, last)


def _offer(appendix: Appendix, proposal: Proposal, *, compares: bool) -> Row:
    creditor = proposal.creditor
    name = creditor.name
    lender = _(creditor.lender)
    said = _("{account}: {what}")
    monthly = _figure(
        appendix, said.format(account=name, what=_("Offered a month")), proposal.monthly, is_bold=True
    )
    row: list[str | Block] = [
        cell(name, lender if lender != name else ""),
        _figure(appendix, said.format(account=name, what=_("Owed")), creditor.owed),
        _figure(appendix, said.format(account=name, what=_("Asked in the coming month")), creditor.asked),
        monthly,
        show(proposal.count),
        _last(proposal),
    ]
    if compares:
        row.insert(4, show(proposal.in_proportion))
    return row


def _last(proposal: Proposal) -> str:
    """When the last payment is made if nothing more is charged."""
    if proposal.last_on is None:
        return show(None) if proposal.count is None else _("no end in sight")
    return show_month(proposal.last_on)


def _figure(appendix: Appendix, name: str, figure: Derived[Money], *, is_bold: bool = False) -> Block:
    return cell(show(figure), appendix.place(name, figure), is_bold=is_bold)


def help_blocks(entries: Sequence[HelpEntry], level: int = 2) -> list[Block]:
    """Who helps without a fee, each with who says so, and that it is to be checked.

    Args:
        entries: Who helps.
        level: Of the heading.
    """
    columns = (
        Column(_("Who helps"), share=2.2),
        Column(_("How to reach them"), share=1),
        Column(_("Source"), share=1.4),
    )
    return [
        heading(_("Free help"), level),
        paragraph(explain(CHECK_FIRST), is_quiet=True),
        table(columns, map(_entry, entries), is_small=True),
    ]


def _entry(entry: HelpEntry) -> Row:
    about = "\n".join(filter(None, (_(entry.text), _(entry.whom))))
    return (
        cell(_(entry.title), about),
        "\n".join(entry.reach) or show(None),
        cell(source_words(entry.source), explain(entry.check_first)),
    )


def budget_pdf(found: Hardship, today: date, language: str, number_format: str = "") -> bytes:
    """A budget sheet alone as a PDF; the same sheet in the same language gives the same bytes.

    Args:
        found: What can be offered to whom.
        today: The day of its data.
        language: ``zh``, ``en`` or ``fr``.
        number_format: How numbers and dates are written; empty for the language's usual way.
    """
    from planner.reports.hardship_document import written_sheet  # noqa: PLC0415 - brings matplotlib, half a second
    from planner.reports.typeset import typeset  # noqa: PLC0415 - brings typst, a tenth

    return typeset(written_sheet(found, today, language, number_format))


def sheet_words() -> Iterable[str]:
    """What a budget sheet says of itself below its tables."""
    yield _("All amounts are a month, from my own record. Payments to lenders are not among the expenses.")
    yield _(
        "How many payments it takes is counted as if nothing more were charged. Together never more is "
        "offered than the month has left."
    )
