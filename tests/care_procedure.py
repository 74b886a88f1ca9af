"""A procedure for tests with the steps that go on from the record: pay, wait, task and so on."""

from __future__ import annotations

from pathlib import Path

from planner.domain.procedures.published import Procedure
from planner.store import catalogue

SAID = 'source = "a page"\nchecked = 2026-11-22\nreliability = "low"\n'
STEPS = {
    "pay": 'kind = "pay"\nrules = ["not_paid"]',
    "wait": 'kind = "wait"\nduration = "free"\nrules = ["not_paid"]',
    "ask": 'kind = "do"\nrules = ["waiting"]',
    "debits": 'kind = "debits"',
    "passwords": 'kind = "task"\nevery = 6',
    "compare": 'kind = "task"\nevery = 1\nwhen = { "record.automatic" = ["no"] }',
    "cap": 'kind = "cap"',
    "app": 'kind = "reconcile"',
    "cash": 'kind = "do"\nrules = ["cash_short"]',
}
DURATIONS = (("0", "2", "hours", "an article"), ("1", "3", "business_days", "another page"))
CARE = "care"


def care(folder: Path, *steps: str) -> Procedure:
    """A procedure with some of the steps; with all of them if none is named.

    Args:
        folder: Where its file is written.
        steps: Their ids.
    """
    lines = [f'id = "{CARE}"', "revision = 1", 'title = "Take care"', 'text = "All is well."']
    lines += ["products = []", 'calendar = "CN"', "checked = 2026-11-22"]
    for least, most, unit, source in DURATIONS:
        lines += ["[[duration]]", 'id = "free"', 'title = "It is free"', f"least = {least}", f"most = {most}"]
        lines += [f'unit = "{unit}"', SAID.replace("a page", source)]
    for step in steps or STEPS:
        lines += [
            "[[step]]",
            f'id = "{step}"',
            f'title = "Step {step}"',
            'text = "Do it."',
            STEPS[step],
            SAID,
        ]
    path = folder / f"{CARE}.toml"
    path.write_text("\n".join(lines), encoding="utf-8")
    return catalogue.read_procedure(path)
