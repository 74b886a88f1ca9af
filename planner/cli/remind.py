"""The command remind: what is to be said today, for people and for what runs it every day."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from planner.cli.commands import Chosen
from planner.cli.printing import Plain, print_json, print_line
from planner.errors import PlannerError
from planner.i18n import _, explain
from planner.services.reminders import ToSay, note_said, reminders_today
from planner.services.schedule import cron_lines, program, task_scheduler_line

_REFUSED = 1


def remind_options() -> list[click.Parameter]:
    """What the command can be told."""
    again = _("Say it even if it was said already, and note nothing.")
    wait = _("Wait for a key where something was said, so that it can be read.")
    schedule = _("Print lines that have it run every day, and remind of nothing.")
    return [
        click.Option(["--again", "is_again"], is_flag=True, help=again),
        click.Option(["--wait", "waits"], is_flag=True, help=wait),
        click.Option(["--schedule", "is_schedule"], is_flag=True, help=schedule),
    ]


def remind(chosen: Chosen, *, is_again: bool, waits: bool, is_schedule: bool, as_json: bool) -> int:
    """Say what was not said yet; nothing at all where that is nothing.

    Returns:
        The exit code: as of every command, 0 if nothing went wrong.

    Raises:
        PlannerError: The file cannot be read, and nobody has to be waited for.
    """
    if is_schedule:
        _print_schedule(chosen.path)
        return 0
    try:
        has_said = _say(chosen, is_again=is_again, as_json=as_json)
    except PlannerError as error:
        if not waits:
            raise
        # The window in which it runs every day would close before anybody has read why it failed.
        click.echo(explain(error), err=True)
        click.pause(_("Press any key to close."))
        return _REFUSED
    if has_said and waits:
        click.pause(_("Press any key to close."))
    return 0


def _say(chosen: Chosen, *, is_again: bool, as_json: bool) -> bool:
    """Say what was not said yet, and note that it was; whether there was anything."""
    today = chosen.today
    # What was said is worth none of the copies: they are for what the user records.
    with chosen.store(keeps_copy=False) as store:
        found = reminders_today(store, today, is_again=is_again)
        if as_json:
            print_json(_plain(found, today))
        else:
            for each in found:
                print_line(explain(each.words))
        # Noted last: what nobody could read is said again.
        sys.stdout.flush()
        if found and not is_again and not store.is_read_only:
            with store.transaction():
                note_said(store, [each.reminder for each in found], today)
    return bool(found)


def _plain(found: tuple[ToSay, ...], today: date) -> Plain:
    return {
        "today": today.isoformat(),
        "reminders": [
            {
                "about": each.reminder.topic.about.value,
                "account": each.reminder.topic.account_id,
                "id": each.reminder.topic.id,
                "kind": each.reminder.kind.value,
                "on": each.reminder.topic.on.isoformat(),
                "uid": each.reminder.uid,
                "words": explain(each.words),
            }
            for each in found
        ],
    }


def _print_schedule(path: Path | None) -> None:
    command = program(path)
    mailed, shown = cron_lines(command)
    print_line(_("With cron, add one of these lines after: {command}").format(command="crontab -e"))
    print_line(_("It mails you what there is to say:"))
    print_line(f"  {mailed}")
    print_line(_("Or it shows it on the desktop:"))
    print_line(f"  {shown}")
    print_line(_("On Windows, run this line once in a command prompt:"))
    print_line(f"  {task_scheduler_line(command)}")
    print_line(_("If the computer is off at that time, nothing is lost: the next day says it."))
