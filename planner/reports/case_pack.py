"""A case on one or two pages: facts, steps, documents, contacts, what was agreed, and the letter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from enum import IntEnum

from planner import i18n
from planner.domain.procedures.case import DocumentState, LogEntry
from planner.domain.procedures.contacts import CHANNEL_WORDS, PROMISE_WORDS, PromiseState, promise_state
from planner.domain.procedures.kinds import StepKind
from planner.i18n import _, explain, show
from planner.reports.blocks import Block, bullets, heading, new_page, paragraph
from planner.reports.checklist import Checklist, ChecklistStep, checklist_of
from planner.reports.document import PREVAIL, made_document
from planner.reports.source_lines import each_once
from planner.reports.typeset import Document, typeset
from planner.services.cases.facts import Fact
from planner.services.cases.pack import CasePack
from planner.services.cases.words import warnings_of

MOST_PAGES = 2

_PAGE = re.compile(rb"/Type\s*/Page\b")


class Detail(IntEnum):
    """How much is told, so that it stays within two pages; what is left out stands in the program."""

    ALL = 0
    NO_SOURCES = 1
    SHORT_WARNINGS = 2
    NEXT_STEPS = 3
    FEW_STEPS = 4
    TITLES = 5


# Of how many steps that are still open the text is told.
_TOLD = {Detail.NEXT_STEPS: 6, Detail.FEW_STEPS: 2, Detail.TITLES: 0}
# How many contacts are told then.
_NEWEST = 5


def case_pdf(pack: CasePack, language: str, number_format: str = "") -> bytes:
    """A case as a PDF of at most two pages, as far as the user's own words let it.

    The same case in the same language gives the same bytes.

    Args:
        pack: What is told.
        language: ``zh``, ``en`` or ``fr``.
        number_format: How numbers and dates are written; empty for the language's usual way.
    """
    made = b""
    for detail in Detail:
        made = typeset(written_case(pack, language, number_format, detail))
        if pages_of(made) <= MOST_PAGES:
            break
    return made


def pages_of(pdf: bytes) -> int:
    """How many pages a PDF has that was made here."""
    return len(_PAGE.findall(pdf))


def written_case(
    pack: CasePack, in_language: str, number_format: str = "", detail: Detail = Detail.ALL
) -> Document:
    """Put a case into words.

    It speaks the reader's language while it runs, so only the thread of the windows may call it.

    Args:
        pack: What is told.
        in_language: ``zh``, ``en`` or ``fr``.
        number_format: How numbers and dates are written; empty for the language's usual way.
        detail: How much is told.
    """
    with i18n.speaking(in_language, number_format):
        view = pack.view
        checklist = checklist_of(view)
        about = _("{account}, started on {start}. Steps as of {date}.").format(
            account=view.account.name, start=show(view.case.started_on), date=show(view.procedure.checked)
        )
        columns = list(_columns(pack, checklist, detail))
        blocks = [*_top(pack), {"kind": "columns", "blocks": columns}, *_letter(pack)]
        return made_document(explain(checklist.title), about, blocks, view.today, is_dense=True)


def _top(pack: CasePack) -> Iterator[Block]:
    """What stands above the columns: what is to be kept in mind, and what the record says."""
    view = pack.view
    for words in (view.banner, view.window):
        if words is not None:
            yield paragraph(explain(words))
    if pack.facts:
        yield {"kind": "facts", "items": [_fact(fact) for fact in pack.facts]}


def _fact(fact: Fact) -> Block:
    return {
        "label": _("{name}:").format(name=explain(fact.label)),
        "value": show(fact.value),
        "note": " ".join(map(explain, fact.notes)),
    }


def _columns(pack: CasePack, checklist: Checklist, detail: Detail) -> Iterator[Block]:
    view = pack.view
    yield paragraph(_("Goal: {goal}").format(goal=_(view.procedure.goal)))
    yield from _steps(pack, checklist, detail)
    yield from _agreement(pack)
    yield from _documents(pack)
    yield from _log(pack, detail)
    yield from _others(pack, checklist, detail)
    if detail is Detail.ALL and checklist.sources:
        yield heading(_("Sources"))
        yield bullets(each_once(checklist.sources))
    yield paragraph(_(PREVAIL), is_quiet=True)


def _steps(pack: CasePack, checklist: Checklist, detail: Detail) -> Iterator[Block]:
    yield heading(_("Steps"))
    open_so_far = 0
    for number, (step, shown) in enumerate(zip(checklist.steps, pack.view.steps, strict=True), 1):
        # The documents have a part of their own below.
        is_listed = shown.step.kind is StepKind.DOCUMENTS and bool(pack.documents)
        if step.part is not None:
            yield heading(explain(step.part), 2)
        open_so_far += not step.is_settled
        is_told = open_so_far <= _TOLD.get(detail, open_so_far)
        yield {
            "kind": "step",
            "title": _("{number}. {title}").format(number=number, title=explain(step.title)),
            "state": explain(step.state),
            "done": step.is_settled and not step.blockers,
            "lines": list(_lines(replace(step, blockers=()) if is_listed else step, is_told=is_told)),
        }


def _lines(step: ChecklistStep, *, is_told: bool) -> Iterator[str]:
    text = explain(step.text)
    if is_told and text and not step.is_settled:
        yield text
    yield from map(explain, step.blockers)
    yield from map(explain, step.notes)


def _agreement(pack: CasePack) -> Iterator[Block]:
    found = pack.view.agreement
    if found is None:
        return
    yield heading(_("What was agreed"))
    yield paragraph(explain(found.summary))
    yield paragraph(explain(found.course))


def _documents(pack: CasePack) -> Iterator[Block]:
    if not pack.documents:
        return
    yield heading(_("Documents"))
    words = {
        DocumentState.AT_HAND: _("at hand"),
        DocumentState.NOT_ASKED: _("not asked for"),
        None: _("still to be found"),
    }
    for line in pack.documents:
        yield {
            "kind": "step",
            "title": _(line.document.title),
            "state": words[line.state],
            "done": line.state is not None,
            "lines": [],
        }


def _log(pack: CasePack, detail: Detail) -> Iterator[Block]:
    if not pack.log:
        return
    yield heading(_("Contacts with the lender"))
    told = pack.log if detail < Detail.NEXT_STEPS else pack.log[:_NEWEST]
    yield bullets([_contact(pack, entry) for entry in told], is_quiet=False)
    left = len(pack.log) - len(told)
    if left:
        words = i18n.ngettext(
            "{count} earlier contact is in the program.", "{count} earlier contacts are in the program.", left
        )
        yield paragraph(words.format(count=left), is_quiet=True)


def _contact(pack: CasePack, entry: LogEntry) -> str:
    day = show(entry.on) if entry.at is None else f"{show(entry.on)} {entry.at:%H:%M}"
    parts = [day, explain(CHANNEL_WORDS[entry.channel]), entry.person, entry.said]
    state = promise_state(entry, pack.view.today)
    if state is not PromiseState.NONE:
        kept = explain(PROMISE_WORDS[state])
        parts.append(_("Promised: {promise} ({state})").format(promise=entry.promise, state=kept))
    if entry.next_on is not None:
        parts.append(_("Next day: {date}").format(date=show(entry.next_on)))
    return i18n.joined(part for part in parts if part)


def _others(pack: CasePack, checklist: Checklist, detail: Detail) -> Iterator[Block]:
    """Notes, files, whom to reach, and what to know before."""
    view = pack.view
    if view.case.note:
        yield heading(_("Your note"))
        yield paragraph(view.case.note)
    if pack.evidence:
        yield heading(_("Files that prove something"))
        yield paragraph(i18n.joined(each.name for each in pack.evidence))
    if checklist.contacts:
        yield heading(_("Whom to reach"))
        yield bullets(
            [
                _("{name}: {value}").format(name=explain(who), value=number or show(None))
                for who, number in checklist.contacts
            ],
            is_quiet=False,
        )
    warnings = warnings_of(view)
    if warnings:
        yield heading(_("What to know before"))
        is_told = detail < Detail.SHORT_WARNINGS
        yield bullets(
            [
                _("{what}: {more}").format(what=_(note.title), more=_(note.text))
                if is_told
                else _(note.title)
                for note in warnings
            ],
            is_quiet=False,
        )


def _letter(pack: CasePack) -> Iterator[Block]:
    """The letter on a page of its own, as wide as a letter is: it is torn off and sent."""
    if pack.letter is None:
        return
    from planner.reports.hardship_document import letter_blocks  # noqa: PLC0415 - only for who has a letter

    own_format = i18n.number_format() if pack.letter_language in {"", i18n.language()} else ""
    with i18n.speaking(pack.letter_language or i18n.language(), own_format):
        blocks = [heading(explain(pack.letter.title)), *letter_blocks(pack.letter)]
    yield new_page()
    yield from blocks
