"""One run of a procedure: why, its steps, what people ask, whom to call."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from planner.domain.procedures.kinds import Section, StepKind
from planner.gui.arrange import clear, order_tabs, scroll_to
from planner.gui.consequences import ConsequenceCards
from planner.gui.icons import icon
from planner.gui.labels import heading_label, quiet_label, text_label
from planner.gui.layouts import Flow, TwoSides
from planner.gui.pages.procedure_parts.case_notes import Faq, Warnings
from planner.gui.pages.procedure_parts.contacts import Contacts
from planner.gui.pages.procedure_parts.forms import ContactForm, FinishForm
from planner.gui.pages.procedure_parts.open_links import WORKED_OFF_IN
from planner.gui.pages.procedure_parts.question import Questions
from planner.gui.pages.procedure_parts.step_row import StepRow
from planner.gui.pages.procedure_parts.widgets import Notice
from planner.gui.session import Session
from planner.gui.wrapping import icon_size
from planner.i18n import _, show
from planner.look import GRID
from planner.phrases import N_
from planner.services import procedures
from planner.services.case_view import CaseView, OpenItem
from planner.services.consequences import cards_of_case

# In heights of a line of text: from where on there are two sides, and as wide as a line is easy to read.
_TWO_SIDES, _WIDEST = 50, 40


class CaseWidget(QWidget):
    """One run of a procedure.

    Attributes:
        view: How it stands; None until it is shown.
        questions: What it asks.
        warnings: What to know before.
        rows: Its steps by id.
        contacts: Whom to call.
        faq: What people ask.
        cards: What being late may lead to, where the procedure is about that.

    Signals:
        wanted: Another place, and what to show there.
        form_asked: A form to open at the right, and its heading.
        left: The user wants to see all procedures.
    """

    wanted = Signal(str, str)
    form_asked = Signal(object, str)
    left = Signal()

    def __init__(self, session: Session) -> None:
        """Build what every case has."""
        super().__init__()
        self.session = session
        self.view: CaseView | None = None
        self.rows: dict[str, StepRow] = {}
        self.back_button = QPushButton()
        self.back_button.setProperty("role", "link")
        self.back_button.setFlat(True)
        self.back_button.setIcon(icon("arrow-left"))
        self.back_button.setIconSize(icon_size(self))
        self.back_button.clicked.connect(self.left)
        self.about = quiet_label()
        self.goal = text_label()
        self.changed = quiet_label()
        self.banner, self.reminder = Notice(), Notice()
        self.questions = Questions(session)
        self.warnings = Warnings()
        self.progress = heading_label()
        self._step_column = QVBoxLayout()
        self._step_column.setSpacing(2 * GRID)
        self.contacts = Contacts()
        self.contacts.edited.connect(self._edit_contact)
        self.faq = Faq()
        self.cards = ConsequenceCards(session)
        self.report_button = QPushButton()
        self.report_button.setIcon(icon("file-text"))
        self.report_button.setIconSize(icon_size(self))
        self.report_button.clicked.connect(self._report)
        self.finish_button = QPushButton()
        self.finish_button.clicked.connect(self._finish_or_reopen)
        self.delete_button = QPushButton()
        self.delete_button.clicked.connect(self._delete)
        self._lay_out()

    def _lay_out(self) -> None:
        top = Flow()
        top.addWidget(self.back_button)
        actions = Flow()
        for button in (self.report_button, self.finish_button, self.delete_button):
            actions.addWidget(button)
        main_part = QWidget()
        main = QVBoxLayout(main_part)
        main.setContentsMargins(0, 0, 0, 0)
        main.setSpacing(2 * GRID)
        main.addWidget(self.questions)
        main.addWidget(self.warnings)
        main.addWidget(self.progress)
        main.addLayout(self._step_column)
        main.addLayout(actions)
        main.addStretch(1)
        side_part = QWidget()
        side = QVBoxLayout(side_part)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(2 * GRID)
        side.addWidget(self.contacts)
        side.addWidget(self.faq)
        side.addWidget(self.cards)
        side.addStretch(1)
        columns = TwoSides(_TWO_SIDES, _WIDEST)
        columns.addWidget(main_part)
        columns.addWidget(side_part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        column.addLayout(top)
        for widget in (self.about, self.goal, self.changed, self.banner, self.reminder):
            column.addWidget(widget)
        column.addLayout(columns)
        column.addStretch(1)

    def show_view(self, view: CaseView) -> None:
        """Show how a case stands; what was opened stays open while it is the same case."""
        is_new = self.view is None or self.view.case.id != view.case.id
        if is_new:
            self._start_anew()
        self.view = view
        self._show_head(view)
        self.questions.show_view(view)
        self._show_steps(view)
        self.warnings.show_procedure(view.procedure)
        self.faq.show_procedure(view.procedure)
        self.contacts.show_contacts(view.contacts)
        self.cards.show_cards(cards_of_case(self.session.store, view.case, self.session.today))
        if is_new:
            self._open_what_is_next(view)
        order_tabs(self)

    def reveal_step(self, step_id: str) -> StepRow | None:
        """Open a step and give it the keyboard."""
        row = self.rows.get(step_id)
        if row is not None:
            row.set_open(is_open=True)
            row.chevron.setFocus(Qt.FocusReason.OtherFocusReason)
            scroll_to(row)
        return row

    def _start_anew(self) -> None:
        clear(self._step_column)
        self.rows = {}
        for part in (self.questions, self.warnings, self.faq):
            part.empty()

    def _open_what_is_next(self, view: CaseView) -> None:
        is_untouched = not view.case.steps
        self.warnings.set_open(is_open=is_untouched)
        following = view.next_step
        if following is not None and not is_untouched:
            self.rows[following.step.id].set_open(is_open=True)

    def _show_head(self, view: CaseView) -> None:
        procedure = view.procedure
        self.back_button.setText(_("All procedures"))
        self.about.setText(
            _("{account}, started on {start}. Steps as of {date}.").format(
                account=view.account.name, start=show(view.case.started_on), date=show(procedure.checked)
            )
        )
        self.goal.setText(_("Goal: {goal}").format(goal=_(procedure.goal)))
        self.changed.setText(_("The steps have been published anew since you started; your marks are kept."))
        self.changed.setVisible(view.is_changed_since)
        self.banner.say(view.banner)
        self.reminder.say(view.reminder, "bell")
        is_ended = view.case.ended_on is not None
        self.report_button.setText(_("Put into the report"))
        self.finish_button.setText(_("Go on with it") if is_ended else _("Finish…"))
        self.delete_button.setText(_("Delete"))
        self.delete_button.setAccessibleDescription(_("Deletes the marks and notes of this procedure."))

    def _show_steps(self, view: CaseView) -> None:
        self.progress.setText(
            _("Steps: {done} of {count} done or not needed").format(done=view.done, count=len(view.steps))
        )
        wanted = [step.step.id for step in view.steps]
        for gone in self.rows.keys() - set(wanted):
            row = self.rows.pop(gone)
            self._step_column.removeWidget(row)
            row.hide()
            row.deleteLater()
        for place, step in enumerate(view.steps):
            if step.step.id not in self.rows:
                self._add_row(step.step.id, place)
            self.rows[step.step.id].show_view(view, step)
        self._show_sections(view)

    def _show_sections(self, view: CaseView) -> None:
        """Say above the first step of a part which part it is; a procedure without parts needs no words."""
        parts = {step.step.section for step in view.steps}
        words = {
            Section.BEFORE: _("Before the request"),
            Section.DO: _("The request"),
            Section.AFTER: _("After the request"),
        }
        last = None
        for step in view.steps:
            part = step.step.section
            is_first = part is not last and len(parts) > 1
            self.rows[step.step.id].show_section(words[part] if is_first else "")
            last = part

    def _add_row(self, step_id: str, place: int) -> None:
        row = self.rows[step_id] = StepRow(self.session, step_id)
        row.wanted.connect(self.wanted)
        row.form_asked.connect(self.form_asked)
        row.followed.connect(self._follow)
        row.opened.connect(lambda _is_open: order_tabs(self))
        self._step_column.insertWidget(place, row)

    def _follow(self, item: OpenItem) -> None:
        """Go to the step of this case where something open can be worked off."""
        if self.view is None:
            return
        step = self.view.procedure.of_kind(WORKED_OFF_IN.get(item.blocker.rule, StepKind.SUBMIT))
        row = self.reveal_step(item.step_id or (step.id if step is not None else ""))
        if row is not None and row.details is not None and row.details.body is not None:
            row.details.body.focus_on(item.blocker.target)

    def _edit_contact(self, number: int) -> None:
        if self.view is not None:
            form = ContactForm(self.session, self.view.case, number, self.view.contacts[number])
            self.form_asked.emit(form, _("Whom to call"))

    def _report(self) -> None:
        if self.view is not None:
            self.wanted.emit("reports", "case:" + self.view.case.id)

    def _finish_or_reopen(self) -> None:
        if self.view is None:
            return
        if self.view.case.ended_on is None:
            self.form_asked.emit(FinishForm(self.session, self.view), _("Finish the procedure"))
        else:
            self.session.do(
                N_("Go on with a procedure"), procedures.reopen, self.view.case.id, self.session.today
            )

    def _delete(self) -> None:
        if self.view is not None:
            self.session.do(N_("Delete a procedure"), procedures.delete_case, self.view.case.id)
