"""Make ``.venv`` and install what the lock files name, nothing else, checked against their hashes.

Usage: tools/python tools/bootstrap.py runtime|dev

Only the standard library is used. A second run finds its stamp and does nothing; two runs at once wait for each
other; a run that was cut short is done again. It leaves the machine as it is but for one package: where Debian's
Python cannot make environments, root (or passwordless sudo) installs python3-venv.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed"
BUILD_LOCK = ROOT / "tools" / "build.lock"
LOCKS = {"runtime": ROOT / "requirements.lock", "dev": ROOT / "requirements-dev.lock"}
# What says where packages come from and how they are fetched is the machine's business; whatever else a shell
# has set for uv or pip (another target, other versions, no isolation) would bend the installation.
KEPT = (
    "INDEX",
    "FIND_LINKS",
    "CACHE",
    "CERT",
    "TLS",
    "HOST",
    "TIMEOUT",
    "PROXY",
    "OFFLINE",
    "KEYRING",
    "CONFIG",
    "HTTP",
)
KEPT_EXACTLY = ("UV_LINK_MODE", "UV_CONCURRENT_DOWNLOADS", "PIP_RETRIES")


class BootstrapError(Exception):
    """What cannot be done, in one line that says what to do instead."""


def main(argv: list[str]) -> int:
    """Install for ``runtime`` or ``dev``; 0 when all is there, 2 with one line on standard error when not."""
    kind = argv[0] if argv else "dev"
    if kind not in LOCKS:
        say(f"unknown kind {kind!r}: runtime or dev")
        return 2
    try:
        with open(ROOT / ".venv.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            install(kind)
    except BootstrapError as error:
        say(str(error))
        return 2
    except OSError as error:
        say(f"{error.filename or ROOT}: {error.strerror}")
        return 2
    return 0


def install(kind: str) -> None:
    """Bring ``.venv`` to what the lock of ``kind`` says; what ``dev`` installed serves ``runtime`` too."""
    if stamped() in {stamp(kind), stamp("dev")} and works(PYTHON):
        return
    environment = clean_environment()
    make_venv(environment)
    STAMP.unlink(missing_ok=True)
    install_uv(environment)
    sync(kind, environment)
    STAMP.write_text(stamp(kind))


def stamp(kind: str) -> str:
    """The fingerprint of what an installation depends on: the lock files, our own metadata, and where it lies."""
    digest = hashlib.sha256(f"{kind} {ROOT}".encode())
    for path in (LOCKS[kind], BUILD_LOCK, ROOT / "pyproject.toml"):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def stamped() -> str:
    """The fingerprint of what is installed, empty where nothing is."""
    return STAMP.read_text() if STAMP.exists() else ""


def works(python: Path) -> bool:
    """Whether an interpreter starts, is new enough, and lies where it was made: a moved checkout breaks its scripts."""
    code = "import sys; sys.exit(sys.version_info < (3, 11))"
    try:
        starts = subprocess.run([python, "-I", "-c", code], capture_output=True, check=False).returncode == 0
        made = [line for line in (VENV / "pyvenv.cfg").read_text().splitlines() if line.startswith("command = ")]
    except OSError:
        return False
    return starts and all(line.endswith(f" {VENV}") for line in made)


def clean_environment() -> dict[str, str]:
    """The environment for pip and uv: the machine's indexes, proxies and certificates, and nobody's habits."""
    kept = {name: value for name, value in os.environ.items() if _is_kept(name)}
    kept |= {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1", "PIP_USER": "0", "UV_NO_PROGRESS": "1"}
    kept.setdefault("UV_HTTP_TIMEOUT", "120")
    if not _writable(Path(kept.get("HOME") or "/nonexistent")):
        kept.setdefault("UV_CACHE_DIR", str(VENV / "cache"))
    return kept


def _is_kept(name: str) -> bool:
    if name in {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "CONDA_PREFIX", "__PYVENV_LAUNCHER__"}:
        return False
    if not name.startswith(("PIP_", "UV_")) or name in KEPT_EXACTLY:
        return True
    return any(part in name for part in KEPT)


def _writable(folder: Path) -> bool:
    return folder.is_dir() and os.access(folder, os.W_OK)


def make_venv(environment: dict[str, str]) -> None:
    """Make ``.venv`` anew unless it works."""
    if works(PYTHON):
        return
    say(f"making {VENV} with Python {sys.version.split()[0]}")
    shutil.rmtree(VENV, ignore_errors=True)
    if _made([], environment) or (_install_venv_package(environment) and _made([], environment)):
        return
    shutil.rmtree(VENV, ignore_errors=True)
    if not (_made(["--without-pip"], environment) and _has_pip(environment)):
        raise BootstrapError("this Python cannot make environments: install python3-venv (apt install python3-venv)")


def _made(options: list[str], environment: dict[str, str]) -> bool:
    return run([sys.executable, "-m", "venv", *options, VENV], environment) is None


def _has_pip(environment: dict[str, str]) -> bool:
    """The base Python's own pip can install into an environment without one."""
    return run([sys.executable, "-m", "pip", "--version"], environment) is None


