"""One open file and its repositories."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from planner.domain.ids import new_id
from planner.errors import PlannerError
from planner.phrases import N_
from planner.store.accounts import Accounts
from planner.store.backup import back_up, copy_before, copy_to
from planner.store.bills import Adjustments, Bills, Charges
from planner.store.changes import Change, Changes
from planner.store.db import APPLICATION_ID, DB_ERRORS, FILE_ERRORS, Connection, connect, is_no_database
from planner.store.journal import Journal
from planner.store.ledgers import Ledgers
from planner.store.methods import EndedOrders, PaymentMethods
from planner.store.payments import Payments
from planner.store.plans import Plans
from planner.store.purchases import Purchases
from planner.store.settings import Settings

if TYPE_CHECKING:
    from planner.store.agreements import Agreements
    from planner.store.cases import Cases
    from planner.store.cash import CashAccounts, CashFlows, CashRulesOfAll
    from planner.store.evidence_files import EvidenceFiles
    from planner.store.failed_debits import FailedDebits
    from planner.store.handed import HandedEntries
    from planner.store.own_offers import OwnOffers
    from planner.store.payoff import AdoptedPlans, Scenarios
    from planner.store.published import PublishedSheets
    from planner.store.remembered import RememberedTopics

VERSION = 7


class MissingFileError(PlannerError):
    """The chosen file is not there; an empty one in its place would hide that."""

    message = N_("There is no file at {path}. It may have been moved or be on a drive that is not connected.")


class NotOurFileError(PlannerError):
    """The file is not one of ours."""

    message = N_("{path} is not a file of the Repayment Planner.")


class CannotOpenError(PlannerError):
    """The file is there but cannot be read or written."""

    message = N_("{path} could not be opened: {reason}")


class NewerFileError(PlannerError):
    """A change to a file that a newer version has made."""

    message = N_(
        "This file was made by a newer version of the program. It can be read here, but not changed."
    )


class CannotSaveError(PlannerError):
    """The disk refused a change."""

    message = N_("The change could not be saved, and nothing was changed: {reason}")


class Store:
    """One open file and its repositories.

    Attributes:
        path: The file; None for one in memory.
        connection: The open database.
        is_read_only: Whether the file is from a newer version.
    """

    def __init__(self, connection: Connection, path: Path | None, *, is_read_only: bool = False) -> None:
        """Take over an open, up-to-date connection; use ``open``, ``create`` or ``in_memory``."""
        self.connection = connection
        self.path = path
        self.is_read_only = is_read_only
        self._journal: Journal | None = None
        self._changed = False
        self._opened = new_id()
        self.accounts = Accounts(self)
        self.purchases = Purchases(self)
        self.bills = Bills(self)
        self.plans = Plans(self)
        self.charges = Charges(self)
        self.payments = Payments(self)
        self.adjustments = Adjustments(self)
        self.methods = PaymentMethods(self)
        self.ended_orders = EndedOrders(self)
        self.settings = Settings(self)
        self.ledgers = Ledgers(self)

    @cached_property
    def cases(self) -> Cases:
        """The runs of procedures; loaded when first wanted, since many users have none."""
        from planner.store.cases import Cases  # noqa: PLC0415 - see above

        return Cases(self)

    @cached_property
    def agreements(self) -> Agreements:
        """What was agreed with lenders; loaded when first wanted, since many users have none."""
        from planner.store.agreements import Agreements  # noqa: PLC0415 - see above

        return Agreements(self)

    @cached_property
    def published(self) -> PublishedSheets:
        """What the user brought of what is published; loaded when first wanted."""
        from planner.store.published import PublishedSheets  # noqa: PLC0415 - see above

        return PublishedSheets(self)

    @cached_property
    def cash_accounts(self) -> CashAccounts:
        """Where cash lies; loaded when first wanted, since many users have recorded none."""
        from planner.store.cash import CashAccounts  # noqa: PLC0415 - see above

        return CashAccounts(self)

    @cached_property
    def cash_flows(self) -> CashFlows:
        """Incomes and expenses; loaded when first wanted."""
        from planner.store.cash import CashFlows  # noqa: PLC0415 - see above

        return CashFlows(self)

    @cached_property
    def cash_rules(self) -> CashRulesOfAll:
        """What the user wants of the cash of each currency; loaded when first wanted."""
        from planner.store.cash import CashRulesOfAll  # noqa: PLC0415 - see above

        return CashRulesOfAll(self)

    @cached_property
    def adopted_plans(self) -> AdoptedPlans:
        """The plans through all debts that were adopted; loaded when first wanted."""
        from planner.store.payoff import AdoptedPlans  # noqa: PLC0415 - see above

        return AdoptedPlans(self)

    @cached_property
    def scenarios(self) -> Scenarios:
        """The what-ifs that were saved; loaded when first wanted."""
        from planner.store.payoff import Scenarios  # noqa: PLC0415 - see above

        return Scenarios(self)

    @cached_property
    def own_offers(self) -> OwnOffers:
        """The user's own offers for single debts; loaded when first wanted."""
        from planner.store.own_offers import OwnOffers  # noqa: PLC0415 - see above

        return OwnOffers(self)

    @cached_property
    def evidence_files(self) -> EvidenceFiles:
        """The copies of files that cases keep; loaded when first wanted."""
        from planner.store.evidence_files import EvidenceFiles  # noqa: PLC0415 - see above

        return EvidenceFiles(self)

    @cached_property
    def remembered(self) -> RememberedTopics:
        """What was said of what there was to remind of; loaded when first wanted."""
        from planner.store.remembered import RememberedTopics  # noqa: PLC0415 - see above

        return RememberedTopics(self)

    @cached_property
    def handed(self) -> HandedEntries:
        """What was handed over to calendar programs; loaded when first wanted."""
        from planner.store.handed import HandedEntries  # noqa: PLC0415 - see above

        return HandedEntries(self)

    @property
    def has_cash(self) -> bool:
        """Whether a cash account, or what the user wants of the cash, was ever recorded."""
        sql = "SELECT 1 FROM cash_accounts UNION ALL SELECT 1 FROM cash_rules LIMIT 1"
        return self.connection.execute(sql).fetchone() is not None

    @property
    def has_adopted_plan(self) -> bool:
        """Whether a plan through all debts is followed."""
        sql = "SELECT 1 FROM adopted_plans WHERE ended_on IS NULL LIMIT 1"
        return self.connection.execute(sql).fetchone() is not None

    @property
    def has_agreements(self) -> bool:
        """Whether anything was agreed with a lender."""
        return self.connection.execute("SELECT 1 FROM agreements LIMIT 1").fetchone() is not None

    @cached_property
    def failed_debits(self) -> FailedDebits:
        """The automatic debits that failed; loaded when first wanted."""
        from planner.store.failed_debits import FailedDebits  # noqa: PLC0415 - see above

        return FailedDebits(self)

    @property
    def has_failed_debits(self) -> bool:
        """Whether an automatic debit was ever noted as failed."""
        return self.connection.execute("SELECT 1 FROM failed_debits LIMIT 1").fetchone() is not None

    @property
    def has_cases(self) -> bool:
        """Whether a procedure was ever begun."""
        return self.connection.execute("SELECT 1 FROM cases LIMIT 1").fetchone() is not None

    @classmethod
    def create(cls, path: Path) -> Self:
        """Create a file, or open it if it is there already.

        Raises:
            CannotOpenError: It cannot be written there.
        """
        with _opening(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            connection = connect(path)
        with _opening(path, connection):
            if _is_fresh(connection):
                return cls._prepared(connection, path, version=0)
        connection.close()
        return cls.open(path)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open an existing file.

        Raises:
            MissingFileError: It is not there.
            NotOurFileError: It is something else.
            CannotOpenError: It cannot be read or written.
        """
        if not path.is_file():
            raise MissingFileError(path=str(path))
        with _opening(path):
            connection = connect(path)
        with _opening(path, connection):
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if not _is_ours(connection):
                raise NotOurFileError(path=str(path))
            if version <= VERSION:
                return cls._prepared(connection, path, version)
            connection.close()
            return cls(connect(path, read_only=True), path, is_read_only=True)

    @classmethod
    def in_memory(cls) -> Self:
        """Open an empty store that vanishes when it is closed; for tests and dry runs."""
        return cls._prepared(connect(None), None, version=0)

    @classmethod
    def _prepared(cls, connection: Connection, path: Path | None, version: int) -> Self:
        # FULL: a saved change survives a power cut, not only a crash of the program.
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        if version < VERSION:
            from planner.store.migrations import apply  # noqa: PLC0415 - loads sqlite-utils, 150 ms

            if version and path is not None:
                copy_before(connection, path, VERSION)
            connection.execute("PRAGMA foreign_keys = OFF")
            apply(connection)
            if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
                raise CannotOpenError(path=str(path), reason="foreign_key_check")
        connection.execute("PRAGMA foreign_keys = ON")
        return cls(connection, path)

    @property
    def state(self) -> tuple[str, int, int]:
        """A mark that is another one whenever the file may hold something else, whoever wrote to it."""
        # data_version counts what other programs wrote, total_changes what we did.
        theirs: int = self.connection.execute("PRAGMA data_version").fetchone()[0]
        return self._opened, theirs, self.connection.total_changes

    @property
    def journal(self) -> Journal:
        """The journal of the transaction under way.

        Raises:
            RuntimeError: There is none; writing happens inside ``transaction``.
        """
        if self._journal is None:
            msg = "a write outside a transaction"
            raise RuntimeError(msg)
        return self._journal

    @contextmanager
    def transaction(self) -> Iterator[Journal]:
        """Run one wish of the user: all of it is saved, or nothing.

        Raises:
            NewerFileError: The file is read-only here.
            CannotSaveError: The disk refused.
        """
        if self.is_read_only:
            raise NewerFileError
        if self._journal is not None:
            msg = "a transaction inside a transaction"
            raise RuntimeError(msg)
        try:
            self.connection.execute("BEGIN IMMEDIATE")
            self._journal = Journal(self.connection)
            try:
                yield self._journal
                self.ledgers.drop_stale(self._journal)
                self._journal.check()
                self.connection.execute("COMMIT")
                self._changed = self._changed or bool(self._journal.changes)
            finally:
                self._journal = None
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
        except DB_ERRORS as error:
            raise CannotSaveError(reason=str(error)) from error

    def apply(self, changes: Sequence[Change]) -> Changes:
        """Repeat recorded changes in a transaction of their own: undo and redo.

        Raises:
            StaleStepError: A row is not what it was before the change.
        """
        with self.transaction() as journal:
            journal.apply(changes)
        return journal.changes

    def save_copy(self, target: Path) -> None:
        """Write a checked copy wherever the user wants one."""
        copy_to(self.connection, target)

    def close(self, now: datetime | None = None) -> None:
        """Fold everything into the one file and close it, after a checked copy if anything changed.

        Raises:
            PlannerError: The copy could not be made; the store is closed all the same.
        """
        try:
            if now is not None and self._changed and self.path is not None and not self.is_read_only:
                back_up(self.connection, self.path, now)
        finally:
            # What a full disk keeps out of the file is safe beside it, and is folded in next time.
            with suppress(*DB_ERRORS):
                if not self.is_read_only:
                    self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self.connection.close()


@contextmanager
def _opening(path: Path, connection: Connection | None = None) -> Iterator[None]:
    """Say why a file cannot be opened, and leave no connection behind."""
    try:
        yield
    except BaseException as error:
        if connection is not None:
            connection.close()
        if is_no_database(error):
            raise NotOurFileError(path=str(path)) from error
        if isinstance(error, FILE_ERRORS):
            raise CannotOpenError(path=str(path), reason=str(error)) from error
        raise


def _is_ours(connection: Connection) -> bool:
    return bool(connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID)


def _is_fresh(connection: Connection) -> bool:
    """Whether a file is new, or one whose creation was interrupted before its first table was kept."""
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    tables = "SELECT 1 FROM sqlite_master WHERE name NOT LIKE '%sqlite_%'"
    return not version and not _is_ours(connection) and connection.execute(tables).fetchone() is None
