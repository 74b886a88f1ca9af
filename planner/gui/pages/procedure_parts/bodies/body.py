"""What the kinds of steps share that show more than their words."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from planner.compat import override
from planner.domain.procedures.step_view import StepView
from planner.gui.fields import DateField, check_all
from planner.gui.labels import text_label
from planner.gui.layouts import Flow
from planner.gui.session import Session
from planner.look import GRID
from planner.services.cases.view import CaseView


class Body(QWidget):
    """What one kind of step shows besides its words.

    Attributes:
        is_first: Whether it stands above what is in the step's way, not below.
        lists_what_is_left: Whether it shows itself what is still to do; a list beside it would say it twice.
        is_of_use_later: Whether it is there once the case is finished too: it shows or notes something, and
            does not go on with the case.

    Signals:
        wanted: Another place, and what to show there.
        form_asked: A form to open at the right, and its heading.
    """

    is_first: ClassVar[bool] = False
    lists_what_is_left: ClassVar[bool] = False
    is_of_use_later: ClassVar[bool] = False

    wanted = Signal(str, str)
    form_asked = Signal(object, str)

    def __init__(self, session: Session) -> None:
        """Build it empty."""
        super().__init__()
        self.session = session
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(GRID)

    def show_view(self, view: CaseView, step: StepView) -> None:
        """Show how the step stands."""
        raise NotImplementedError

    def focus_on(self, target: str) -> None:
        """Give the keyboard to what stands for something open, if there is such a thing here.

        Args:
            target: The target of its blocker.
        """


class DatedBody(Body):
    """Something that was done on a day: the day, and a button that records it.

    Attributes:
        day: When.
        record_button: Records it.
        undo_button: Takes it back; only once it is recorded.
    """

    def __init__(self, session: Session) -> None:
        """Build the field and the buttons."""
        super().__init__(session)
        self._view: CaseView | None = None
        self._step_id = ""
        self.status = text_label()
        self.day = DateField(session.today)
        self.day.set_day(session.today)
        self.record_button = QPushButton()
        self.record_button.clicked.connect(self._on_record)
        self.undo_button = QPushButton()
        self.undo_button.clicked.connect(self._on_undo)
        buttons = Flow()
        buttons.addWidget(self.record_button)
        buttons.addWidget(self.undo_button)
        self.column.addWidget(self.status)
        self.column.addWidget(self.day)
        self.column.addLayout(buttons)

    @override
    def show_view(self, view: CaseView, step: StepView) -> None:
        self._view, self._step_id = view, step.step.id
        self.day.today = self.session.today

    def _show_status(self, text: str) -> None:
        self.status.setText(text)
        self.status.setVisible(bool(text))

    def _on_record(self) -> None:
        if self._view is not None and check_all([self.day]):
            self.record(self._view)

    def _on_undo(self) -> None:
        if self._view is not None:
            self.take_back(self._view)

    def record(self, view: CaseView) -> None:
        """Record that it was done on the day in the field."""
        raise NotImplementedError

    def take_back(self, view: CaseView) -> None:
        """Record that it does not hold any more."""
        raise NotImplementedError
