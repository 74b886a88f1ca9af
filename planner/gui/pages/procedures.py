"""The place Procedures: the library, the cases under way, and one case step by step."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from planner.compat import override
from planner.gui.arrange import clear, scroll_to
from planner.gui.forms import Form
from planner.gui.labels import heading_label, text_label
from planner.gui.page import Page
from planner.gui.pages.procedure_parts.case import CaseWidget
from planner.gui.pages.procedure_parts.forms import StartForm
from planner.gui.pages.procedure_parts.widgets import card_of
from planner.gui.session import Session
from planner.i18n import _, explain, show
from planner.look import GRID
from planner.phrases import N_, Phrase
from planner.services import procedures
from planner.services.cases.log import promise_words
from planner.services.procedures import Card, CaseView
from planner.store import catalogue

# Which case was open when the program was closed.
_OPEN_CASE = "procedures.case"

# What leads to a contact begins with this; its id follows.
CONTACT = "contact:"

# What leads to a step begins with this; the ids of its case and of itself follow.
STEP = "step:"

# What leads to a procedure begins with this; its id and that of an account follow.
PROCEDURE = "procedure:"

# In heights of a line of text.
_WIDEST_CARD = 44


class ProceduresPage(Page):
    """Guided procedures, and how far each run of one is.

    Attributes:
        overview: The cases and the library.
        case: One case.
        start_buttons: The button of each procedure in the library, by its id.
        open_buttons: The button of each case, by its id.
    """

    shows = frozenset(
        {
            "accounts",
            "account_states",
            "account_terms",
            "adjustments",
            "agreement_dues",
            "agreements",
            "bill_lines",
            "bills",
            "case_answers",
            "case_documents",
            "case_evidence",
            "case_log",
            "case_own_steps",
            "case_steps",
            "cases",
            "cash_accounts",
            "cash_balances",
            "cash_flows",
            "cash_occurrences",
            "cash_rules",
            "charges",
            "contacts",
            "evidence_files",
            "failed_debits",
            "linked_services",
            "payments",
            "plan_rows",
            "plans",
            "purchases",
            "refunds",
            "settings",
        }
    )

    def __init__(self, session: Session) -> None:
        """Build the overview and the frame of a case."""
        super().__init__(session)
        self._case_id: str | None = None
        self._wanted_procedure = ""
        self.start_buttons: dict[str, QPushButton] = {}
        self.open_buttons: dict[str, QPushButton] = {}
        self.intro = text_label()
        self._cards = QVBoxLayout()
        self._cards.setSpacing(2 * GRID)
        self.overview = QWidget()
        column = QVBoxLayout(self.overview)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        column.addWidget(self.intro)
        column.addLayout(self._cards)
        self.case = CaseWidget(session)
        self.case.hide()
        self.case.wanted.connect(self.wanted)
        self.case.left.connect(partial(self.show_case, ""))
        self.case.form_asked.connect(self._open_form)
        # In a row it is as high as its width asks for; a column would ask how high it is at its own.
        row = QHBoxLayout()
        row.addWidget(self.overview, 1)
        row.addStretch(0)
        self.body.addLayout(row)
        self.body.addWidget(self.case)
        self.body.addStretch(1)
        session.opened.connect(self._forget)

    @override
    def refresh(self) -> None:
        store = self.session.store
        if self._case_id is None:
            self._case_id = store.settings.get(_OPEN_CASE)
        case = store.cases.find(self._case_id) if self._case_id else None
        if case is None or catalogue.procedure(case.procedure) is None:
            self._case_id = ""
            self._show_overview()
            return
        view = procedures.case_view(store, case, self.session.today)
        self.title.setText(_(view.procedure.title))
        self.case.show_view(view)
        self.overview.hide()
        self.case.show()

    @override
    def reveal(self, target: str) -> None:
        """Show a case, the newest one of an account, a step, or a contact in the step it was recorded in."""
        store = self.session.store
        if target.startswith(CONTACT):
            self._reveal_contact(target.removeprefix(CONTACT))
            return
        if target.startswith(STEP):
            case_id, _slash, rest = target.removeprefix(STEP).partition("/")
            if store.cases.find(case_id) is not None:
                self._reveal_step(case_id, rest.partition("/")[0])
            return
        if target.startswith(PROCEDURE):
            self._reveal_procedure(*target.removeprefix(PROCEDURE).split("/", 1))
            return
        case_id = target.removeprefix("case:")
        found = store.cases.find(case_id) or next(
            iter(sorted(store.cases.of_account(case_id), key=lambda case: case.ended_on is not None)), None
        )
        if found is not None:
            self.show_case(found.id)

    def _reveal_procedure(self, procedure_id: str, account_id: str) -> None:
        """Show its case that is under way, else where it is started."""
        cases = self.session.store.cases.of_account(account_id)
        running = (case for case in cases if case.procedure == procedure_id and case.ended_on is None)
        case = next(running, None)
        self.show_case(case.id if case is not None else "")
        if case is None:
            self._wanted_procedure = procedure_id

    def _reveal_contact(self, entry_id: str) -> None:
        for case in self.session.store.cases.all():
            step_id = next((entry.step for entry in case.log if entry.id == entry_id), None)
            if step_id is not None:
                self._reveal_step(case.id, step_id, entry_id)

    def _reveal_step(self, case_id: str, step_id: str, target: str = "") -> None:
        self.show_case(case_id)
        # After the case itself has taken the keyboard.
        QTimer.singleShot(0, self, partial(self.case.reveal_step, step_id, target))

    def show_case(self, case_id: str) -> None:
        """Show a case; with an empty id, all of them and the library."""
        self._case_id = case_id
        self.pane.close_content()
        self._is_stale = True
        self.session.set(_OPEN_CASE, case_id)
        if self.isVisible():
            self._refresh_if_shown()  # unless the choice that was kept has done so
            scroll_to(self.title)
            # The widgets that take the keyboard have only just been made.
            QTimer.singleShot(0, self._take_keyboard)

    def _take_keyboard(self) -> None:
        first = next(iter(self.start_buttons.values()), None)
        wanted, self._wanted_procedure = self.start_buttons.get(self._wanted_procedure, first), ""
        target = self.case.back_button if self._case_id else wanted
        if target is not None and target.isVisible():
            target.setFocus(Qt.FocusReason.OtherFocusReason)
            if target is not first:
                scroll_to(target)

    def _forget(self) -> None:
        """Another file is open: it has cases of its own."""
        self._case_id = None
        self._is_stale = True

    # --- The overview

    def _show_overview(self) -> None:
        store, today = self.session.store, self.session.today
        self.title.setText(_("Procedures"))
        self.intro.setText(
            _(
                "What lenders make hard to find, step by step. Your marks and notes are kept, and what is "
                "recorded shows what still stands in the way."
            )
        )
        clear(self._cards)
        self.start_buttons, self.open_buttons = {}, {}
        views = procedures.case_views(store, today)
        self._add_cases(_("Under way"), [view for view in views if view.case.ended_on is None])
        cards = procedures.library(store, today)
        self._add_library(_("For your accounts"), [card for card in cards if card.accounts])
        self._add_library(_("Others"), [card for card in cards if not card.accounts])
        self._add_cases(_("Finished"), [view for view in views if view.case.ended_on is not None])
        self.case.hide()
        self.overview.show()
        self.overview.setMaximumWidth(_WIDEST_CARD * self.fontMetrics().height())

    def _add_heading(self, text: str) -> None:
        heading = heading_label()
        heading.setText(text)
        self._cards.addWidget(heading)

    def _add_library(self, heading: str, cards: Sequence[Card]) -> None:
        if cards:
            self._add_heading(heading)
        for card in cards:
            self._cards.addWidget(self._library_card(card))

    def _add_cases(self, heading: str, views: Sequence[CaseView]) -> None:
        if views:
            self._add_heading(heading)
        for view in views:
            self._cards.addWidget(self._case_card(view))

    def _case_card(self, view: CaseView) -> QWidget:
        count = _("Steps: {done} of {count} done or not needed").format(done=view.done, count=len(view.steps))
        lines: list[str | Phrase] = [
            _("{account}, started on {date}").format(
                account=view.account.name, date=show(view.case.started_on)
            ),
            _("Answer the question to see all steps") if view.unanswered else count,
        ]
        if view.banner is not None:
            lines.append(view.banner)
        if view.reminder is not None:
            lines.append(view.reminder)
        lines += promise_words(view)
        if view.case.ended_on is None and view.next_step is not None:
            lines.append(_("Next: {step}").format(step=explain(view.next_step.title)))
        button = QPushButton(_("Go on") if view.case.ended_on is None else _("Look at it"))
        button.setAccessibleDescription(_(view.procedure.title))
        button.clicked.connect(partial(self.show_case, view.case.id))
        self.open_buttons[view.case.id] = button
        return card_of(_(view.procedure.title), lines, "", [button])

    def _library_card(self, card: Card) -> QWidget:
        procedure = card.procedure
        quiet = _("As of {date}").format(date=show(procedure.checked))
        goal = _("Goal: {goal}").format(goal=_(procedure.goal))
        button = QPushButton()
        if card.accounts:
            button.setText(_("Start"))
            button.setProperty("role", "primary")
            button.clicked.connect(partial(self._start, card))
            lines = [goal]
        else:
            names = [_(found.name) for found in map(catalogue.product, procedure.products) if found]
            lines = [
                goal,
                _("It needs an account of {product}, and none is recorded yet.").format(
                    product=", ".join(names)
                ),
            ]
            button.setText(_("Record an account"))
            button.clicked.connect(partial(self.wanted.emit, "bills", ""))
        button.setAccessibleDescription(_(procedure.title))
        self.start_buttons[procedure.id] = button
        return card_of(_(procedure.title), lines, quiet, [button])

    def _start(self, card: Card) -> None:
        if len(card.accounts) > 1:
            form = StartForm(self.session, card)
            form.saved.connect(lambda: self._show_started(form))
            self.pane.open(form, _(card.procedure.title))
            return
        case = self.session.do(
            N_("Start a procedure"),
            procedures.start_case,
            card.procedure.id,
            card.accounts[0].id,
            self.session.today,
        )
        if case is not None:
            self.show_case(case.id)

    def _show_started(self, form: StartForm) -> None:
        if form.started is not None:
            self.show_case(form.started.id)

    def _open_form(self, form: Form, heading: str) -> None:
        form.saved.connect(self.pane.close_content)
        self.pane.open(form, heading)
