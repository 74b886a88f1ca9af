"""Sentences without a language: an English pattern and the typed values that belong in it.

Everything below ``i18n`` speaks in these; ``i18n.explain`` says them in the reader's language.
"""

from __future__ import annotations

from typing import Any


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for "mark, but do not translate yet"
    """Mark a text for translation and hand it back unchanged."""
    return text


class Phrase:
    """An English sentence with named placeholders, and the values for them.

    Attributes:
        msgid: The English sentence, as it stands in the catalogue.
        msgid_plural: The sentence for other counts than one, where the value ``count`` decides.
        values: What the placeholders stand for: Money, Rate, date, int, text or another Phrase.
        is_own: Whether these are somebody's own words, which nobody translates.
    """

    __slots__ = ("is_own", "msgid", "msgid_plural", "values")

    def __init__(self, msgid: str, /, **values: Any) -> None:
        """Take the sentence and its values."""
        self.msgid = msgid
        self.msgid_plural: str | None = None
        self.values = values
        self.is_own = False

    @classmethod
    def own(cls, text: str) -> Phrase:
        """Return somebody's own words as a phrase: the name of a shop, a note."""
        phrase = cls(text)
        phrase.is_own = True
        return phrase

    @classmethod
    def counted(cls, singular: str, plural: str, /, count: int, **values: Any) -> Phrase:
        """Return a sentence whose form follows ``count``."""
        phrase = cls(singular, count=count, **values)
        phrase.msgid_plural = plural
        return phrase

    def __eq__(self, other: object) -> bool:
        """Tell whether both say the same of the same values."""
        if not isinstance(other, Phrase):
            return NotImplemented
        return (self.msgid, self.values) == (other.msgid, other.values)

    def __hash__(self) -> int:
        """Hash by the sentence alone; equal phrases have equal sentences."""
        return hash(self.msgid)

    def __repr__(self) -> str:
        """Show the sentence and its values for the developer."""
        return f"Phrase({self.msgid!r}, {self.values!r})"

    def __str__(self) -> str:
        """Say it in English, for logs and tests."""
        if self.is_own or not self.values:
            return self.msgid  # it may be somebody's own words, with braces of their own
        text = self.msgid
        if self.msgid_plural is not None and self.values["count"] != 1:
            text = self.msgid_plural
        return text.format(**{name: str(value) for name, value in self.values.items()})
