"""The command that says what paying only the minimum comes to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from planner.cli.commands import Chosen
from planner.cli.printing import Plain, plain_account, plain_money, plain_span, print_json, print_line
from planner.domain.due import DueKind
from planner.domain.minimum.figures import CostEnd
from planner.domain.minimum.path import PathRow
from planner.domain.money import Money
from planner.domain.offers.question import Question
from planner.domain.sourced import Span
from planner.errors import PlannerError
from planner.i18n import _, explain, show
from planner.phrases import N_, Phrase

if TYPE_CHECKING:
    from planner.services.minimum import MinimumOutlook
    from planner.store.store import Store


class UnknownBillError(PlannerError):
    """A --bill that is not open."""

    message = N_("There is no open bill “{bill}”. This lists them: {command}")


class TermsNeededError(PlannerError):
    """An --amount without the account or product whose terms count."""

    message = N_("Say whose terms count for the amount, with --terms and an account or a product.")


class UnknownTermsError(PlannerError):
    """A --terms that is neither an account nor a product."""

    message = N_("Nobody has the terms “{name}”. The accounts are: {accounts}. The products are: {products}.")


class BillOrAmountError(PlannerError):
    """A --bill together with an --amount or --terms, or --terms without an amount."""

    message = N_("Name a bill with --bill, or an amount with --amount and --terms, not both.")


def minimum(
    chosen: Chosen, bill: str | None, amount: str | None, terms: str | None, *, has_rows: bool, as_json: bool
) -> None:
    """Say the minimum of the open bills, of one of them or of an amount, and what paying only it comes to."""
    from planner.services.minimum import minimum_outlook  # noqa: PLC0415 - only this command needs it

    with chosen.store() as store:
        asked = questions(store, chosen, bill, amount, terms)
        found = [minimum_outlook(store, question, chosen.today) for question in asked]
    if as_json:
        plain = [plain_minimum(outlook) for outlook in found]
        print_json({"today": chosen.today.isoformat(), "minimums": plain})
        return
    if not found:
        print_line(_("There is no open bill."))
    for outlook in found:
        for line in _lines(outlook, has_rows=has_rows):
            print_line(line)


def questions(
    store: Store, chosen: Chosen, bill: str | None, amount: str | None, terms: str | None
) -> Sequence[Question]:
    """What is asked about: an amount with somebody's terms, a bill, or every open bill.

    Raises:
        TermsNeededError: It is not said whose terms count for the amount.
        BillOrAmountError: Both a bill and an amount are named, or terms for no amount.
        UnknownTermsError: Nobody has these terms.
        UnknownBillError: There is no such open bill.
    """
    from planner.i18n.reading import parse_amount  # noqa: PLC0415 - only this command needs them
    from planner.services.catalogue import products  # noqa: PLC0415
    from planner.services.compare import account_of_terms, question_of, typed_question  # noqa: PLC0415

    today = chosen.today
    if (bill is not None or amount is None) and (amount is not None or terms is not None):
        raise BillOrAmountError
    if amount is not None:
        if terms is None:
            raise TermsNeededError
        named = [known.id for known in store.accounts.all() if known.name == terms]
        account = account_of_terms(store, named[0] if len(named) == 1 else terms)
        if account is None:
            names = ", ".join(known.name for known in store.accounts.all())
            sheets = ", ".join(sheet.id for sheet in products(store))
            raise UnknownTermsError(name=terms, accounts=names, products=sheets)
        return [typed_question(parse_amount(amount, account.currency), account, today)]
    open_bills = [due for due in store.ledgers.position(today).open_dues if due.kind is DueKind.BILL]
    wanted = [due for due in open_bills if bill is None or due.id == bill]
    if bill is not None and not wanted:
        raise UnknownBillError(bill=bill, command="due --json")
    return [question_of(store, due, today) for due in wanted]


# --- lines for people ------------------------------------------------------------------------------


def _lines(outlook: MinimumOutlook, *, has_rows: bool) -> Iterator[str]:
    from planner.services.minimum_words import all_words  # noqa: PLC0415 - see minimum

    question = outlook.question
    owner = Phrase.own(question.account.name) if question.account is not None else Phrase("Nobody’s terms")
    what = Phrase("{account}: {what}, {amount}", account=owner, what=question.label, amount=question.amount)
    yield explain(what)
    for phrase in all_words(outlook):
        yield "  " + explain(phrase)
    for end in outlook.cost.ends if has_rows else ():
        yield from _row_lines(end)
    yield ""


def _row_lines(end: CostEnd) -> Iterator[str]:
    yield "  " + _("Month by month, at {rate}").format(rate=show(end.rate))
    for row in end.path.rows:
        text = _("{month}: {owed} + {interest} − {paid} = {left}")
        yield "    " + text.format(
            month=row.month,
            owed=show(row.owed),
            interest=show(row.interest),
            paid=show(row.paid),
            left=show(row.left),
        )


# --- JSON for programs -----------------------------------------------------------------------------


def plain_minimum(outlook: MinimumOutlook) -> Plain:
    """The minimum and what paying only it comes to, for programs."""
    question, account, lost = outlook.question, outlook.question.account, outlook.lost
    by_rule = outlook.by_rule.amount
    return {
        "account": plain_account(account) if account is not None else None,
        "amount": plain_money(question.amount),
        "assumed": [explain(phrase) for phrase in outlook.assumed],
        "by_rule": _plain_span(by_rule.value if by_rule is not None else None),
        "due_on": question.due_on.isoformat() if question.due_on is not None else None,
        "ends": [_plain_end(end) for end in outlook.cost.ends],
        "label": explain(question.label),
        "lost_interest": None
        if lost is None
        else {"amount": _plain_span(lost.interest.value), "statement_on": lost.statement_on.isoformat()},
        "missing": [explain(phrase) for phrase in outlook.missing],
        "most_months": outlook.most_months,
        "stated": _plain_maybe(outlook.stated),
    }


def _plain_end(end: CostEnd) -> Plain:
    path = end.path
    return {
        "ends": path.fate.value,
        "first": plain_money(end.first),
        "interest": _plain_maybe(path.interest),
        "months": path.months,
        "rate": {"fraction": f"{end.rate.fraction:f}", "per": end.rate.per.name.lower()},
        "rows": [_plain_row(row) for row in path.rows],
        "rule": end.reading.rule.value,
        "sooner": [
            {
                "within": faster.within,
                "payment": plain_money(faster.steady.payment),
                "total": _plain_maybe(faster.steady.path.total),
                "saved": _plain_maybe(faster.saved),
            }
            for faster in end.faster
            if faster.steady is not None
        ],
        "total": _plain_maybe(path.total),
    }


def _plain_row(row: PathRow) -> Plain:
    return {
        "month": row.month,
        "owed": plain_money(row.owed),
        "interest": plain_money(row.interest),
        "paid": plain_money(row.paid),
        "left": plain_money(row.left),
    }


def _plain_maybe(money: Money | None) -> Plain | None:
    return plain_money(money) if money is not None else None


def _plain_span(span: Span[Money] | None) -> Plain | None:
    return plain_span(span) if span is not None else None
