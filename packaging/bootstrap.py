"""Run or test the Repayment Planner from a checkout, with nothing but Python 3.11 or newer.

    python3 packaging/bootstrap.py run [arguments of the program]
    python3 packaging/bootstrap.py test [arguments of pytest]
    python3 packaging/bootstrap.py lint
    python3 packaging/bootstrap.py setup

The first start makes the environment .venv; a stamp in it tells later ones that nothing is left to do.
"""

# Every start of the program passes through this file. So what only a set-up needs is imported by the
# function that needs it, and it stays readable for Python 3.8, which must learn here that it is too old.

from __future__ import annotations

import os
import sys
from hashlib import blake2b
from pathlib import Path
from typing import Callable, Iterable, NamedTuple, NoReturn, Sequence

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "set-up.txt"
WINDOWS = os.name == "nt"
LINUX = sys.platform.startswith("linux")
BIN = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON = BIN / ("python.exe" if WINDOWS else "python")

OLDEST_PYTHON = (3, 11)
COMMANDS = ("run", "test", "lint", "setup")
# What the installed project consists of, in an editable install: its metadata and how it is made.
PROJECT_FILES = ("pyproject.toml", "packaging/hatch_build.py", "planner/__init__.py")
LOCKS = {"run": "lock.txt", "dev": "lock-dev.txt"}


class SetUpError(Exception):
    """What keeps the set-up from going on, in words for the person at the terminal."""


class Library(NamedTuple):
    """A library of the system that Qt needs and that no Python package brings.

    Attributes:
        soname: What Qt loads.
        package: The Debian package that has it.
        windows_only: Whether Qt can do without it as long as it shows no window.
    """

    soname: str
    package: str
    windows_only: bool = False


LIBRARIES = (
    Library("libEGL.so.1", "libegl1"),
    Library("libGL.so.1", "libgl1"),
    Library("libdbus-1.so.3", "libdbus-1-3"),
    Library("libfontconfig.so.1", "libfontconfig1"),
    Library("libglib-2.0.so.0", "libglib2.0-0"),
    Library("libxkbcommon.so.0", "libxkbcommon0"),
    Library("libxcb-cursor.so.0", "libxcb-cursor0", windows_only=True),
    Library("libxcb-icccm.so.4", "libxcb-icccm4", windows_only=True),
    Library("libxcb-keysyms.so.1", "libxcb-keysyms1", windows_only=True),
    Library("libxcb-shape.so.0", "libxcb-shape0", windows_only=True),
    Library("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", windows_only=True),
)


def main(arguments: Sequence[str]) -> int:
    """Set up what is missing, then do what the command line asks for."""
    if sys.version_info < OLDEST_PYTHON:
        return _refuse(too_old_message(sys.version_info, sys.executable))
    if not arguments or arguments[0] not in COMMANDS:
        print(__doc__)
        return 0 if "--help" in arguments or "-h" in arguments else 2

    command, *rest = arguments
    # Some machines set this; Python would then compile every module anew at every start.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    try:
        set_up(command)
    except (SetUpError, OSError) as error:
        return _refuse(str(error))
    except KeyboardInterrupt:
        return _refuse("Interrupted; the next start goes on with the set-up.")

    if command == "run":
        # -P: a file in the user's folder must not pass for a module of the program.
        _become([str(PYTHON), "-P", "-m", "planner", *rest])
    os.chdir(ROOT)
    if command == "test":
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        _become([str(PYTHON), "-m", "pytest", *rest])
    return lint() if command == "lint" else 0


def lint() -> int:
    """Run every check, also after one has failed, and say which ones did."""
    python = str(PYTHON)
    checks = {
        "ruff check": [python, "-m", "ruff", "check", "."],
        "ruff format": [python, "-m", "ruff", "format", "--check", "."],
        "mypy": [python, "-m", "mypy"],
        "lint-imports": [str(BIN / "lint-imports")],
        "translations": [python, "packaging/translations.py", "check"],
    }
    failed = [name for name, check in checks.items() if _call(check) != 0]
    print("Failed: " + ", ".join(failed) if failed else "All checks passed.", flush=True)
    return 1 if failed else 0


# --- The set-up and its stamp


def set_up(command: str) -> None:
    """Do the steps whose inputs have changed since they were last done.

    A step enters the stamp when it is done, so one that was interrupted is done again; an environment
    that is not in the stamp is made anew.

    Raises:
        SetUpError: The person at the terminal has to do something first.
    """
    stamp = read_stamp(STAMP) if PYTHON.exists() else {}
    wanted = fingerprints(ROOT, environment_kind(command, stamp))
    stale = stale_steps(stamp, wanted)
    if not stale:
        return

    done = {step: stamp[step] for step in wanted if step not in stale}
    write_stamp(STAMP, done)
    # What the tests need comes on top of what the program needs: no reason to start over.
    extends = stamp.get("environment") == fingerprints(ROOT, "run")["environment"]
    work = {
        "libraries": lambda: _provide_libraries(command),
        "environment": lambda: _make_environment(wanted["environment"].split()[0], keep=extends),
        "project": _install_project,
        "translations": _compile_translations,
    }
    for step in stale:
        if work[step]():
            done[step] = wanted[step]
            write_stamp(STAMP, done)
    if "environment" in stale:
        _say("Ready")


