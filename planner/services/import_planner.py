"""What each row of a statement becomes, on frozen values: purchases first, then refunds, then repayments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time

from planner.domain.account import Account
from planner.domain.money import Money
from planner.domain.payment import Payment
from planner.domain.purchase import Progress, Purchase
from planner.errors import PlannerError
from planner.phrases import N_, Phrase
from planner.services.import_plan import Becomes, ImportPlan, MethodUse, PlannedRow, Recorded
from planner.services.refund_matching import Candidate, Matcher, item_of
from planner.statements.statement import Direction, RowKind, Statement, StatementRow

BAITIAO_REPAID = "白条还款"  # what the repayments of it are remembered as, beside the payment methods
_BAITIAO = "白条"
_CREDIT = (_BAITIAO, "花呗", "信用卡", "月付", "分期")  # what the names of credit have in them
_LOAN, _LOAN_REPAID = "金条", "金条还款"
_REPAID = "还款"
_AUTOMATIC = "自动"
_NOTHING = Phrase("An amount of zero.")


class OtherCurrencyError(PlannerError):
    """A method was given an account in another currency."""

    message = N_("{account} is kept in {currency}, but this file is in {other}. Choose another account.")


def names_baitiao(method: str) -> bool:
    """Whether a payment method is JD Baitiao by its name."""
    return _BAITIAO in method


def names_credit(method: str) -> bool:
    """Whether a payment method is credit by its name; if not, it is likely to be the user's own money."""
    return any(word in method for word in _CREDIT)


def method_of(row: StatementRow) -> str:
    """What decides where a row goes: what it was paid with or, for a repayment, what it repays."""
    if row.kind is not RowKind.REPAYMENT:
        return row.method
    words = f"{row.description} {row.category}"
    if _BAITIAO in words:
        return BAITIAO_REPAID
    return _LOAN_REPAID if _LOAN in words else _REPAID


def plan_from(
    record: Recorded,
    statement: Statement,
    mapping: Mapping[str, str | None],
    new_accounts: Iterable[Account] = (),
) -> ImportPlan:
    """Decide what every row becomes, on frozen values.

    Raises:
        OtherCurrencyError: A method was given an account in another currency.
    """
    planner = _Planner(record, statement, mapping, tuple(new_accounts))
    return planner.plan()


def _key_before_refunds(row: StatementRow, seen: Counter[str]) -> str:
    """The key that a purchase has for good: as if nothing of it had come back.

    A refund changes the amount and the direction in later exports; both are left as they were.
    """
    direction = Direction.NEUTRAL if row.kind is RowKind.PROVISIONAL else Direction.EXPENSE
    first = row.key_before_refunds(direction)
    seen[first] += 1
    return first if seen[first] == 1 else row.key_before_refunds(direction, seen[first])


def _bought_at(purchase: Purchase) -> datetime:
    """When a recorded purchase was made: to the second if it was imported."""
    moment, _, rest = purchase.source_key.partition("|")
    if rest:
        at = datetime.fromisoformat(moment)
        if at.date() == purchase.bought_on:
            return at
    return datetime.combine(purchase.bought_on, time.min)


@dataclass(slots=True)
class _Use:
    rows: int = 0
    total: Money | None = None


