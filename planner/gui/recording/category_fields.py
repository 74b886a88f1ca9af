"""The fields for a kind of purchase: one that is offered, or one in the user's own words."""

from __future__ import annotations

from planner.domain.purchase_category import CATEGORY_NAMES, known_category
from planner.gui.fields import ChoiceField, Field, TextField
from planner.i18n import _

_OWN = "own"


class CategoryFields:
    """What was bought, by kind; with one in one's own words or in those of a file, these.

    Attributes:
        choice: Which kind.
        own: The words for another one; shown only where that is chosen.
    """

    def __init__(self) -> None:
        """Build them empty."""
        self.choice, self.own = ChoiceField(), TextField(is_required=False)
        self.refresh()

    @property
    def fields(self) -> tuple[Field, ...]:
        """Both, in order."""
        return (self.choice, self.own)

    def refresh(self) -> None:
        """Set every text."""
        self.choice.say(_("Category"))
        self.own.say(_("Category in your own words"))
        known = [(category, _(name)) for category, name in CATEGORY_NAMES.items()]
        self.choice.set_choices([("", _("None")), *known, (_OWN, _("Another one, in your own words"))])

    def fill(self, kept: str) -> None:
        """Put a kind in them."""
        known = known_category(kept)
        self.own.set_text("" if known else kept)
        self.choice.set_key(known or (_OWN if kept else ""))

    def follow(self, *, is_shown: bool) -> None:
        """Show what the choice leaves to ask for.

        Args:
            is_shown: Whether the choice itself is shown.
        """
        self.own.setVisible(is_shown and self.choice.value() == _OWN)

    def value(self) -> str:
        """The kind as it is kept."""
        chosen = str(self.choice.value())
        return self.own.text() if chosen == _OWN else chosen