def environment_kind(command: str, stamp: dict[str, str]) -> str:
    """Which lock file the environment follows; one that can run the tests can run the program too."""
    has_tools = stamp.get("environment", "").startswith("dev ")
    return "run" if command == "run" and not has_tools else "dev"


def fingerprints(root: Path, kind: str) -> dict[str, str]:
    """The steps of the set-up in their order, each with a digest of all that it depends on.

    The environment depends on where it lies, since its scripts name their Python by its full path.
    """
    interpreter = f"{sys.version_info[:2]} {sys.base_prefix} {root}".encode()
    lock = (root / "packaging" / LOCKS[kind]).read_bytes()
    project = [root / name for name in PROJECT_FILES]
    catalogues = sorted((root / "translations").glob("*/LC_MESSAGES/*.po"))
    steps = {
        "environment": f"{kind} {_digest([interpreter, lock])}",
        "project": _digest(path.read_bytes() for path in project),
        "translations": _digest(path.read_bytes() for path in catalogues),
    }
    if LINUX:
        return {"libraries": _digest(library.soname.encode() for library in LIBRARIES), **steps}
    return steps


def stale_steps(stamp: dict[str, str], wanted: dict[str, str]) -> list[str]:
    """The steps to do, in their order: those that differ, and all that a new environment loses."""
    renewed = stamp.get("environment") != wanted["environment"]
    lost = ("project", "translations") if renewed else ()
    return [step for step in wanted if stamp.get(step) != wanted[step] or step in lost]


