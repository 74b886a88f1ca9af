"""What is open beside the page follows what is asked there."""

from __future__ import annotations

from planner.domain.payoff.question import PayoffQuestion
from planner.gui.pages.payoff_parts.choices import DebtView
from planner.gui.pages.payoff_parts.what_if import WhatIfForm
from planner.gui.pane import SidePane


def follow(pane: SidePane, question: PayoffQuestion) -> None:
    """Let the what-if that is open show what is assumed now.

    Args:
        pane: The pane of the page.
        question: What is asked now.
    """
    form = pane.content
    if isinstance(form, WhatIfForm):
        form.show_question(question)


def end_answers(pane: SidePane) -> None:
    """Close the ways of a debt: they were those of another question.

    Args:
        pane: The pane of the page.
    """
    pane.end_explanations()
    if isinstance(pane.content, DebtView):
        pane.close_content()
