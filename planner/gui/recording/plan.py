"""The form that records an instalment plan, new or already running."""

from __future__ import annotations

from functools import partial
from typing import Any

from planner.compat import override
from planner.domain.derivation import Derived, Given
from planner.domain.instalment import InstalmentPlan, OriginKind
from planner.domain.money import Money
from planner.domain.plans.plan_terms import PlanDraft, PlanTerms, fee_given, plan_cost
from planner.domain.plans.schedule import rounding_of
from planner.domain.rate import Per, Rate
from planner.domain.sourced import Source, Sourced, Span
from planner.domain.term import FeeTiming
from planner.errors import PlannerError
from planner.gui.fields import AmountField, ChoiceField, CountField, DateField, Field, PercentField, TextField
from planner.gui.recording.plan_rows import RowsEditor
from planner.gui.recording.record_form import RecordForm
from planner.gui.session import Session
from planner.i18n import _, ngettext, show, source_words
from planner.phrases import N_, Phrase
from planner.services.plans import (
    PlanOrigin,
    RowEdit,
    dues_of_plan,
    edited_rows,
    origins,
    save_plan,
    usual_due,
)

_MOST_ROWS = 120
_PERCENT, _WHOLE, _NOTHING = "percent", "whole", "nothing"

_COST_WORDS = {
    _PERCENT: N_("A fee a month, in per cent"),
    _WHOLE: N_("A fee for the whole plan"),
    _NOTHING: N_("No fee"),
}
_TIMING_WORDS = {
    FeeTiming.EVEN: N_("With each instalment"),
    FeeTiming.WITH_FIRST: N_("All of it with the first instalment"),
}


