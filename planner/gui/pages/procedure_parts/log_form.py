"""The form for a contact with the lender."""

from __future__ import annotations

from dataclasses import replace

from planner.compat import override
from planner.domain.kept_out import kept_out_of
from planner.domain.procedures.case import LogEntry
from planner.domain.procedures.contacts import CHANNEL_WORDS
from planner.domain.procedures.kinds import Channel
from planner.gui.fields import ChoiceField, DateField, NoteField, TextField, TimeField
from planner.gui.forms import Form
from planner.gui.session import Session
from planner.i18n import _, explain, show
from planner.phrases import N_
from planner.services.cases.log import correct_contact, log_contact

_LINES = 4


class LogForm(Form):
    """Records a contact: when, how, with whom, what was said and promised, and when to go on."""

    def __init__(
        self,
        session: Session,
        case_id: str,
        step_id: str,
        channel: Channel | None = None,
        entry: LogEntry | None = None,
    ) -> None:
        """Start with today, or with a contact to correct.

        Args:
            session: The open file.
            case_id: The case.
            step_id: The step it is recorded in.
            channel: How the step mostly reaches the lender.
            entry: The contact to correct; None for a new one.
        """
        super().__init__(session)
        self._case_id, self._step_id, self._entry = case_id, step_id, entry
        self.day, self.time = DateField(session.today), TimeField(is_required=False)
        self.channel = ChoiceField()
        self.person = TextField(is_required=False)
        self.said = NoteField()
        self.said.set_lines(_LINES)
        self.promise = NoteField()
        self.promise.set_lines(_LINES / 2 + 1)
        self.next_day = DateField(session.today, is_required=False)
        self.add(self.day, self.time, self.channel, self.person, self.said, self.promise, self.next_day)
        self._offer_channels()
        if entry is None:
            self.day.set_day(session.today)
            self.channel.set_key((channel or Channel.PHONE).value)
        else:
            self._fill(entry)
        self.refresh()

    def _fill(self, entry: LogEntry) -> None:
        self.day.set_day(entry.on)
        self.time.set_time(entry.at)
        self.channel.set_key(entry.channel.value)
        self.person.set_text(entry.person)
        self.said.set_text(entry.said)
        self.promise.set_text(entry.promise)
        self.next_day.set_day(entry.next_on)

    def _offer_channels(self) -> None:
        self.channel.set_choices([(each.value, explain(words)) for each, words in CHANNEL_WORDS.items()])

    @override
    def refresh(self) -> None:
        super().refresh()
        self._offer_channels()
        self.day.say(_("Day of the contact"))
        self.day.echo()
        self.time.say(_("Time"))
        self.channel.say(_("How it took place"))
        self.person.say(_("Name or number of the person"))
        self.said.say(_("What was said"))
        self.promise.say(_("What the lender promised"))
        self.next_day.say(_("Next day"))
        self.next_day.echo()
        self._preview()

    @override
    def on_change(self) -> None:
        self._preview()

    def _preview(self) -> None:
        """Say below a text what of it is not kept, and at the end of what day one will be reminded."""
        for field in (self.person, self.said, self.promise):
            field.set_hint("\n".join(map(explain, kept_out_of([field.value() or ""]))))
        day = self.next_day.day()
        if day is None:
            text = _(
                "Enter as next day when a promise is due, or when you want to go on: you are reminded then."
            )
        else:
            text = (
                _("You are reminded on {date}.").format(date=show(day)) if day >= self.session.today else ""
            )
        self.show_preview(text)

    @override
    def submit(self) -> bool:
        before = self._entry
        entry = LogEntry(
            before.step if before is not None else self._step_id,
            self.day.value(),
            Channel(self.channel.value()),
            self.time.value(),
            self.person.text(),
            self.said.value(),
            self.promise.value(),
            self.next_day.value(),
        )
        today = self.session.today
        if before is None:
            return (
                self.session.do(N_("Record a contact"), log_contact, self._case_id, entry, today) is not None
            )
        corrected = _as(before, entry)
        return (
            self.session.do(N_("Correct a contact"), correct_contact, self._case_id, corrected, today)
            is not None
        )


def _as(before: LogEntry, entry: LogEntry) -> LogEntry:
    """A contact as corrected: what became of its promise stays, unless it is another promise."""
    is_kept = before.is_kept if entry.promise == before.promise else None
    return replace(entry, id=before.id, is_kept=is_kept)
