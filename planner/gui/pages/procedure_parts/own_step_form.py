"""The form for a step of the user's own."""

from __future__ import annotations

from planner.compat import override
from planner.domain.procedures.published import Step
from planner.gui.fields import ChoiceField, NoteField, TextField
from planner.gui.forms import Form
from planner.gui.session import Session
from planner.i18n import _, explain
from planner.phrases import N_
from planner.services.cases.own_steps import add_own_step, change_own_step, followers
from planner.services.cases.view import CaseView

_LINES = 5
# The choice of no step before it; no id of a step is empty.
_FIRST = ""


class OwnStepForm(Form):
    """Takes a step in the user's words: what it is about, what to do, and where it stands."""

    def __init__(self, session: Session, view: CaseView, step: Step | None = None) -> None:
        """Start empty at the end, or with a step that is to be changed."""
        super().__init__(session)
        self._view, self._step = view, step
        self.title = TextField()
        self.text = NoteField()
        self.text.set_lines(_LINES)
        self.after = ChoiceField()
        self.add(self.title, self.text, self.after)
        self._own = next(
            (each for each in view.case.own_steps if step is not None and each.id == step.id), None
        )
        self._fill_places()
        if self._own is not None:
            self.title.set_text(self._own.title)
            self.text.set_text(self._own.text)
            self.after.set_key(self._own.after)
        elif view.steps:
            self.after.set_key(view.steps[-1].step.id)
        self.refresh()

    def _fill_places(self) -> None:
        """Offer every place but those within what follows the step itself."""
        barred: frozenset[str] = frozenset()
        choices = [(_FIRST, _("At the beginning"))]
        if self._own is not None:
            barred = followers(self._view.case.own_steps, self._own.id)
            if self._own.after not in {_FIRST, *(each.step.id for each in self._view.steps)}:
                choices.append((self._own.after, _("Where it stands now")))
        for number, each in enumerate(self._view.steps, 1):
            if each.step.id not in barred:
                title = _("{number}. {title}").format(number=number, title=explain(each.title))
                choices.append((each.step.id, _("After: {step}").format(step=title)))
        self.after.set_choices(choices)

    @override
    def refresh(self) -> None:
        super().refresh()
        self.title.say(_("What it is about"))
        self.text.say(_("What to do"))
        self.after.say(_("Where it stands"))

    @override
    def submit(self) -> bool:
        title, text, after = self.title.text(), self.text.value(), self.after.value()
        case_id = self._view.case.id
        if self._step is None:
            done = self.session.do(N_("Add a step"), add_own_step, case_id, title, text, after)
        else:
            done = self.session.do(
                N_("Change a step"), change_own_step, case_id, self._step.id, title, text, after
            )
        return done is not None
