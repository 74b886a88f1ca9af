"""A letter made from the record, shown in the step: its language is chosen apart from that of the window."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from planner.compat import override
from planner.domain.account import Account
from planner.domain.hardship.hardship import Hardship
from planner.domain.procedures.kinds import LetterKind
from planner.domain.procedures.step_view import StepView
from planner.gui.fields import ChoiceField
from planner.gui.letter_view import WrittenView
from planner.gui.pages.procedure_parts.bodies.body import Body
from planner.gui.pages.procedure_parts.bodies.lacks import LacksList
from planner.gui.pages.procedure_parts.widgets import WhenLeft
from planner.gui.session import Session
from planner.i18n import _
from planner.look import GRID
from planner.phrases import N_
from planner.reports.budget_sheet import budget_pdf
from planner.services.cases.letters import Addressee, case_letter, reason_in, say_in_letter, to_in
from planner.services.cases.view import CaseView
from planner.services.cases.worksheet import Lack, worksheet_of
from planner.services.letters import Letter

_REASONS = {
    LetterKind.PROPOSAL: N_("Why the money does not reach"),
    LetterKind.CANCELLATION: N_("Why you want to cancel it"),
    LetterKind.DISPUTE: N_("What is right instead"),
    LetterKind.REFUND: N_("How it came about"),
}


class LetterBody(Body):
    """The letter of a step.

    Attributes:
        to: To whom it goes, where that is open.
        lacks: What is missing in the record for it.
        letter: The text; None until the step was shown.
    """

    is_of_use_later = True

    def __init__(self, session: Session) -> None:
        """Build what stands above the text."""
        super().__init__(session)
        self._view: CaseView | None = None
        self._step: StepView | None = None
        self.to = ChoiceField()
        self.to.changed.connect(self._on_to)
        self.lacks = LacksList()
        self.lacks.wanted.connect(self.wanted)
        self.letter: _Letter | None = None
        self.column.addWidget(self.lacks)
        self.column.addWidget(self.to)

    @override
    def show_view(self, view: CaseView, step: StepView) -> None:
        self._view, self._step = view, step
        kind = step.step.letter
        self.to.setVisible(kind is LetterKind.DISPUTE)
        self.to.say(_("To whom"))
        register = _("To the credit register")
        if view.account.law == "CN":
            register = _("To the credit reference centre of the People’s Bank of China")
        self.to.set_choices([(Addressee.LENDER, _("To the lender")), (Addressee.REGISTER, register)])
        self.to.set_key(to_in(view.case, step.step.id))
        if self.letter is None:
            reason = reason_in(view.case, step.step.id)
            self.letter = _Letter(self.session, self, view.account, kind or LetterKind.PROPOSAL, reason)
            left = WhenLeft(self.letter, self.letter.reason.edit)
            left.left.connect(self._keep)
            self.column.addWidget(left)
        else:
            self.letter.refresh()
            self.letter.write()
        self.letter.offer_sheet(self._enclosed(view, kind))
        found = self.made(self.letter.reason.text())[1]
        self.lacks.show_lacks(_("Missing in the record for this letter:"), found)

    def made(self, reason: str) -> tuple[Letter, tuple[Lack, ...]]:
        """The letter with the user's own words, and what is missing for it."""
        if self._view is None or self._step is None:
            raise RuntimeError
        kind = self._step.step.letter or LetterKind.PROPOSAL
        store, case_id = self.session.store, self._view.case.id
        found = case_letter(store, case_id, kind, self.session.today, reason, Addressee(self.to.value()))
        return found.letter, found.lacks

    def _enclosed(self, view: CaseView, kind: LetterKind | None) -> Hardship | None:
        """The budget sheet that a proposal names as enclosed; None where it names none."""
        if kind is not LetterKind.PROPOSAL:
            return None
        sheet = worksheet_of(self.session.store, view.account.id, self.session.today)
        is_named = sheet.is_ready and sheet.proposal is not None and not sheet.proposal.is_full
        return sheet.found if is_named else None

    def _on_to(self) -> None:
        if self.letter is not None:
            self.letter.write()
        self._keep()

    def _keep(self) -> None:
        """Keep what the user says for the letter, if it changed."""
        if self.letter is None or self._view is None or self._step is None or not self.session.has_store:
            return
        case = self.session.store.cases.find(self._view.case.id)
        step_id, words = self._step.step.id, self.letter.reason.text().strip()
        to = Addressee(self.to.value())
        if case is None or (reason_in(case, step_id), to_in(case, step_id)) == (words, to):
            return
        self.session.do_quietly(N_("Write a letter"), say_in_letter, self._view.case.id, step_id, words, to)


class _Letter(WrittenView):
    """The text, with the reason of its kind."""

    # Here the page scrolls, so the letter need not.
    least = 60 * GRID

    def __init__(
        self, session: Session, body: LetterBody, account: Account, kind: LetterKind, reason: str
    ) -> None:
        self._account, self._kind = account, kind
        super().__init__(session, lambda words: body.made(words)[0], reason)
        self.column.setSpacing(GRID)
        self.sheet_button = QPushButton()
        self.sheet_button.clicked.connect(self._save_sheet)
        self.buttons.addWidget(self.sheet_button)
        self._sheet: Hardship | None = None
        self.reason.setVisible(kind in _REASONS)

    @override
    def refresh(self) -> None:
        super().refresh()
        self.copy_button.setText(_("Copy the letter"))  # the step has a text of its own

    def offer_sheet(self, sheet: Hardship | None) -> None:
        """Offer to save the budget sheet that goes with it, in the language of the letter; None for none."""
        self._sheet = sheet
        self.sheet_button.setText(_("Save the budget sheet as PDF…"))
        self.sheet_button.setVisible(sheet is not None)

    def _save_sheet(self) -> None:
        if self._sheet is not None:
            self.save_pdf(_("Budget sheet"), budget_pdf, self._sheet)

    @override
    def say_reason(self) -> None:
        label = _REASONS.get(self._kind, "")
        self.reason.say(_(label) if label else "", _("In a few words; it goes into the text."))

    @override
    def name(self) -> str:
        return _("Letter to {name}").format(name=self._account.name)
