"""What to choose for each debt, and every other way with its cost and why it is not chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QEvent, QPoint, Signal
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
from planner.gui.tables import Column, Table, TableModel
from planner.i18n import _, explain, show
from planner.look import GRID
from planner.phrases import N_, Phrase

_MOST_ROWS = 20
_MOST_WAYS = 8  # so that what is said of the current one stands in sight below them
_TWO_LINES = 2.7  # how high a row is that holds two of them, in heights of a line


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


class ChoicesTable(Table):
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


class WaysTable(Table):
    """The ways of one debt, whose names take two lines where the costs and the last days need the room."""

    def __init__(self, chosen: Chosen) -> None:
        """Build it empty.

        Args:
            chosen: The debt and what was chosen for it.
        """
        super().__init__(TableModel(_ways(chosen)))
        self.setSortingEnabled(False)
        self.setWordWrap(True)

    @override
    def _share(self) -> None:
        self.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    @override
    def _fit(self) -> None:
        self.verticalHeader().setDefaultSectionSize(round(self.fontMetrics().height() * _TWO_LINES))


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
