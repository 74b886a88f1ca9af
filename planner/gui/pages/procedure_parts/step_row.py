"""One step of a case: a box to tick, its state in words, and what belongs to it when it is opened."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QMouseEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from planner.compat import override
from planner.domain.procedures.case import StepState
from planner.domain.procedures.kinds import StepKind
from planner.domain.procedures.step_view import ShownState, StepView
from planner.gui.arrange import scroll_to
from planner.gui.asking import Answering, Why, why
from planner.gui.icons import icon
from planner.gui.labels import heading_label, quiet_label, text_label
from planner.gui.pages.procedure_parts.bodies.submit import SubmitBody
from planner.gui.pages.procedure_parts.step_details import Details
from planner.gui.session import Session
from planner.gui.wrapping import IconButton, IconLabel, icon_size
from planner.i18n import _, explain
from planner.look import GRID
from planner.phrases import N_
from planner.services import procedures
from planner.services.cases.changes import mark_of
from planner.services.cases.view import CaseView

_ICONS = {
    ShownState.NOT_STARTED: "circle",
    ShownState.IN_PROGRESS: "circle-dot",
    ShownState.DONE: "circle-check",
    ShownState.NOT_NEEDED: "ban",
    ShownState.BLOCKED: "hourglass",
}


class StepRow(Answering, QWidget):
    """One step of a case.

    Attributes:
        box: Ticked when nothing is left to do.
        details: What belongs to it; None until it is opened.

    Signals:
        wanted: Another place, and what to show there.
        followed: Something open that lies within the procedure.
        form_asked: A form to open at the right, and its heading.
        opened: It was opened or closed.
    """

    wanted = Signal(str, str)
    followed = Signal(object)
    form_asked = Signal(object, str)
    opened = Signal(bool)

    def __init__(self, session: Session, step_id: str) -> None:
        """Build the line that is always there; the rest is built when the step is opened."""
        super().__init__()
        self.session = session
        self.step_id = step_id
        self._shown: tuple[CaseView, StepView] | None = None
        self.box = QCheckBox()
        self.box.setMinimumWidth(3 * GRID)
        self.box.clicked.connect(self._on_ticked)
        self.title = text_label()
        self.title.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.state_icon = IconLabel()
        self.state = quiet_label()
        self.state_icon.setProperty("role", "quiet")
        self.chevron = IconButton(autoRaise=True)
        self.chevron.setIconSize(icon_size(self))
        self.chevron.setCheckable(True)
        self.chevron.toggled.connect(self._on_toggled)
        words = QHBoxLayout()
        words.setSpacing(GRID // 2)
        words.addWidget(self.state_icon, 0, Qt.AlignmentFlag.AlignTop)
        words.addWidget(self.state, 1)
        lines = QVBoxLayout()
        lines.setSpacing(2)
        lines.addWidget(self.title)
        lines.addLayout(words)
        self.head = QWidget()
        row = QHBoxLayout(self.head)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(lines, 1)
        row.addWidget(self.chevron, 0, Qt.AlignmentFlag.AlignTop)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GRID)
        self.section = heading_label()
        self.section.hide()
        self._column.addWidget(self.section)
        self._column.addWidget(self.head)
        self.details: Details | None = None
        self.chevron.setIcon(icon("chevron-right"))

    @property
    def is_open(self) -> bool:
        """Whether what belongs to it is shown."""
        return self.chevron.isChecked()

    def set_open(self, *, is_open: bool) -> None:
        """Show or hide what belongs to it."""
        self.chevron.setChecked(is_open)

    def show_section(self, text: str) -> None:
        """Say above the step which part of the procedure it begins; with an empty text, nothing."""
        self.section.setText(text)
        self.section.setVisible(bool(text))

    def show_view(self, view: CaseView, step: StepView) -> None:
        """Show how the step stands."""
        self._shown = (view, step)
        title = _("{number}. {title}").format(number=view.steps.index(step) + 1, title=explain(step.title))
        if step.step.optional:
            title = _("{step} (optional)").format(step=title)
        state = explain(step.state_words)
        self.title.setText(title)
        font = QFont(self.title.font())
        # What is done becomes plain, so that the eye goes to what is left.
        font.setWeight(QFont.Weight.Normal if step.is_settled else QFont.Weight.DemiBold)
        self.title.setFont(font)
        self.title.setForegroundRole(
            QPalette.ColorRole.PlaceholderText if step.is_settled else QPalette.ColorRole.WindowText
        )
        mark = mark_of(view, self.step_id)
        marked = _("{mark}: {state}").format(mark=explain(mark), state=state) if mark is not None else state
        self.state.setText(marked)
        self.state_icon.show_icon(_ICONS[step.state], QPalette.ColorRole.PlaceholderText)
        self.box.setChecked(step.state is ShownState.DONE)
        self.box.setEnabled(view.case.ended_on is None)
        self.box.setAccessibleName(_("{step}: done").format(step=title))
        self.box.setAccessibleDescription(marked)
        self.chevron.setAccessibleName(_("Details: {step}").format(step=title))
        self.chevron.setToolTip(_("Hide the details") if self.is_open else _("Show the details"))
        if self.details is not None:
            self.details.show_view(view, step)

    @override
    def answer(self, at: QPoint | None = None) -> Why | None:
        return why(self.title.text(), self._shown[1].state_words) if self._shown is not None else None

    def _on_toggled(self, is_open: bool) -> None:  # noqa: FBT001 - Qt's own signature
        self.chevron.setIcon(icon("chevron-down" if is_open else "chevron-right"))
        if self.details is None and is_open and self._shown is not None:
            self.details = Details(self.session, *self._shown)
            self.details.wanted.connect(self.wanted)
            self.details.followed.connect(self.followed)
            self.details.form_asked.connect(self.form_asked)
            self._column.addWidget(self.details)
            self._align()
            QTimer.singleShot(0, self, self._align)  # a row that is opened at once has no places yet
            self.details.show_view(*self._shown)
        if self.details is not None:
            self.details.setVisible(is_open)
        self.opened.emit(is_open)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._align()

    def _align(self) -> None:
        """Set what belongs to the step below its words, however large its box is."""
        layout = self.details.layout() if self.details is not None else None
        if layout is not None:
            layout.setContentsMargins(self.title.x(), 0, 0, 2 * GRID)

    def _on_ticked(self, is_done: bool) -> None:  # noqa: FBT001 - Qt's own signature
        if self._shown is None:
            return
        view, step = self._shown
        if is_done and step.is_blocked and step.step.kind is StepKind.SUBMIT:
            self._ask_first()
            return
        self.session.do_quietly(
            N_("Mark a step"),
            procedures.set_step_state,
            view.case.id,
            self.step_id,
            StepState.DONE if is_done else StepState.NOT_STARTED,
            self.session.today,
        )
        # A refused wish leaves everything as it was, and the box has to say so.
        self.box.setChecked(self._shown[1].state is ShownState.DONE)
        if is_done and not self.box.isChecked():
            self.set_open(is_open=True)

    def _ask_first(self) -> None:
        """Something is open: show it, and offer to record the request all the same."""
        self.box.setChecked(False)
        self.set_open(is_open=True)
        if self.details is not None and isinstance(self.details.body, SubmitBody):
            self.details.body.ask()
            scroll_to(self.details.body.anyway_button)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        is_click = event.button() == Qt.MouseButton.LeftButton and not event.modifiers()
        if is_click and self.head.geometry().contains(event.position().toPoint()):
            self.chevron.setFocus(Qt.FocusReason.MouseFocusReason)
            self.chevron.toggle()
