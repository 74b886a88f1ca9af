"""Where the ways to settle an amount stand to the legal lines of a country, in few words and in full."""

from __future__ import annotations

from collections.abc import Sequence

from planner.domain.account import usual_country
from planner.domain.derivation import Derivation, Derived, Given
from planner.domain.law.cap_flags import Flag, Standing
from planner.domain.offers.compared import Outcome
from planner.phrases import N_, Phrase

_SHORT = {
    Standing.OVER: N_("Above {limit}"),
    Standing.MAYBE_OVER: N_("Perhaps above {limit}"),
    Standing.COMPOUNDED_OVER: N_("Compounded above {limit}"),
}


def law_of(outcome: Outcome, country: str, beside: str, currency: str) -> str:
    """ISO 3166 code of whose law holds for a way; empty where none is known.

    Args:
        outcome: What the way comes to.
        country: The country of the account; empty for none.
        beside: The country of the product that stands beside; empty for none.
        currency: The currency of the amount.
    """
    return (beside if outcome.offer.whose else country) or usual_country(currency)


def short_words(flags: Sequence[Flag]) -> Phrase | None:
    """Where an offer stands to the lines, in a few words; None where no line is drawn.

    Of several lines that it stands to in the same way, the highest is named.
    """
    if not flags:
        return None
    words: Phrase | None = None
    for standing, text in _SHORT.items():
        limits = [flag.limit for flag in flags if flag.standing is standing and flag.limit is not None]
        if limits:
            words = _joined(words, Phrase(text, limit=max(limits, key=lambda limit: limit.value)))
    if any(flag.standing is Standing.UNKNOWN and flag.is_said for flag in flags):
        words = _joined(words, Phrase("Line not known"))
    return words or Phrase("Not above")


def _joined(words: Phrase | None, more: Phrase) -> Phrase:
    return more if words is None else Phrase("{words}; {more}", words=words, more=more)


def made_flags(flags: Sequence[Flag]) -> tuple[Derived[Phrase], ...]:
    """Each flag in full, with for whom its line holds, since when, and who says so."""
    return tuple(_made(flag) for flag in flags)


def _made(flag: Flag) -> Derived[Phrase]:
    def made() -> Derivation:
        given = [
            Given(Phrase("For whom the line holds"), flag.scope),
            Given(Phrase("Holds since"), flag.dated, flag.source),
        ]
        if flag.limit is None:
            return Derivation(flag.note or Phrase("Nobody here says how high the line is."), tuple(given))
        whole = flag.limit.derivation
        rule = Phrase("{first} {second}", first=whole.rule, second=flag.note) if flag.note else whole.rule
        return Derivation(rule, (*whole.given, *given), whole.workings, whole.rounding)

    return Derived(flag.words, made)


def flag_words(flag: Flag) -> Phrase:
    """A flag in full: where the rate stands, for whom the line holds, and since when."""
    words = Phrase("{words} {scope} Since {date}.", words=_made(flag), scope=flag.scope, date=flag.dated)
    return Phrase("{first} {second}", first=words, second=flag.note) if flag.note is not None else words


def noted_words(flag: Flag) -> Phrase:
    """A flag as a note: where the rate stands, and since when the line is that high."""
    return Phrase("{words} Since {date}.", words=_made(flag), date=flag.dated)


def line_words(flag: Flag) -> Phrase:
    """The line of a flag, whatever stands to it: how high it is, for whom it holds, and since when."""
    line = flag.words.values["line"]
    if flag.limit is None:
        return Phrase(
            "Not known: {line}. {scope} Since {date}.", line=line, scope=flag.scope, date=flag.dated
        )
    return Phrase(
        "{limit}: {line}. {scope} Since {date}.",
        limit=flag.limit,
        line=line,
        scope=flag.scope,
        date=flag.dated,
    )
