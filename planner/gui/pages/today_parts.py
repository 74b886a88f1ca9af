"""Parts of the place Today: the next step, a due, a group of dues, a warning."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from planner.compat import override
from planner.domain.derivation import Derived
from planner.domain.due import Due
from planner.domain.money import Money
from planner.gui.asking import Answering, Named, Why, hint, why, why_named
from planner.gui.labels import LinkButton, heading_label, quiet_label, tabular, text_label
from planner.gui.layouts import Flow
from planner.i18n import _, explain, ngettext, show
from planner.look import GRID
from planner.phrases import Phrase
from planner.services.prompts import Prompt
from planner.services.today import TimelineRow

_MOST_ROWS = 6


class StepCard(Answering, QFrame):
    """The next step in one line, its button, and a quieter way beside it.

    Attributes:
        button: Does it.
        compare_link: Leads to the ways to pay it.

    Signals:
        painted: It was painted for the first time.
    """

    painted = Signal()

    def __init__(self) -> None:
        """Build it without a text."""
        super().__init__()
        self.setObjectName("card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._label, self._text, self._need = quiet_label(), heading_label(), quiet_label()
        self._step: Prompt | None = None
        self._planned: Phrase | None = None
        self._has_painted = False
        self.button, self.compare_link = QPushButton(), LinkButton()
        self.button.setProperty("role", "primary")
        ways = Flow()
        ways.addWidget(self.button)
        ways.addWidget(self.compare_link)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        for widget in (self._label, self._text, self._need):
            column.addWidget(widget)
        column.addLayout(ways)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._has_painted:
            self._has_painted = True
            self.painted.emit()

    def say(self, step: Prompt, need: str, compare: str, planned: Phrase | None = None) -> None:
        """Show a step.

        Args:
            step: The step.
            need: What it takes; empty if nothing.
            compare: The text of the quieter way; empty for none.
            planned: What the plan that is followed means to pay of it; None if that is no other.
        """
        self._step, self._planned = step, planned
        need = explain(planned) if planned is not None else need
        self._label.setText(_("Next step"))
        self._text.setText(explain(step.text))
        self._need.setText(need)
        self._need.setVisible(bool(need))
        self.button.setText(explain(step.button))
        self.button.setAccessibleDescription(explain(step.text))
        self.compare_link.setText(compare)
        self.compare_link.setVisible(bool(compare))

    @override
    def answer(self, at: QPoint | None = None) -> Why | None:
        if self._step is None:
            return None
        return why(_("Next step"), *(each for each in (self._step.text, self._planned) if each is not None))


class DueRow(Answering, QPushButton):
    """What is due: what it is at the left, how much at the right, when below. It leads there.

    Attributes:
        due: The due it leads to.
    """

    def __init__(
        self,
        due: Due,
        what: str,
        when: str,
        amount: Derived[Money],
        due_date: Callable[[], Derived[date | None]],
        planned: Phrase | None = None,
    ) -> None:
        """Show a due.

        Args:
            due: The due it leads to.
            what: What it is, in words.
            when: When it is due and how it stands, in words.
            amount: What is still to pay.
            due_date: Tells how its date was made.
            planned: What the plan that is followed means to pay of it; None if that is no other.
        """
        super().__init__()
        if planned is not None:
            when = f"{when}\n{explain(planned)}"
        self.due = due
        self._what, self._amount, self._due_date = what, amount, due_date
        self.setFlat(True)
        self.setAutoDefault(True)  # Return presses it, as Space does
        self.setProperty("role", "link")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        name, day, figure = text_label(), quiet_label(), text_label()
        name.setText(what)
        day.setText(when)
        figure.setText(show(amount))
        figure.setWordWrap(False)
        figure.setFont(tabular(figure.font()))
        figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(name)
        left.addWidget(day)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, GRID // 2, 0, GRID // 2)
        row.setSpacing(2 * GRID)
        row.addLayout(left, 1)
        row.addWidget(figure)
        for label in (name, day, figure):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(f"{what}, {show(amount)}, {when}")
        self.setAccessibleDescription(hint())
        self.setToolTip(hint())

    @override
    def answer(self, at: QPoint | None = None) -> Why | None:
        named: list[Named] = [(_("Still to pay"), self._amount), (_("Due date"), self._due_date())]
        return why_named(self._what, named)

    @override
    def sizeHint(self) -> QSize:
        # A button asks its style, which knows nothing of the labels inside.
        return self._inside().sizeHint()

    @override
    def minimumSizeHint(self) -> QSize:
        return self._inside().minimumSize()

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return self._inside().heightForWidth(width)

    def _inside(self) -> QHBoxLayout:
        layout = self.layout()
        if not isinstance(layout, QHBoxLayout):
            raise TypeError
        return layout


class DueGroup(QWidget):
    """Dues under a heading, or a line that says there are none.

    Attributes:
        rows: What is shown, in order.
        bars: What stands below some of them.

    Signals:
        chosen: The id of a due to show.
        more: The user wants to see all.
    """

    chosen = Signal(str)
    more = Signal()

    def __init__(self) -> None:
        """Build it empty."""
        super().__init__()
        self.rows: list[DueRow] = []
        self.bars: list[QWidget] = []
        self._heading, self._empty = heading_label(), quiet_label()
        self.more_link = LinkButton()
        self.more_link.clicked.connect(self.more)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addWidget(self._heading)
        column.addWidget(self._empty)
        column.addLayout(self._list)
        column.addWidget(self.more_link)
        column.addStretch(1)

    def say(
        self,
        heading: str,
        empty: str,
        rows: Sequence[TimelineRow],
        row_of: Callable[[TimelineRow], DueRow],
        bar_of: Callable[[TimelineRow], QWidget | None],
    ) -> None:
        """Show other dues: the first few and those with something below them, the rest behind a link."""
        self._heading.setText(heading)
        self._empty.setText(empty)
        self._empty.setVisible(not rows)
        self.setAccessibleName(heading)
        for widget in (*self.rows, *self.bars):
            self._list.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self.rows, self.bars = [], []
        for place, each in enumerate(rows):
            bar = bar_of(each)
            if bar is None and place >= _MOST_ROWS:
                continue
            row = row_of(each)
            row.clicked.connect(lambda _checked=False, due_id=row.due.id: self.chosen.emit(due_id))
            self.rows.append(row)
            self._list.addWidget(row)
            if bar is not None:
                self.bars.append(bar)
                self._list.addWidget(bar)
        left = len(rows) - len(self.rows)
        self.more_link.setText(ngettext("Show {count} more", "Show {count} more", left).format(count=left))
        self.more_link.setVisible(left > 0)


class WarningRow(Answering, QFrame):
    """Something to look at, and the button that leads there.

    Attributes:
        prompt: What is shown.
        button: Leads there.
    """

    def __init__(self, prompt: Prompt, bar: QWidget | None = None) -> None:
        """Show a warning.

        Args:
            prompt: What to show.
            bar: What stands below it, if anything.
        """
        super().__init__()
        self.prompt = prompt
        self.setObjectName("warning")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        text = text_label()
        text.setText(explain(prompt.text))
        self.button = QPushButton(explain(prompt.button))
        self.button.setAccessibleDescription(text.text())
        buttons = Flow()
        buttons.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        column.setSpacing(GRID)
        column.addWidget(text)
        column.addLayout(buttons)
        if bar is not None:
            column.addWidget(bar)

    @override
    def answer(self, at: QPoint | None = None) -> Why | None:
        return why("", self.prompt.text)