@dataclass(slots=True)
class _Planner:
    """Goes through the rows: purchases first, then refunds by time, then what no row dates."""

    record: Recorded
    statement: Statement
    mapping: Mapping[str, str | None]
    new_accounts: tuple[Account, ...]
    accounts: dict[str, Account] = field(default_factory=dict)
    uses: dict[str, _Use] = field(default_factory=dict)
    planned: dict[int, PlannedRow] = field(default_factory=dict)
    candidates: dict[int, tuple[str, Candidate]] = field(default_factory=dict)
    fresh: set[str] = field(default_factory=set)
    payments: list[Payment] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    tried: set[tuple[str, str]] = field(default_factory=set)
    ended: set[tuple[str, str]] = field(default_factory=set)
    typed: dict[tuple[str, str, int, str], list[Purchase]] = field(default_factory=dict)
    pending: dict[str, list[Purchase]] = field(default_factory=dict)

    def plan(self) -> ImportPlan:
        """Decide every row."""
        self.accounts = {**self.record.accounts, **{account.id: account for account in self.new_accounts}}
        self._refuse_other_currencies()
        for purchase in self.record.purchases:
            if purchase.progress is Progress.PENDING and purchase.order_number:
                self.pending.setdefault(purchase.order_number, []).append(purchase)
            elif not purchase.source_key and purchase.order_number:
                self.typed.setdefault(_traits(purchase), []).append(purchase)
        self._plan_purchases()
        self._plan_refunds()
        self._plan_repayments()
        self._plan_what_no_row_dates()
        return ImportPlan(
            self.statement,
            tuple(self.planned[index] for index in range(len(self.statement.rows))),
            tuple(self._use(method) for method in self.uses),
            self.new_accounts,
            tuple(self._changed()),
            tuple(self.payments),
            tuple(dict.fromkeys(self.withdrawn)),
            tuple(sorted(self.ended - self.record.ended)),
            self.record,
            dict(self.mapping),
        )

    def _refuse_other_currencies(self) -> None:
        currency = self.statement.currency
        for account_id in self.mapping.values():
            account = self.accounts.get(account_id or "")
            if account is not None and account.currency != currency:
                raise OtherCurrencyError(account=account.name, currency=account.currency, other=currency)

    # --- purchases ---

    def _plan_purchases(self) -> None:
        by_key = {purchase.source_key: purchase for purchase in self.record.purchases if purchase.source_key}
        paid = self._paid_orders()
        self.tried = {_order_of(row) for row in self.statement.rows if row.kind is RowKind.PROVISIONAL}
        seen: Counter[str] = Counter()
        for index, row in enumerate(self.statement.rows):
            if row.kind is RowKind.PURCHASE:
                self._plan_purchase(index, row, _key_before_refunds(row, seen), by_key)
            elif row.kind is RowKind.PROVISIONAL:
                key = _key_before_refunds(row, seen)
                paid_id = paid.get(_order_of(row), paid.get((row.order_number, row.gross)))
                self._plan_provisional(index, row, by_key.get(key), key, paid_id)
            elif row.kind is RowKind.OTHER:
                reason = Phrase("Neither a purchase, nor a refund, nor a repayment.")
                self.planned[index] = PlannedRow(row, Becomes.IGNORED, reason)

    def _paid_orders(self) -> dict[tuple[str, str | Money], str]:
        """The purchases that are paid, recorded or in the file, by order number and what was ordered.

        One that no row of the file names was typed or described anew: it is known by its amount too.
        """
        in_file = {_order_of(row) for row in self.statement.rows}
        paid: dict[tuple[str, str | Money], str] = {}
        for purchase in self.record.purchases:
            if purchase.progress is Progress.COMPLETED and purchase.order_number:
                order = (purchase.order_number, item_of(purchase.description))
                paid[order] = purchase.id
                if order not in in_file:
                    paid[purchase.order_number, purchase.amount] = purchase.id
        for row in self.statement.rows:
            if row.kind is RowKind.PURCHASE and row.gross:
                paid.setdefault(_order_of(row), "")
        return paid

    def _plan_purchase(self, index: int, row: StatementRow, key: str, by_key: Mapping[str, Purchase]) -> None:
        if not row.gross:
            self.planned[index] = PlannedRow(row, Becomes.IGNORED, _NOTHING)
            return
        if key in by_key:
            self._is_there(index, row, by_key[key], Phrase("Recorded by an earlier import."))
            return
        account_id = self._answer(index, row)
        if account_id is None:
            self._withdraw_if_pending(index, row)
            return
        typed = self.typed.get((account_id, row.order_number, row.gross.minor, row.at.date().isoformat()))
        if typed:
            self._is_there(
                index,
                row,
                typed.pop(0),
                Phrase("Recorded by you, with the same order number, day and amount."),
            )
            return
        purchase = Purchase(
            account_id=account_id,
            amount=row.gross,
            bought_on=row.at.date(),
            merchant=row.merchant,
            description=row.description,
            order_number=row.order_number,
            category=row.category,
            source_key=key,
        )
        reason = Phrase("Order {number}.", number=row.order_number)
        pending = self._pending(row)
        if pending is not None:
            kept = pending.refunds if pending.refunded <= row.gross else ()
            purchase = replace(purchase, id=pending.id, refunds=kept)
            reason = Phrase("Order {number}, pending until now, is paid.", number=row.order_number)
        self._propose(index, row, purchase, Becomes.PURCHASE, reason)

    def _plan_provisional(
        self, index: int, row: StatementRow, known: Purchase | None, key: str, paid_id: str | None
    ) -> None:
        """Decide a row of pay-after-trying: its paid row counts, and until there is one it may be pending."""
        if paid_id is not None:
            reason = Phrase("Not an amount to pay: its paid row has taken its place.")
            self.planned[index] = PlannedRow(row, Becomes.IGNORED, reason, purchase_id=paid_id)
        elif not row.net:
            self._remember_end(row)
            cancelled = self._pending(row)
            if cancelled is None:
                self.planned[index] = PlannedRow(row, Becomes.IGNORED, _NOTHING)
                return
            self.withdrawn.append(cancelled.id)
            reason = Phrase("Ended without a payment: the pending order is taken off the record.")
            self.planned[index] = PlannedRow(
                row, Becomes.WITHDRAWN, reason, cancelled.account_id, cancelled.id
            )
        elif known is not None:
            self._is_there(index, row, known, Phrase("Recorded by an earlier import."))
        elif _order_of(row) in self.record.ended:
            reason = Phrase("Not an amount to pay: another export says that this order ended without credit.")
            self.planned[index] = PlannedRow(row, Becomes.IGNORED, reason)
        else:
            account_id = self._answer(index, row)
            if account_id is None:
                return
            typed = self._pending(row, only_typed=True)
            if typed is not None:
                reason = Phrase("Recorded by you, with the same order number and amount.")
                self._is_there(index, row, typed, reason)
                return
            purchase = Purchase(
                account_id=account_id,
                amount=row.gross,
                bought_on=row.at.date(),
                merchant=row.merchant,
                description=row.description,
                order_number=row.order_number,
                progress=Progress.PENDING,
                category=row.category,
                source_key=key,
            )
            reason = Phrase(
                "Order {number} is not paid yet; its paid row will complete it.", number=row.order_number
            )
            self._propose(index, row, purchase, Becomes.PENDING, reason)

    def _is_there(self, index: int, row: StatementRow, purchase: Purchase, reason: Phrase) -> None:
        self.candidates[index] = (
            self._mapped(method_of(row)) or purchase.account_id,
            Candidate(purchase, _bought_at(purchase), is_in_file=True, stated=row.refunded),
        )
        self.planned[index] = PlannedRow(row, Becomes.ALREADY_THERE, reason, purchase.account_id, purchase.id)

    def _propose(
        self, index: int, row: StatementRow, purchase: Purchase, becomes: Becomes, reason: Phrase
    ) -> None:
        self.fresh.add(purchase.id)
        self.candidates[index] = (
            purchase.account_id,
            Candidate(purchase, row.at, is_in_file=True, stated=row.refunded),
        )
        self.planned[index] = PlannedRow(row, becomes, reason, purchase.account_id, purchase.id)

    def _pending(self, row: StatementRow, *, only_typed: bool = False) -> Purchase | None:
        """The pending purchase that a row is, completes or ends; each is found once."""
        known = self.pending.get(row.order_number, [])
        for purchase in known:
            is_typed = not purchase.source_key
            is_alike = item_of(purchase.description) == item_of(row.description)
            if (is_alike and not only_typed) or (is_typed and purchase.amount == row.gross):
                known.remove(purchase)
                return purchase
        return None

    def _withdraw_if_pending(self, index: int, row: StatementRow) -> None:
        """Take a pending order off that was paid with something else than credit."""
        if self.planned[index].becomes is not Becomes.NOT_CREDIT:
            return
        pending = self._pending(row)
        if pending is not None or _order_of(row) in self.tried:
            self._remember_end(row)
        if pending is not None:
            self.withdrawn.append(pending.id)
            reason = Phrase(
                "Paid with {method}, which is not credit: the pending order is taken off the record.",
                method=row.method,
            )
            self.planned[index] = PlannedRow(row, Becomes.WITHDRAWN, reason, pending.account_id, pending.id)

    def _remember_end(self, row: StatementRow) -> None:
        if row.order_number:
            self.ended.add(_order_of(row))

    # --- refunds ---

    def _plan_refunds(self) -> None:
        rows = [(index, row) for index, row in enumerate(self.statement.rows) if row.kind is RowKind.REFUND]
        # Newest first in the file: of two rows of one second the lower one came first.
        rows.sort(key=lambda pair: (pair[1].at, -pair[0]))
        orders = {row.order_number for _, row in rows}
        in_file = {candidate.purchase.id for _, candidate in self.candidates.values()}
        others = [
            (
                purchase.account_id,
                Candidate(purchase, _bought_at(purchase), is_in_file=False, stated=purchase.amount.zero),
            )
            for purchase in self.record.purchases
            if purchase.order_number in orders
            and purchase.id not in in_file
            and purchase.id not in self.withdrawn
        ]
        matcher = Matcher([*self.candidates.values(), *others])
        by_key = {
            refund.source_key: purchase
            for purchase in self.record.purchases
            for refund in purchase.refunds
            if refund.source_key
        }
        for index, row in rows:
            self.planned[index] = self._refund(index, row, by_key.get(row.key), matcher)
        self.candidates.update({-1 - number: pair for number, pair in enumerate(others)})

    def _refund(self, index: int, row: StatementRow, known: Purchase | None, matcher: Matcher) -> PlannedRow:
        if not row.gross:
            return PlannedRow(row, Becomes.IGNORED, _NOTHING)
        if known is not None:
            reason = Phrase("Recorded by an earlier import.")
            return PlannedRow(row, Becomes.ALREADY_THERE, reason, known.account_id, known.id)
        account_id = self._answer(index, row)
        if account_id is None:
            return self.planned[index]
        typed = matcher.was_typed(account_id, row)
        if typed is not None:
            reason = Phrase("Recorded by you, on the same order.")
            return PlannedRow(row, Becomes.ALREADY_THERE, reason, account_id, typed.purchase.id)
        found = matcher.find(account_id, row)
        if found is None:
            reason = (
                Phrase(
                    "More than what is left of the order {number}: look at it in the app.",
                    number=row.order_number,
                )
                if matcher.has_order(account_id, row)
                else Phrase(
                    "The purchase it belongs to (order {number}) is not recorded on this account. Import the "
                    "export that has it, then this file once more.",
                    number=row.order_number,
                )
            )
            return PlannedRow(row, Becomes.IGNORED, reason, account_id)
        purchase = found.purchase
        reason = Phrase("Comes back of “{item}”.", item=Phrase.own(purchase.description))
        if purchase.id in self.record.billed:
            reason = Phrase(
                "Comes back of “{item}”, which a recorded bill holds: check that bill against the app.",
                item=Phrase.own(purchase.description),
            )
        return PlannedRow(row, Becomes.REFUND, reason, purchase.account_id, purchase.id)

    def _plan_what_no_row_dates(self) -> None:
        """Say of each purchase what came back by its own row, where no other row dates it."""
        for index, (_, candidate) in self.candidates.items():
            planned = self.planned.get(index)
            if planned is None or not candidate.assumed or not candidate.is_changed:
                continue
            if planned.becomes is Becomes.ALREADY_THERE:
                if candidate.known + candidate.assumed <= candidate.before:
                    continue
                reason = Phrase(
                    "Already there. {amount} came back since; no row says when, so the day of the purchase "
                    "stands for it.",
                    amount=candidate.known + candidate.assumed - candidate.before,
                )
                self.planned[index] = replace(planned, becomes=Becomes.REFUND_ADDED, reason=reason)
            else:
                reason = Phrase(
                    "Order {number}. {amount} of it came back; no row says when, so the day of the purchase "
                    "stands for it.",
                    number=planned.row.order_number,
                    amount=candidate.assumed,
                )
                self.planned[index] = replace(planned, reason=reason)

    def _changed(self) -> Iterable[Purchase]:
        """The purchases to save."""
        gone = set(self.withdrawn)
        for _, candidate in self.candidates.values():
            purchase = candidate.purchase
            if purchase.id in gone:
                continue
            if candidate.is_changed:
                yield candidate.result
            elif purchase.id in self.fresh:
                yield purchase

    # --- repayments ---

    def _plan_repayments(self) -> None:
        by_key = {payment.source_key: payment for payment in self.record.payments if payment.source_key}
        typed = Counter(
            (payment.account_id, payment.amount, payment.paid_on)
            for payment in self.record.payments
            if not payment.source_key
        )
        for index, row in enumerate(self.statement.rows):
            if row.kind is not RowKind.REPAYMENT:
                continue
            if not row.net:
                self.planned[index] = PlannedRow(row, Becomes.IGNORED, _NOTHING)
                continue
            known = by_key.get(row.key)
            if known is not None:
                reason = Phrase("Recorded by an earlier import.")
                self.planned[index] = PlannedRow(row, Becomes.ALREADY_THERE, reason, known.account_id)
                continue
            account_id = self._answer(index, row)
            if account_id is None:
                continue
            payment = Payment(
                account_id=account_id,
                amount=row.net,
                paid_on=row.at.date(),
                automatic=_AUTOMATIC in row.description,
                note=row.description,
                source_key=row.key,
            )
            if typed[account_id, payment.amount, payment.paid_on]:
                typed[account_id, payment.amount, payment.paid_on] -= 1
                reason = Phrase("Recorded by you, with the same day and amount.")
                self.planned[index] = PlannedRow(row, Becomes.ALREADY_THERE, reason, account_id)
                continue
            self.payments.append(payment)
            reason = Phrase("Paid from {method}.", method=row.method)
            self.planned[index] = PlannedRow(row, Becomes.PAYMENT, reason, account_id)

    # --- methods ---

    def _answer(self, index: int, row: StatementRow) -> str | None:
        """The account of a row; where there is none, the row is decided."""
        method = method_of(row)
        use = self.uses.setdefault(method, _Use(total=row.gross.zero))
        use.rows += 1
        if row.kind is not RowKind.REFUND and use.total is not None:
            use.total += row.net
        if not self._is_answered(method):
            reason = Phrase("Choose what {method} stands for.", method=method)
            self.planned[index] = PlannedRow(row, Becomes.UNANSWERED, reason)
            return None
        account_id = self._mapped(method)
        if account_id is None:
            reason = Phrase("{method} is not credit.", method=method)
            self.planned[index] = PlannedRow(row, Becomes.NOT_CREDIT, reason)
        return account_id

    def _is_answered(self, method: str) -> bool:
        """Whether it is said what a method stands for; an account that is gone is no answer."""
        if method in self.mapping:
            account_id = self.mapping[method]
            return account_id is None or account_id in self.accounts
        return method == BAITIAO_REPAID and len(self._baitiao()) == 1

    def _mapped(self, method: str) -> str | None:
        """The account that a method stands for."""
        if method in self.mapping:
            account_id = self.mapping[method]
            return account_id if account_id in self.accounts else None
        return next(iter(self._baitiao())) if self._is_answered(method) else None

    def _baitiao(self) -> set[str | None]:
        """The accounts that the methods naming Baitiao stand for: its repayments go there too."""
        return {
            account_id
            for method, account_id in self.mapping.items()
            if names_baitiao(method) and method != BAITIAO_REPAID
        }

    def _use(self, method: str) -> MethodUse:
        use = self.uses[method]
        zero = Money(0, self.statement.currency)
        return MethodUse(method, use.rows, use.total or zero, self._is_answered(method), self._mapped(method))


def _order_of(row: StatementRow) -> tuple[str, str]:
    """What a row is about: the order number, and what was ordered."""
    return row.order_number, item_of(row.description)


def _traits(purchase: Purchase) -> tuple[str, str, int, str]:
    """By what a typed purchase is recognised in a file."""
    return (
        purchase.account_id,
        purchase.order_number,
        purchase.amount.minor,
        purchase.bought_on.isoformat(),
    )
