"""The open file, the history of what was done to it, and the signals that keep pages true."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from PySide6.QtCore import QLockFile, QObject, QTimer, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from planner import i18n
from planner.compat import override
from planner.errors import PlannerError
from planner.store.changes import Changes, inverse, tables_of
from planner.store.db import DB_ERRORS
from planner.store.store import CannotOpenError, Store

if TYPE_CHECKING:
    from planner.phrases import Phrase

P = ParamSpec("P")
R = TypeVar("R")

# What `changed` carries when everything may be different: another file, another day.
EVERYTHING = frozenset({"*"})

# The setting that tells the example from a file of the user's own.
EXAMPLE = "example"

_DAY_CHECK_MS = 30_000


def open_store(path: Path) -> Store:
    """Open an existing file, and make sure that at least its settings can be read.

    Raises:
        PlannerError: It is missing, not one of ours, or cannot be read.
    """
    store = Store.open(path)
    try:
        store.settings.all()
    except DB_ERRORS as error:
        store.connection.close()
        raise CannotOpenError(path=str(path), reason=str(error)) from error
    return store


class Session(QObject):
    """What every page shares.

    Attributes:
        history: What can be undone.
        results: What a place worked out last, for the report to show the same: ``comparison`` holds a
            Comparison, ``late`` a LateCost.
        may_share: Asks whether to open a file here that another window has open.
        import_folder: Where the last statement lay; None before the first.

    Signals:
        changed: The names of the tables whose rows changed.
        refused: A sentence for the user: a wish could not be granted.
        done: A msgid: a wish was granted; the window offers to undo it.
        undone: A msgid: a wish was taken back.
        redone: A msgid: what was taken back was granted again.
        opened: Another file is open.
    """

    changed = Signal(frozenset)
    refused = Signal(str)
    done = Signal(str)
    undone = Signal(str)
    redone = Signal(str)
    opened = Signal()

    def __init__(self, store: Store | None = None, today: date | None = None) -> None:
        """Start with an open store, or without one until ``open`` is called.

        Args:
            store: The open store.
            today: A fixed day for tests and ``--today``; None follows the clock.
        """
        super().__init__()
        self._store = store
        self._choices: dict[str, str] = {}  # made before there is a file
        self._fixed_today = today
        self.history = QUndoStack(self)
        self.results: dict[str, object] = {}
        self.may_share: Callable[[Store], bool] = lambda _store: True
        self.import_folder: Path | None = None
        self._lock: QLockFile | None = None
        self._next_lock: QLockFile | None = None  # of a file that is about to be adopted
        self._seen_day = self.today
        # A timer also runs late after the computer wakes up, which is when the day has changed.
        self._day_timer = QTimer(self, interval=_DAY_CHECK_MS)
        self._day_timer.timeout.connect(self.check_day)
        self._day_timer.start()

    @property
    def store(self) -> Store:
        """The open store.

        Raises:
            RuntimeError: Nothing is open yet; only the first-run page is shown then.
        """
        if self._store is None:
            msg = "no file is open"
            raise RuntimeError(msg)
        return self._store

    @property
    def has_store(self) -> bool:
        """Whether a file is open."""
        return self._store is not None

    def has(self, store: Store) -> bool:
        """Whether that file is still the open one."""
        return self._store is store

    @property
    def is_example(self) -> bool:
        """Whether the open file is the example."""
        return self.choice(EXAMPLE) == "1"

    @property
    def today(self) -> date:
        """The local day; the one place where the program asks for it."""
        return self._fixed_today or date.today()  # noqa: DTZ011 - the user's local day is what is meant

    @property
    def now(self) -> datetime:
        """The local time, for the names of copies."""
        return datetime.now()  # noqa: DTZ005 - the user's local time is what is meant

    def check_day(self) -> None:
        """Redraw every page if the day has changed: at midnight, or after sleep."""
        if self.today != self._seen_day:
            self._seen_day = self.today
            self.changed.emit(EVERYTHING)

    def do(
        self, title: str, service: Callable[Concatenate[Store, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R | None:
        """Grant a wish: run a service in a transaction, remember how to undo it, tell the pages.

        Args:
            title: The wish's name as a msgid, for Edit > Undo.
            service: Takes the store first.
            *args: Further arguments of the service.
            **kwargs: Further arguments of the service.

        Returns:
            What the service returns; None if it was refused, in which case ``refused`` said why.
        """
        before = self.history.index()
        result = self.do_quietly(title, service, *args, **kwargs)
        if self.history.index() != before:
            self.done.emit(title)
        return result

    def do_quietly(
        self, title: str, service: Callable[Concatenate[Store, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R | None:
        """The same without a word when it is granted, for what is seen at once: a tick, a note.

        Args:
            title: The wish's name as a msgid, for Edit > Undo.
            service: Takes the store first.
            *args: Further arguments of the service.
            **kwargs: Further arguments of the service.

        Returns:
            What the service returns; None if it was refused, in which case ``refused`` said why.
        """
        try:
            with self.store.transaction() as journal:
                result = service(self.store, *args, **kwargs)
        except PlannerError as error:
            self.refused.emit(i18n.explain(error))
            return None
        if journal.changes:
            self.history.push(_Step(self, title, journal.changes))
            self.changed.emit(tables_of(journal.changes))
        return result

    def choices(self) -> dict[str, str]:
        """Every choice of the user; before there is a file, those that will go into it."""
        return self._store.settings.all() if self._store is not None else dict(self._choices)

    def choice(self, name: str, default: str = "") -> str:
        """A choice of the user, or the default where none was made."""
        if self._store is not None:
            return self._store.settings.get(name, default)
        return self._choices.get(name, default)

    def set(self, name: str, value: str) -> None:
        """Keep a choice of the user, without a step in the history.

        In a file that can only be read it holds until the file is closed: the size of the text is
        no change to what is recorded.
        """
        if name in self.choices() and self.choice(name) == value:
            return
        if self._store is None:
            self._choices[name] = value
        elif self._store.is_read_only:
            self._store.settings.put_for_now(name, value)
        else:
            try:
                with self._store.transaction():
                    self._store.settings.put(name, value)
            except PlannerError as error:
                self.refused.emit(i18n.explain(error))
                return
        self.changed.emit(frozenset({"settings"}))

    def apply(self, changes: Changes) -> bool:
        """Undo or redo recorded changes; False if that was refused."""
        try:
            self.store.apply(changes)
        except PlannerError as error:
            self.refused.emit(i18n.explain(error))
            return False
        self.changed.emit(tables_of(changes))
        return True

    def reserve(self, store: Store) -> bool:
        """Mark a file as open in this window before it is adopted; False if it is to be left to another.

        Two windows on one file are safe, because every act checks the rows it changes and is refused
        where another window was first. But one would not see what the other records, so it is asked.
        """
        lock = _lock_of(store)
        if lock is not None and not _is_taken(lock):
            held = lock.error() is QLockFile.LockError.LockFailedError
            if held and store.path is not None and not self.may_share(store):
                return False
            lock = None
        self._next_lock = lock
        return True

    def adopt(self, store: Store) -> None:
        """Take an open file in place of this one, which is closed after a checked copy."""
        lock, self._next_lock = self._next_lock, None
        problem = self.close()
        self._store, self._lock = store, lock
        self._choices.clear()
        self.history.clear()
        self.results.clear()
        self.opened.emit()
        self.changed.emit(EVERYTHING)
        if problem is not None:
            self.refused.emit(i18n.explain(problem))

    def open(self, path: Path, *, create: bool = False) -> bool:
        """Open another file in place of this one; False if that was refused.

        Args:
            path: The file.
            create: Whether to make it if it is not there. It then speaks the language of the moment.
        """
        if self._store is not None and self._store.path is not None and _is_same(path, self._store.path):
            return True
        try:
            store = self._created(path) if create and not path.exists() else open_store(path)
        except PlannerError as error:
            self.refused.emit(i18n.explain(error))
            return False
        if not self.reserve(store):
            store.close()
            return False
        self.adopt(store)
        return True

    def _created(self, path: Path) -> Store:
        """A new file, with what was chosen before there was one."""
        store = Store.create(path)
        with store.transaction():
            for name, value in {"language": i18n.language(), **self._choices}.items():
                store.settings.put(name, value)
        return store

    def close(self) -> Phrase | None:
        """Close the file after a checked copy; say what went wrong with the copy, if anything did.

        The example is closed without one: what is invented can be written again.
        """
        if self._store is None:
            return None
        is_copied = not self.is_example
        store, self._store = self._store, None
        self.history.clear()
        try:
            store.close(self.now if is_copied else None)
        except PlannerError as error:
            return error.phrase
        finally:
            if self._lock is not None:
                self._lock.unlock()
                self._lock = None
        return None


def _lock_of(store: Store) -> QLockFile | None:
    """The mark beside a file that a window has it open; None where none is needed.

    A file that can only be read can be read twice, and every window writes an example of its own.
    """
    if store.path is None or store.is_read_only or store.settings.get(EXAMPLE) == "1":
        return None
    path = store.path.resolve()
    lock = QLockFile(str(path.with_name(f"{path.name}.lock")))
    lock.setStaleLockTime(0)  # a window may be open for days
    return lock


def _is_taken(lock: QLockFile) -> bool:
    """Take a lock, also over from a window that ended without giving it back.

    Qt knows such a lock by its process, whose number another may have by now. What is still held can
    not be removed; so removing is also the better question.
    """
    if lock.tryLock(0):
        return True
    is_held = lock.error() is QLockFile.LockError.LockFailedError
    return is_held and lock.removeStaleLockFile() and lock.tryLock(0)


def _is_same(path: Path, other: Path) -> bool:
    return path.resolve() == other.resolve()


class _Step(QUndoCommand):
    """One wish that was granted. Its text stays a msgid, which the Edit menu translates when drawn."""

    def __init__(self, session: Session, title: str, changes: Changes) -> None:
        super().__init__(title)
        self._session = session
        self._changes = changes
        self._is_new = True

    @override
    def redo(self) -> None:
        if self._is_new:  # QUndoStack.push calls this; the service has already run
            self._is_new = False
        elif self._session.apply(self._changes):
            self._session.redone.emit(self.text())
        else:
            self.setObsolete(True)

    @override
    def undo(self) -> None:
        if self._session.apply(inverse(self._changes)):
            self._session.undone.emit(self.text())
        else:
            self.setObsolete(True)
