"""What the record says of the account of a case, in a card at its top."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from planner import i18n
from planner.compat import override
from planner.gui.arrange import clear, order_tabs
from planner.gui.asking import Answering, Why, ask, why
from planner.gui.labels import LinkButton, quiet_label, strong_label
from planner.gui.layouts import Columns
from planner.gui.session import Session
from planner.gui.wrapping import Disclosure, WrappedLink
from planner.i18n import _, explain, show
from planner.look import GRID
from planner.services.cases.facts import Fact, case_facts
from planner.services.cases.view import CaseView

# In heights of a line of text: how narrow a fact may be, and how high a window that shows all at once.
_NARROWEST, _ROOMY = 15, 44


class FactLine(Answering, QWidget):
    """One fact: what it is, what it comes to, why, and what to do where it is not known.

    Attributes:
        fact: What it shows.
        why_button: Asks how it was made; hidden where there is no figure.
        act_link: Leads to what is missing; hidden where nothing is.

    Signals:
        wanted: Another place, and what to show there.
    """

    wanted = Signal(str, str)

    def __init__(self, fact: Fact) -> None:
        """Show a fact."""
        super().__init__()
        self.fact = fact
        self._name = explain(fact.label)
        label, value, notes = quiet_label(), strong_label(), quiet_label()
        label.setText(self._name)
        value.setText(show(fact.value))
        value.setAccessibleName(_("{name}: {value}").format(name=self._name, value=show(fact.value)))
        if not fact.is_known:
            value.setProperty("role", "text")
        notes.tell("\n".join(map(explain, fact.notes)), *fact.notes, heading=self._name)
        self.why_button = LinkButton()
        self.why_button.setText(_("Why?"))
        self.why_button.setAccessibleName(_("Why? {name}").format(name=self._name))
        self.why_button.clicked.connect(lambda: ask(self))
        self.act_link = WrappedLink()
        self.act_link.say(explain(fact.act) if fact.act is not None else "")
        self.act_link.clicked.connect(lambda: self.wanted.emit(fact.place, fact.target))
        head = QHBoxLayout()
        head.setSpacing(GRID)
        head.addWidget(label, 1)
        head.addWidget(self.why_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        for widget in (value, notes, self.act_link):
            column.addWidget(widget)
        # Only now: what stands in nothing yet would be shown as a window of its own.
        notes.setVisible(bool(fact.notes))
        self.why_button.setVisible(self.answer() is not None)
        self.act_link.setVisible(fact.act is not None)

    @override
    def answer(self, at: QPoint | None = None) -> Why | None:
        return why(self._name, self.fact.value)


class FactsCard(QFrame):
    """The facts of a case; they are worked out only while they are shown.

    Attributes:
        fold: Shows and hides them.
        lines: Each fact, in order; none while the fold is closed.

    Signals:
        wanted: Another place, and what to show there.
    """

    wanted = Signal(str, str)

    def __init__(self, session: Session) -> None:
        """Build it empty."""
        super().__init__()
        self.setObjectName("card")
        self.session = session
        self.lines: list[FactLine] = []
        self._view: CaseView | None = None
        self._is_stale = True
        self._spoken = ""
        self.fold = Disclosure(is_heading=True)
        self.fold.toggled.connect(self._on_toggled)
        session.changed.connect(self._on_changed)
        self._part = QWidget()
        self._columns = Columns(_NARROWEST, 3)
        self._part.setLayout(self._columns)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self.fold.column.addWidget(self._part)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        column.addWidget(self.fold)

    def show_view(self, view: CaseView) -> None:
        """Show what the record says of the account of a case; where there is little room it begins folded."""
        if self._view is None or self._view.case.id != view.case.id:
            self._is_stale = True
            self.fold.set_open(is_open=self.window().height() >= _ROOMY * self.fontMetrics().height())
        self._view = view
        self.setVisible(bool(view.procedure.facts))
        self.fold.say(_("What the record says"))
        self._fill()

    def _on_toggled(self, _is_open: bool) -> None:  # noqa: FBT001 - Qt's own signature
        self._fill()
        order_tabs(self)

    def _on_changed(self, tables: frozenset[str]) -> None:
        """Marks and notes change no fact; whatever else was recorded may."""
        is_seen = self.isVisible()
        # Which case is open is a setting too; those that a fact depends on are changed in other places.
        if all(table.startswith("case") or (is_seen and table == "settings") for table in tables):
            return
        self._is_stale = True
        if is_seen:
            self._fill()

    def _fill(self) -> None:
        """Work the facts out, if anybody sees them and they may be others than those shown."""
        if self._view is None or not self.fold.is_open or not self.session.has_store:
            return
        spoken = f"{i18n.language()} {i18n.number_format()}"
        if not self._is_stale and spoken == self._spoken:
            return
        self._is_stale, self._spoken = False, spoken
        facts = case_facts(self.session.store, self._view)
        clear(self._columns)
        self.lines = [FactLine(fact) for fact in facts]
        for line in self.lines:
            line.wanted.connect(self.wanted)
            self._columns.addWidget(line)
        self._part.updateGeometry()
