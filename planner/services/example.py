"""The example: an invented half-year of somebody who owes, told around the day it is opened."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import count

from planner.domain.account import Account
from planner.domain.bill import Adjustment, Bill, BillLine, LineKind
from planner.domain.dates import Cycle, DaysAfter, FixedDay, Mode, add_months, on_day
from planner.domain.instalment import Instalment, InstalmentPlan, OriginKind
from planner.domain.minimum.rule import baitiao_minimum
from planner.domain.money import Money, sum_of
from planner.domain.payment import Payment
from planner.domain.plans.schedule import flat_fee
from planner.domain.procedures.case import Case, StepState
from planner.domain.purchase import Progress, Purchase, Refund
from planner.domain.rate import Per, Rate
from planner.phrases import N_
from planner.services.accounts import account_from, save_account
from planner.services.bills import pay, save_bill, save_purchase
from planner.services.example_cash import write_cash
from planner.services.example_orders import CARD_ORDERS, CATEGORIES, HUABEI_ORDERS, JD_ORDERS, Order
from planner.services.plans import save_plan
from planner.store.catalogue import procedures, products
from planner.store.store import Store

_CNY = "CNY"
_MONTHS = 6
_A_TENTH = Decimal("0.10")
_LATE_DAYS = 5
_CARD_DUE_AFTER = 20
_A_DAY = timedelta(days=1)
# The catalogue's word for it among what hangs on an account.
_AUTOMATIC_REPAYMENT = "Automatic repayment"


def write_example(store: Store, today: date, say: Callable[[str], str] = str) -> None:
    """Fill an empty store with the example, within the caller's transaction.

    The same day gives the same rows, down to their ids.

    Args:
        store: The open store, in a transaction.
        today: The day around which it is told.
        say: Puts the names in it into the reader's language.
    """
    story = _Story(store, today, say)
    story.tell_baitiao()
    huabei = story.tell_huabei()
    story.tell_card()
    write_cash(store, today, say, story.new_id, huabei.id)


def _cny(text: str) -> Money:
    return Money.of(text, _CNY)


@dataclass(slots=True)
class _Story:
    """Writes the example account by account.

    Attributes:
        store: Where to.
        today: The day around which it is told.
        say: Puts names into the reader's language.
    """

    store: Store
    today: date
    say: Callable[[str], str]
    ids: Iterator[int] = field(default_factory=count)

    def new_id(self) -> str:
        """The next id, the same for the same story."""
        return f"example-{next(self.ids):04}"

    # --- JD Baitiao: billed on the 1st, due on the 10th; about to be cancelled

    def tell_baitiao(self) -> None:
        """Baitiao: groceries, a telephone in instalments that began earlier, and the wish to leave."""
        account = self._open("jd-baitiao", "12000", Cycle(Mode.BILL, 1, FixedDay(10)))
        # Nine of twelve instalments: the first three were paid before the record began.
        first = self._month(-_MONTHS).replace(day=10)
        dues = [add_months(first, month) for month in range(-2, 10)]
        rows = flat_fee(_cny("4788"), dues, Rate(Decimal("0.005"), Per.MONTH))[3:]
        phone = self._plan(account, N_("Telephone"), rows, 12, started_on=add_months(dues[0], -1))
        statements = [self._month(month) for month in range(1 - _MONTHS, 1)]
        for month, statement_on in enumerate(statements):
            bought = self._buy(account, JD_ORDERS, month, add_months(statement_on, -1), statement_on - _A_DAY)
            due_on = statement_on.replace(day=10)
            billed = [row for row in phone.rows if row.due_on == due_on]
            bill = self._bill(account, statement_on, due_on, bought, phone, billed, minimum=True)
            if due_on >= self.today:
                continue
            if month == 1:  # in two parts
                self._pay(bill, bill.minimum or bill.amount, due_on - timedelta(days=4))
                self._pay(bill, bill.amount - (bill.minimum or bill.amount.zero), due_on)
            else:
                self._pay(bill, bill.amount, due_on - timedelta(days=month % 3))
        self._buy(account, JD_ORDERS, len(statements), statements[-1], self.today)
        self._purchase(
            account,
            max(self.today - timedelta(days=3), statements[-1]),
            (N_("Electronics shop"), N_("Headphones"), "299.00"),
            Progress.PENDING,
        )
        self._cancel(account)

    def _cancel(self, account: Account) -> None:
        """A cancellation under way: two steps done, the others wait for what is open."""
        known = next(known for known in procedures() if known.id == "cancel-jd-baitiao")
        began = self.today - timedelta(days=6)
        case = Case(known.id, known.revision, account.id, began, answers={"reason": "rate"}, id=self.new_id())
        for step_id, state, note in (
            ("look-at-promotions", StepState.DONE, N_("Only for new orders, not for what I owe.")),
            ("finish-orders", StepState.IN_PROGRESS, N_("The headphones are on their way.")),
        ):
            done_on = began if state is StepState.DONE else None
            kept = replace(case.step(step_id), state=state, note=self.say(note), done_on=done_on)
            case = case.with_step(kept)
        self.store.cases.save(case)
        # The co-branded card was easy: it is off already.
        services = tuple(
            replace(service, unlinked_on=began) if index == 1 else service
            for index, service in enumerate(account.services)
        )
        self.store.accounts.save(replace(account, services=services))

    # --- Huabei: debited by itself; a correction, a refund, a plan with uneven rows

    def tell_huabei(self) -> Account:
        """Huabei: daily life, debited automatically; once the app said less than our figure."""
        account = self._open("huabei", "8000", Cycle(Mode.BILL, 1, FixedDay(10)), automatic=True)
        statements = [self._month(month) for month in range(1 - _MONTHS, 1)]
        washer_on = statements[-3].replace(day=20)
        washer = self._purchase(account, washer_on, (N_("Appliance shop"), N_("Washing machine"), "2399.00"))
        # As the app showed it: a larger first row, and fees that shrink with the rest.
        parts = (
            ("599.00", "38.40"),
            ("450.00", "30.10"),
            ("450.00", "22.50"),
            ("450.00", "15.00"),
            ("450.00", "7.50"),
        )
        first_due = statements[-2].replace(day=10)
        rows = [
            Instalment(number, add_months(first_due, number - 1), _cny(principal), _cny(fee), _cny("0"))
            for number, (principal, fee) in enumerate(parts, start=1)
        ]
        plan = self._plan(
            account, N_("Washing machine"), rows, 5, origin_id=washer.id, started_on=washer.bought_on
        )
        for month, statement_on in enumerate(statements):
            bought = self._buy(
                account, HUABEI_ORDERS, month, add_months(statement_on, -1), statement_on - _A_DAY
            )
            due_on = statement_on.replace(day=10)
            billed = [row for row in plan.rows if row.due_on == due_on]
            bill = self._bill(account, statement_on, due_on, bought, plan, billed)
            asked = bill.amount
            if month == len(statements) - 2:
                asked = self._correct(bill, _cny("-12.00"), statement_on + timedelta(days=2))
            if due_on < self.today:
                self._pay(bill, asked, due_on, automatic=True)
        self._buy(account, HUABEI_ORDERS, len(statements), statements[-1], self.today)
        bought_on = max(self.today - timedelta(days=9), statements[-1])
        self._purchase(
            account,
            bought_on,
            (N_("Sports shop"), N_("Running shoes and a shirt"), "428.00"),
            refunds=(
                Refund(_cny("129.00"), min(bought_on + timedelta(days=4), self.today), id=self.new_id()),
            ),
        )
        return account

    # --- A credit card: once only the minimum was paid, and now a bill is late

    def tell_card(self) -> None:
        """The card: a rest that was carried with interest, and a bill that was forgotten."""
        late_since = self.today - timedelta(days=_LATE_DAYS)
        last_statement = late_since - timedelta(days=_CARD_DUE_AFTER)
        cycle = Cycle(Mode.BILL, last_statement.day, DaysAfter(_CARD_DUE_AFTER), closes_after=True)
        account = self._open("cn-credit-card", "30000", cycle)
        # Whoever forgets to pay has not let the bank debit by itself.
        services = tuple(
            replace(service, unlinked_on=self._month(-_MONTHS))
            if service.name == _AUTOMATIC_REPAYMENT
            else service
            for service in account.services
        )
        account = save_account(self.store, replace(account, services=services))
        statements = [
            add_months(last_statement, -back, last_statement.day) for back in range(_MONTHS - 2, -1, -1)
        ]
        carried: Bill | None = None
        previous = add_months(statements[0], -1, last_statement.day)
        for month, statement_on in enumerate(statements):
            bought = self._buy(account, CARD_ORDERS, month, previous + _A_DAY, statement_on)
            previous = statement_on
            lines = [self._line(LineKind.PURCHASE, one.amount, one.id, one.merchant) for one in bought]
            if carried is not None:
                rest = carried.amount - (carried.minimum or carried.amount.zero)
                # Interest of 0.05 % a day on the rest, posted with the bill that carries it.
                days = (statement_on - carried.due_on).days
                lines.append(self._line(LineKind.CARRIED, rest, carried.id))
                lines.append(self._line(LineKind.INTEREST, rest.times(Decimal("0.0005") * days)))
            due_on = statement_on + timedelta(days=_CARD_DUE_AFTER)
            bill = self._save_bill(account, statement_on, due_on, lines, _A_TENTH)
            carried = bill if month == 1 else None
            if due_on < late_since:
                asked = bill.minimum if month == 1 and bill.minimum else bill.amount
                self._pay(bill, asked, due_on - timedelta(days=2))
        self._buy(account, CARD_ORDERS, len(statements), previous + _A_DAY, self.today)

    # --- What they share

    def _month(self, months: int) -> date:
        """The first day of a month, counted from this one."""
        return on_day(self.today.year, self.today.month + months, 1)

    def _open(self, product_id: str, limit: str, cycle: Cycle, *, automatic: bool = False) -> Account:
        known = next(known for known in products() if known.id == product_id)
        account = account_from(known, self.say(known.name))
        services = tuple(replace(service, id=self.new_id()) for service in account.services)
        account = replace(
            account, id=self.new_id(), limit=_cny(limit), cycle=cycle, automatic=automatic, services=services
        )
        return save_account(self.store, account)

    def _buy(
        self, account: Account, orders: Sequence[Order], month: int, first: date, last: date
    ) -> list[Purchase]:
        """The purchases of some days; which of the usual orders they are changes from month to month."""
        return [self._purchase(account, *dated) for dated in _between(orders, month, first, last)]

    def _purchase(
        self,
        account: Account,
        bought_on: date,
        order: tuple[str, str, str],
        progress: Progress = Progress.COMPLETED,
        refunds: tuple[Refund, ...] = (),
    ) -> Purchase:
        merchant, description, amount = order
        bought = Purchase(
            account.id,
            _cny(amount),
            bought_on,
            self.say(merchant),
            self.say(description),
            progress=progress,
            refunds=refunds,
            category=CATEGORIES.get(description, ""),
            id=self.new_id(),
        )
        return save_purchase(self.store, bought)

    def _plan(
        self,
        account: Account,
        name: str,
        rows: Sequence[Instalment],
        rows_in_all: int,
        *,
        origin_id: str = "",
        started_on: date,
    ) -> InstalmentPlan:
        plan = InstalmentPlan(
            account.id,
            self.say(name),
            sum_of((row.principal for row in rows), _CNY),
            tuple(replace(row, id=self.new_id()) for row in rows),
            rows_in_all,
            OriginKind.PURCHASE if origin_id else OriginKind.NONE,
            origin_id,
            started_on,
            self.new_id(),
        )
        return save_plan(self.store, plan)

    def _line(self, kind: LineKind, amount: Money, refers_to: str = "", label: str = "") -> BillLine:
        return BillLine(kind, amount, refers_to, label, self.new_id())

    def _bill(
        self,
        account: Account,
        statement_on: date,
        due_on: date,
        bought: Sequence[Purchase],
        plan: InstalmentPlan,
        billed: Sequence[Instalment],
        *,
        minimum: bool = False,
    ) -> Bill:
        """A bill of purchases and of rows of a plan; with a minimum by Baitiao's rule."""
        lines = [self._line(LineKind.PURCHASE, one.amount, one.id, one.merchant) for one in bought]
        lines += [
            self._line(LineKind.INSTALMENT, row.total, row.id, f"{plan.name} {row.number}/{plan.count}")
            for row in billed
        ]
        bill = self._save_bill(account, statement_on, due_on, lines, None)
        if not minimum:
            return bill
        zero = bill.amount.zero
        fresh, instalments = (
            sum_of((one.amount for one in bought), _CNY),
            sum_of((row.total for row in billed), _CNY),
        )
        least = baitiao_minimum(fresh, instalments, zero, zero, part=_A_TENTH, last_minimum_paid=True)
        return save_bill(self.store, replace(bill, minimum=least))

    def _save_bill(
        self,
        account: Account,
        statement_on: date,
        due_on: date,
        lines: Sequence[BillLine],
        part: Decimal | None,
    ) -> Bill:
        amount = sum_of((line.amount for line in lines), _CNY)
        least = amount.times(part) if part is not None else None
        return save_bill(
            self.store, Bill(account.id, statement_on, due_on, tuple(lines), least, id=self.new_id())
        )

    def _correct(self, bill: Bill, difference: Money, on: date) -> Money:
        """Record that the app says another amount; return what it says."""
        stated = bill.amount + difference
        reason = self.say(N_("The app took a coupon off"))
        correction = Adjustment(bill.account_id, difference, stated, on, reason, bill.id, self.new_id())
        self.store.adjustments.save(correction)
        return stated

    def _pay(self, bill: Bill, amount: Money, on: date, *, automatic: bool = False) -> None:
        pay(self.store, Payment(bill.account_id, amount, on, automatic, aimed_at=bill.id, id=self.new_id()))


def _between(
    orders: Sequence[Order], month: int, first: date, last: date
) -> list[tuple[date, tuple[str, str, str]]]:
    """The usual orders of one of the months, dated within some days."""
    dated = []
    for number, (day, merchant, description, amount, months) in enumerate(orders):
        # What is bought every month never costs quite the same.
        more = Decimal(0 if months else 137 * (month + 1) * (number + 1) % 1900) / 100
        for start in {first.replace(day=1), last.replace(day=1)}:
            bought_on = on_day(start.year, start.month, day)
            if first <= bought_on <= last and (not months or month in months):
                dated.append((bought_on, (merchant, description, str(Decimal(amount) + more))))
    return sorted(dated)
