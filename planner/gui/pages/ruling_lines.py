"""What each rule says of whether something is offered, below a heading that opens."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from planner.domain.plans.eligibility import VERDICT_WORDS, Eligibility, Verdict
from planner.gui.arrange import clear
from planner.gui.labels import quiet_label, strong_label, text_label
from planner.gui.wrapping import Disclosure
from planner.i18n import _, explain, source_words
from planner.phrases import Phrase


def say_eligibility(part: Disclosure, what: Phrase, eligibility: Eligibility, *about: QLabel) -> None:
    """Say whether something is offered in the heading, and which rules say so below it.

    Args:
        part: Where to say it; what it held goes.
        what: What may be offered.
        eligibility: Whether it is.
        about: What to know before the rules.
    """
    verdict = explain(VERDICT_WORDS[eligibility.verdict])
    if eligibility.verdict is Verdict.NOT_NOW:
        # No ban: without its reason it would read like one.
        verdict = _("{verdict}. {reason}").format(verdict=verdict, reason=explain(eligibility.reason))
    part.say(_("{meaning}: {verdict}").format(meaning=explain(what), verdict=verdict))
    clear(part.column)
    for label in about:
        part.column.addWidget(label)
    said = [ruling.source for ruling in eligibility.rulings[1:]]
    for number, (ruling, following) in enumerate(zip(eligibility.rulings, [*said, None], strict=True)):
        # The first is the one that decides.
        label = text_label() if number else strong_label()
        label.setText(explain(ruling.text))
        part.column.addWidget(label)
        if ruling.source is not None and ruling.source != following:
            source = quiet_label()
            source.setText(source_words(ruling.source))
            part.column.addWidget(source)
