"""The command case: a procedure under way on one or two pages, to take along."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from planner import i18n
from planner.cli.commands import Chosen
from planner.cli.printing import print_line
from planner.errors import PlannerError
from planner.i18n import _
from planner.phrases import N_
from planner.services.cases.view import CaseView
from planner.services.cases.views import case_views
from planner.store.store import Store


class NoCaseError(PlannerError):
    """No procedure is under way."""

    message = N_("No procedure is under way.")


class WhichCaseError(PlannerError):
    """Several procedures are under way, or none of that name."""

    message = N_("Name one of these procedures with {option}: {procedures}.")


def case_options(path: click.Path) -> list[click.Parameter]:
    """What the command can be told."""
    return [
        click.Option(["--out"], type=path, required=True, help=_("The PDF to write.")),
        click.Option(
            ["--procedure"], metavar="ID", help=_("Which procedure, if several are under way, by its id.")
        ),
        click.Option(["--account"], metavar="NAME", help=_("For which account, if it runs for several.")),
        click.Option(
            ["--no-letter", "has_no_letter"],
            is_flag=True,
            help=_("Without the letter that is to be written next."),
        ),
    ]


def case(
    chosen: Chosen, out: Path, procedure: str | None, account: str | None, *, has_no_letter: bool
) -> None:
    """Write a procedure under way as a PDF of one or two pages.

    Raises:
        NoCaseError: None is under way.
        WhichCaseError: Several are, or none of that name.
    """
    from planner.reports.case_pack import case_pdf  # noqa: PLC0415 - only this command needs reports
    from planner.reports.files import write_whole  # noqa: PLC0415 - see above
    from planner.services.cases.letters import step_letter  # noqa: PLC0415 - see above
    from planner.services.cases.pack import case_pack, next_letter  # noqa: PLC0415 - see above

    with chosen.store() as store:
        view = _chosen_case(store, chosen, procedure, account)
        following = next_letter(view) if not has_no_letter else None
        letter = (
            step_letter(store, view.case, following.step, chosen.today).letter
            if following is not None
            else None
        )
        pack = case_pack(store, view, letter)
        content = case_pdf(pack, i18n.language(), i18n.number_format())
    write_whole(out, content)
    print_line(_("Saved: {file}").format(file=out))


def _chosen_case(store: Store, chosen: Chosen, procedure: str | None, account: str | None) -> CaseView:
    running = [view for view in case_views(store, chosen.today) if view.case.ended_on is None]
    if not running:
        raise NoCaseError
    named = [view for view in running if _is_named(view, procedure, account)]
    if len(named) != 1:
        raise WhichCaseError(option="--procedure", procedures=_names(running))
    return named[0]


def _is_named(view: CaseView, procedure: str | None, account: str | None) -> bool:
    return procedure in {None, view.procedure.id} and account in {None, view.account.name}


def _names(views: Sequence[CaseView]) -> str:
    """What can be named: the id of each procedure and its account."""
    return i18n.joined(f"{view.procedure.id} ({view.account.name})" for view in views)
