"""The pages of a report on what is owed: facts for a conversation, accounts and bills."""

from __future__ import annotations

from functools import partial

from planner.charts.balance import balance_chart, describe_balance
from planner.domain.derivation import Derived
from planner.domain.due import Due
from planner.domain.due_sums import total_of
from planner.domain.money import Money
from planner.domain.sourced import recorded_from
from planner.i18n import _, explain, ngettext, show, source_words
from planner.reports.blocks import (
    Block,
    Column,
    Row,
    blank_lines,
    bold,
    cell,
    heading,
    paragraph,
    table,
)
from planner.reports.draft import Draft
from planner.reports.pack import AccountSheet

_MEETING_LINES = 6


def facts(draft: Draft) -> list[Block]:
    """The facts to take to a conversation with a lender, on one page, with lines to write on."""
    view = draft.pack.view
    blocks = [heading(_("Facts"))]
    if not view.accounts:
        return [*blocks, paragraph(_("Nothing is recorded yet."))]
    late = total_of(view.position.late)
    rows = []
    for currency, owed in view.owed.items():
        rows.append(_figure(draft, _("Still to pay in all"), owed))
        fees = view.fees.get(currency)
        if fees is not None and fees.value:
            rows.append(_figure(draft, _("Of it fees, interest and penalties"), fees))
        if currency in late:
            rows.append(_figure(draft, _("Of it late"), late[currency]))
    rows += [_figure(draft, _("Still to pay this month"), need) for need in view.month_need.values()]
    rows += [_figure(draft, _("Paid this month"), paid) for paid in view.month_paid.values()]
    if view.next_due is not None:
        name = _name(draft, view.next_due)
        told = _noted(name, draft.appendix.place(name, view.next_due.still_due))
        rows.append((cell(_("Next due"), told), bold(_next(view.next_due))))
    if not rows:
        rows.append((_("Still to pay in all"), bold(_("Nothing"))))
    blocks.append(table((Column(_("Figure"), share=1), Column(_("Amount"), is_number=True)), rows))
    if view.unknown:
        words = ngettext(
            "{count} amount has no known due date: it is in the totals, but in no month.",
            "{count} amounts have no known due date: they are in the totals, but in no month.",
            len(view.unknown),
        )
        blocks.append(paragraph(words.format(count=len(view.unknown)), is_quiet=True))
    blocks += [heading(_("Accounts"), 2), _accounts(draft), heading(_("Notes from the conversation"), 2)]
    titles = (_("Date and time"), _("Person and number"), _("What was agreed"), _("Next date"))
    return [*blocks, blank_lines(titles, _MEETING_LINES)]


def _figure(draft: Draft, name: str, figure: Derived[Money]) -> Row:
    """A row of the facts: a name, how it was made, and the amount."""
    return (cell(name, draft.appendix.short(name, figure)), bold(show(figure)))


def _noted(*notes: str) -> str:
    """Several quiet notes, one below the other."""
    return "\n".join(filter(None, notes))


def _name(draft: Draft, due: Due) -> str:
    return _("{account}: {what}").format(
        account=draft.pack.view.accounts[due.account_id].name, what=explain(due.label)
    )


def _next(due: Due) -> str:
    return _("{amount} on {date}").format(amount=show(due.open), date=show(due.due_on))


def _accounts(draft: Draft) -> Block:
    columns = (
        Column(_("Account"), share=1.6),
        Column(_("How to reach the lender"), share=1.2),
        Column(_("Still to pay"), is_number=True, share=1),
        Column(_("Of it late"), is_number=True, share=1),
        Column(_("Next due"), is_number=True, share=1),
    )
    return table(columns, [_account_row(draft, sheet) for sheet in draft.pack.sheets])


