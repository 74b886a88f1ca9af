"""A small procedure for tests, with the kinds of steps that keep something: documents, contacts."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.domain.procedures.published import Procedure
from planner.store import catalogue

ASKING = "asking"

_SAID = 'source = "a page"\nchecked = 2026-11-22\nreliability = "low"\n'

_FILE = f"""
id = "{ASKING}"
revision = 1
title = "Ask the lender"
text = "The lender has answered."
products = []
checked = 2026-11-22

[[contact]]
text = "Customer service"
number = "95118"
source = "a page"

[[question]]
id = "reason"
title = "What has changed?"
answer = [{{ id = "illness", text = "Illness" }}, {{ id = "work", text = "Work" }}]

[[document]]
id = "income"
title = "Proof of income"
text = "What you earn each month."
{_SAID}
[[document]]
id = "illness"
title = "Proof of illness"
when = {{ reason = ["illness"] }}
{_SAID}
[[step]]
id = "gather"
title = "Gather the proof"
text = "Tick what you have at hand."
kind = "documents"
rules = ["documents"]
{_SAID}
[[step]]
id = "talk"
title = "Talk to the lender"
text = "Record every contact."
kind = "contact"
channel = "phone"
{_SAID}
[[step]]
id = "send"
title = "Send the proof"
text = "Send what the lender asks for."
kind = "contact"
channel = "letter"
rules = ["documents"]
{_SAID}
[[step]]
id = "decide"
title = "Decide"
text = "Compare what the lender offers."
rules = ["no_contact"]
{_SAID}
"""


def use_small_procedure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Procedure:
    """Let the small procedure be the only one there is, as if it were a file of the program."""
    path = tmp_path / f"{ASKING}.toml"
    path.write_text(_FILE, encoding="utf-8")
    procedure = catalogue.read_procedure(path)
    monkeypatch.setattr(catalogue, "procedures", lambda: (procedure,))
    return procedure
