"""One run of a procedure: why, its steps, what people ask, whom to call."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from planner.domain.procedures.kinds import Rule, StepKind
from planner.gui.arrange import clear, order_tabs, scroll_to
from planner.gui.consequences import ConsequenceCards
from planner.gui.icons import icon
from planner.gui.labels import LinkButton, heading_label, quiet_label, text_label
from planner.gui.layouts import Flow, TwoSides
from planner.gui.pages.procedure_parts.actions import Actions
from planner.gui.pages.procedure_parts.case_notes import Faq, Warnings
from planner.gui.pages.procedure_parts.changes import Changes
from planner.gui.pages.procedure_parts.contacts import Contacts
from planner.gui.pages.procedure_parts.evidence import EvidenceFiles
from planner.gui.pages.procedure_parts.facts_card import FactsCard
from planner.gui.pages.procedure_parts.forms import ContactForm
from planner.gui.pages.procedure_parts.open_links import WORKED_OFF_IN
from planner.gui.pages.procedure_parts.own_step_form import OwnStepForm
from planner.gui.pages.procedure_parts.question import Questions
from planner.gui.pages.procedure_parts.slight_line import SlightLine
from planner.gui.pages.procedure_parts.step_row import StepRow
from planner.gui.pages.procedure_parts.widgets import Notice
from planner.gui.session import Session
from planner.gui.wrapping import WrappedLink, icon_size
from planner.i18n import _, explain, show
from planner.look import GRID
from planner.services.cases.links import came_from
from planner.services.cases.log import promise_words
from planner.services.cases.view import CaseView, OpenItem
from planner.services.cases.words import section_words
from planner.services.consequences import cards_of_case
from planner.store import catalogue

# In heights of a line of text: from where on there are two sides, and as wide as a line is easy to read.
_TWO_SIDES, _WIDEST = 50, 40


class CaseWidget(QWidget):
    """One run of a procedure.

    Attributes:
        view: How it stands; None until it is shown.
        changes: What was published since it was started.
        facts: What the record says of its account.
        questions: What it asks.
        warnings: What to know before.
        rows: Its steps by id.
        finish_link: Leads to its end once nothing is left to do.
        promises: What the lender promised and may not have kept.
        files: The files that belong to all of it.
        contacts: Whom to call.
        faq: What people ask.
        cards: What being late may lead to, where the procedure is about that.
        slight: Whether its delay is slight, where its way depends on that.
        add_button: Asks for a step of the user's own.
        actions_part: What can be done with all of it.

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
        self.part_button = LinkButton()
        self.part_button.clicked.connect(self._go_back)
        self.changes = Changes(session)
        self.changes.step_wanted.connect(self.reveal_step)
        self.facts = FactsCard(session)
        self.facts.wanted.connect(self.wanted)
        self.slight = SlightLine(session)
        self.slight.form_asked.connect(self.form_asked)
        self.banner, self.reminder, self.promises = Notice(), Notice(), Notice()
        self.finish_link = WrappedLink()
        self.finish_link.clicked.connect(self._finish)
        self.questions = Questions(session)
        self.warnings = Warnings()
        self.progress = heading_label()
        self._step_column = QVBoxLayout()
        self._step_column.setSpacing(2 * GRID)
        self.files = EvidenceFiles(session)
        self.contacts = Contacts()
        self.contacts.edited.connect(self._edit_contact)
        self.faq = Faq()
        self.cards = ConsequenceCards(session)
        self.cards.procedure_wanted.connect(self._to_procedure)
        self.add_button = QPushButton()
        self.add_button.setIcon(icon("plus"))
        self.add_button.setIconSize(icon_size(self))
        self.add_button.clicked.connect(self._add_step)
        self.actions_part = Actions(session)
        self.actions_part.wanted.connect(self.wanted)
        self.actions_part.form_asked.connect(self.form_asked)
        self.report_button = self.actions_part.report_button
        self.finish_button = self.actions_part.finish_button
        self.delete_button = self.actions_part.delete_button
        self._lay_out()

    def _lay_out(self) -> None:
        top = Flow()
        top.addWidget(self.back_button)
        adding = Flow()
        adding.addWidget(self.add_button)
        main_part = QWidget()
        main = QVBoxLayout(main_part)
        main.setContentsMargins(0, 0, 0, 0)
        main.setSpacing(2 * GRID)
        main.addWidget(self.questions)
        main.addWidget(self.slight)
        main.addWidget(self.warnings)
        main.addWidget(self.progress)
        main.addLayout(self._step_column)
        main.addLayout(adding)
        main.addWidget(self.files)
        main.addWidget(self.actions_part)
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
        column.addWidget(self.about)
        column.addWidget(self.part_button)
        for widget in (self.goal, self.changes, self.banner, self.finish_link, self.reminder, self.promises):
            column.addWidget(widget)
        column.addWidget(self.facts)
        column.addLayout(columns)
        column.addStretch(1)

    def show_view(self, view: CaseView) -> None:
        """Show how a case stands; what was opened stays open while it is the same case."""
        is_new = self.view is None or self.view.case.id != view.case.id
        if is_new:
            self._start_anew()
        self.view = view
        self._show_head(view)
        self.changes.show_view(view)
        self.facts.show_view(view)
        self.questions.show_view(view)
        self.slight.show_view(view)
        self._show_steps(view)
        self.warnings.show_view(view)
        self.faq.show_view(view)
        self.files.show_view(view)
        self.contacts.show_contacts(view.contacts)
        cards = cards_of_case(self.session.store, view.case, self.session.today)
        self.cards.show_cards(cards, view.procedure.id)
        if is_new:
            self._open_what_is_next(view)
        order_tabs(self)

    def reveal_step(self, step_id: str, target: str = "") -> None:
        """Open a step and give the keyboard to it, or to what is open in it.

        Args:
            step_id: The step.
            target: What is open in it; empty for the step itself.
        """
        row = self.rows.get(step_id)
        if row is not None:
            row.set_open(is_open=True)
            row.chevron.setFocus(Qt.FocusReason.OtherFocusReason)
            scroll_to(row)
        if target and row is not None and row.details is not None and row.details.body is not None:
            row.details.body.focus_on(target)

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
        before = came_from(self.session.store, view.case)
        known = catalogue.procedure(before.procedure) if before is not None else None
        self.part_button.setText(
            _("Part of: {title}").format(title=_(known.title)) if known is not None else ""
        )
        self.part_button.setVisible(known is not None)
        self.banner.say(view.banner)
        self.finish_link.say(_("Finish…"))
        self.finish_link.setVisible(view.is_finishable)
        self.reminder.say(view.reminder, "bell")
        unkept = [explain(words) for words in promise_words(view)]
        self.promises.say("\n".join(unkept), "bell")
        self.add_button.setText(_("Add a step of your own…"))
        self.actions_part.show_view(view)

    def _show_steps(self, view: CaseView) -> None:
        count = _("Steps: {done} of {count} done or not needed").format(done=view.done, count=len(view.steps))
        self.progress.setText(_("Answer the question to see all steps") if view.unanswered else count)
        wanted = [step.step.id for step in view.steps]
        for gone in self.rows.keys() - set(wanted):
            row = self.rows.pop(gone)
            self._step_column.removeWidget(row)
            row.hide()
            row.deleteLater()
        for place, step in enumerate(view.steps):
            if step.step.id not in self.rows:
                self._add_row(step.step.id, place)
            elif self._step_column.indexOf(self.rows[step.step.id]) != place:
                self._step_column.insertWidget(place, self.rows[step.step.id])  # a step of the user's moved
            self.rows[step.step.id].show_view(view, step)
        self._show_sections(view)

    def _show_sections(self, view: CaseView) -> None:
        """Say above the first step of a part which part it is; a procedure without parts needs no words."""
        parts = {step.step.section for step in view.steps}
        words = section_words(view)
        last = None
        for step in view.steps:
            part = step.step.section
            is_first = part is not last and len(parts) > 1
            self.rows[step.step.id].show_section(explain(words[part]) if is_first else "")
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
        kind = WORKED_OFF_IN.get(item.blocker.rule, StepKind.SUBMIT)
        step_id = next((each.step.id for each in self.view.steps if each.step.kind is kind), "")
        if item.blocker.rule is Rule.WAITING and item.blocker.target:
            step_id = item.blocker.target
        self.reveal_step(item.step_id or step_id, item.blocker.target)

    def _add_step(self) -> None:
        if self.view is not None:
            self.form_asked.emit(OwnStepForm(self.session, self.view), _("A step of your own"))

    def _finish(self) -> None:
        self.finish_button.click()

    def _to_procedure(self, procedure_id: str) -> None:
        if self.view is not None:
            self.wanted.emit("procedures", f"procedure:{procedure_id}/{self.view.account.id}")

    def _go_back(self) -> None:
        before = came_from(self.session.store, self.view.case) if self.view is not None else None
        if before is not None:
            self.wanted.emit("procedures", "case:" + before.id)

    def _edit_contact(self, number: int) -> None:
        if self.view is not None:
            form = ContactForm(self.session, self.view.case, number, self.view.contacts[number])
            self.form_asked.emit(form, _("Whom to call"))
