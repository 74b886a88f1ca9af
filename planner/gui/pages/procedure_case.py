"""One run of a procedure: why, its steps, what people ask, whom to call."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from planner.domain.account import Contact
from planner.domain.procedures.published import Rule, Section, StepKind
from planner.gui.arrange import clear, order_tabs, scroll_to
from planner.gui.icons import icon
from planner.gui.labels import figure_label, heading_label, quiet_label, text_label
from planner.gui.layouts import Flow, TwoSides
from planner.gui.pages.procedure_bodies import ServicesBody
from planner.gui.pages.procedure_parts import Notice, Text
from planner.gui.pages.procedure_step import StepRow
from planner.gui.session import Session
from planner.gui.wrapping import Choice, Disclosure, icon_size
from planner.i18n import _, show
from planner.look import GRID
from planner.phrases import N_
from planner.services import procedures
from planner.services.procedures import CaseView, OpenItem

# In heights of a line of text: from where on there are two sides, and as wide as a line is easy to read.
_TWO_SIDES, _WIDEST = 50, 40


class CaseWidget(QWidget):
    """One run of a procedure.

    Attributes:
        view: How it stands; None until it is shown.
        rows: Its steps by id.

    Signals:
        wanted: Another place, and what to show there.
        edited: The id of a step whose text the user wants to write over.
        contact_edited: Which contact the user wants to change, from 0.
        finish_asked: The user wants to call it finished.
        left: The user wants to see all procedures.
    """

    wanted = Signal(str, str)
    edited = Signal(str)
    contact_edited = Signal(int)
    finish_asked = Signal()
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
        self.warnings = Disclosure(is_heading=True)
        self._warnings: list[Text] = []
        self.question = heading_label()
        self.answers: dict[str, Choice] = {}
        self._answer_group = QButtonGroup(self)
        self._answer_column = QVBoxLayout()
        self.progress = heading_label()
        self._step_column = QVBoxLayout()
        self._step_column.setSpacing(2 * GRID)
        self.faq_heading = heading_label()
        self.faq: list[tuple[Disclosure, Text]] = []
        self._faq_column = QVBoxLayout()
        self.contacts = Contacts()
        self.contacts.edited.connect(self.contact_edited)
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
        main.addWidget(self.question)
        main.addLayout(self._answer_column)
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
        side.addWidget(self.faq_heading)
        side.addLayout(self._faq_column)
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
        self._show_question(view)
        self._show_steps(view)
        self._show_notes(view)
        self.contacts.show_contacts(view.contacts)
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
        for layout in (self._step_column, self._answer_column, self._faq_column, self.warnings.column):
            clear(layout)
        for button in self._answer_group.buttons():
            self._answer_group.removeButton(button)
        self.rows, self.answers, self.faq, self._warnings = {}, {}, [], []

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

    def _show_question(self, view: CaseView) -> None:
        questions = view.procedure.questions
        self.question.setVisible(bool(questions))
        for question in questions:  # there is one as yet; more would follow one another here
            self.question.setText(_(question.title))
            for key, text in question.answers.items():
                if key not in self.answers:
                    self._add_answer(question.id, key)
                self.answers[key].say(_(text))
            given = view.case.answers.get(question.id)
            self._answer_group.setExclusive(False)  # else nothing could be unanswered again, by undo
            for key, choice in self.answers.items():
                choice.button.setChecked(key == given)
            self._answer_group.setExclusive(True)

    def _add_answer(self, question: str, key: str) -> None:
        choice = self.answers[key] = Choice(QRadioButton())
        self._answer_group.addButton(choice.button)
        choice.button.clicked.connect(partial(self._answer, question, key))
        self._answer_column.addWidget(choice)

    def _answer(self, question: str, key: str) -> None:
        if self.view is not None and self.view.case.answers.get(question) != key:
            self.session.do(N_("Answer a question"), procedures.answer, self.view.case.id, question, key)

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
        row.edited.connect(self.edited)
        row.followed.connect(self._follow)
        row.opened.connect(lambda _is_open: order_tabs(self))
        self._step_column.insertWidget(place, row)

    def _follow(self, item: OpenItem) -> None:
        """Go to the step of this case where something open can be worked off."""
        if self.view is None:
            return
        kinds = {
            Rule.LINKED_SERVICES: StepKind.SERVICES,
            Rule.NOT_SUBMITTED: StepKind.SUBMIT,
            Rule.WAITING: StepKind.VERIFY,
        }
        step = self.view.procedure.of_kind(kinds.get(item.blocker.rule, StepKind.SUBMIT))
        row = self.reveal_step(item.step_id or (step.id if step is not None else ""))
        if row is not None and row.details is not None and isinstance(row.details.body, ServicesBody):
            choice = row.details.body.choices.get(item.blocker.target)
            if choice is not None:
                choice.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_notes(self, view: CaseView) -> None:
        procedure = view.procedure
        if not self._warnings:
            self._warnings = [Text() for _warning in procedure.warnings]
            for text in self._warnings:
                self.warnings.column.addWidget(text)
            self.faq = [(Disclosure(), Text()) for _question in procedure.faq]
            for disclosure, text in self.faq:
                disclosure.column.addWidget(text)
                self._faq_column.addWidget(disclosure)
        self.warnings.say(_("What to know before"))
        self.warnings.setVisible(bool(procedure.warnings))
        for text, warning in zip(self._warnings, procedure.warnings, strict=True):
            text.say(_(warning.title), _(warning.text), warning.source)
        self.faq_heading.setText(_("What people ask"))
        self.faq_heading.setVisible(bool(procedure.faq))
        for (disclosure, text), question in zip(self.faq, procedure.faq, strict=True):
            disclosure.say(_(question.title))
            text.say("", _(question.text), question.source)

    def _report(self) -> None:
        if self.view is not None:
            self.wanted.emit("reports", "case:" + self.view.case.id)

    def _finish_or_reopen(self) -> None:
        if self.view is None:
            return
        if self.view.case.ended_on is None:
            self.finish_asked.emit()
        else:
            self.session.do(
                N_("Go on with a procedure"), procedures.reopen, self.view.case.id, self.session.today
            )

    def _delete(self) -> None:
        if self.view is not None:
            self.session.do(N_("Delete a procedure"), procedures.delete_case, self.view.case.id)


class Contacts(QFrame):
    """Whom to call: each number with a button that copies it and one that corrects it.

    Signals:
        edited: Which contact the user wants to change, from 0.
    """

    edited = Signal(int)

    def __init__(self) -> None:
        """Build it empty."""
        super().__init__()
        self.setObjectName("card")
        self._heading = heading_label()
        self._hint = quiet_label()
        self.copy_buttons: list[QPushButton] = []
        self.edit_buttons: list[QPushButton] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(GRID)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        outer.addWidget(self._heading)
        outer.addLayout(self._column)
        outer.addWidget(self._hint)

    def show_contacts(self, contacts: tuple[Contact, ...]) -> None:
        """Show some contacts."""
        self._heading.setText(_("Whom to call"))
        self._hint.setText(_("Type the number yourself. Never follow one from a message."))
        clear(self._column)
        self.copy_buttons, self.edit_buttons = [], []
        for place, contact in enumerate(contacts):
            self._column.addWidget(self._card(place, contact))

    def _card(self, place: int, contact: Contact) -> QWidget:
        label, number, source = quiet_label(), figure_label(), quiet_label()
        label.setText(_(contact.label))
        number.setText(contact.number)
        number.setAccessibleName(_("{name}: {value}").format(name=_(contact.label), value=contact.number))
        source.setText(_("Source: {source}").format(source=_(contact.source)) if contact.source else "")
        copy, edit = QPushButton(), QPushButton()
        copy.setIcon(icon("copy"))
        copy.setIconSize(icon_size(self))
        copy.setText(_("Copy the number"))
        copy.clicked.connect(lambda: self._copy(copy, contact.number))
        edit.setText(_("Change"))
        edit.setAccessibleName(_("Change: {name}").format(name=_(contact.label)))
        edit.clicked.connect(lambda: self.edited.emit(place))
        if not contact.source:
            source.hide()
        if not contact.number:  # a way to reach them need not have one
            number.hide()
            copy.hide()
        self.copy_buttons.append(copy)
        self.edit_buttons.append(edit)
        buttons = Flow()
        buttons.addWidget(copy)
        buttons.addWidget(edit)
        card = QWidget()
        column = QVBoxLayout(card)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        for widget in (label, number, source):
            column.addWidget(widget)
        column.addLayout(buttons)
        return card

    @staticmethod
    def _copy(button: QPushButton, number: str) -> None:
        QGuiApplication.clipboard().setText(number)
        button.setText(_("Copied"))
