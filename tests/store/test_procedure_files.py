"""What a file of a procedure may say: nothing is in it that the program does not read or cannot follow."""

import copy
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from planner.domain.account import ELSEWHERE, KNOWN_COUNTRIES, State
from planner.domain.procedures.kinds import Channel, FactKind, LetterKind, Rule, Section, StepKind, Unit
from planner.domain.sourced import Reliability
from planner.paths import resources
from planner.store import catalogue

FILES = sorted((resources() / "procedures").glob("*.toml"))
CONFIG = tomllib.loads((resources().parent / "pyproject.toml").read_text(encoding="utf-8"))
EXTRACTED = set(next(each["keys"] for each in CONFIG["tool"]["babel"]["mappings"] if "keys" in each).split())

SAID = {"source", "checked", "reliability"}
KEYS: Mapping[str, tuple[set[str], set[str]]] = {
    # Which keys have to be there, and which may be.
    "": (
        {"id", "revision", "title", "text", "products", "checked", "step"},
        {"calendar", "contact", "warning", "faq", "question", "duration", "result"}
        | {"document", "facts", "change"},
    ),
    "contact": ({"text", "number", "source"}, set()),
    "warning": ({"title", "text"} | SAID, {"when"}),
    "faq": ({"title", "text"} | SAID, {"when"}),
    "document": ({"id", "title"} | SAID, {"text", "when"}),
    "change": ({"revision", "text"}, {"steps", "new"}),
    "question": ({"id", "title", "answer"}, set()),
    "answer": ({"id", "text"}, set()),
    "duration": ({"id", "title", "unit"} | SAID, {"least", "most"}),
    "result": ({"id", "title"}, {"state"}),
    "step": (
        {"id", "title", "text"} | SAID,
        {"kind", "section", "rules", "when", "optional", "place", "state", "duration", "variant"}
        | {"after", "letter", "channel", "every", "procedure", "result"},
    ),
    "variant": ({"text"} | SAID, set()),
}
PRODUCTS = {known.id for known in catalogue.products()}
OF_RECORD: dict[str, set[Any]] = {
    "record.product": PRODUCTS,
    "record.country": {*KNOWN_COUNTRIES, ELSEWHERE},
    "record.state": set(State),
    "record.late": {"some", "none"},
    "record.days_late": {"few", "many"},
    "record.automatic": {"yes", "no"},
}
# What a step of a kind has to name beside its words, and no other step may.
NAMED_BY: Mapping[str, set[StepKind]] = {
    "state": {StepKind.STATE, StepKind.SUBMIT},
    "duration": {StepKind.VERIFY, StepKind.WAIT},
    "letter": {StepKind.LETTER},
    "channel": {StepKind.CONTACT},
    "every": {StepKind.TASK},
}
# What a step of a kind may name.
OPEN_TO = {("state", StepKind.SUBMIT), ("duration", StepKind.WAIT)}
# The kinds of steps without any of which a rule could never be met.
MET_BY = {
    Rule.NOT_SUBMITTED: {StepKind.SUBMIT},
    Rule.WAITING: {StepKind.VERIFY, StepKind.WAIT},
    Rule.LINKED_SERVICES: {StepKind.SERVICES},
    Rule.DOCUMENTS: {StepKind.DOCUMENTS},
    Rule.NO_CONTACT: {StepKind.CONTACT},
    Rule.NO_AGREEMENT: {StepKind.AGREEMENT},
    Rule.FIRST_MISSED: {StepKind.AGREEMENT},
    Rule.NOT_PAID: {StepKind.PAY},
}
# What a step works off, so that it can show what is left of it.
WORKED_OFF = {StepKind.SETTLE: Rule.OPEN_DUES, StepKind.PAY: Rule.NOT_PAID}
PLACES = {"", "bills", "compare", "late", "called", "payoff", "cash", "reports", "settings"}
IDS = {path.stem for path in FILES}

Table = dict[str, Any]


def load(path: Path) -> Table:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def problems(table: Table) -> list[str]:
    """Everything in a file of a procedure that the program could not follow."""
    return [*_keys("", table), *_duplicates(table), *_values(table), *_references(table)]


def _keys(name: str, table: Table) -> Iterator[str]:
    needed, allowed = KEYS[name]
    where = f"{name} {table.get('id', '')}".strip()
    yield from (f"{where}: {key} is missing" for key in sorted(needed - table.keys()))
    yield from (f"{where}: {key} is not known" for key in sorted(table.keys() - needed - allowed))
    for key, value in table.items():
        if key in KEYS and isinstance(value, list):
            for each in value:
                yield from _keys(key, each)