def _account_row(draft: Draft, sheet: AccountSheet) -> Row:
    account, position, today = sheet.account, sheet.position, draft.pack.today
    owed = position.owed.get(account.currency)
    late = total_of(position.late).get(account.currency)
    coming = [due for due in position.open_dues if due.due_on is not None and due.due_on >= today]
    lender = _(account.lender)

    def told(what: str, figure: Derived[Money], *notes: str) -> Block:
        place = draft.appendix.place(_("{account}: {what}").format(account=account.name, what=what), figure)
        return cell(show(figure), _noted(*notes, place))

    days = max((due.days_late(today) for due in position.late), default=0)
    late_for = ngettext("{count} day", "{count} days", days).format(count=days)
    return (
        cell(account.name, lender if lender != account.name else ""),
        ", ".join(contact.number for contact in account.contacts if contact.number) or show(None),
        told(_("Still to pay"), owed) if owed is not None else show(Money(0, account.currency)),
        told(_("Of it late"), late, late_for) if late is not None else show(None),
        told(_("Next due"), coming[0].still_due, show(coming[0].due_on)) if coming else show(None),
    )


def bills(draft: Draft) -> list[Block]:
    """What is due on each account and what was paid on it, and how it goes down."""
    blocks = [heading(_("Accounts and bills"))]
    for sheet in draft.pack.sheets:
        blocks += [heading(sheet.account.name, 2), *_sheet(draft, sheet)]
    view = draft.pack.view
    for currency, points in view.balance.items():
        blocks += draft.chart(partial(balance_chart, view, currency), describe_balance(view, currency))
        name = _("Owed on {date}").format(date=show(points[-1].day))
        blocks.append(paragraph(draft.appendix.short(name, points[-1].made), is_quiet=True))
    return blocks


def _sheet(draft: Draft, sheet: AccountSheet) -> list[Block]:
    """One account: what is due, and what was paid."""
    blocks: list[Block] = []
    until = draft.pack.parts.until
    open_dues = sheet.position.open_dues
    if not open_dues:
        blocks.append(paragraph(_("Nothing is open on it.")))
    else:
        shown = [due for due in open_dues if due.due_on is None or due.due_on <= until]
        later = [due for due in open_dues if due.due_on is not None and due.due_on > until]
        columns = (
            Column(_("What"), share=1),
            Column(_("Due")),
            Column(_("Amount"), is_number=True),
            Column(_("Paid"), is_number=True),
            Column(_("Still to pay"), is_number=True),
        )
        rows: list[Row] = [_due_row(draft, due) for due in shown]
        for rest in total_of(later).values():
            words = ngettext("{count} due after {date}", "{count} dues after {date}", len(later))
            told = words.format(count=len(later), date=show(until))
            place = draft.appendix.place(told, rest)
            rows.append((cell(told, place, span=4), show(rest)))
        owed = sheet.position.owed.get(sheet.account.currency)
        name = _("{account}: {what}").format(account=sheet.account.name, what=_("Still to pay"))
        place = draft.appendix.place(name, owed)
        total = ("", "", "", cell(_("Together"), place), cell(show(owed))) if owed is not None else ()
        rule = explain(open_dues[0].still_due.derivation.rule)
        plain = _("An amount without a note stands as it was recorded.")
        blocks += [table(columns, rows, total), paragraph(f"{rule}\n{plain}", is_quiet=True)]
    credit = sheet.position.made_credit(sheet.account.id)
    if credit is not None:
        words = _("Paid beyond all dues, as a credit: {amount}").format(amount=show(credit))
        name = _("Paid beyond all dues: {account}").format(account=sheet.account.name)
        blocks += [paragraph(words), paragraph(draft.appendix.short(name, credit), is_quiet=True)]
    if sheet.payments:
        pays = (
            Column(_("Paid on"), share=1),
            Column(_("Source"), share=1),
            Column(_("Amount"), is_number=True),
        )
        paid = [
            (show(payment.paid_on), source_words(recorded_from(payment.source_key)), show(payment.amount))
            for payment in sheet.payments
        ]
        blocks.append(table(pays, paid))
    return blocks


def _due_row(draft: Draft, due: Due) -> Row:
    label = explain(due.label)
    place = draft.appendix.place(_name(draft, due), due.still_due)
    return (
        cell(label, _noted(explain(due.standing(draft.pack.today)), place)),
        show(due.due_on),
        show(due.amount),
        show(due.paid_amount) if due.paid else show(None),
        show(due.open),
    )
