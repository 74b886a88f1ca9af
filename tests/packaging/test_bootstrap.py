"""The set-up: what it does again, what it asks of the system, and how it says so."""

import ast
from collections.abc import Callable
from pathlib import Path

import pytest

import bootstrap
from bootstrap import LIBRARIES, Library

EGL = Library("libEGL.so.1", "libegl1")
GLIB = Library("libglib-2.0.so.0", "libglib2.0-0")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A checkout with the files that the set-up looks at."""
    files = {
        "packaging/lock.txt": "babel==1",
        "packaging/lock-dev.txt": "babel==1 pytest==1",
        "packaging/hatch_build.py": "",
        "planner/__init__.py": "",
        "pyproject.toml": "",
        "translations/fr/LC_MESSAGES/planner.po": "",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def stale_after_editing(root: Path, name: str) -> list[str]:
    done = bootstrap.fingerprints(root, "dev")
    (root / name).write_text("edited", encoding="utf-8")
    return bootstrap.stale_steps(done, bootstrap.fingerprints(root, "dev"))


def test_nothing_is_done_twice(root: Path) -> None:
    done = bootstrap.fingerprints(root, "dev")

    assert bootstrap.stale_steps(done, bootstrap.fingerprints(root, "dev")) == []


def test_without_a_stamp_everything_is_done_and_the_environment_before_what_goes_into_it(root: Path) -> None:
    steps = bootstrap.stale_steps({}, bootstrap.fingerprints(root, "run"))

    assert steps[-3:] == ["environment", "project", "translations"]


def test_an_edited_translation_is_only_compiled(root: Path) -> None:
    assert stale_after_editing(root, "translations/fr/LC_MESSAGES/planner.po") == ["translations"]


def test_a_new_language_is_only_compiled(root: Path) -> None:
    (root / "translations/zh/LC_MESSAGES").mkdir(parents=True)

    assert stale_after_editing(root, "translations/zh/LC_MESSAGES/planner.po") == ["translations"]


def test_an_edited_pyproject_keeps_the_environment(root: Path) -> None:
    assert stale_after_editing(root, "pyproject.toml") == ["project"]


def test_a_new_environment_needs_the_project_again(root: Path) -> None:
    steps = stale_after_editing(root, "packaging/lock-dev.txt")

    assert steps == ["environment", "project", "translations"]


def test_an_environment_does_not_move_with_its_checkout(root: Path) -> None:
    done = bootstrap.fingerprints(root, "run")
    moved = root.with_name("moved")
    root.rename(moved)

    assert "environment" in bootstrap.stale_steps(done, bootstrap.fingerprints(moved, "run"))


@pytest.mark.parametrize(
    ("command", "installed", "kind"),
    [
        ("run", "", "run"),
        ("test", "", "dev"),
        ("lint", "run 0123", "dev"),
        ("run", "run 0123", "run"),
        ("run", "dev 0123", "dev"),
    ],
)
def test_running_the_program_never_takes_the_tools_away(command: str, installed: str, kind: str) -> None:
    assert bootstrap.environment_kind(command, {"environment": installed}) == kind


def test_a_stamp_reads_as_it_was_written(tmp_path: Path) -> None:
    steps = {"libraries": "01", "environment": "run 23"}
    bootstrap.write_stamp(tmp_path / "stamp.txt", steps)

    assert bootstrap.read_stamp(tmp_path / "stamp.txt") == steps
    assert [path.name for path in tmp_path.iterdir()] == ["stamp.txt"]


def test_a_missing_or_broken_stamp_says_that_nothing_is_done(tmp_path: Path) -> None:
    broken = tmp_path / "stamp.txt"
    broken.write_bytes(b"\xff\xfe\x00")

    assert bootstrap.read_stamp(tmp_path / "none.txt") == {}
    assert bootstrap.read_stamp(broken) == {}


def test_the_libraries_that_do_not_load_are_missing() -> None:
    missing = bootstrap.missing_libraries(lambda soname: soname != "libxcb-shape.so.0")

    assert [library.package for library in missing] == ["libxcb-shape0"]


def test_a_system_with_every_library_misses_none() -> None:
    assert bootstrap.missing_libraries(lambda _: True) == []


def test_packages_are_called_as_in_the_release_of_debian() -> None:
    renamed = {"libglib2.0-0t64"}

    assert bootstrap.debian_packages([EGL, GLIB], renamed.__contains__) == ["libegl1", "libglib2.0-0t64"]
    assert bootstrap.debian_packages([EGL, GLIB], lambda _: False) == ["libegl1", "libglib2.0-0"]


def test_debian_is_told_the_exact_command() -> None:
    message = bootstrap.libraries_message([EGL, GLIB], lambda _: False)

    assert message.endswith("sudo apt-get install libegl1 libglib2.0-0")
    assert "\n" not in message


def test_other_systems_are_told_the_names_of_the_libraries() -> None:
    message = bootstrap.libraries_message([EGL, GLIB], None)

    assert message.endswith("libEGL.so.1, libglib-2.0.so.0")
    assert "apt-get" not in message


@pytest.mark.parametrize(
    ("may_install", "command", "refused"),
    [(False, "run", True), (False, "test", False), (True, "run", False)],
)
def test_only_a_window_needs_the_libraries_of_windows(
    monkeypatch: pytest.MonkeyPatch, command: str, *, may_install: bool, refused: bool
) -> None:
    present = {library.soname for library in LIBRARIES if not library.windows_only}
    installed: list[str] = []

    def install(packages: Callable[[], list[str]]) -> None:
        installed.extend(packages())
        present.update(library.soname for library in LIBRARIES)

    monkeypatch.setattr(bootstrap, "_can_load", present.__contains__)
    monkeypatch.setattr(bootstrap, "_may_install", lambda: may_install)
    monkeypatch.setattr(bootstrap, "_has_apt_get", lambda: False)
    monkeypatch.setattr(bootstrap, "_apt_knows", lambda _: False)
    monkeypatch.setattr(bootstrap, "_apt_get_install", install)

    if refused:
        with pytest.raises(bootstrap.SetUpError, match=r"libxcb-cursor\.so\.0"):
            bootstrap._provide_libraries(command)
    else:
        assert bootstrap._provide_libraries(command) is may_install
    assert ("libxcb-cursor0" in installed) is may_install


def test_a_python_that_cannot_make_environments_is_told_the_exact_command() -> None:
    assert bootstrap.ensurepip_message("python3.11-venv").endswith("sudo apt-get install python3.11-venv")
    assert "apt-get" not in bootstrap.ensurepip_message(None)


def test_an_old_python_is_told_which_one_it_takes() -> None:
    message = bootstrap.too_old_message((3, 9, 2, "final", 0), "/usr/bin/python3")

    assert "needs Python 3.11 or newer; /usr/bin/python3 is 3.9.2." in message


def test_an_old_python_can_read_the_script_that_refuses_it() -> None:
    source = Path(bootstrap.__file__).read_text(encoding="utf-8")

    ast.parse(source, feature_version=(3, 8))


def test_an_unknown_command_shows_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert bootstrap.main(["start"]) == 2
    assert "bootstrap.py run" in capsys.readouterr().out
