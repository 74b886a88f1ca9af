"""What to choose for each debt, and every other way with its cost and why it is not chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QPushButton, QWidget

from planner.compat import override
from planner.domain.money import Money
from planner.domain.optimum.options.listed import DebtOptions, Listed
from planner.domain.recorded import as_recorded
from planner.domain.sourced import Span
from planner.gui.asking import Answering, Why
from planner.gui.icons import icon
from planner.gui.labels import quiet_label, strong_label, text_label
from planner.gui.pages.compare_table import amounts
from planner.gui.pages.payoff_parts.own_offer import is_own
from planner.gui.pages.payoff_parts.parts import Lines, column_of, row_of
from planner.gui.pages.payoff_parts.wrapping_table import PADDING, WrappingTable
from planner.gui.tables import Column, Index, TableModel
from planner.i18n import _, explain, show
from planner.look import GRID
from planner.phrases import N_, Phrase

_MOST_ROWS = 20
_MOST_WAYS = 6  # so that what is said of the current one stands in sight below them
_WORD = 7  # how narrow a name may be that goes on in the next line, in heights of a line
_NAME = 11  # how narrow a name may be that amounts stand beside in one line, in heights of a line
_COSTS, _PAID_OFF = 1, 2  # columns of the ways


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen for a debt.

    Attributes:
        options: The debt with all its ways.
        listed: The way that was chosen.
        name: What the user calls the account.
        why_not: Tells why each other way was not chosen, by its id.
    """

    options: DebtOptions
    listed: Listed
    name: str
    why_not: Callable[[], Mapping[str, Phrase]]


