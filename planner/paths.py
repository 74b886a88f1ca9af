"""Where the bundled folders and the user's own files lie."""

from __future__ import annotations

from pathlib import Path

APP = "repayment-planner"

_package = Path(__file__).resolve().parent


def _bundled(name: str) -> Path:
    """A folder beside the package in a checkout, inside it once installed."""
    inside = _package / f"_{name}"
    return inside if inside.is_dir() else _package.parent / name


def resources() -> Path:
    """The folder of products, procedures, calendars, icons and fonts."""
    return _bundled("resources")


def translations() -> Path:
    """The folder of the message catalogues."""
    return _bundled("translations")


def data_dir() -> Path:
    """The user's folder for the store and its copies; it may not exist yet."""
    import platformdirs  # noqa: PLC0415 - a few ms that a start with --store does not need

    return Path(platformdirs.user_data_dir(APP, appauthor=False))


def cache_dir() -> Path:
    """The user's folder for what can be made again, such as font caches."""
    import platformdirs  # noqa: PLC0415 - see data_dir

    return Path(platformdirs.user_cache_dir(APP, appauthor=False))


def default_store() -> Path:
    """The user's own file."""
    return data_dir() / "repayments.db"


def example_store() -> Path:
    """The file of the example, apart from the user's own."""
    return data_dir() / "example.db"