def _duplicates(table: Table) -> Iterator[str]:
    groups = [table.get(name, []) for name in ("step", "question", "result", "document")]
    groups += [question.get("answer", []) for question in table.get("question", [])]
    for group in groups:
        ids = [each.get("id", "") for each in group]
        yield from (f"{each} stands there twice" for each in sorted(set(ids)) if ids.count(each) > 1)
        yield from (f"{each}: not an id" for each in ids if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", each))


def _values(table: Table) -> Iterator[str]:
    steps, durations = table.get("step", []), table.get("duration", [])
    choices: list[tuple[object, set[Any]]] = [
        *((step.get("kind", "do"), set(StepKind)) for step in steps),
        *((step.get("section", "do"), set(Section)) for step in steps),
        *((step.get("place", ""), PLACES) for step in steps),
        *((step["letter"], set(LetterKind)) for step in steps if "letter" in step),
        *((step["channel"], set(Channel)) for step in steps if "channel" in step),
        *((step["procedure"], IDS) for step in steps if "procedure" in step),
        *((fact, set(FactKind)) for fact in table.get("facts", [])),
        *((rule, set(Rule)) for step in steps for rule in step.get("rules", [])),
        *((each["state"], set(State)) for each in (*steps, *table.get("result", [])) if "state" in each),
        *((each.get("unit"), set(Unit)) for each in durations),
        *((each, PRODUCTS) for each in table.get("products", [])),
    ]
    yield from (f"{value}: not known" for value, known in choices if value not in known)
    said = [
        each for name in ("warning", "faq", "duration", "document", "step") for each in table.get(name, [])
    ]
    said += [variant for step in steps for variant in step.get("variant", [])]
    for each in said:
        if each.get("reliability") not in set(Reliability) - {Reliability.CONTRACT}:
            yield f"{each.get('reliability')}: not known"
    for each in durations:
        if each.get("least", 0) > each.get("most", each.get("least", 0)):
            yield f"{each.get('id')}: least is more than most"
        if each.get("unit") == Unit.BUSINESS_DAYS and not table.get("calendar"):
            yield f"{each.get('id')}: business days of no calendar"


def _answers(table: Table) -> dict[str, set[Any]]:
    return {
        question["id"]: {answer.get("id") for answer in question.get("answer", [])}
        for question in table.get("question", [])
    }


def _references(table: Table) -> Iterator[str]:
    yield from _asked(table)
    yield from _changes(table)
    steps = table.get("step", [])
    kinds = {step.get("kind", "do") for step in steps}
    durations = {each["id"] for each in table.get("duration", [])}
    for place, step in enumerate(steps):
        where, kind = step.get("id"), step.get("kind", "do")
        for key, of in NAMED_BY.items():
            if (key in step) != (kind in of) and (key, kind) not in OPEN_TO:
                yield f"{where}: {key} belongs to {', '.join(sorted(of))} and to no other"
        if "duration" in step and step["duration"] not in durations:
            yield f"{where}: no duration {step['duration']}"
        if "after" in step:
            yield from _waits_for(step, {each.get("id") for each in steps[:place]})
        if not 1 <= step.get("every", 1) <= 120:
            yield f"{where}: every {step['every']} months"
        for rule in step.get("rules", []):
            if rule in MET_BY and not MET_BY[Rule(rule)] & kinds:
                yield f"{where}: {rule} can never be met"
        if kind in WORKED_OFF and WORKED_OFF[StepKind(kind)] not in step.get("rules", []):
            yield f"{where}: cannot show what is left"


def _asked(table: Table) -> Iterator[str]:
    """What is asked for but cannot be answered, and what is answered but leads nowhere."""
    known = _answers(table) | OF_RECORD
    parts = [each for name in ("step", "document", "warning", "faq") for each in table.get(name, [])]
    for part in parts:
        for question, wanted in part.get("when", {}).items():
            if not wanted or not set(wanted) <= known.get(question, set()):
                yield f"{part.get('id', part.get('title'))}: {question} has no such answer"
    asked = {question for part in parts for question in part.get("when", {})}
    yield from (f"{question}: leads nowhere" for question in _answers(table).keys() - asked)


def _changes(table: Table) -> Iterator[str]:
    ids = {step.get("id") for step in table.get("step", [])}
    told = table.get("change", [])
    for change in told:
        if not 1 < change["revision"] <= table["revision"]:
            yield f"revision {change['revision']}: not one of this file"
        named = [*change.get("steps", []), *change.get("new", [])]
        yield from (f"{each}: changed, but not there" for each in named if each not in ids)
    for number in range(2, table.get("revision", 1) + 1):
        if number not in {change["revision"] for change in told}:
            yield f"revision {number}: what changed is not told"


def _waits_for(step: Table, before: set[Any]) -> Iterator[str]:
    if step["after"] not in before:
        yield f"{step.get('id')}: waits for no step before it"
    if step.get("kind") != StepKind.WAIT:
        yield f"{step.get('id')}: only a wait comes after a step"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_procedure_says_nothing_that_the_program_cannot_follow(path: Path) -> None:
    table = load(path)

    assert problems(table) == []
    assert table["id"] == path.stem


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_text_of_a_procedure_is_extracted_for_translation(path: Path) -> None:
    # Whatever holds more than one word is read by the user.
    def prose(value: object, key: str = "") -> Iterator[tuple[str, str]]:
        if isinstance(value, dict):
            for name, inner in value.items():
                yield from prose(inner, name)
        elif isinstance(value, list):
            for inner in value:
                yield from prose(inner, key)
        elif isinstance(value, str) and " " in value:
            yield key, value

    for key, text in prose(load(path)):
        assert key in EXTRACTED, f"{key}: {text}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_answer_of_a_question_but_the_last_leads_somewhere_of_its_own(path: Path) -> None:
    table = load(path)
    for question in table.get("question", []):
        parts = [*table["step"], *table.get("document", []), *table["faq"], *table["warning"]]
        led = {answer for part in parts for answer in part.get("when", {}).get(question["id"], [])}
        assert {answer["id"] for answer in question["answer"][:-1]} <= led


def _step(table: Table, **values: object) -> None:
    table["step"][0].update(values)


BROKEN: list[tuple[Callable[[Table], object], str]] = [
    (lambda table: table.update(colour="red"), "colour is not known"),
    (lambda table: table.pop("title"), "title is missing"),
    (lambda table: _step(table, titel="…"), "titel is not known"),
    (lambda table: table["step"][0].pop("source"), "source is missing"),
    (lambda table: table["step"][0].update(variant=[{"text": "…"}]), "checked is missing"),
    (lambda table: _step(table, kind="dance"), "dance: not known"),
    (lambda table: _step(table, section="later"), "later: not known"),
    (lambda table: _step(table, rules=["no_moon"]), "no_moon: not known"),
    (lambda table: _step(table, place="nowhere"), "nowhere: not known"),
    (lambda table: _step(table, reliability="contract"), "contract: not known"),
    (lambda table: _step(table, kind="state"), "state belongs to state, submit"),
    (lambda table: _step(table, state="closed"), "state belongs to state, submit"),
    (lambda table: _step(table, kind="state", state="gone"), "gone: not known"),
    (lambda table: _step(table, kind="verify", duration="nothing"), "no duration nothing"),
    (lambda table: _step(table, kind="settle", rules=[]), "cannot show what is left"),
    (lambda table: _step(table, when={"mood": ["good"]}), "mood has no such answer"),
    (lambda table: _step(table, when={"record.country": ["XX"]}), "record.country has no such answer"),
    (lambda table: _step(table, when={"record.state": []}), "record.state has no such answer"),
    (lambda table: _step(table, id=table["step"][1]["id"]), "stands there twice"),
    (lambda table: _step(table, id="Not An Id"), "not an id"),
    (lambda table: table.update(products=["moon-card"]), "moon-card: not known"),
    (lambda table: table.update(facts=["weather"]), "weather: not known"),
    (lambda table: table.update(revision=9), "revision 9: what changed is not told"),
    (lambda table: table.update(change=[{"revision": 9, "text": "…"}]), "revision 9: not one of this file"),
    (
        lambda table: table.update(revision=2, change=[{"revision": 2, "text": "…", "steps": ["gone"]}]),
        "gone: changed, but not there",
    ),
    (lambda table: _step(table, kind="letter", letter="love"), "love: not known"),
    (lambda table: _step(table, kind="letter"), "letter belongs to letter"),
    (lambda table: _step(table, kind="contact", channel="drum"), "drum: not known"),
    (lambda table: _step(table, kind="task", every=0), "every 0 months"),
    (lambda table: _step(table, procedure="fly"), "fly: not known"),
    (lambda table: _step(table, kind="pay", rules=[]), "cannot show what is left"),
    (lambda table: _step(table, after="nothing"), "waits for no step before it"),
    (lambda table: _step(table, rules=["not_paid"]), "not_paid can never be met"),
    (lambda table: table["faq"][0].update(when={"mood": ["good"]}), "mood has no such answer"),
    (lambda table: table.pop("calendar"), "business days of no calendar"),
    (lambda table: table["duration"][0].update(least=9), "least is more than most"),
    (lambda table: table["duration"][0].update(unit="moons"), "moons: not known"),
    (
        lambda table: table.update(step=[each for each in table["step"] if each.get("kind") != "submit"]),
        "not_submitted can never be met",
    ),
    (
        lambda table: table.update(question=[*table["question"], {"id": "x", "title": "?", "answer": []}]),
        "x: leads nowhere",
    ),
]


@pytest.mark.parametrize(("spoil", "said"), BROKEN, ids=[said for _spoil, said in BROKEN])
def test_a_mistake_in_a_file_is_found(spoil: Callable[[Table], object], said: str) -> None:
    table = copy.deepcopy(load(resources() / "procedures" / "cancel-jd-baitiao.toml"))
    spoil(table)

    assert any(said in each for each in problems(table)), problems(table)