class ChoicesTable(WrappingTable):
    """A row for each debt: the way that was chosen, what it costs, when it ends, what to ask for by when."""

    def __init__(self) -> None:
        """Build it empty."""
        super().__init__(TableModel(_CHOSEN))

    def show_choices(self, choices: Sequence[Chosen]) -> None:
        """Show what was chosen; the debt that is current stays so."""
        self.setAccessibleName(_("What to choose for each debt"))
        current = self.current()
        self.values_model.set_values(choices)
        self.fit_height(_MOST_ROWS)
        if current is not None:
            self.select(lambda each: each.options.decision.id == current.options.decision.id)

    @override
    def _share(self) -> None:
        """Give a debt and its way what room is left, each as much as it needs as far as it goes."""
        header, metrics = self.horizontalHeader(), self.fontMetrics()
        fixed = sum(header.sectionSize(each) for each in range(header.count()) if each not in self._wide)
        whole = self.viewport().width()
        room, wanted = whole - fixed, dict[int, int]()
        for number in self._wide:
            longest = max((width for _text, width in self.texts(number)), default=0) + PADDING
            wanted[number] = max(longest, header.sectionSizeHint(number))
        if room < len(self._wide) * _WORD * metrics.height():
            # One scrolls anyway: then no name takes more than two lines.
            wanted = {
                number: min(each, max(whole, each * 3 // 2) * 2 // 5) for number, each in wanted.items()
            }
            room = sum(wanted.values())
        ordered = sorted(self._wide, key=wanted.__getitem__)
        for at, number in enumerate(ordered):
            header.setSectionResizeMode(number, QHeaderView.ResizeMode.Fixed)
            is_last = at == len(ordered) - 1
            size = room if is_last else min(wanted[number], room // (len(ordered) - at))
            header.resizeSection(number, size)
            room -= size
        self.fit_lines()


class _WaysModel(TableModel[Listed]):
    """The ways of one debt, with the day that each is paid off on below what it costs.

    Attributes:
        is_narrow: Whether two amounts stand one below the other, so that there is room for the name.
    """

    is_narrow = False

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        found = super().data(index, role)
        if index.column() != _COSTS or role != Qt.ItemDataRole.DisplayRole:
            return found
        costs = found.replace(" – ", " –\n") if self.is_narrow else found
        return costs + "\n" + self.columns[_PAID_OFF].words(self.values[index.row()])

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        found = super().headerData(section, orientation, role)
        if section != _COSTS or role != Qt.ItemDataRole.DisplayRole or found is None:
            return found
        return found + "\n" + _(self.columns[_PAID_OFF].title)


class WaysTable(WrappingTable):
    """The ways of one debt: beside a name, what it costs with the day that it is paid off on below."""

    stacked = frozenset({_COSTS})

    def __init__(self, chosen: Chosen) -> None:
        """Build it empty.

        Args:
            chosen: The debt and what was chosen for it.
        """
        self._model = _WaysModel(_ways(chosen))
        super().__init__(self._model)
        self.setSortingEnabled(False)
        self.hideColumn(_PAID_OFF)  # a copy of the table has it by itself

    @override
    def _share(self) -> None:
        header, metrics, model = self.horizontalHeader(), self.fontMetrics(), self._model
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        costs = (metrics.horizontalAdvance(model.columns[_COSTS].words(each)) for each in model.values)
        longest = max(costs, default=0) + PADDING + self.mark_width()
        is_narrow = self.viewport().width() - longest < _NAME * metrics.height()
        if is_narrow != model.is_narrow:
            model.is_narrow = is_narrow
            model.layoutChanged.emit()  # the column is measured anew
            self.forget_widths()
        self.fit_lines()


class DebtView(Answering, QWidget):
    """Every way to settle one debt.

    Attributes:
        table: The ways, the chosen one first.
        add_button, remove_button: An offer of the user's own is added, or the chosen one taken away.

    Signals:
        offer_wanted: An offer of the user's own is to be added.
        removed: An ``Option`` that is the user's own offer is to be taken away.
    """

    offer_wanted = Signal()
    removed = Signal(object)

    def __init__(self, chosen: Chosen, *, can_add: bool = False) -> None:
        """Show a debt.

        Args:
            chosen: The debt and what was chosen for it.
            can_add: Whether an offer of the user's own can be added.
        """
        super().__init__()
        self._chosen, self._why_not = chosen, chosen.why_not()
        self._owed, self._intro = strong_label(), quiet_label()
        self.table = WaysTable(chosen)
        self._way, self._why, self._left_out = strong_label(), text_label(), Lines()
        self.add_button, self.remove_button = QPushButton(), QPushButton()
        self.add_button.setIcon(icon("plus"))
        self.remove_button.setIcon(icon("trash-2"))
        if not can_add:
            self.add_button.hide()
        self.add_button.clicked.connect(self.offer_wanted)
        self.remove_button.clicked.connect(self._remove)
        column = column_of(self, 2 * GRID)
        column.setContentsMargins(0, 0, 2 * GRID, 2 * GRID)
        for widget in (self._owed, self._intro, self.table, self._way, self._why):
            column.addWidget(widget)
        column.addWidget(row_of(self.add_button, self.remove_button))
        column.addWidget(self._left_out)
        column.addStretch(1)
        self.table.selected.connect(self._say)
        self.setFocusProxy(self.table)
        self.refresh()

    def refresh(self) -> None:
        """Set every text and every value."""
        chosen = self._chosen
        decision = chosen.options.decision
        owed = as_recorded(Phrase("What is owed"), decision.owed)
        self._owed.say(Phrase("{what}: {amount} is owed.", what=decision.label, amount=owed))
        intro = _("Choose a way to see why it was chosen or not. All amounts in {currency}.")
        self._intro.setText(intro.format(currency=decision.owed.currency))
        self.table.setAccessibleName(_("Every way to settle it"))
        others = [each for each in chosen.options.listed if each is not chosen.listed]
        self.table.values_model.set_values([chosen.listed, *others])
        self.table.fit_height(_MOST_WAYS)
        self._left_out.say(_("Not among the ways"), decision.left_out)
        self.add_button.setText(_("Add an offer of your own…"))
        self.remove_button.setText(_("Remove this offer"))
        self.table.select(lambda each: each is chosen.listed)
        self._say(chosen.listed)

    def _say(self, listed: Listed | None) -> None:
        chosen = self._chosen
        if listed is None:
            return
        self.remove_button.setVisible(is_own(listed.option))
        self._way.say(listed.option.label)
        words = [Phrase("This way is part of the best plan.")] if listed is chosen.listed else []
        why_not = self._why_not.get(listed.option.id)
        words += [why_not] if why_not is not None else []
        words += listed.option.notes
        self._why.tell("\n".join(map(explain, words)), words)

    def _remove(self) -> None:
        listed = self.table.current()
        if listed is not None:
            self.removed.emit(listed.option)

    @override
    def answer(self, at: QPoint | None = None) -> Why | None:
        return self.table.answer() if at is None else None

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.refresh()


def _cost(listed: Listed) -> Span[Money]:
    return listed.cost.value


def _date_or_nothing(value: date | None) -> str:
    return show(value) if value is not None else ""


_CHOSEN: tuple[Column[Chosen], ...] = (
    Column(N_("Account"), lambda each: each.name),
    Column(N_("Debt"), lambda each: explain(each.options.decision.label), is_wide=True),
    Column(N_("Way"), lambda each: explain(each.listed.option.label), is_wide=True),
    Column(N_("Costs"), lambda each: _cost(each.listed), amounts, made=lambda each: each.listed.cost),
    Column(N_("Last payment"), lambda each: each.listed.option.high.last_on),
    Column(N_("Ask by"), lambda each: each.listed.option.apply_by, _date_or_nothing),
)


def _ways(chosen: Chosen) -> tuple[Column[Listed], ...]:
    def way(listed: Listed) -> str:
        name = explain(listed.option.label)
        return _("{way} (chosen)").format(way=name) if listed is chosen.listed else name

    return (
        Column(N_("Way"), way, is_wide=True),
        Column(N_("Costs"), _cost, amounts, made=lambda each: each.cost),
        Column(N_("Paid off on"), lambda each: each.option.high.last_on),
    )
