"""The accounts to choose from, and the head of the chosen one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QPoint, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QGuiApplication, QPainter
from PySide6.QtWidgets import (
    QBoxLayout,
    QListWidgetItem,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from planner.compat import override
from planner.domain.dates import Mode
from planner.domain.procedures.step_view import listed
from planner.domain.recorded import as_recorded
from planner.gui.asking import WHY, Answering, AnsweringList, Why, why_named
from planner.gui.fields import ChoiceBox
from planner.gui.labels import Figure, heading_label, quiet_label
from planner.gui.layouts import Columns
from planner.gui.pages.bills_columns import account_state
from planner.gui.tables import Index
from planner.gui.theme import colours, scaled_font
from planner.gui.wrapping import WrappedLink
from planner.i18n import _, show
from planner.look import GRID
from planner.phrases import Phrase
from planner.services.account_states import STATE_WORDS, states_now
from planner.services.account_view import AccountSum, AccountView
from planner.services.cases.helping import way_out_of
from planner.services.due_dates import statement_date
from planner.store.store import Store

_FIGURE = 11
_MOST_ROWS = 14
_ID = Qt.ItemDataRole.UserRole


class _TwoTones(QStyledItemDelegate):
    """Draws the first line of an item stronger than the others."""

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        lines = str(index.data()).split("\n")  # the option has them joined by other marks
        option.text = ""
        option.widget.style().drawControl(
            QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget
        )
        height = option.fontMetrics.lineSpacing()
        room = option.rect.adjusted(2 * GRID, GRID, -GRID, 0)
        painter.save()
        for number, line in enumerate(lines):
            font = scaled_font(1.0, is_bold=not number)
            painter.setFont(font)
            colour = colours().quiet if number else colours().text
            painter.setPen(QColor(colour))
            place = room.translated(0, number * height)
            text = QFontMetrics(font).elidedText(line, Qt.TextElideMode.ElideRight, place.width())
            painter.drawText(place, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, text)
        painter.restore()

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        lines = str(index.data()).count("\n") + 1
        return QSize(0, lines * QFontMetrics(QGuiApplication.font()).lineSpacing() + 2 * GRID)


class AccountList(Answering, QWidget):
    """The accounts: a list where there is room, a box to choose from where there is not.

    Attributes:
        list, box: The two ways to choose.
        add_button: Adds an account.

    Signals:
        chosen: The id of the account that the user chose.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        """Build it empty."""
        super().__init__()
        self._sums: tuple[AccountSum, ...] = ()
        self.list, self.box, self.add_button = AnsweringList(), ChoiceBox(), QPushButton()
        self.list.setItemDelegate(_TwoTones(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentItemChanged.connect(self._on_item)
        self.box.activated.connect(lambda index: self.chosen.emit(self.box.itemData(index)))
        self._column = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GRID)
        self._column.addWidget(self.list)
        self._column.addWidget(self.box, 1)
        self._column.addWidget(self.add_button)
        self._column.addStretch(0)

    def refresh(self, sums: Sequence[AccountSum], chosen: str, today: date) -> None:
        """Show the accounts as they are now."""
        self.add_button.setText(_("Add an account"))
        for widget in (self.list, self.box):
            widget.setAccessibleName(_("Accounts"))
        self._sums = tuple(sums)
        blockers = [QSignalBlocker(self.list), QSignalBlocker(self.box)]
        self.list.clear()
        self.box.clear()
        for row, each in enumerate(sums):
            item = QListWidgetItem("\n".join((each.account.name, *_facts(each, today))))
            item.setData(_ID, each.account.id)
            item.setData(WHY, partial(_why_sum, each))
            self.list.addItem(item)
            # Its figure would be cut where the others stand before it; the head below says the rest.
            urgent = _facts(each, today)[1 if each.late.value else 0]
            self.box.addItem(f"{each.account.name} · {urgent}", each.account.id)
            if each.account.id == chosen:
                self.list.setCurrentRow(row)
                self.box.setCurrentIndex(row)
        for blocker in blockers:
            blocker.unblock()
        self._fit()

    @override
    def answer(self, at: QPoint | None = None) -> Why | None:
        chosen = next((each for each in self._sums if each.account.id == self.box.currentData()), None)
        return _why_sum(chosen) if chosen is not None else None

    def take_room(self, *, is_wide: bool) -> None:
        """Be a list, or a box."""
        self.list.setVisible(is_wide)
        self.box.setHidden(is_wide)
        direction = QBoxLayout.Direction.TopToBottom if is_wide else QBoxLayout.Direction.LeftToRight
        self._column.setDirection(direction)
        self._column.setStretch(3, 1 if is_wide else 0)
        self._fit()

    def _fit(self) -> None:
        rows = min(self.list.count(), _MOST_ROWS)
        heights = sum(max(self.list.sizeHintForRow(row), 0) for row in range(rows))
        self.list.setFixedHeight(heights + GRID)

    def _on_item(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(item.data(_ID))


def _why_sum(each: AccountSum) -> Why | None:
    late = [(_("Late now"), each.late)] if each.late.value else []
    return why_named(each.account.name, [(_("Still to pay on this account"), each.owed), *late])


def _facts(each: AccountSum, today: date) -> list[str]:
    """What to know of an account in a list: what is owed, what is late, what state it is in."""
    facts = [_("{amount} to pay").format(amount=show(each.owed)) if each.owed.value else _("nothing to pay")]
    if each.late.value:
        facts.append(_("{amount} late").format(amount=show(each.late)))
    state = account_state(each.account, today)
    return [*facts, state] if state else facts


class AccountHead(QWidget):
    """What an account is, and its figures.

    Attributes:
        owed, late, free: Its figures.
        way_out: Leads to the procedure that lifts what lies over it; hidden without one.
        procedure: The id of that procedure; empty without one.
    """

    def __init__(self) -> None:
        """Build it empty."""
        super().__init__()
        self.name, self._facts, self._note = heading_label(), quiet_label(), quiet_label()
        self.owed, self.late, self.free = (Figure() for _number in range(3))
        self.way_out, self.procedure = WrappedLink(), ""
        figures = Columns(_FIGURE, 3, is_even=True)
        for figure in (self.owed, self.late, self.free):
            figures.addWidget(figure)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        for widget in (self.name, self._facts, self.way_out, self._note):
            column.addWidget(widget)
        column.addSpacing(GRID)
        column.addLayout(figures)

    def refresh(self, store: Store, view: AccountView, today: date) -> None:
        """Show an account as it is now."""
        account = view.account
        self.name.setText(account.name)
        self._facts.tell(" · ".join(_about(view, today)), _coming(store, view, today), heading=_("Next bill"))
        way_out = way_out_of(account, today)
        self.procedure = way_out.id if way_out is not None else ""
        self.way_out.say(_(way_out.title) if way_out is not None else "")
        self.way_out.setVisible(way_out is not None)
        self._note.setText(account.note)
        self._note.setVisible(bool(account.note))
        credit = Phrase("paid ahead: {amount}", amount=view.credit) if view.credit is not None else ""
        self.owed.show_made(_("Still to pay on this account"), view.owed, credit)
        is_late = bool(view.position.late)
        if is_late:
            self.late.show_made(_("Late now"), view.late)
        else:
            self.late.say(_("Late now"), _("Nothing is late"))
        self.late.more_button.setText(_("What does it cost?"))
        self.late.more_button.setVisible(is_late)
        self.free.setVisible(view.free is not None)
        if view.free is not None and account.limit is not None:
            limit = as_recorded(Phrase("Limit"), account.limit)
            note = Phrase("limit {amount}", amount=limit)
            if view.used is not None:
                note = Phrase("limit {amount}, {used} of it used", amount=limit, used=view.used)
            self.free.show_made(_("Free of the limit, by this record"), view.free, _of_use(view, today, note))


def _of_use(view: AccountView, today: date, note: Phrase) -> Phrase:
    """What is said beside the free limit: while the account is frozen or locked, it pays for nothing."""
    stopped = [state for state in states_now(view.account, today) if state.stops_use]
    if not stopped:
        return note
    states = listed([STATE_WORDS[state] for state in stopped])
    return Phrase("cannot be used while it is {state}; {limit}", state=states, limit=note)


def _coming(store: Store, view: AccountView, today: date) -> object:
    """How the date of the next bill was made; None where it is not known."""
    if view.account.cycle.mode is Mode.ORDER or view.statement_on is None:
        return None
    due = view.statement_due
    return statement_date(store, view.account, today, view.statement_on, due.on if due is not None else None)


def _about(view: AccountView, today: date) -> list[str]:
    """The lender, the cycle and the state, in a few words each."""
    account, cycle = view.account, view.account.cycle
    lender = _(account.lender) if account.lender else ""
    facts = [lender] if lender not in {"", account.name} else []
    if cycle.mode is Mode.ORDER:
        facts.append(_("each order has its own due date"))
    elif view.statement_on is None:
        facts.append(_("statement date unknown"))
    elif (due := view.statement_due) is None:
        facts.append(_("next bill {date}").format(date=show(view.statement_on)))
    else:
        text = _("next bill {date}, due {due}")
        if due.doubt is not None:
            text = _("next bill {date}, due {due} (may move)")
        facts.append(text.format(date=show(view.statement_on), due=show(due.on)))
    if account.automatic:
        facts.append(_("debited automatically"))
    state = account_state(account, today)
    return [*facts, state] if state else facts
