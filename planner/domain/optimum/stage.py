"""What is looked for, told while it takes."""

from __future__ import annotations

from dataclasses import dataclass

from planner.phrases import Phrase


@dataclass(frozen=True, slots=True)
class Stage:
    """What is looked for now, where that is not simply the best choice.

    Attributes:
        words: The same in a sentence.
        has_choice: Whether a choice is there already that can be taken.
    """

    words: Phrase
    has_choice: bool = False


LEAST_LATE = Stage(Phrase("No plan is in time. Looking for the one that is late least…"))
LEAST_MISSING = Stage(Phrase("No plan holds. Looking for the least money with which one would…"))
LEAST_IN_TIME = Stage(
    Phrase("Every plan is late. Looking for the least money with which one would be in time…"),
    has_choice=True,
)
HOW_FIRM = Stage(Phrase("The plan is found. Looking how firm it is…"), has_choice=True)
