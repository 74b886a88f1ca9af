"""The form that records a bill: its amount, its lines, or what is recorded here already."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from planner.compat import override
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.derivation import Derived
from planner.domain.money import Money
from planner.gui.arrange import order_tabs
from planner.gui.fields import AmountField, ChoiceField, DateField, Field, NoteField
from planner.gui.recording.bill_lines import LinesField
from planner.gui.recording.category_fields import CategoryFields
from planner.gui.recording.record_form import RecordForm
from planner.gui.session import Session
from planner.i18n import _, explain, ngettext, show
from planner.phrases import N_
from planner.services.billing import (
    Candidate,
    Projection,
    candidates,
    due_of,
    next_statement,
    other_due,
    project,
)
from planner.services.bills import bill_from_record, save_bill
from planner.services.previews import made_projection, made_rest

AMOUNT, LINES, RECORD = "amount", "lines", "record"

_MOST_SHOWN = 6


class BillForm(RecordForm):
    """A statement of an account.

    Where purchases or instalments are recorded that such a bill takes up, it begins with those: a bill of the
    amount alone would be due beside them.

    Attributes:
        how: AMOUNT, LINES or RECORD: what is known of the bill.
        lines: Its lines.
        category: What was bought, by kind.
        saved_id: The bill that was saved; empty before.
    """

    def __init__(self, session: Session, account_id: str = "", bill: Bill | None = None) -> None:
        """Start with the next statement of the account, or with a bill that is to be changed."""
        known_account = bill.account_id if bill is not None else account_id
        super().__init__(session, known_account, is_new=bill is None)
        self.saved_id = ""
        self._bill = bill
        self._typed: set[Field] = set()
        self._found: tuple[Candidate, ...] = ()
        currency = self.chosen.currency
        self.amount = AmountField(currency)
        self.statement_on, self.due_on = DateField(session.today), DateField(session.today)
        self.minimum = AmountField(currency, is_required=False)
        self.how = ChoiceField()
        self.lines = LinesField(currency)
        self.category, self.note = CategoryFields(), NoteField()
        # Before the preview follows: what is typed is not filled in again.
        for field in (self.amount, self.due_on, self.how):
            field.changed.connect(lambda field=field: self._typed.add(field))
        self.add(self.amount, self.statement_on, self.due_on, self.minimum, self.how, self.lines)
        self.more(*self.category.fields, self.note)
        self.more_button.clicked.connect(self.on_change)  # the link has just shown what waited behind it
        self.statement_on.changed.connect(self._on_dates)
        self.due_on.changed.connect(self._on_dates)
        self.lines.changed.connect(lambda: order_tabs(self))
        self.refresh()
        if bill is not None:
            self._fill(bill)
        else:
            self._preset()
        if self.account.isHidden() or account_id:
            self.setFocusProxy(self.statement_on.input if self.amount.isHidden() else self.amount.input)

    def _fill(self, bill: Bill) -> None:
        self.statement_on.set_day(bill.statement_on)
        self.due_on.set_day(bill.due_on)
        self.minimum.set_money(bill.minimum)
        self.note.set_text(bill.note)
        self.category.fill(bill.category)
        if bill.note or bill.category:
            self.more_button.click()
        self._typed = {self.amount, self.due_on, self.how}
        if _is_plain(bill):
            self.amount.set_money(bill.amount)
        else:
            self.how.hide()
        self.how.set_key(AMOUNT if _is_plain(bill) else LINES)
        self.lines.set_lines(bill.lines)
        self._find()

    def _preset(self) -> None:
        """The next statement of the account, and what is recorded for it."""
        statement_on, due_on = next_statement(self.session.store, self.chosen.id, self.session.today)
        self.statement_on.set_day(statement_on)
        self.due_on.set_day(due_on)
        self._find()

    # --- texts

    @override
    def refresh(self) -> None:
        super().refresh()
        self.statement_on.say(_("Statement date"))
        self.due_on.say(_("Due date"))
        for day in (self.statement_on, self.due_on):
            day.echo()
        self.minimum.say(_("Minimum to pay"), _("If the statement names one."))
        self.minimum.echo()
        self.how.say(_("What is on it"))
        choices = [(AMOUNT, _("Only the amount")), (LINES, _("Its lines, one by one"))]
        if self._bill is None:
            choices.insert(1, (RECORD, _("What is recorded here")))
        self.how.set_choices(choices)
        self.lines.say(_("Lines of the bill"))
        self.lines.refresh()
        self.category.refresh()
        self.note.say(_("Note"))
        self.on_change()

    # --- what is typed

    @property
    def _dates(self) -> tuple[date, date] | None:
        statement_on, due_on = self.statement_on.day(), self.due_on.day()
        if statement_on is None:
            return None
        return statement_on, due_on or statement_on

    @override
    def on_account(self) -> None:
        currency = self.chosen.currency
        self.amount.set_currency(currency)
        self.minimum.set_currency(currency)
        self.lines.set_currency(currency)
        self._typed.discard(self.due_on)
        self._preset()

    def _on_dates(self) -> None:
        statement_on = self.statement_on.day()
        if statement_on is not None and self.due_on not in self._typed:
            due = due_of(self.session.store, self.chosen, statement_on)
            self.due_on.set_day(due.on if due is not None else None)
        self._find()

    def _find(self) -> None:
        """Look up what a bill of these dates may hold."""
        dates = self._dates
        if dates is None:
            return
        self._found = candidates(self.session.store, self.chosen.id, *dates, self._bill)
        self.lines.set_candidates(self._found)
        order_tabs(self)
        if self.how not in self._typed:
            is_recorded = any(candidate.is_usual for candidate in self._found)
            self.how.set_key(RECORD if is_recorded else AMOUNT)
        self.on_change()

    @override
    def on_change(self) -> None:
        how = self.how.value()
        self.category.follow(is_shown=self.more_button.isHidden())
        self.amount.setVisible(how != LINES)
        self.lines.setVisible(how == LINES)
        self.amount.is_required = how == AMOUNT
        self.amount.say(_("Amount to pay"))
        # What was typed before the lines are is what they can be checked by.
        self.lines.set_stated(self.amount.money() if self.amount in self._typed else None)
        if how == RECORD and self.amount not in self._typed:
            total = self._projection().total
            self.amount.set_money(total or None)
        elif how == AMOUNT and self.amount not in self._typed:
            self.amount.set_money(None)
        self.show_preview("\n".join(self._preview(how)), *self._previewed(how))

    def _projection(self) -> Projection:
        stated = self.amount.money() if self.amount in self._typed else None
        return project(self._found, self.chosen.currency, stated)

    def _previewed(self, how: str) -> list[Derived[Money]]:
        """The figures of the preview."""
        projection = self._projection()
        if how == LINES or not projection.entries:
            return []
        found = [made_projection(projection)]
        return [*found, made_rest(projection)] if how == RECORD and projection.rest else found

    def _preview(self, how: str) -> list[str]:
        text = []
        dates = self._dates
        if dates is not None and dates[1] < dates[0]:
            text.append(_("The due date is before the statement date."))
        if dates is not None:
            other = other_due(self.session.store, self.chosen, dates[0], self.due_on.day())
            text += [show(other)] if other is not None else []
        if how == RECORD:
            text += _record_words(self._projection())
        elif how == AMOUNT and self._projection().entries:
            projection = self._projection()
            words = ngettext(
                "{count} entry of {amount} is recorded and on no bill. It stays due beside this one.",
                "{count} entries of {amount} are recorded and on no bill. They stay due beside this one.",
                len(projection.entries),
            )
            text.append(words.format(count=len(projection.entries), amount=show(projection.total)))
        return text

    # --- saving

    @override
    def submit(self) -> bool:
        known = self._bill or Bill(self.chosen.id, self.statement_on.value(), self.due_on.value(), ())
        changed = replace(
            known,
            statement_on=self.statement_on.value(),
            due_on=self.due_on.value(),
            minimum=self.minimum.value(),
            note=self.note.value(),
            category=self.category.value(),
        )
        if self.how.value() == RECORD:
            stated = self.amount.value() if self.amount in self._typed else None
            saved = self.session.do(N_("Add a bill"), bill_from_record, changed, stated=stated)
        else:
            title = N_("Add a bill") if self._bill is None else N_("Change the bill")
            saved = self.session.do(title, save_bill, replace(changed, lines=self._lines()))
        if saved is None:
            return False
        self.saved_id = saved.id
        return True

    def _lines(self) -> tuple[BillLine, ...]:
        if self.how.value() == LINES:
            lines: tuple[BillLine, ...] = self.lines.value()
            return lines
        if self._bill is not None:
            return (replace(self._bill.lines[0], amount=self.amount.value()),)
        return (BillLine(LineKind.UNITEMISED, self.amount.value()),)


def _is_plain(bill: Bill) -> bool:
    """Whether only the amount of a bill is known."""
    return len(bill.lines) == 1 and bill.lines[0].kind is LineKind.UNITEMISED


def _record_words(projection: Projection) -> list[str]:
    """What a bill takes up of what is recorded, entry by entry."""
    entries = projection.entries
    if not entries:
        return [_("Nothing is recorded for a bill of these dates.")]
    text = [
        _("The bill will hold what is recorded and on no bill yet, {amount}:").format(
            amount=show(projection.total)
        )
    ]
    for candidate in entries[:_MOST_SHOWN]:
        what, amount = explain(candidate.what), show(candidate.line.amount)
        text.append(_("{date}: {what}, {amount}").format(date=show(candidate.on), what=what, amount=amount))
    rest = len(entries) - _MOST_SHOWN
    if rest > 0:
        text.append(ngettext("and {count} more", "and {count} more", rest).format(count=rest))
    if projection.rest.minor > 0:
        words = _("The statement asks for {rest} more. That is added as one line that is not itemised.")
        text.append(words.format(rest=show(projection.rest)))
    elif projection.rest:
        words = _("The statement asks for {rest} less. That is added as one line that is not itemised.")
        text.append(words.format(rest=show(-projection.rest)))
    return text