def read_stamp(path: Path) -> dict[str, str]:
    """The steps that are done, each with the digest it had; none if there is no readable stamp."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return {}
    return {name: digest for name, _, digest in (line.partition(": ") for line in lines)}


def write_stamp(path: Path, steps: dict[str, str]) -> None:
    """Write the stamp in one piece: a power cut leaves the old one or the new one.

    It lies in the environment: before there is one, no stamp is needed.
    """
    if not path.parent.is_dir():
        return
    partial = path.with_suffix(".partial")
    partial.write_text("".join(f"{name}: {digest}\n" for name, digest in steps.items()), encoding="utf-8")
    partial.replace(path)


# --- The steps: each returns whether it is done for good


def _provide_libraries(command: str) -> bool:
    """See to it that Qt finds its libraries; return whether none is missing.

    Raises:
        SetUpError: The command needs a library that the user has to install.
    """
    missing = missing_libraries(_can_load)
    if missing and _may_install():
        _apt_get_install(lambda: debian_packages(missing, _apt_knows))
        missing = missing_libraries(_can_load)
    if any(command == "run" or not library.windows_only for library in missing):
        raise SetUpError(libraries_message(missing, _apt_knows if _has_apt_get() else None))
    return not missing


def _make_environment(kind: str, *, keep: bool) -> bool:
    """Install what a lock file lists into .venv, and compile it; unless told to keep it, anew."""
    import shutil

    _say("Setting up the Repayment Planner in .venv (the first time, it downloads about 170 MB)")
    if VENV.exists() and not keep:
        shutil.rmtree(VENV)
    uv = shutil.which("uv")
    if not keep:
        _make_venv(uv)
    _say("- installing the libraries")
    lock = str(ROOT / "packaging" / LOCKS[kind])
    # Every package is listed with its hashes: nothing to resolve, nothing to build.
    options = ["--no-deps", "--require-hashes", "--only-binary", ":all:", "--requirement", lock]
    _install(uv, options)
    _say("- compiling them, for quick starts")
    _unpack_shiboken()
    _byte_compile(VENV)
    return True


def _make_venv(uv: str | None) -> None:
    if uv:
        made = _work([uv, "venv", "--quiet", "--python", sys.executable, str(VENV)]) == 0
    else:
        _provide_ensurepip()
        made = _work([sys.executable, "-m", "venv", str(VENV)]) == 0
    if not made:
        raise SetUpError(f"Python could not make the environment {VENV}; the lines above say why.")


def _provide_ensurepip() -> None:
    """See to it that Python can make an environment: Debian has taken that part of it into a package."""
    from importlib.util import find_spec

    if find_spec("ensurepip") is not None:
        return
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    if not _may_install():
        raise SetUpError(ensurepip_message(package if _has_apt_get() else None))
    _apt_get_install(lambda: [package])


def _install_project() -> bool:
    _say("- installing the program")
    # hatchling is in the environment already: building needs no network.
    _install(_uv(), ["--no-deps", "--no-build-isolation", "--editable", str(ROOT)])
    _byte_compile(ROOT / "planner")
    return True


def _compile_translations() -> bool:
    if _work([str(PYTHON), str(ROOT / "packaging" / "translations.py"), "compile"]) != 0:
        raise SetUpError("The translations could not be compiled; the lines above say why.")
    return True


def _install(uv: str | None, options: list[str]) -> None:
    if uv:
        command = [uv, "pip", "install", "--quiet", "--python", str(PYTHON), *options]
    else:
        pip = [str(PYTHON), "-m", "pip", "-qq", "--disable-pip-version-check"]
        command = [*pip, "install", "--no-compile", *options]
    if _work(command) != 0:
        raise SetUpError(
            "The installation failed; the lines above say why. It needs the network the first time, and "
            "a 64-bit Windows 10, macOS 13 or Linux of 2022 (glibc 2.34), or newer."
        )


def _unpack_shiboken() -> None:
    # PySide reads its Python part from a zip inside a library, compiling it at every start. Asked once not
    # to, it leaves the files beside the library, where later starts find them: 10 to 25 ms less each.
    _work([str(PYTHON), "-c", "import os; os.environ['SBK_EMBED'] = '0'; import PySide6.QtCore"])


def _byte_compile(folder: Path) -> None:
    # Only starts gain from it, and a test file of a package may be broken on purpose: no failure of ours.
    _work([str(PYTHON), "-m", "compileall", "-qq", "-j", "0", "-x", r"[\\/]tests[\\/]", str(folder)])


# --- What the system has


def missing_libraries(can_load: Callable[[str], bool]) -> list[Library]:
    """The libraries of Qt that the system cannot load."""
    return [library for library in LIBRARIES if not can_load(library.soname)]


def debian_packages(libraries: Iterable[Library], knows: Callable[[str], bool]) -> list[str]:
    """The Debian packages of some libraries, by the names of this release.

    Debian 13 and Ubuntu 24.04 renamed what changed with the 64-bit time: libglib2.0-0 to libglib2.0-0t64.
    """
    names = [library.package for library in libraries]
    return [f"{name}t64" if knows(f"{name}t64") else name for name in names]


def libraries_message(missing: Sequence[Library], knows: Callable[[str], bool] | None) -> str:
    """How to get the missing libraries, on a system with apt-get (that knows some names) or without."""
    if knows is None:
        sonames = ", ".join(library.soname for library in missing)
        return f"Qt needs libraries that this system lacks; install them with its package manager: {sonames}"
    packages = " ".join(debian_packages(missing, knows))
    return f"Qt needs libraries that this system lacks; install them with: sudo apt-get install {packages}"


def ensurepip_message(package: str | None) -> str:
    """How to get the part of Python that makes environments."""
    if package is None:
        return "This Python lacks its modules venv and ensurepip; install them, or uv."
    return f"This Python cannot make environments yet; install that with: sudo apt-get install {package}"


def too_old_message(version: Sequence[object], executable: str) -> str:
    """What to do about a Python that is too old."""
    found = ".".join(str(part) for part in version[:3])
    return (
        f"The Repayment Planner needs Python 3.11 or newer; {executable} is {found}. "
        "Start it with a newer one, for example: python3.12 packaging/bootstrap.py run"
    )


def _can_load(soname: str) -> bool:
    from ctypes import CDLL

    try:
        CDLL(soname)
    except OSError:
        return False
    return True


def _has_apt_get() -> bool:
    from shutil import which

    return which("apt-get") is not None


def _may_install() -> bool:
    return not WINDOWS and os.geteuid() == 0 and _has_apt_get()


def _apt_knows(package: str) -> bool:
    from subprocess import DEVNULL, call

    return call(["apt-cache", "show", package], stdout=DEVNULL, stderr=DEVNULL) == 0


def _apt_get_install(packages: Callable[[], list[str]]) -> None:
    """Install Debian packages, whose names are asked for when apt-get knows those of this release."""
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    _work(["apt-get", "update", "-qq"])  # a new system has no list of packages yet
    names = packages()
    _say("- installing from Debian: " + " ".join(names))
    if _work(["apt-get", "install", "-qq", "-y", "--no-install-recommends", *names]) != 0:
        raise SetUpError("apt-get failed; the lines above say why.")


def _uv() -> str | None:
    from shutil import which

    return which("uv")


# --- Starting and saying


def _become(command: list[str]) -> NoReturn:
    """Let another program take our place, with our terminal, our signals and its own exit code."""
    sys.stdout.flush()
    if not WINDOWS:
        os.execv(command[0], command)
    # On Windows execv returns to the shell at once, while the program is still starting.
    from subprocess import call

    try:
        sys.exit(call(command))
    except KeyboardInterrupt:
        sys.exit(1)


def _call(command: list[str]) -> int:
    from subprocess import call

    return call(command)


def _work(command: list[str]) -> int:
    """Run a part of the set-up. Its progress would only be noise; what went wrong comes on stderr."""
    from subprocess import DEVNULL, call

    return call(command, stdout=DEVNULL)


def _say(line: str) -> None:
    # Not on stdout, which may be on its way to a file: run report > pack.json
    print(line, file=sys.stderr, flush=True)


def _refuse(message: str) -> int:
    _say(message)
    return 1


def _digest(parts: Iterable[bytes]) -> str:
    total = blake2b(digest_size=16)
    for part in parts:
        total.update(blake2b(part).digest())
    return total.hexdigest()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
