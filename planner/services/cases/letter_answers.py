"""What the answers of a case say in its letter: what has changed, and what is asked for."""

from __future__ import annotations

from collections.abc import Mapping

from planner.domain.procedures.case import Case
from planner.phrases import Phrase
from planner.services.letters import REASON
from planner.store import catalogue

# Of these reasons a letter can say nothing but that there is one: the user's own words are needed.
_UNTOLD = frozenset({"", "other"})

_ASKED: Mapping[str, Phrase] = {
    "more-time": Phrase("I ask you for more time for what is due soon."),
    "reinstalment": Phrase("I ask you to let me repay in instalments what is late."),
    "accelerated": Phrase("I ask you to let me repay the whole in instalments."),
}


def changed_words(case: Case) -> Phrase:
    """What has changed by the answers; room for the user's own words where they say nothing of it."""
    procedure, given = catalogue.procedure(case.procedure), case.answers.get("reason", "")
    questions = procedure.questions if procedure is not None else ()
    said = next((each.answers.get(given, "") for each in questions if each.id == "reason"), "")
    if given in _UNTOLD or not said:
        return REASON
    return Phrase("What has changed: {reason}", reason=Phrase(said))


def wanted_words(case: Case) -> tuple[Phrase, ...]:
    """What the user wants to agree on, by the answers; nothing where they say nothing of it."""
    asked = _ASKED.get(case.answers.get("wanted", ""))
    return () if asked is None else (asked,)
