"""When no plan holds: the first day short, what would make it hold, and what to do instead."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from planner import i18n
from planner.domain.hardship.hardship import Hardship
from planner.domain.hardship.shares import Sharing
from planner.domain.payoff.best import BestPlan
from planner.gui.icons import icon
from planner.gui.labels import quiet_label
from planner.gui.pages.payoff_parts.court import CourtForm
from planner.gui.pages.payoff_parts.hardship import HardshipSection
from planner.gui.pages.payoff_parts.letter import LetterView
from planner.gui.pages.payoff_parts.parts import Lines, column_of, raise_it, row_of
from planner.gui.saving import choose_pdf, saved_words
from planner.gui.session import Session
from planner.gui.tasks import Latest
from planner.i18n import _
from planner.look import GRID
from planner.phrases import N_
from planner.reports.budget_sheet import budget_pdf
from planner.services.adopting import adopt_offers
from planner.services.free_help import likely_country
from planner.services.hardship import Asking, hardship_view, negotiation_view


class ShortView(QWidget):
    """That no plan holds without being late, and the view for talking to the lenders.

    Attributes:
        words: Which day is short, and by how much.
        hardship: The budget, the offers, the help; hidden where the minimums can be paid.
        limits_button, change_button, talk_button: What else can be tried.
        note: What came of saving.

    Signals:
        opened: A widget is to be shown in the pane, with its heading.
        adopted: The offers are followed as a plan now.
        limits_wanted, what_if_wanted: What the user does not want, or assumes, is to be changed.
    """

    opened = Signal(QWidget, str)
    adopted = Signal()
    limits_wanted = Signal()
    what_if_wanted = Signal()

    def __init__(self, session: Session) -> None:
        """Build it empty."""
        super().__init__()
        self._session = session
        self._plan: BestPlan | None = None
        self._sharing, self._wants_talk = Sharing.EQUAL, False
        self._path, self._reason = Path(), ""
        self.words = Lines()
        self.limits_button, self.change_button = QPushButton(), QPushButton()
        self.talk_button = QPushButton()
        self.limits_button.setIcon(icon("sliders-horizontal"))
        self.talk_button.setIcon(icon("phone"))
        self.hardship = HardshipSection(session)
        self.note = quiet_label()
        self.note.hide()
        self._pdf = Latest(self)
        self._pdf.ready.connect(self._put_sheet)
        self._pdf.failed.connect(raise_it)
        column = column_of(self, 2 * GRID)
        column.addWidget(self.words)
        column.addWidget(row_of(self.limits_button, self.change_button, self.talk_button))
        column.addWidget(self.hardship)
        column.addWidget(self.note)
        self._connect()

    def _connect(self) -> None:
        self.limits_button.clicked.connect(self.limits_wanted)
        self.change_button.clicked.connect(self.what_if_wanted)
        self.talk_button.clicked.connect(self._talk)
        self.hardship.sharing_chosen.connect(self._share)
        self.hardship.text_wanted.connect(self._write)
        self.hardship.sheet_wanted.connect(self._save_sheet)
        self.hardship.first_wanted.connect(self._ask_court)
        self.hardship.adopt_wanted.connect(self._follow)

    def show_plan(self, plan: BestPlan) -> None:
        """Show why nothing holds, and what can be done."""
        if self._plan is None or plan.question is not self._plan.question:
            self._wants_talk = False
        self._plan = plan
        self.limits_button.setText(_("Limits…"))
        self.change_button.setText(_("Change what is assumed…"))
        self.talk_button.setText(_("Prepare to talk to the lenders"))
        self._show_hardship(plan)

    def _show_hardship(self, plan: BestPlan) -> None:
        store, today, question = self._session.store, self._session.today, plan.question
        asked = Asking(sharing=self._sharing, extra_income=question.scenario.income)
        cash = question.problem.cash if question.problem is not None else None
        view = negotiation_view if self._wants_talk else hardship_view
        found: Hardship | None = view(store, today, question.currency, cash, asked)
        self.words.say("", plan.short if found is None else found.told_short(plan.short))
        self.hardship.show_hardship(found)
        self.talk_button.setVisible(found is None)
        if found is not None:
            products = tuple(account.product for account in question.accounts.values())
            self.hardship.help.show_help(likely_country(store, question.currency), products)

    def _redraw(self) -> None:
        if self._plan is not None:
            self._show_hardship(self._plan)

    # --- acts ---

    def _talk(self) -> None:
        """Show the same view to who could pay the minimums but wants to talk."""
        self._wants_talk = True
        self._redraw()

    def _share(self, how: Sharing) -> None:
        self._sharing = how
        self._redraw()

    def _ask_court(self) -> None:
        found = self.hardship.hardship
        if found is not None:
            form = CourtForm(self._session, found.creditors)
            form.made.connect(self._redraw)
            self.opened.emit(form, _("Debts that a court stands behind"))

    def _write(self, account_id: str, is_script: bool) -> None:  # noqa: FBT001 - a signal has no names
        found = self.hardship.hardship
        account = self._session.store.accounts.find(account_id)
        if found is None or account is None:
            return
        heading = _("What to say to {name}") if is_script else _("Letter to {name}")
        view = LetterView(self._session, found, account, self._reason, is_script=is_script)
        view.reason_given.connect(self._keep_reason)
        self.opened.emit(view, heading.format(name=account.name))

    def _keep_reason(self, reason: str) -> None:
        """Keep why the money does not reach: it is the same for every letter and call."""
        self._reason = reason

    def _follow(self) -> None:
        """Follow what is offered to each lender; each of them has to be asked."""
        found = self.hardship.hardship
        if found is None:
            return
        offers = {each.creditor.account_id: each.payments for each in found.proposals}
        title = N_("Follow what is offered to the lenders")
        done = self._session.do(title, adopt_offers, self._session.today, found.currency, offers)
        if done is not None:
            self.adopted.emit()

    def _save_sheet(self) -> None:
        found = self.hardship.hardship
        if found is None:
            return
        path = choose_pdf(self, _("Save as PDF"), _("Budget sheet"))
        if path is None:
            return
        self._path = path
        self._tell(_("Making the PDF…"))
        today = self._session.today
        self._pdf.ask(budget_pdf, found, today, i18n.language(), i18n.number_format())

    def _put_sheet(self, pdf: bytes) -> None:
        self._tell(saved_words(self._path, lambda: pdf))

    def _tell(self, text: str) -> None:
        self.note.setText(text)
        self.note.show()
