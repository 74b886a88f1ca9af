"""What to know of an extra payment towards a plan, in words."""

from __future__ import annotations

from planner.phrases import Phrase

ASK = Phrase(
    "Not every lender takes an extra payment towards a plan, and some only settle all of it. "
    "Ask before you pay, and ask which of both it does."
)
FEES_STAY = Phrase(
    "A flat fee was fixed on the original amount. An extra payment does not lower it unless the lender says "
    "so: nothing is saved, although less is owed. Where the plan gets shorter, the fees of what falls away "
    "are taken to be due with the last instalment."
)
FEES_UNCLEAR = Phrase(
    "It is not clear which fees this lender still asks for when a plan is settled early, and nobody says "
    "what it does when only a part is paid: what that saves is not known. The rows are shown as if all fees "
    "stayed."
)
SOME_FEES_STAY = Phrase("The fees of the plan stay as they are: only the interest gets less.")
SAVING_UNKNOWN = Phrase("Unclear: ask the lender")
