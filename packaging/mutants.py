"""Mutation testing: does any test notice when the computations are changed?

    .venv/bin/python -m pip install mutmut
    .venv/bin/python packaging/mutants.py ["planner.domain.ledger*" ...]

mutmut makes thousands of copies of the functions in ``planner/domain``, each changed in one place, and
runs on each the tests that reach it. A copy that no test tells from the original survives: a test is
missing, the code says more than it needs, or the two mean the same. The report names the survivors, and
``.venv/bin/mutmut show NAME`` shows one. Names limit the run to what they match, and try that anew;
without any, whatever has no result yet is tried. This is no part of CI, and needs a system that can fork.

Texts stay as they are: what a sentence says is for its readers to judge. The tests are collected once and
not for every copy, and on each the quickest run first, for as long as ``PATIENCE`` says.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

# libcst and mutmut are there only for those who ask for this script: mypy may not find them.
import libcst  # type: ignore[import-not-found, unused-ignore]
import pytest
from _pytest.config import _prepareconfig
from libcst.helpers import get_full_name_for_node  # type: ignore[import-not-found, unused-ignore]
from mutmut.mutation import file_mutation  # type: ignore[import-not-found, unused-ignore]
from mutmut.mutation.mutators import mutation_operators  # type: ignore[import-not-found, unused-ignore]
from mutmut.runners.harness import PytestRunner  # type: ignore[import-not-found, unused-ignore]

MADE = Path("mutants")
"""Where mutmut keeps the copies and what became of them."""

TEXTS = {"N_", "Phrase", "Phrase.counted"}
"""Calls whose arguments are texts and the values in them."""

OUTCOMES = {0: "survived", 1: "killed", 3: "killed", 5: "no tests", 33: "no tests", None: "not run"}
"""What the exit code of the tests means; any other was given to tests that never ended."""

PATIENCE = 8.0
"""For how many seconds tests are begun on one copy."""

ENDLESS = 20
"""After how many seconds of work a copy is taken for one that never ends."""


def spare_texts() -> None:
    """Keep mutmut from changing texts."""
    mutation_operators[:] = [pair for pair in mutation_operators if pair[0] is not libcst.BaseString]
    file_mutation.NEVER_MUTATE_FUNCTION_CALLS |= {"Phrase", "N_"}
    visitor = file_mutation.MutationVisitor
    skips = visitor._skip_node_and_children  # noqa: SLF001 - mutmut's own list knows no names with a dot

    def spares(self: object, node: object) -> bool:
        """Whether a part of the code is a text, or what mutmut itself passes by."""
        if isinstance(node, libcst.Call) and get_full_name_for_node(node.func) in TEXTS:
            return True
        return bool(skips(self, node))

    visitor._skip_node_and_children = spares  # noqa: SLF001 - as above


class Failures:
    """Whether any test has failed."""

    any = False

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Look at what became of a part of a test."""
        self.any = self.any or report.failed


# mypy may not know what it is made from.
class CollectedOnce(PytestRunner):  # type: ignore[misc, unused-ignore]
    """mutmut's way to run tests, which collects them for every mutant, but for the collecting."""

    def __init__(self) -> None:
        super().__init__()
        self.items: dict[str, pytest.Item] = {}
        self.failures = Failures()

    def run_tests(self, *, mutant_name: str | None, tests: Iterable[str]) -> int:
        """Run some tests, or all of them, until one fails; 0 if none does."""
        back = Path.cwd()
        os.chdir(MADE)
        try:
            if not self.items:
                self._collect()
            return self._run(mutant_name, [self.items[name] for name in tests] or [*self.items.values()])
        finally:
            os.chdir(back)

    def _run(self, mutant_name: str | None, items: list[pytest.Item]) -> int:
        if mutant_name is not None:
            used = int(time.process_time())
            resource.setrlimit(resource.RLIMIT_CPU, (used + ENDLESS, used + ENDLESS + 1))
        self.failures.any = False
        began = time.monotonic()
        for item in items:
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
            if self.failures.any:
                return 1
            if mutant_name is not None and time.monotonic() - began > PATIENCE:
                break
        return 0

    def _collect(self) -> None:
        """Let pytest find the tests, as it does before it runs them; it is never told that it is over."""
        chosen = [*self._pytest_add_cli_args, *self._pytest_add_cli_args_test_selection]
        # pytest has no public way to collect without also running.
        config = _prepareconfig(["--rootdir=.", "-s", *chosen], [self.failures])
        config._do_configure()  # noqa: SLF001 - as above
        config.pluginmanager.unregister(name="terminalreporter")  # a dot for each test is of no interest
        session = pytest.Session.from_config(config)
        config.hook.pytest_sessionstart(session=session)
        config.hook.pytest_collection(session=session)
        self.items = {item.nodeid: item for item in session.items}


def run(names: list[str]) -> None:
    """Let mutmut work, one process beside this one at a time."""
    # Imported only now that mutmut has been told what to spare.
    import mutmut.__main__ as command  # type: ignore[import-not-found, unused-ignore] # noqa: PLC0415
    from mutmut.workers import isolation  # type: ignore[import-not-found, unused-ignore] # noqa: PLC0415

    isolation.PytestRunner = CollectedOnce
    command.cli(["run", "--max-children", "1", *names], standalone_mode=False)


def results() -> Iterator[tuple[str, dict[str, str]]]:
    """Each module and what became of its mutants, by their names."""
    for path in sorted(MADE.glob("planner/domain/**/*.py.meta")):
        codes: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"]
        if codes:
            module = path.relative_to(MADE).as_posix().removesuffix(".py.meta").replace("/", ".")
            yield module, {name: OUTCOMES.get(code, "endless") for name, code in codes.items()}


def report() -> None:
    """Say how many were found out in each module and in all, and who was not."""
    total: Counter[str] = Counter()
    for module, outcomes in results():
        counts = Counter(outcomes.values())
        total += counts
        if counts["not run"] < counts.total():
            print(f"{share(counts)}  {module}")
            for name, outcome in outcomes.items():
                if outcome in {"survived", "no tests"}:
                    print(f"          {outcome}: {name}")
    print(f"{share(total)}  in all; {total['not run']} not run")


def share(counts: Counter[str]) -> str:
    """The part of the mutants that was found out, of those that ran."""
    ran = counts.total() - counts["not run"]
    found = counts["killed"] + counts["endless"]
    return f"{found / ran:6.1%} {found:5}/{ran}" if ran else "     -      0/0"


if __name__ == "__main__":
    spare_texts()
    run(sys.argv[1:])
    report()
