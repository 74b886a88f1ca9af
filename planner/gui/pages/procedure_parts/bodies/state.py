"""A state of the account that a step leads to, from a day on."""

from __future__ import annotations

from datetime import date

from planner.compat import override
from planner.domain.account import State
from planner.domain.procedures.case import StepState
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
        since = _since(view, step, wanted)
        words = STATE_WORDS[wanted]
        is_held, is_over = since is not None, view.case.ended_on is not None
        said = _(words.status).format(account=view.account.name, date=show(since)) if is_held else ""
        self._show_status(said)
        self.day.say(_(words.since))
        self.day.echo()
        self.record_button.setText(_(words.record))
        self.undo_button.setText(_(words.undo))
        # What is recorded once is not offered again with its old day, even if it has ended since.
        is_free = not is_held and not step.is_blocked and not step.is_settled and not is_over
        self.day.setVisible(is_free)
        self.record_button.setVisible(is_free)
        self.undo_button.setVisible(is_held and not is_over and (wanted.is_restriction or step.is_settled))

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


def _since(view: CaseView, step: StepView, wanted: State) -> date | None:
    """From which day on the account has a state today; None if it has not."""
    held = [each.since for each in view.account.states if each.state is wanted and each.holds_on(view.today)]
    if held:
        return held[-1]
    # Open is also what a freeze that was lifted leaves, without being recorded as a state of its own.
    stopped = any(each.stops_use for each in view.account.restrictions_on(view.today))
    is_open = wanted is State.OPEN is view.account.life_on(view.today) and not stopped
    is_done = step.kept.state is StepState.DONE
    return view.case.state_since(step.step.id) if is_open and is_done else None
