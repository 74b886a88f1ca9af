"""Where the user knows a term from: the two fields that every form about terms ends with."""

from __future__ import annotations

from datetime import date

from planner.domain.sourced import Origin, Reliability, Source
from planner.gui.fields import ChoiceField, Field, TextField
from planner.i18n import ORIGIN_WORDS, _

_TRUST = {
    Origin.CONTRACT: Reliability.CONTRACT,
    Origin.APP_SCREEN: Reliability.HIGH,
    Origin.PHONE: Reliability.MEDIUM,
    Origin.GUESS: Reliability.LOW,
}


class OwnSource:
    """Who says so, and where exactly.

    Attributes:
        origin: The user's contract, the app, a call or a guess.
        where: In their own words; may stay empty.
    """

    def __init__(self) -> None:
        """Build both fields, without texts; nobody is said to say so before the user chooses."""
        self.origin = ChoiceField(has_preset=False)
        self.where = TextField(is_required=False)

    @property
    def fields(self) -> tuple[Field, ...]:
        """Both, in order."""
        return (self.origin, self.where)

    def refresh(self) -> None:
        """Set every text."""
        self.origin.say(_("Who says so"))
        self.origin.set_choices((origin, _(ORIGIN_WORDS[origin])) for origin in _TRUST)
        self.where.say(_("Where exactly"), _("For example the page of the contract, or who you spoke to"))

    def ask(self, *, is_required: bool) -> None:
        """Ask who says so; not where nothing is claimed."""
        self.origin.is_required = is_required
        self.origin.say(_("Who says so"))

    def fill(self, source: Source) -> None:
        """Start with what the user said before."""
        self.origin.set_key(source.origin)
        self.where.set_text(source.name)

    def source(self, today: date) -> Source:
        """The source of what is typed today."""
        # Qt hands a StrEnum back as a str. Where nothing is claimed it is not asked for.
        origin = Origin(self.origin.value() or Origin.GUESS)
        return Source(self.where.value() or "", today, _TRUST[origin], origin)
