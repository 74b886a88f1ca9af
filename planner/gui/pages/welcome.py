"""The first start: choose a language, then look at an example or begin with three fields."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from planner import i18n
from planner.compat import override
from planner.domain.account import Account, Product
from planner.domain.money import Money
from planner.errors import PlannerError
from planner.gui.fields import AmountField, ChoiceField, DateField, Field, TextField, check_all
from planner.gui.labels import LinkButton, amber_label, heading_label, quiet_label, text_label, title_label
from planner.gui.language import speak
from planner.gui.layouts import Flow
from planner.gui.session import Session
from planner.i18n import CURRENCIES, LANGUAGES, _, currency_name
from planner.look import GRID
from planner.phrases import N_
from planner.services.accounts import account_from, start_with_bill
from planner.store.catalogue import products

_WIDTH = 34  # of the column, in heights of a line: as wide as one reads with ease
_BLANK = "blank"


class NothingOwedError(PlannerError):
    """A first bill of nothing."""

    message = N_("Enter an amount above zero.")


class _OwedField(AmountField):
    """An amount that is more than nothing."""

    @override
    def read(self, text: str) -> Money:
        money = super().read(text)
        if money.minor <= 0:
            raise NothingOwedError
        return money


class WelcomePage(QWidget):
    """What a first start shows; it needs no open file.

    Attributes:
        language_buttons: One per language, each in its own script.
        example_button, start_button, empty_link: The ways on.
        product, name, amount, currency, due: What one begins with.
        problem: Why it could not begin.

    Signals:
        finished: The user's file is open.
        example_wanted: The user wants to look at the example first.
    """

    finished = Signal()
    example_wanted = Signal()

    def __init__(self, session: Session, path: Path) -> None:
        """Build the page.

        Args:
            session: The session, without a file yet.
            path: Where the file will be.
        """
        super().__init__()
        self.session = session
        self._path = path
        self.language_buttons = {code: QPushButton(name) for code, name in LANGUAGES.items()}
        self.product, self.currency = ChoiceField(), ChoiceField()
        self.name, self.amount = TextField(), _OwedField("CNY")
        self.due = DateField(session.today)
        self.example_button, self.start_button, self.empty_link = QPushButton(), QPushButton(), LinkButton()
        self.problem = amber_label()
        self._title, self._intro = title_label(), text_label()
        self._example_heading, self._example_text = heading_label(), quiet_label()
        self._start_heading, self._start_text = heading_label(), quiet_label()
        self._promise, self._where = quiet_label(), quiet_label()
        self._content = QWidget()
        self._build()
        self._connect()
        self._has_own_currency = False
        self.refresh()

    # --- building ------------------------------------------------------------------------------

    def _build(self) -> None:
        column = QVBoxLayout(self._content)
        column.setContentsMargins(3 * GRID, 4 * GRID, 3 * GRID, 4 * GRID)
        column.setSpacing(2 * GRID)
        column.addLayout(self._languages())
        for widget in (self._title, self._intro, self._start_card(), self._example_card()):
            column.addWidget(widget)
        column.addWidget(self._promise)
        column.addWidget(self._where)
        empty = Flow()
        empty.addWidget(self.empty_link)
        column.addLayout(empty)
        column.addStretch(1)
        self._content.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        centred = QWidget()
        row = QHBoxLayout(centred)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(self._content, 100)
        row.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(centred)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.area)

    def _languages(self) -> Flow:
        group = QButtonGroup(self)
        row = Flow()
        for code, button in self.language_buttons.items():
            button.setCheckable(True)
            button.setProperty("role", "large")
            group.addButton(button)
            row.addWidget(button)
            button.clicked.connect(partial(self._speak, code))
        return row

    def _start_card(self) -> QFrame:
        card, column = _card()
        start = Flow()
        start.addWidget(self.start_button)
        self.start_button.setProperty("role", "primary")
        for widget in (
            self._start_heading,
            self._start_text,
            self.product,
            self.name,
            self.amount,
            self.currency,
            self.due,
            self.problem,
        ):
            column.addWidget(widget)
        column.addLayout(start)
        self.problem.hide()
        return card

    def _example_card(self) -> QFrame:
        card, column = _card()
        look = Flow()
        look.addWidget(self.example_button)
        column.addWidget(self._example_heading)
        column.addWidget(self._example_text)
        column.addLayout(look)
        return card

    def _connect(self) -> None:
        self.product.changed.connect(self._on_product)
        self.currency.changed.connect(self._on_currency)
        self.example_button.clicked.connect(self.example_wanted)
        self.start_button.clicked.connect(self.start)
        self.empty_link.clicked.connect(self.start_empty)
        # Return presses the button that has the keyboard; in a field it begins.
        for button in (
            *self.language_buttons.values(),
            self.example_button,
            self.start_button,
            self.empty_link,
        ):
            button.setAutoDefault(True)
        for field in (self.product, self.name, self.amount, self.due):
            field.changed.connect(self.problem.hide)

    # --- texts ---------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Set every text; what was typed stays."""
        money, day = self.amount.money(), self.due.day()
        for code, button in self.language_buttons.items():
            is_spoken = code == i18n.language()
            button.setChecked(is_spoken)
            button.setProperty("primary", is_spoken)
            button.style().unpolish(button)
            button.style().polish(button)
        self._title.setText(_("Welcome"))
        self._intro.setText(
            _("Record what you owe, see what is due when, and compare the ways to pay it, at your own pace.")
        )
        self._start_heading.setText(_("Start with one bill"))
        self._start_text.setText(
            _("Three facts are enough. The last statement or the lender’s app has them.")
        )
        self.product.say(_("Lender or product"))
        self.product.set_choices((sheet.id, _(sheet.name)) for sheet in products())
        self.name.say(_("Name of the lender"))
        self.amount.say(_("Amount to pay"))
        self.currency.say(_("Currency"))
        self.currency.set_choices(
            (code, _("{name} ({code})").format(name=currency_name(code), code=code)) for code in CURRENCIES
        )
        self.due.say(_("Due date"))
        self.start_button.setText(_("Start"))
        self._example_heading.setText(_("Or look around first"))
        self._example_text.setText(
            _("The example has invented figures and a file of its own. You can leave it at any time.")
        )
        self.example_button.setText(_("Look at an example"))
        self._promise.setText(
            _("There is no account to create and no e-mail to give. Nothing is sent anywhere.")
        )
        # Zero-width spaces, so that a long path may go on in the next line.
        shown = str(self._path).replace("/", "/\u200b").replace("\\", "\\\u200b")
        self._where.setText(_("Your file will be on this computer: {path}").format(path=shown))
        self.empty_link.setText(_("Start empty"))
        self.problem.hide()
        self._on_product()
        if money is not None:
            self.amount.set_text(i18n.show_amount(money))
        if day is not None:
            self.due.set_day(day)
        self._fit()

    def _fit(self) -> None:
        self._content.setMaximumWidth(_WIDTH * self.fontMetrics().height())

    def _speak(self, code: str) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            # What was typed is read in the format in which it was typed, and written in the new one.
            money, day = self.amount.money(), self.due.day()
            speak(app, code)
            self.refresh()
            if money is not None:
                self.amount.set_text(i18n.show_amount(money))
            if day is not None:
                self.due.set_day(day)

    # --- what was chosen -----------------------------------------------------------------------

    @property
    def _sheet(self) -> Product:
        chosen = self.product.value()
        return next(sheet for sheet in products() if sheet.id == chosen)

    @property
    def _is_other(self) -> bool:
        return self._sheet.id == _BLANK

    def _on_product(self) -> None:
        self.name.setVisible(self._is_other)
        self.currency.setVisible(self._is_other)
        if not self._has_own_currency:
            self.currency.set_key("EUR" if i18n.language() == "fr" else "CNY")
        self._set_unit()

    def _on_currency(self) -> None:
        self._has_own_currency = True
        self._set_unit()

    def _set_unit(self) -> None:
        self.amount.set_currency(self.currency.value() if self._is_other else self._sheet.currency)

    @property
    def _fields(self) -> tuple[Field, ...]:
        return (self.product, self.name, self.amount, self.currency, self.due)

    def _account(self) -> Account:
        sheet = self._sheet
        if not self._is_other:
            return account_from(sheet, _(sheet.name))
        name = self.name.value()
        return replace(account_from(sheet, name, self.currency.value()), lender=name)

    # --- beginning -----------------------------------------------------------------------------

    def start(self) -> None:
        """Make the file with an account and its first bill."""
        self.problem.hide()
        if not check_all(self._fields):
            return
        account, due_on = self._account(), self.due.value()
        amount: Money = self.amount.value()
        self._begin(account.currency, partial(self._record, account, amount, due_on))

    def start_empty(self) -> None:
        """Make the file without anything in it."""
        self._begin("", None)

    def _record(self, account: Account, amount: Money, due_on: date) -> bool:
        today = self.session.today
        done = self.session.do(N_("Add a bill"), start_with_bill, account, amount, today, due_on)
        return done is not None

    def _begin(self, currency: str, record: Callable[[], bool] | None) -> None:
        language = i18n.language()  # opening a new file goes back to the system's own
        self.session.refused.connect(self._on_refused)
        try:
            if not self.session.has_store and not self.session.open(self._path, create=True):
                return
            self.session.set("language", language)
            if currency:
                self.session.set("currency", currency)
            if record is not None and not record():
                return
        finally:
            self.session.refused.disconnect(self._on_refused)
        self.finished.emit()

    def _on_refused(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.show()
        self.area.ensureWidgetVisible(self.problem)

    # --- events --------------------------------------------------------------------------------

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.start()
        else:
            super().keyPressEvent(event)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()
        self.language_buttons[i18n.language()].setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.refresh()
        elif event.type() == QEvent.Type.FontChange:
            self._fit()


def _card() -> tuple[QFrame, QVBoxLayout]:
    card = QFrame()
    card.setObjectName("card")
    column = QVBoxLayout(card)
    column.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 3 * GRID)
    column.setSpacing(GRID + GRID // 2)
    return card, column
