"""The form that records what was agreed with a lender."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from planner.compat import override
from planner.domain.agreed import PROOF_WORDS, Agreed, AgreedSums, Proof, equal_rows, to_repay
from planner.domain.dates import add_months
from planner.domain.due import Due
from planner.domain.money import Money, sum_of
from planner.domain.procedures.case import Case
from planner.domain.procedures.contacts import CHANNEL_WORDS
from planner.domain.procedures.kinds import Channel
from planner.errors import PlannerError
from planner.gui.fields import (
    AmountField,
    CheckField,
    ChoiceField,
    CountField,
    DateField,
    NoteField,
    TextField,
)
from planner.gui.forms import Form
from planner.gui.pages.procedure_parts.agreement_rows import RowFields, shown_rows
from planner.gui.session import Session
from planner.i18n import _, explain, show
from planner.phrases import N_
from planner.services.agreements import (
    MOST_INSTALMENTS,
    Terms,
    agree,
    change_agreement,
    may_cover,
    sums_of,
    terms_of,
)

_ALL, _LATE, _SOME = "all", "late", "some"
_MONTHLY, _OWN = "monthly", "own"
_MOST_OWN = 24


class AgreementForm(Form):
    """What was agreed: about what, how much in which instalments, what is waived, who agreed and when.

    Attributes:
        about: What it covers, roughly.
        covers: A box for each thing it may cover, only where the user chooses each.
        repaid, count, first_on, schedule: The instalments.
        rows: The day and amount of each, only where they are not equal or not a month apart.
        waived, fees: What the lender does without, and what it adds.
        day, channel, person, proof, pauses, note: How it was agreed.
    """

    def __init__(self, session: Session, case: Case, step_id: str, known: Agreed | None = None) -> None:
        """Start with what is recorded, or with an agreement to change.

        Args:
            session: The open file.
            case: The run of the procedure.
            step_id: Its step.
            known: The agreement to change; None for a new one.
        """
        super().__init__(session)
        self._case, self._step_id, self._known = case, step_id, known
        account = session.store.accounts.get(case.account_id)
        self._currency = account.currency
        self._dues = may_cover(session.store, account.id, session.today, known)
        self.about, self.schedule = ChoiceField(), ChoiceField()
        self.covers = [CheckField() for _due in self._dues]
        self.repaid = AmountField(account.currency)
        self.count = CountField(1, MOST_INSTALMENTS)
        self.first_on = DateField(session.today)
        self.rows = RowFields(self, self.schedule, account.currency)
        self._suggested: Money | None = None
        self.waived = AmountField(account.currency, is_required=False)
        self.fees = AmountField(account.currency, is_required=False)
        self.day = DateField(session.today)
        self.channel, self.proof = ChoiceField(), ChoiceField()
        self.person = TextField(is_required=False)
        self.pauses = CheckField()
        self.note = NoteField()
        self.add(self.about, *self.covers, self.repaid, self.count, self.first_on, self.schedule)
        self.add(self.waived, self.fees, self.day, self.channel, self.person, self.proof, self.pauses)
        self.add(self.note)
        self._offer()
        self._fill()
        self.refresh()

    # --- drawing ---

    def _fill(self) -> None:
        today = self.session.today
        self.day.set_day(today)
        self._tick(self._late() or self._dues)
        if self._known is None:
            self.about.set_key(_LATE if self._late() else _ALL)
            self._suggest()
            self.first_on.set_day(add_months(today, 1))
            if self._case.log:
                last = max(self._case.log, key=lambda entry: entry.on)
                self.channel.set_key(last.channel)
                self.person.set_text(last.person)
            return
        said = terms_of(self.session.store, self._known)
        covered = [due for due in self._dues if due.id in said.due_ids]
        every = {_LATE: self._late(), _ALL: list(self._dues)}
        self.about.set_key(next((key for key, dues in every.items() if dues == covered), _SOME))
        self._tick(covered)
        days = [on for on, _amount in said.rows]
        repaid = sum_of((amount for _on, amount in said.rows), self._currency)
        self.repaid.set_money(repaid)
        self.count.set_count(len(days))
        self.first_on.set_day(days[0])
        is_equal = tuple(said.rows) == equal_rows(days[0], len(days), repaid)
        self.schedule.set_key(_MONTHLY if is_equal else _OWN)
        self.rows.follow(said.rows if not is_equal else ())
        self.waived.set_money(said.waived or None)
        self.fees.set_money(said.fees or None)
        self.day.set_day(said.agreed_on)
        self.channel.set_key(said.channel)
        self.person.set_text(said.person)
        self.proof.set_key(said.proof)
        self.pauses.set_checked(is_checked=said.pauses_collection)
        self.note.set_text(said.note)

    def _suggest(self) -> None:
        """Suggest that all of what is covered is repaid, but for what is waived, with what is added."""
        covered = self._open_of(self._covered())
        self._suggested = to_repay(covered, self.waived.money(), self.fees.money())
        self.repaid.set_money(self._suggested)

    def _offer(self) -> None:
        """Offer the choices, in the language that is on."""
        about = [(_ALL, self._about_words(_("Everything that is open on the account: {amount}"), self._dues))]
        if self._late():
            about.insert(0, (_LATE, self._about_words(_("Only what is late: {amount}"), self._late())))
        if len(self._dues) > 1:
            about.append((_SOME, _("Let me choose")))
        self.about.set_choices(about)
        choices = [(_MONTHLY, _("Equal, a month apart")), (_OWN, _("Other days or amounts"))]
        self.schedule.set_choices(choices)
        self.channel.set_choices([(each, explain(words)) for each, words in CHANNEL_WORDS.items()])
        self.proof.set_choices([(each, explain(words)) for each, words in PROOF_WORDS.items()])

    def _about_words(self, text: str, dues: Sequence[Due]) -> str:
        return text.format(amount=show(self._open_of(dues)))

    @override
    def refresh(self) -> None:
        super().refresh()
        self._offer()
        self.save_button.setText(_("Record the agreement") if self._known is None else _("Save"))
        self.about.say(_("What it is about"), _("These dues are taken over by the instalments."))
        for box, due in zip(self.covers, self._dues, strict=True):
            told = _("{what}: {amount}, {standing}")
            standing = explain(due.standing(self.session.today))
            box.say(told.format(what=explain(due.label), amount=show(due.open), standing=standing))
        self.repaid.say(_("To pay in instalments, in all"), _("With every fee or interest that was agreed."))
        self.count.say(_("Number of instalments"))
        self.first_on.say(_("First instalment on"))
        self.schedule.say(_("The instalments are"))
        self.waived.say(_("Waived by the lender"))
        self.fees.say(_("Fee or interest in the instalments"))
        self.day.say(_("Agreed on"))
        self.channel.say(_("How it was agreed"))
        self.person.say(_("Who agreed for the lender"), _("A name, or the number of the agent."))
        self.proof.say(_("What shows it"))
        self.pauses.say(_("The lender stops collecting as long as I keep to it"))
        self.note.say(_("Your note"))
        self.rows.say()
        self.first_on.echo()
        self.day.echo()
        self._follow()

    @override
    def on_change(self) -> None:
        self._follow()

    def _follow(self) -> None:
        """Show the fields that are needed, and what would be recorded."""
        is_own = self.schedule.value() == _OWN
        for box in self.covers:
            box.setVisible(self.about.value() == _SOME)
        if (
            self._suggested is not None and self.repaid.money() == self._suggested
        ):  # what nobody has typed follows what is chosen
            self._suggest()
        count = self._count() or 0
        if is_own and len(self.rows) != min(count, _MOST_OWN):
            self.rows.follow(self._planned()[:_MOST_OWN])
        self.rows.show(is_shown=is_own)
        self.first_on.setVisible(not is_own)
        self.repaid.setVisible(not is_own)
        too_many = _("Up to {most} can be entered one by one.").format(most=_MOST_OWN)
        self.count.set_hint(too_many if is_own and count > _MOST_OWN else "")
        self._preview()

    def _preview(self) -> None:
        sums = self._sums()
        if sums is None:
            self.show_preview("")
            return
        said = [explain(words) for words in sums.words]
        if self.schedule.value() != _OWN:
            said += shown_rows(self._rows())
        said += [self._contradiction()] if self._contradiction() else []
        self.show_preview("\n".join(said), *sums.words)

    def _contradiction(self) -> str:
        """That what is waived does not fit the instalments; empty if it fits."""
        sums = self._sums()
        try:
            if sums is not None:
                sums.check_waived(self.waived.money())
        except PlannerError as error:
            return explain(error)
        return ""

    # --- what is in the fields ---

    def _late(self) -> list[Due]:
        return [due for due in self._dues if due.is_late(self.session.today)]

    def _tick(self, dues: Sequence[Due]) -> None:
        for box, due in zip(self.covers, self._dues, strict=True):
            box.set_checked(is_checked=due in dues)

    def _covered(self) -> list[Due]:
        if self.about.value() == _SOME:
            return [due for box, due in zip(self.covers, self._dues, strict=True) if box.value()]
        return self._late() if self.about.value() == _LATE else list(self._dues)

    def _open_of(self, dues: Sequence[Due]) -> Money:
        return sum_of((due.open for due in dues), self._currency)

    def _count(self) -> int | None:
        try:
            count: int | None = self.count.value()
        except PlannerError:
            return None
        return count

    def _planned(self) -> tuple[tuple[date, Money], ...]:
        """Equal instalments as far as they are said; nothing if they are not."""
        count, first_on, repaid = self._count(), self.first_on.day(), self.repaid.money()
        if count is None or first_on is None or repaid is None:
            return ()
        return equal_rows(first_on, count, repaid)

    def _rows(self) -> tuple[tuple[date, Money], ...]:
        if self.schedule.value() != _OWN:
            return self._planned()
        return self.rows.values()

    def _sums(self) -> AgreedSums | None:
        rows, dues = self._rows(), self._covered()
        if not rows or not dues:
            return None
        repaid = sum_of((amount for _on, amount in rows), self._currency)
        fees = self.fees.money()
        return sums_of(dues, repaid, fees) if fees is None or fees <= repaid else None

    @override
    def submit(self) -> bool:
        if self.schedule.value() == _OWN and self.count.value() != len(self.rows):
            self.count.show_problem(_("Up to {most} can be entered one by one.").format(most=_MOST_OWN))
            return False
        if self._contradiction():
            self.waived.show_problem(self._contradiction())
            return False
        terms = Terms(
            [due.id for due in self._covered()],
            self._rows(),
            self.day.value(),
            self.fees.value(),
            self.waived.value(),
            Channel(self.channel.value()),
            self.person.text(),
            Proof(self.proof.value()),
            self.pauses.value(),
            self.note.value(),
            _("Agreement of {date}").format(date=show(self.day.value())),
        )
        session, today = self.session, self.session.today
        if self._known is not None:
            title = N_("Change an agreement")
            return session.do(title, change_agreement, self._known.id, terms, today) is not None
        title = N_("Record an agreement")
        return session.do(title, agree, self._case.id, self._step_id, terms, today) is not None
