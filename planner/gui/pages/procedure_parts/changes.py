"""What a procedure changed since a case of it was started."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout

from planner.gui.arrange import clear
from planner.gui.labels import text_label
from planner.gui.layouts import Flow
from planner.gui.session import Session
from planner.gui.wrapping import Disclosure, WrappedLink
from planner.i18n import _, explain
from planner.look import GRID
from planner.phrases import N_
from planner.services.cases.changes import changes_of, see_changes
from planner.services.cases.view import CaseView


class Changes(QFrame):
    """That the steps were published anew, what changed in each, and that the user has seen it.

    Attributes:
        fold: Unfolds to what changed.
        links: A link to each step that is new or says something else.
        seen_button: Takes the marks away.

    Signals:
        step_wanted: The id of a step to go to.
    """

    step_wanted = Signal(str)

    def __init__(self, session: Session) -> None:
        """Build it without changes."""
        super().__init__()
        self.setObjectName("card")
        self.session = session
        self._view: CaseView | None = None
        self._told = text_label()
        self.fold = Disclosure()
        self.fold.column.setSpacing(0)
        self.links: list[WrappedLink] = []
        self.seen_button = QPushButton()
        self.seen_button.clicked.connect(self._see)
        buttons = Flow()
        buttons.addWidget(self.seen_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        column.setSpacing(GRID)
        column.addWidget(self._told)
        column.addWidget(self.fold)
        column.addLayout(buttons)

    def show_view(self, view: CaseView) -> None:
        """Show what changed since a case was started; a case of this revision shows nothing."""
        self._view = view
        self.setVisible(view.is_changed_since and view.case.ended_on is None)
        if not view.is_changed_since:
            return
        self._told.setText(_("The steps have been published anew since you started; your marks are kept."))
        changes = changes_of(view)
        self.fold.say(_("What changed"))
        self.fold.setVisible(bool(changes))
        self.seen_button.setText(_("I have seen it"))
        self.seen_button.setAccessibleDescription(self._told.text())
        clear(self.fold.column)
        self.links = []
        for change in changes:
            text = text_label()
            text.setText(_(change.text))
            self.fold.column.addWidget(text)
            for step_id in dict.fromkeys((*change.new, *change.steps)):
                self._add_link(view, step_id)

    def _add_link(self, view: CaseView, step_id: str) -> None:
        place = next((place for place, each in enumerate(view.steps, 1) if each.step.id == step_id), 0)
        if not place:
            return  # the answers lead past it
        link = WrappedLink()
        title = explain(view.steps[place - 1].title)
        link.say(_("{number}. {title}").format(number=place, title=title))
        link.clicked.connect(lambda: self.step_wanted.emit(step_id))
        self.links.append(link)
        self.fold.column.addWidget(link)

    def _see(self) -> None:
        if self._view is not None:
            self.session.do(N_("Note that changes were seen"), see_changes, self._view.case.id)
