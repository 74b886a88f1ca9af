"""The pages of a report on what was worked out: ways to settle, late cost, a procedure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from planner.charts.compare import compare_chart, describe_compare
from planner.charts.late import describe_late, late_chart
from planner.domain.derivation import Derivation, Derived
from planner.domain.late.way import Way, WayKind
from planner.domain.late_figures import made_to_pay, made_unpaid
from planner.domain.money import Money
from planner.domain.offers.compared import Outcome
from planner.domain.offers.figures import made_in_full
from planner.domain.overdue import LateCost
from planner.domain.sourced import Span
from planner.i18n import _, explain, show, source_names, source_words
from planner.reports.blocks import (
    Block,
    Column,
    Row,
    bold,
    bullets,
    cell,
    heading,
    new_page,
    paragraph,
    sources_of,
    table,
)
from planner.reports.checklist import Checklist
from planner.reports.consequences import late_so_far, what_may_follow
from planner.reports.draft import Draft
from planner.reports.source_lines import by_reliability
from planner.services.compare import Comparison
from planner.services.legal_lines import line_words, short_words
from planner.services.minimum_words import all_words
from planner.services.rate_names import RATE_COLUMNS


def ways(draft: Draft, comparison: Comparison) -> list[Block]:
    """Every way to settle an amount: table, chart, and where the terms come from."""
    question = comparison.question
    title = _("Ways to settle {amount}").format(amount=show(question.amount))
    if question.due_on is not None:
        about = _("{what}, due on {date}; compared on {today}")
    else:
        about = _("{what}; compared on {today}")
    about = about.format(
        what=explain(question.label), date=show(question.due_on), today=show(comparison.today)
    )
    rates = RATE_COLUMNS[comparison.convention]
    columns = (
        Column(_("Way"), share=1.7),
        Column(_("In all"), is_number=True, share=1.48),  # amounts of six figures have room
        Column(_("Above the amount"), is_number=True, share=1.33),
        *(Column(_(rate.title), is_number=True, share=2.2 / len(rates)) for rate in rates),
        Column(_("Biggest month"), is_number=True, share=1.39),
        Column(_("Last payment"), is_number=True),
    )
    rows = [_outcome_row(draft, comparison, outcome) for outcome in comparison.outcomes]
    blocks = [heading(title), paragraph(about), table(columns, rows)]
    blocks += draft.chart(partial(compare_chart, comparison), describe_compare(comparison))
    known = [outcome for outcome in comparison.outcomes if outcome.derivation is not None]
    rules = [explain(outcome.derivation.rule) for outcome in known if outcome.derivation is not None]
    blocks += [paragraph(rule, is_quiet=True) for rule in dict.fromkeys(rules)]
    blocks += _notes(comparison)
    disputed = [
        outcome.derivation for outcome in known if outcome.total is not None and not outcome.total.is_single
    ]
    return [*blocks, *_disputed(disputed), *_legal(draft, comparison), *_minimum(draft, comparison)]


def _legal(draft: Draft, comparison: Comparison) -> list[Block]:
    """The legal lines that are drawn, each once: which way stands how to them, the table says."""
    lines = {flag.line: flag for each in comparison.outcomes for flag in comparison.flags_of(each)}
    if not lines:
        return []
    told = []
    for flag in lines.values():
        place = draft.appendix.place(_("Legal line"), flag.limit)
        words = _("{words} Source: {source}").format(
            words=explain(line_words(flag)), source=source_words(flag.source)
        )
        told.append(" ".join(filter(None, (words, place))))
    return [heading(_("Legal lines"), 2), bullets(told)]


def _minimum(draft: Draft, comparison: Comparison) -> list[Block]:
    """What paying only the minimum comes to, in the words of its card."""
    outlook = comparison.minimum
    if outlook is None or outlook.by_rule.amount is None:
        return []
    title = _("If only the minimum is paid")
    words = [draft.told(phrase, title) for phrase in all_words(outlook)]
    return [heading(title, 2), bullets(words)]


def _notes(comparison: Comparison) -> list[Block]:
    """What to know before choosing, each once with the ways it is about."""
    about: dict[str, list[str]] = {}
    for outcome in comparison.outcomes:
        for note in outcome.notes:
            about.setdefault(explain(note), []).append(explain(outcome.offer.label))
    if not about:
        return []
    return [
        bullets(_("{ways}: {note}").format(ways=_listed(ways), note=note) for note, ways in about.items())
    ]


def _listed(names: list[str]) -> str:
    """Several names in a row."""
    listed = names[0]
    for name in names[1:]:
        # i18n: two of several things in a row; only the comma between them may need another form
        listed = _("{first}, {second}").format(first=listed, second=name)
    return listed


def _outcome_row(draft: Draft, comparison: Comparison, outcome: Outcome) -> Row:
    rates = RATE_COLUMNS[comparison.convention]
    name = explain(outcome.offer.label)
    if outcome.not_comparable is not None:
        return (name, cell(explain(outcome.not_comparable), span=4 + len(rates)))
    notes = []
    if outcome.advertised is not None:
        notes.append(_("advertised: {rate} a year").format(rate=show(outcome.advertised)))
    law = short_words([flag for flag in comparison.flags_of(outcome) if flag.is_said])
    if law is not None:
        notes.append(_("legal lines: {standing}").format(standing=explain(law)))
    notes.append(draft.appendix.place(name, made_in_full(outcome)))
    return (
        cell(name, "\n".join(filter(None, notes))),
        bold(show(outcome.total)),
        show(outcome.fees),
        *(show(rate.shown(outcome)) for rate in rates),
        show(outcome.biggest_month),
        show(outcome.last_on),
    )


def late(draft: Draft, cost: LateCost) -> list[Block]:
    """What paying late costs: by the day of paying, and what may happen on the way."""
    items = (
        Column(_("What"), share=1),
        Column(_("Due"), is_number=True),
        Column(_("Still to pay"), is_number=True),
    )
    rows = [(explain(item.label), show(item.due_on), show(item.unpaid)) for item in cost.items]
    unpaid = made_unpaid(cost)
    place = draft.appendix.place(_("What is paid late"), unpaid)
    total = ("", cell(_("Together"), place), cell(show(unpaid)))
    blocks = [heading(_("What paying late costs")), table(items, rows, total)]
    if cost.at is not None:
        scenarios = (
            Column(_("If all is paid on"), share=1),
            Column(_("Late cost"), is_number=True),
            Column(_("To pay in all"), is_number=True),
        )
        days = [
            _scenario(draft, cost, day, derived)
            for day, derived in sorted(cost.scenarios, key=lambda scenario: scenario[0])
            if derived is not None
        ]
        name = _("Late cost on {date}").format(date=show(cost.days[-1].day))
        derivation = cost.at.derivation
        blocks += [
            table(scenarios, days),
            paragraph(draft.appendix.short(name, cost.at), is_quiet=True),
            paragraph(_("An estimate is never a charge: only the lender posts one."), is_quiet=True),
        ]
        if not cost.at.value.is_single:
            blocks += _disputed([derivation])
    blocks += _ways(draft, [way for way in cost.ways if way.kind is not WayKind.WHOLE])
    notes = [explain(phrase) for phrase in (*cost.missing, *cost.assumed)]
    if cost.posted:
        words = _("Penalties already posted, {amount}, are recorded by themselves and not counted again.")
        notes.append(words.format(amount=show(cost.posted)))
    if notes:
        blocks.append(bullets(notes))
    blocks += draft.chart(partial(late_chart, cost), describe_late(cost))
    if cost.milestones:
        columns = (Column(_("Date")), Column(_("What may happen"), share=1))
        marks = [
            (
                show(mark.when) if mark.on is not None else _("differs"),
                cell(explain(mark.text), _("Source: {source}").format(source=source_names(mark.sources))),
            )
            for mark in cost.milestones
        ]
        blocks += [heading(_("What may happen on the way"), 2), table(columns, marks)]
        blocks.append(paragraph(_("Lenders differ: these are usual or legal dates."), is_quiet=True))
    return [*blocks, *late_so_far(cost.counts), *what_may_follow(cost.cards)]


def _ways(draft: Draft, ways: Sequence[Way]) -> list[Block]:
    """The ways out that were asked for: parts, an agreement, the lender asking for everything."""
    if not ways:
        return []
    columns = (
        Column(_("Way"), share=1),
        Column(_("Late cost"), is_number=True),
        Column(_("To pay in all"), is_number=True),
    )
    rows: list[Row] = []
    for way in ways:
        label, total = explain(way.label), way.made_total
        if way.cost is None or total is None:
            rows.append((label, _("Not known"), show(None)))
            continue
        name = _("{way}: {what}")
        cost_name = name.format(way=label, what=_("Late cost"))
        total_name = name.format(way=label, what=_("To pay in all"))
        rows.append(
            (
                label,
                cell(show(way.cost), draft.appendix.place(cost_name, way.cost)),
                cell(show(total), draft.appendix.place(total_name, total)),
            )
        )
    notes = dict.fromkeys(note for way in ways for note in (*way.missing, *way.notes))
    return [heading(_("Ways out, side by side"), 2), table(columns, rows), bullets(map(explain, notes))]


def _scenario(draft: Draft, cost: LateCost, day: date, late_cost: Derived[Span[Money]]) -> Row:
    """What paying on one day costs, and what is to pay in all then."""
    name = _("Late cost on {date}").format(date=show(day))
    to_pay = made_to_pay(cost, late_cost)
    in_all = _("To pay in all on {date}").format(date=show(day))
    return (
        show(day),
        cell(show(late_cost), draft.appendix.place(name, late_cost), is_bold=True),
        cell(show(to_pay), draft.appendix.place(in_all, to_pay)),
    )


def procedure(draft: Draft, checklist: Checklist) -> list[Block]:
    """A checklist with the state of each step."""
    blocks = [new_page(), heading(explain(checklist.title))]
    blocks += [paragraph(explain(words)) for words in checklist.intro]
    if checklist.contacts:
        columns = (Column(_("Whom to reach"), share=1), Column(_("Number")))
        # Where no number is known, the words beside it say how to find one.
        blocks.append(
            table(columns, [(explain(who), number or show(None)) for who, number in checklist.contacts])
        )
    columns = (Column(_("State"), share=1), Column(_("Step"), share=3))
    rows = []
    for number, step in enumerate(checklist.steps, 1):
        title = _("{number}. {title}").format(number=number, title=explain(step.title))
        lines = [explain(step.text), *(draft.told(each) for each in step.blockers)]
        lines += map(explain, step.notes)
        rows.append((explain(step.state), cell(title, "\n".join(lines), is_bold=True)))
    blocks.append(table(columns, rows))
    if checklist.questions:
        blocks.append(heading(_("Questions"), 2))
    for question, answer in checklist.questions:
        blocks += [heading(explain(question), 3), paragraph(explain(answer))]
    if checklist.sources:
        sources = by_reliability(checklist.sources)
        blocks.append(paragraph(_("Source: {source}").format(source=sources), is_quiet=True))
    return blocks


def _disputed(derivations: list[Derivation | None]) -> list[Block]:
    """The sources behind ranges."""
    sources = sources_of(derivations)
    if not sources:
        return []
    words = _("Where the sources disagree, both ends are shown. The sources are:")
    return [paragraph(words, is_quiet=True), bullets(sources)]
