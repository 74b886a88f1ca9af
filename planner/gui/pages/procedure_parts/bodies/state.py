"""A state of the account that a step leads to, from a day on."""

from __future__ import annotations

from planner.compat import override
from planner.domain.procedures.step_view import StepView
from planner.gui.pages.procedure_parts.bodies.body import DatedBody
from planner.gui.pages.procedure_parts.state_words import STATE_WORDS
from planner.i18n import _, show
from planner.phrases import N_
from planner.services import procedures
from planner.services.cases.view import CaseView


class StateBody(DatedBody):
    """The day from which the account has the state that the step leads to."""

    @override
    def show_view(self, view: CaseView, step: StepView) -> None:
        super().show_view(view, step)
        wanted = step.step.state
        if wanted is None:
            return
        held = [each for each in view.account.states if each.state is wanted and each.holds_on(view.today)]
        words = STATE_WORDS[wanted]
        said = _(words.status).format(account=view.account.name, date=show(held[-1].since)) if held else ""
        self._show_status(said)
        self.day.say(_(words.since))
        self.day.echo()
        self.record_button.setText(_(words.record))
        self.undo_button.setText(_(words.undo))
        is_free = not held and not step.is_blocked
        self.day.setVisible(is_free)
        self.record_button.setVisible(is_free)
        self.undo_button.setVisible(bool(held) and (wanted.is_restriction or step.is_settled))

    @override
    def record(self, view: CaseView) -> None:
        self.session.do(
            N_("Record a state"),
            procedures.enter_state,
            view.case.id,
            self._step_id,
            self.day.value(),
            self.session.today,
        )

    @override
    def take_back(self, view: CaseView) -> None:
        self.session.do(
            N_("Take a state back"),
            procedures.leave_state,
            view.case.id,
            self._step_id,
            self.session.today,
        )
