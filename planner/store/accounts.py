"""Accounts with their terms, services, states and contacts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import ClassVar

from planner.compat import override
from planner.domain.account import Account, Contact, DatedState, LinkedService, State
from planner.domain.dates import Cycle, DaysAfter, DueRule, FixedDay, Mode, Shift
from planner.domain.sourced import Origin, Reliability, Source
from planner.domain.term import Term
from planner.domain.terms import TermClaim, Terms
from planner.store.changes import RowValues
from planner.store.columns import day_of, day_text, days_in, days_text, minor_of, money_of
from planner.store.db import Row
from planner.store.repository import Children, Repository


class Accounts(Repository[Account]):
    """The user's credit lines, oldest first."""

    table = "accounts"
    parts: ClassVar[Mapping[str, str]] = {
        "account_terms": "account_id",
        "linked_services": "account_id",
        "account_states": "account_id",
        "contacts": "account_id",
    }

    @staticmethod
    @override
    def to_row(value: Account) -> RowValues:
        due = value.cycle.due
        return {
            "id": value.id,
            "name": value.name,
            "lender": value.lender,
            "currency": value.currency,
            "product": value.product,
            "limit_minor": minor_of(value.limit),
            "mode": value.cycle.mode.value,
            "statement_day": value.cycle.statement_day,
            "due_day": due.day if isinstance(due, FixedDay) else None,
            "due_days_after": due.days if isinstance(due, DaysAfter) else None,
            "closes_after": int(value.cycle.closes_after),
            "shift": value.cycle.shift.value,
            "automatic": int(value.automatic),
            "note": value.note,
            "country": value.country,
            "cash_account_id": value.cash_account_id,
            "lead_days": days_text(value.lead_days) if value.lead_days is not None else None,
        }

    @override
    def part_rows(self, value: Account) -> Mapping[str, Sequence[RowValues]]:
        return {
            "account_terms": [
                {
                    "id": f"{value.id}/{index}",
                    "term": claim.term.value,
                    "about": claim.about,
                    "value": claim.text,
                    "source": claim.source.name,
                    "checked_on": day_text(claim.source.checked),
                    "reliability": claim.source.reliability.value,
                    "origin": claim.source.origin.value,
                }
                for index, claim in enumerate(value.terms.claims)
            ],
            "linked_services": [
                {"id": service.id, "name": service.name, "unlinked_on": day_text(service.unlinked_on)}
                for service in value.services
            ],
            "account_states": [
                {
                    "id": f"{value.id}/{index}",
                    "state": dated.state.value,
                    "since": day_text(dated.since),
                    "until": day_text(dated.until),
                    "note": dated.note,
                }
                for index, dated in enumerate(value.states)
            ],
            "contacts": [
                {
                    "id": f"{value.id}/{index}",
                    "label": contact.label,
                    "number": contact.number,
                    "source": contact.source,
                }
                for index, contact in enumerate(value.contacts)
            ],
        }

    @staticmethod
    @override
    def from_row(row: Row, parts: Children) -> Account:
        due: DueRule | None = None
        if row["due_day"] is not None:
            due = FixedDay(row["due_day"])
        elif row["due_days_after"] is not None:
            due = DaysAfter(row["due_days_after"])
        return Account(
            id=row["id"],
            name=row["name"],
            lender=row["lender"],
            currency=row["currency"],
            product=row["product"],
            limit=money_of(row["limit_minor"], row["currency"]),
            cycle=Cycle(
                Mode(row["mode"]), row["statement_day"], due, bool(row["closes_after"]), Shift(row["shift"])
            ),
            automatic=bool(row["automatic"]),
            note=row["note"],
            country=row["country"],
            cash_account_id=row["cash_account_id"],
            lead_days=days_in(row["lead_days"]) if row["lead_days"] is not None else None,
            terms=Terms(tuple(_claim(term) for term in parts["account_terms"])),
            services=tuple(
                LinkedService(service["name"], day_of(service["unlinked_on"]), service["id"])
                for service in parts["linked_services"]
            ),
            states=tuple(
                DatedState(
                    State(state["state"]),
                    date.fromisoformat(state["since"]),
                    day_of(state["until"]),
                    state["note"],
                )
                for state in parts["account_states"]
            ),
            contacts=tuple(
                Contact(contact["label"], contact["number"], contact["source"])
                for contact in parts["contacts"]
            ),
        )


def _claim(row: Row) -> TermClaim:
    source = Source(
        row["source"], day_of(row["checked_on"]), Reliability(row["reliability"]), Origin(row["origin"])
    )
    return TermClaim(Term(row["term"]), row["about"], row["value"], source)