def _install_venv_package(environment: dict[str, str]) -> bool:
    """Debian ships Python's ``venv`` apart; install it where we may."""
    become = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if not shutil.which("apt-get") or run([*become, "true"], environment):
        return False
    say("installing the package python3-venv")
    apt = [*become, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300"]
    run([*apt, "update"], environment)
    return run([*apt, "install", "-y", "python3-venv"], environment) is None


def install_uv(environment: dict[str, str]) -> None:
    """uv and the build backend by pip, checked against ``tools/build.lock``."""
    said = run(
        [*pip_command(environment), "install", "--quiet", "--require-hashes", "--no-deps", "-r", BUILD_LOCK],
        environment,
    )
    if said:
        raise BootstrapError(f"uv cannot be installed: {telling(said)}")


def pip_command(environment: dict[str, str]) -> list[object]:
    """The environment's own pip, or where it has none the base Python's, told to work on it."""
    pip = [PYTHON, "-I", "-m", "pip"]
    return pip if run([*pip, "--version"], environment) is None else [sys.executable, "-m", "pip", "--python", PYTHON]


def sync(kind: str, environment: dict[str, str]) -> None:
    """Exactly the locked packages, then our own in place."""
    say(f"installing the packages of {LOCKS[kind].name}")
    environment = environment | {"VIRTUAL_ENV": str(VENV)} | pip_settings(environment)
    uv = [VENV / "bin" / "uv", "pip"]
    steps = [
        [*uv, "sync", "--quiet", "--require-hashes", "--compile-bytecode", LOCKS[kind], BUILD_LOCK],
        [*uv, "install", "--quiet", "--no-deps", "--no-build-isolation", "--editable", ROOT],
    ]
    for step in steps:
        if said := run(step, environment):
            raise BootstrapError(f"the packages cannot be installed: {telling(said)}")


def pip_settings(environment: dict[str, str]) -> dict[str, str]:
    """What pip is told of mirrors, certificates and proxies on this machine, in uv's words: uv reads no pip.conf."""
    command = [str(part) for part in pip_command(environment)]
    told = subprocess.run([*command, "config", "list"], env=environment, capture_output=True, text=True, check=False)
    wanted = {"index-url": "UV_DEFAULT_INDEX", "cert": "SSL_CERT_FILE", "proxy": "ALL_PROXY"}
    found = {}
    for line in told.stdout.splitlines():
        name, _, value = line.partition("=")
        if (setting := wanted.get(name.rpartition(".")[2])) and setting not in environment:
            found[setting] = value.strip().strip("'\"")
    if "UV_INDEX_URL" in environment:
        found.pop("UV_DEFAULT_INDEX", None)
    return found


def run(command: list[object], environment: dict[str, str]) -> str | None:
    """None where a command succeeds, else what it printed."""
    try:
        done = subprocess.run(
            [str(part) for part in command],
            cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
        )  # fmt: skip
    except OSError as error:
        return f"{command[0]}: {error.strerror}"
    return None if done.returncode == 0 else done.stderr + done.stdout + f"exit status {done.returncode}"


def telling(said: str) -> str:
    """What a tool printed, on one line."""
    lines = [line.strip(" ×│╰▶─▸├") for line in said.splitlines() if line.strip()]
    return " · ".join(line for line in lines if not line.startswith("WARNING"))[:600]


def say(text: str) -> None:
    """Progress and errors go to standard error, with our name before them."""
    print(f"xinqiao: {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
