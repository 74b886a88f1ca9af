"""The forms about a purchase: what was bought, and what came back of it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from planner.compat import override
from planner.domain.derivation import Derived
from planner.domain.money import Money
from planner.domain.purchase import Progress, Purchase
from planner.domain.recorded import as_recorded, made_net
from planner.gui.arrange import clear
from planner.gui.fields import AmountField, CheckField, DateField, TextField
from planner.gui.labels import LinkButton, amber_label, heading_label, text_label
from planner.gui.recording.category_fields import CategoryFields
from planner.gui.recording.record_form import RecordForm
from planner.gui.session import Session
from planner.gui.wrapping import WrappedLink
from planner.i18n import _, explain, show
from planner.look import GRID
from planner.phrases import N_, Phrase
from planner.services.billing import placing
from planner.services.bills import delete_refund, refund_purchase, save_purchase, with_refund
from planner.services.not_to_use import not_to_use
from planner.services.previews import made_effect
from planner.services.refund_effect import RefundEffect, refund_effect


class PurchaseForm(RecordForm):
    """An order on credit.

    Attributes:
        category: What kind of purchase.
        caution: Why the account is not to be paid with on that day; hidden where it may be.
        cycle_link: Leads to the account, where its cycle is needed and not known.
        saved_id: The purchase that was saved; empty before.

    Signals:
        wanted_account: The id of the account whose cycle the user wants to enter.
    """

    wanted_account = Signal(str)

    def __init__(self, session: Session, account_id: str = "", purchase: Purchase | None = None) -> None:
        """Start empty, or with a purchase that is to be changed."""
        known_account = purchase.account_id if purchase is not None else account_id
        super().__init__(session, known_account, is_new=purchase is None)
        self.saved_id = ""
        self._purchase = purchase
        self.amount = AmountField(self.chosen.currency)
        self.bought_on = DateField(session.today)
        self.merchant = TextField(is_required=False)
        self.description = TextField(is_required=False)
        self.order_number = TextField(is_required=False)
        self.category, self.is_pending = CategoryFields(), CheckField()
        self.add(self.amount, self.bought_on, self.merchant)
        self.more(self.description, self.order_number, *self.category.fields, self.is_pending)
        self.more_button.clicked.connect(self.on_change)  # the link has just shown what waited behind it
        self.caution = amber_label()
        self.caution.hide()
        self._end.insertWidget(self._end.indexOf(self.preview), self.caution)
        self.cycle_link = WrappedLink()
        self.cycle_link.clicked.connect(lambda: self.wanted_account.emit(self.chosen.id))
        self._end.insertWidget(self._end.indexOf(self.preview) + 1, self.cycle_link)
        self.bought_on.set_day(session.today)
        if purchase is not None:
            self._fill(purchase)
        if self.account.isHidden() or account_id:
            self.setFocusProxy(self.amount.input)
        self.refresh()

    def _fill(self, purchase: Purchase) -> None:
        self.amount.set_money(purchase.amount)
        self.bought_on.set_day(purchase.bought_on)
        self.merchant.set_text(purchase.merchant)
        self.description.set_text(purchase.description)
        self.order_number.set_text(purchase.order_number)
        self.category.fill(purchase.category)
        is_pending = purchase.progress is Progress.PENDING
        self.is_pending.set_checked(is_checked=is_pending)
        if is_pending or purchase.description or purchase.order_number or purchase.category:
            self.more_button.click()

    @override
    def refresh(self) -> None:
        super().refresh()
        self.amount.say(_("Amount"), _("What the order cost, before anything came back."))
        self.amount.echo()
        self.bought_on.say(_("Bought on"))
        self.bought_on.echo()
        self.merchant.say(_("From whom"))
        self.cycle_link.say(_("Enter the account’s statement day and due date…"))
        self.description.say(_("What"))
        self.order_number.say(_("Order number"))
        self.category.refresh()
        self.is_pending.say(
            _("The order is still under way"), _("Such an order can stand in the way of closing the account.")
        )
        self.on_change()

    @override
    def on_account(self) -> None:
        self.amount.set_currency(self.chosen.currency)
        self.on_change()

    @override
    def on_change(self) -> None:
        self.category.follow(is_shown=self.more_button.isHidden())
        day = self.bought_on.day()
        caution = not_to_use(self.session.store, self.chosen, day) if day is not None else None
        self.caution.say(caution)
        self.caution.setVisible(caution is not None)
        self.cycle_link.setVisible(day is not None and self.chosen.cycle.dues_of_purchase(day) is None)
        if day is None:
            self.show_preview("")
            return
        known_id = self._purchase.id if self._purchase is not None else ""
        placed = placing(self.session.store, self.chosen.id, day, known_id)
        self.show_preview(explain(placed), placed)

    @override
    def submit(self) -> bool:
        known = self._purchase or Purchase(self.chosen.id, self.amount.value(), self.bought_on.value())
        purchase = replace(
            known,
            amount=self.amount.value(),
            bought_on=self.bought_on.value(),
            merchant=self.merchant.text(),
            description=self.description.text(),
            order_number=self.order_number.text(),
            category=self.category.value(),
            progress=Progress.PENDING if self.is_pending.value() else Progress.COMPLETED,
        )
        title = N_("Add a purchase") if self._purchase is None else N_("Change the purchase")
        if self.session.do(title, save_purchase, purchase) is None:
            return False
        self.saved_id = purchase.id
        return True


class RefundForm(RecordForm):
    """Money that came back of a purchase; what came back before is listed below.

    Attributes:
        delete_buttons: By the id of each refund, the button that deletes it.
        saved_id: The purchase, once a refund was saved; empty before.
    """

    def __init__(self, session: Session, purchase: Purchase) -> None:
        """Start with all that is left of a purchase."""
        super().__init__(session, purchase.account_id, is_new=False)
        self.saved_id = ""
        self._purchase = purchase
        self._is_typed = False
        self.amount = AmountField(purchase.amount.currency)
        self.refunded_on = DateField(session.today)
        self.refunded_on.set_day(session.today)
        self.amount.changed.connect(self._on_typed)
        self.add(self.amount, self.refunded_on)
        self.delete_buttons: dict[str, LinkButton] = {}
        self._heading = heading_label()
        self._list = QWidget()
        self._rows = QGridLayout(self._list)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setHorizontalSpacing(2 * GRID)
        self._rows.setColumnStretch(0, 1)
        self.column.insertWidget(self.column.count() - 1, self._heading)
        self.column.insertWidget(self.column.count() - 1, self._list)
        self.setFocusProxy(self.amount.input)
        session.changed.connect(self._reload)
        self._preset()
        self.refresh()

    @override
    def refresh(self) -> None:
        super().refresh()
        self.amount.say(_("Amount that came back"))
        self.amount.echo()
        self.refunded_on.say(_("Came back on"))
        self.refunded_on.echo()
        self._heading.setText(_("Came back before"))
        self._show_refunds()
        self.on_change()

    @override
    def on_change(self) -> None:
        amount, day = self.amount.money(), self.refunded_on.day()
        if amount is None or day is None:
            text = _("{left} of {amount} is left to pay for.")
            after = self._purchase
        else:
            text = _("After that, {left} of {amount} is left to pay for.")
            after = with_refund(self._purchase, amount, day)
        if after.net.minor < 0:
            self.show_preview("")
            return
        figures: list[Derived[Money]] = [made_net(after)]
        lines = [text.format(left=show(after.net), amount=show(after.amount))]
        if amount is not None and day is not None and amount.minor > 0:
            store, today = self.session.store, self.session.today
            found = refund_effect(store, self._purchase, amount, day, today)
            if found is not None:
                lines += _effect_words(found, amount)
                figures.append(made_effect(found, amount))
        self.show_preview("\n".join(lines), *figures)

    def _on_typed(self) -> None:
        self._is_typed = True

    def _preset(self) -> None:
        left = self._purchase.net
        self.amount.set_money(left if left.minor > 0 else None)

    def _show_refunds(self) -> None:
        clear(self._rows)
        self.delete_buttons.clear()
        refunds = self._purchase.refunds
        self._heading.setVisible(bool(refunds))
        self._list.setVisible(bool(refunds))
        for row, refund in enumerate(refunds):
            button = LinkButton()
            button.setText(_("Delete"))
            amount, day = show(refund.amount), show(refund.refunded_on)
            button.setAccessibleName(_("Delete the refund of {date}").format(date=day))
            button.clicked.connect(partial(self._delete, refund.id))
            self.delete_buttons[refund.id] = button
            made = as_recorded(Phrase("Refund of {date}", date=refund.refunded_on), refund.amount)
            for column, widget in enumerate((_text(day), _text(amount, made), button)):
                self._rows.addWidget(widget, row, column)

    def _delete(self, refund_id: str) -> None:
        self.session.do(N_("Delete a refund"), delete_refund, self._purchase.id, refund_id)
        self.setFocus()

    def _reload(self) -> None:
        """Follow what was deleted here, or taken back with Undo."""
        purchase = self.session.store.purchases.find(self._purchase.id) if self.session.has_store else None
        if purchase is None or purchase == self._purchase:
            return
        self._purchase = purchase
        if not self._is_typed:
            self._preset()
        self._show_refunds()
        self.on_change()

    @override
    def submit(self) -> bool:
        amount: Money = self.amount.value()
        done = self.session.do(
            N_("Record a refund"), refund_purchase, self._purchase.id, amount, self.refunded_on.value()
        )
        if done is None:
            return False
        self.saved_id = done.id
        return True


def _effect_words(found: RefundEffect, amount: Money) -> list[str]:
    """What a refund changes on the bill that has the purchase, and why it may change nothing."""
    on = show(found.bill.statement_on)
    if not found.counted:
        text = _("The bill of {date} does not fall: what had come back by then is off its amount already.")
        return [text.format(date=on)]
    rest = found.counted - found.fall
    if not rest:
        text = _("The bill of {date} falls by {amount}.")
    elif found.fall:
        text = _("The bill of {date} falls by {amount}. The rest of {rest} counts for what else is due.")
    else:
        text = _("The bill of {date} is settled, so {rest} counts for what else is due.")
    lines = [text.format(date=on, amount=show(found.fall), rest=show(rest))]
    if found.counted < amount:
        text = _("{amount} of it is off that bill already.")
        lines.append(text.format(amount=show(amount - found.counted)))
    return lines


def _text(text: str, *shown: object) -> QLabel:
    label = text_label()
    label.tell(text, *shown)
    return label
