"""A letter to a lender, or what to say on the telephone, when the money does not reach."""

from __future__ import annotations

from planner.compat import override
from planner.domain.account import Account
from planner.domain.hardship.hardship import Hardship
from planner.gui.letter_view import WrittenView
from planner.gui.session import Session
from planner.i18n import _
from planner.look import GRID
from planner.services.hardship_letter import letter
from planner.services.hardship_script import phone_script
from planner.services.letters import Letter


class LetterView(WrittenView):
    """The text for one lender; the user's own words say why the money does not reach."""

    def __init__(
        self,
        session: Session,
        hardship: Hardship,
        account: Account,
        reason: str = "",
        *,
        is_script: bool = False,
    ) -> None:
        """Write it.

        Args:
            session: The open file.
            hardship: What can be offered to whom.
            account: To whose lender it speaks.
            reason: Why the money does not reach, as far as it was said before.
            is_script: Whether it is for the telephone.
        """
        self._account = account

        def make(words: str) -> Letter:
            if is_script:
                return phone_script(hardship, account.id, account.contacts, words)
            return letter(hardship, account.id, words)

        super().__init__(session, make, reason, is_script=is_script)
        self.column.setContentsMargins(0, 0, 2 * GRID, 2 * GRID)

    @override
    def say_reason(self) -> None:
        self.reason.say(_("Why the money does not reach"), _("In a few words; it goes into the text."))

    @override
    def name(self) -> str:
        words = _("What to say to {name}") if self._is_script else _("Letter to {name}")
        return words.format(name=self._account.name)
