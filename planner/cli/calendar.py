"""The command calendar: the days to pay on as a file for any calendar program."""

from __future__ import annotations

from pathlib import Path

import click

from planner.cli.commands import Chosen, local_now
from planner.cli.printing import print_line
from planner.i18n import _, ngettext
from planner.services.calendar_entries import calendar_entries, note_handed, stamp

_MOST_MONTHS = 120


def calendar_options(path: click.Path) -> list[click.Parameter]:
    """What the command can be told."""
    ahead = click.IntRange(1, _MOST_MONTHS)
    return [
        click.Option(["--out"], type=path, required=True, help=_("The iCalendar file to write.")),
        click.Option(["--months"], type=ahead, default=12, help=_("How many months ahead.")),
    ]


def calendar(chosen: Chosen, out: Path, months: int) -> None:
    """Write the days to pay on as an iCalendar file."""
    from planner.reports.files import write_whole  # noqa: PLC0415 - only this command needs reports
    from planner.reports.ics_file import ics_bytes  # noqa: PLC0415 - see above

    today, now = chosen.today, stamp()
    # What was handed over is worth none of the copies: they are for what the user records.
    with chosen.store(keeps_copy=False) as store:
        entries = calendar_entries(store, today, months, now, local_now().time())
        write_whole(out, ics_bytes(entries, now))
        if not store.is_read_only:
            with store.transaction():
                note_handed(store, entries, today)
    print_line(_("Saved: {file}").format(file=out))
    count = sum(each.entry is not None for each in entries)
    print_line(ngettext("{count} day to pay on.", "{count} days to pay on.", count).format(count=count))
