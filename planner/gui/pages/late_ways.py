"""The ways out of being late, one below the other: what each costs, and what is paid when."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from planner.domain.overdue import LateCost, Way
from planner.gui.arrange import clear
from planner.gui.labels import heading_label, quiet_label, strong_label, text_label
from planner.i18n import _, explain, show
from planner.look import GRID
from planner.phrases import Phrase


class LateWaysView(QWidget):
    """Every way of a late cost; what holds for all of them stands once below.

    Attributes:
        heading: What it is.
        ways: A widget for each way, in order.
        notes: What holds for every way.
    """

    def __init__(self) -> None:
        """Build it empty."""
        super().__init__()
        self.heading, self.notes = heading_label(), text_label()
        self.ways: list[WayView] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(2 * GRID)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GRID, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self.heading)
        column.addLayout(self._list)
        column.addWidget(self.notes)
        self.hide()

    def show_cost(self, cost: LateCost | None) -> None:
        """Show the ways of a late cost; nothing where there are none.

        Args:
            cost: The late cost.
        """
        clear(self._list)
        self.ways = []
        self.setVisible(cost is not None and bool(cost.ways))
        if cost is None:
            return
        self.heading.setText(_("Ways out, side by side"))
        said = [note for way in cost.ways for note in way.notes]
        shared = [note for note in dict.fromkeys(said) if said.count(note) == len(cost.ways)]
        for way in cost.ways:
            view = WayView(way, [note for note in way.notes if note not in shared])
            self.ways.append(view)
            self._list.addWidget(view)
        self.notes.setText("\n".join(map(explain, shared)))
        self.notes.setVisible(bool(shared))


class WayView(QWidget):
    """One way: its name, what it costs and comes to, its payments, what to know of it.

    Attributes:
        name: What it is called.
        figure: What it costs and comes to, or that this is not known.
        lines: Its payments, if they are several.
    """

    def __init__(self, way: Way, notes: list[Phrase]) -> None:
        """Show a way.

        Args:
            way: The way.
            notes: What to know of it alone.
        """
        super().__init__()
        self.name, self.figure = quiet_label(), strong_label()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addWidget(self.name)
        column.addWidget(self.figure)
        self.name.setText(explain(way.label))
        total = way.made_total
        if way.cost is None or total is None:
            self.figure.setText(_("Not known"))
        else:
            words = Phrase("{cost} on top, {total} in all", cost=way.cost, total=total)
            self.figure.tell(explain(words), words, heading=explain(way.label))
        self.lines = []
        if len(way.payments) > 1:
            for number, (day, _amount) in enumerate(way.payments):
                made = way.made_payment(number)
                line = text_label()
                line.tell(_("{date}: {what}").format(date=show(day), what=show(made)), made)
                line.setContentsMargins(2 * GRID, 0, 0, 0)
                self.lines.append(line)
                column.addWidget(line)
        for words in (*way.missing, *notes):
            note = quiet_label()
            note.setText(explain(words))
            column.addWidget(note)