class PlanForm(RecordForm):
    """An instalment plan from what the lender's app says about it.

    What the record knows already is filled in, and followed until the user types something else.

    Attributes:
        rows: The rows that follow from the fields, which may be changed one by one.
        saved_id: The plan that was saved; empty before.
    """

    def __init__(
        self, session: Session, account_id: str = "", *, purchase_id: str = "", bill_id: str = ""
    ) -> None:
        """Start with what is known.

        Args:
            session: The open file.
            account_id: The account that is chosen at first.
            purchase_id: The purchase that the plan is made of.
            bill_id: The bill that the plan is made of.
        """
        super().__init__(session, account_id)
        self.saved_id = ""
        self._origins: dict[str, PlanOrigin] = {}
        self._edits: list[RowEdit] = []
        self._said: set[Field] = set()
        self._doubt: Phrase | None = None  # of the date that is proposed
        self._doubts: list[Phrase] = []  # of the rows that follow from it
        currency = self.chosen.currency
        self.origin = ChoiceField()
        self.name = TextField()
        self.amount = AmountField(currency)
        self.count = CountField(1, _MOST_ROWS)
        self.first = CountField(1, _MOST_ROWS)
        self.left = AmountField(currency, is_required=False)
        self.due_on = DateField(session.today)
        self.cost = ChoiceField()
        self.percent = PercentField()
        self.fee = AmountField(currency)
        self.timing = ChoiceField()
        for field in (self.name, self.amount, self.first, self.due_on, self.cost, self.percent):
            field.changed.connect(partial(self._said.add, field))
        self.add(self.origin, self.name, self.amount, self.count, self.first, self.left)
        self.add(self.due_on, self.cost, self.percent, self.fee, self.timing)
        self.rows = RowsEditor(session.today, currency)
        self.rows.typed.connect(self.note_typed)
        self.rows.edited.connect(self._on_edited)
        self.rows.taken_back.connect(self._on_taken_back)
        self.column.insertWidget(self.column.count() - 2, self.rows)
        self._read_origins()
        self.refresh()
        self.origin.set_key(purchase_id or bill_id)
        self.on_change()
        self.setFocusProxy(self.count.input if self.origin.value() else self.name.input)

    def _read_origins(self) -> None:
        found = origins(self.session.store, self.account.value(), self.session.today)
        self._origins = {origin.id: origin for origin in found}
        self.origin.setHidden(not found)

    # --- texts

    @override
    def refresh(self) -> None:
        super().refresh()
        self.save_button.setText(_("Add this plan"))
        self.origin.say(_("What it is made of"))
        self.origin.set_choices([("", _("Nothing that is recorded here")), *self._origin_choices()])
        self.name.say(_("What it paid for"))
        self.count.say(_("Number of instalments"), _("Of the whole plan, one a month."))
        self.first.say(
            _("Next instalment to pay"),
            _("1 for a new plan. A plan that is already running begins here with its next instalment."),
        )
        self.cost.say(_("What it costs"))
        self.cost.set_choices((key, _(words)) for key, words in _COST_WORDS.items())
        self.fee.say(_("Fee for all instalments together"))
        self.timing.say(_("When the fee is paid"))
        self.timing.set_choices((timing, _(words)) for timing, words in _TIMING_WORDS.items())
        self.rows.refresh()
        self.on_change()

    def _origin_choices(self) -> list[tuple[str, str]]:
        text = _("{name}: {amount} left to pay")
        return [
            (origin.id, text.format(name=show(origin.label), amount=show(origin.amount)))
            for origin in self._origins.values()
        ]

    def _say_amounts(self, first: int) -> None:
        known = self._origins.get(self.origin.value() or "")
        notes = []
        if known is not None:
            notes.append(_("Up to {amount}; a part of it is enough.").format(amount=show(known.amount)))
        if first > 1:
            notes.append(_("Before the first instalment: what is left follows from it."))
            if known is not None:
                notes.append(
                    _("What the earlier instalments repaid stays open until you record their payments.")
                )
        self.amount.say(_("Amount of the whole plan") if first > 1 else _("Amount"), "\n".join(notes))
        day = _("Due date of instalment {number}").format(number=first)
        self.due_on.say(day if first > 1 else _("First due date"))
        self.due_on.echo()
        self.left.setVisible(first > 1)
        self.left.say(_("Still to repay, without fees"), self._left_hint() if first > 1 else "")

    def _left_hint(self) -> str:
        try:
            left = self._terms(left=None).draft().to_repay
        except PlannerError:
            return ""
        return _("Leave it empty for {amount}, as equal instalments come to.").format(amount=show(left))

    # --- what is known already

    @override
    def on_account(self) -> None:
        if self.chosen.currency != self.amount.currency:
            self._edits.clear()  # they are amounts of another currency
        for field in (self.amount, self.left, self.fee):
            field.set_currency(self.chosen.currency)
        self._read_origins()
        self.refresh()

    @override
    def on_change(self) -> None:
        count = _count(self.count)
        self.first.most = count or _MOST_ROWS
        if self.first not in self._said:
            self.first.set_count(1)
        first = _count(self.first) or 1
        self._preset(count, first)
        self._say_amounts(first)
        kind = self.cost.value()
        self.percent.setVisible(kind == _PERCENT)
        self.fee.setVisible(kind == _WHOLE)
        self.timing.setVisible(kind != _NOTHING)
        self._show_rows()

    def _preset(self, count: int | None, first: int) -> None:
        """Fill in what the record knows, wherever the user has said nothing else."""
        known = self._origins.get(self.origin.value() or "")
        if self.name not in self._said:
            self.name.set_text(show(known.label) if known is not None else "")
        if self.amount not in self._said:
            self.amount.set_money(known.amount if known is not None else None)
        if self.due_on not in self._said:
            due = usual_due(self.session.store, self.chosen, known, first, self.session.today)
            self.due_on.set_day(due.on if due is not None else None)
            self._doubt = due.doubt if due is not None else None
        else:
            self._doubt = None
        rate: Sourced[Rate] = self.chosen.terms.fee_rate(count) if count else Sourced()
        if self.percent not in self._said:
            self.percent.set_fraction(rate.value.fraction if rate.value is not None else None)
        self.percent.say(_("Fee a month"), self._fee_hint(rate, count))

    def _fee_hint(self, rate: Sourced[Rate], count: int | None) -> str:
        about = _("Of the whole amount, as lenders state it.")
        if not count:
            return about
        if rate.is_unknown:
            text = ngettext(
                "Nobody publishes it for {count} instalment: look in the app.",
                "Nobody publishes it for {count} instalments: look in the app.",
                count,
            ).format(count=count)
        elif rate.is_range:
            span = Span(rate.lowest().value, rate.highest().value)
            text = _("Published: {rates}. Which of them is yours stands in the app.").format(rates=show(span))
        else:
            claim = rate.counting[0]
            text = _("{rate}: {source}").format(rate=show(claim.value), source=source_words(claim.source))
        return f"{about}\n{text}"

    # --- what follows

    def _fee(self) -> Rate | Money:
        kind = self.cost.value()
        if kind == _PERCENT:
            return Rate(self.percent.value(), Per.MONTH)
        whole: Money = self.fee.value() if kind == _WHOLE else self.amount.value().zero
        return whole

    def _terms(self, left: Money | None) -> PlanTerms:
        """What the fields say.

        Raises:
            PlannerError: One of them cannot be read.
        """
        count, first, due_on = self.count.value(), self.first.value(), self.due_on.value()
        known = self._origins.get(self.origin.value() or "")
        dues = dues_of_plan(self.session.store, self.chosen, known, due_on, first, count)
        self._doubts = [due.doubt for due in dues[first - 1 :] if due.doubt is not None]
        return PlanTerms(
            self.amount.value(),
            count,
            due_on,
            self._fee(),
            FeeTiming(self.timing.value()),  # Qt hands a StrEnum back as a str
            first,
            left,
            rounding_of(self.chosen.terms),
            tuple(due.on for due in dues),
        )

    def _draft(self) -> tuple[PlanTerms, PlanDraft]:
        """What the fields say, and the rows with the user's edits."""
        terms = self._terms(self.left.value() if not self.left.isHidden() else None)
        draft = terms.draft()
        rows = draft.rows
        for edit in self._edits:
            if terms.first <= edit.number <= terms.count:
                rows = edited_rows(rows, edit)
        return terms, PlanDraft(draft.before, rows)

    def _show_rows(self) -> None:
        self._doubts = []
        try:
            terms, draft = self._draft()
        except PlannerError:
            self.rows.hide()
            return
        finally:
            self._say_doubt()
        given = () if self.cost.value() == _NOTHING else (fee_given(terms.fee, self._source(terms)),)
        cost = plan_cost(draft.rows, terms.draft().to_repay, draft.before, given)
        follows = (
            Given(Phrase("Amount of the plan"), terms.amount),
            Given(Phrase("Number of instalments"), terms.count),
            *given,
        )
        self.rows.show_rows(draft.rows, cost, is_edited=bool(self._edits), given=follows)
        self.rows.setVisible(terms.amount.minor > 0)

    @override
    def figures(self) -> list[Derived[Any]]:
        known = self._origins.get(self.origin.value() or "")
        open_dues = self.session.store.ledgers.position(self.session.today).open_dues
        origin = next((due for due in open_dues if known is not None and due.id == known.id), None)
        return [origin.still_due] if origin is not None else []

    def _say_doubt(self) -> None:
        """Why a due date may still move, below the weekday of the first."""
        self.due_on.echo()
        doubt = self._doubt or next(iter(self._doubts), None)
        if doubt is not None:
            self.due_on.set_hint(f"{self.due_on.hint.text()}\n{show(doubt)}".strip())

    def _source(self, terms: PlanTerms) -> Source | None:
        """Who says the fee, where it was not typed."""
        known = self.chosen.terms.fee_rate(terms.count)
        return known.counting[0].source if known.value == terms.fee else None

    def _on_edited(self, edit: RowEdit) -> None:
        self._edits.append(edit)
        self.problem.hide()
        self._show_rows()

    def _on_taken_back(self) -> None:
        self._edits.clear()
        self._show_rows()

    @override
    def submit(self) -> bool:
        if not self.rows.finish():
            return False
        terms, draft = self._draft()
        known = self._origins.get(self.origin.value() or "")
        is_purchase = known is not None and known.kind is OriginKind.PURCHASE
        plan = InstalmentPlan(
            self.account.value(),
            self.name.value(),
            terms.draft().to_repay,
            draft.rows,
            terms.count,
            known.kind if known is not None else OriginKind.NONE,
            known.id if known is not None else "",
            known.since if known is not None and is_purchase else None,
        )
        saved = self.session.do(N_("Add an instalment plan"), save_plan, plan)
        if saved is not None:
            self.saved_id = saved.id
        return saved is not None


def _count(field: CountField) -> int | None:
    try:
        value: int | None = field.value()
    except PlannerError:
        return None
    return value
