"""The form that changes a recorded instalment plan: its name, its amount, its rows."""

from __future__ import annotations

from dataclasses import replace

from planner.compat import override
from planner.domain.plans.plan_terms import plan_cost
from planner.gui.fields import AmountField, TextField
from planner.gui.labels import quiet_label
from planner.gui.recording.plan_rows import RowsEditor
from planner.gui.recording.record_form import RecordForm
from planner.gui.session import Session
from planner.i18n import _, ngettext
from planner.phrases import N_
from planner.services.plans import RowEdit, billed_numbers, edited_rows, save_plan


class PlanEditForm(RecordForm):
    """A recorded plan; its rows keep their identity, because payments and bills point to them.

    Attributes:
        rows: The rows, which may be changed.
        saved_id: The plan.
    """

    def __init__(self, session: Session, plan_id: str, row_number: int = 0) -> None:
        """Show what is recorded.

        Args:
            session: The open file.
            plan_id: The plan.
            row_number: The row to begin with; 0 for none.
        """
        self.plan = session.store.plans.get(plan_id)
        super().__init__(session, self.plan.account_id, is_new=False)
        self.saved_id = plan_id
        self._now = self.plan.rows
        self.name = TextField()
        self.amount = AmountField(self.plan.principal.currency)
        self.add(self.name, self.amount)
        self._billed = billed_numbers(session.store, self.plan)
        self.billed_note = quiet_label()
        self.rows = RowsEditor(session.today, self.plan.principal.currency)
        self.rows.typed.connect(self.note_typed)
        self.rows.edited.connect(self._on_edited)
        self.rows.taken_back.connect(self._on_taken_back)
        for widget in (self.rows, self.billed_note):
            self.column.insertWidget(self.column.count() - 2, widget)
        self.name.set_text(self.plan.name)
        self.amount.set_money(self.plan.principal)
        self.setFocusProxy(self.name.input)
        self.refresh()
        if row_number:
            self.setFocusProxy(self.rows.fields.due_on.input)
            self.rows.open_row(row_number)

    @override
    def refresh(self) -> None:
        super().refresh()
        self.save_button.setText(_("Save the changes"))
        self.name.say(_("What it paid for"))
        self.amount.say(_("What these instalments repay"), _("Without fees and interest."))
        self.billed_note.setText(
            ngettext(
                "{count} of them stands in a recorded bill already: a change here does not change that bill.",
                "{count} of them stand in recorded bills already: a change here does not change those bills.",
                len(self._billed),
            ).format(count=len(self._billed))
        )
        self.billed_note.setVisible(bool(self._billed))
        self.rows.refresh()
        self.on_change()

    @override
    def on_change(self) -> None:
        to_repay = self.amount.money() or self.plan.principal
        # The rows before the record began are not kept, and the rate of a part is not that of the plan.
        is_whole = self.plan.rows[0].number == 1
        cost = plan_cost(self._now, to_repay, () if is_whole else None)
        note = "" if is_whole else _("The true rate is not known: the earlier instalments are not recorded.")
        self.rows.show_rows(self._now, cost, is_edited=self._now != self.plan.rows, rate_note=note)

    def _on_edited(self, edit: RowEdit) -> None:
        self._now = edited_rows(self._now, edit)
        self.problem.hide()
        self.on_change()

    def _on_taken_back(self) -> None:
        self._now = self.plan.rows
        self.on_change()

    @override
    def submit(self) -> bool:
        if not self.rows.finish():
            return False
        changed = replace(self.plan, name=self.name.value(), principal=self.amount.value(), rows=self._now)
        return self.session.do(N_("Change an instalment plan"), save_plan, changed) is not None
