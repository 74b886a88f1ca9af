"""What the user can mend, said without a language. Any other exception is a bug."""

from __future__ import annotations

from typing import Any, ClassVar

from planner.phrases import N_, Phrase


class PlannerError(Exception):
    """A refusal with a reason that the user can act on.

    Attributes:
        message: The English sentence; each subclass has its own.
        values: The typed values of its placeholders.
    """

    message: ClassVar[str] = N_("This is not possible.")

    def __init__(self, **values: Any) -> None:
        """Keep the values; the sentence belongs to the class."""
        super().__init__()
        self.values = values

    @property
    def phrase(self) -> Phrase:
        """The refusal as a phrase."""
        return Phrase(self.message, **self.values)

    def __str__(self) -> str:
        """Say it in English, for logs and tests."""
        return str(self.phrase)
