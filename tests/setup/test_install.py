"""From nothing: which Python, which packages, and what a shell may have set that must not bend it."""

import importlib.util
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
LOCKS = ("requirements.lock", "requirements-dev.lock", "tools/build.lock")


def tool(name: str) -> ModuleType:
    """A script of ``tools/``, imported."""
    spec = importlib.util.spec_from_file_location(f"tools_{name}", ROOT / "tools" / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


bootstrap, browser = tool("bootstrap"), tool("browser")


# The lock files


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_a_version_and_a_hash(lock: str) -> None:
    packages = re.split(r"\n(?=\S)", strip_comments((ROOT / lock).read_text()))
    assert [p for p in packages if not re.match(r"[a-z0-9-]+(\[[a-z0-9,-]+\])?==\S+.*--hash=sha256:", p, re.S)] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_no_lock_names_a_host(lock: str) -> None:
    assert re.findall(r"://|--index|--find-links|--extra|\bsimple/", (ROOT / lock).read_text()) == []


def test_the_locks_agree() -> None:
    """One environment is made from several of them; a package may have another version for another Python."""
    versions: dict[str, set[tuple[str, ...]]] = {}
    for lock in LOCKS:
        pinned: dict[str, list[str]] = {}
        for name, pin in re.findall(r"^([a-z0-9-]+)(?:\[.*?\])?==([^\\\n]+)", (ROOT / lock).read_text(), re.M):
            pinned.setdefault(name, []).append(pin.strip())
        for name, pins in pinned.items():
            versions.setdefault(name, set()).add(tuple(sorted(pins)))
    assert {name: found for name, found in versions.items() if len(found) > 1} == {}


def strip_comments(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#")).strip()


# Which Python


def shim(folder: Path, name: str, script: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(0o755)


DEAD = "echo 'no such version' >&2; exit 127"
OLD = "exit 1"
# A Python that is new enough, and cannot make environments.
BARE = 'case "$2" in *ensurepip*) exit 1;; esac; [ "$1" = -c ] && exit 0; echo bare'
GOOD = '[ "$1" = -c ] && exit 0; echo good'


@pytest.mark.parametrize(
    ("first", "second", "chosen"),
    [
        ({"python3.13": GOOD}, {}, "good"),
        ({"python3.13": DEAD, "python3.11": GOOD}, {}, "good"),  # a version manager's empty promise
        ({"python3.12": DEAD}, {"python3.12": GOOD}, "good"),  # the same name, further down the path
        ({"python3": OLD}, {"python3.11": GOOD}, "good"),
        ({"python3.13": BARE}, {"python3.11": GOOD}, "good"),  # a whole one goes before a newer one
        ({"python3.13": BARE, "python3": OLD}, {}, "bare"),
    ],
)
def test_the_best_python_that_starts_is_chosen(
    tmp_path: Path, first: dict[str, str], second: dict[str, str], chosen: str
) -> None:
    for folder, shims in (("first", first), ("second", second)):
        for name, script in shims.items():
            shim(tmp_path / folder, name, script)
    done = choose(f"{tmp_path}/first:{tmp_path}/second")
    assert (done.returncode, done.stdout) == (0, f"{chosen}\n")


def test_a_named_python_goes_first(tmp_path: Path) -> None:
    shim(tmp_path, "python3.13", BARE)
    shim(tmp_path / "mine", "python", GOOD)
    assert choose(str(tmp_path), PYTHON=f"{tmp_path}/mine/python").stdout == "good\n"


@pytest.mark.parametrize("script", [DEAD, OLD, None])
def test_without_a_python_one_line_says_what_to_install(tmp_path: Path, script: str | None) -> None:
    if script:
        shim(tmp_path, "python3", script)
    done = choose(str(tmp_path))
    assert done.returncode == 2
    assert done.stdout == ""
    assert re.fullmatch(r"xinqiao: Python 3\.11 or newer is needed: install .*\n", done.stderr)


def choose(path: str, **more: str) -> "subprocess.CompletedProcess[str]":
    command = ["/bin/sh", str(ROOT / "tools" / "python"), "script.py"]
    return subprocess.run(command, env={"PATH": path, **more}, capture_output=True, text=True, check=False)


# What a shell may have set


@pytest.mark.parametrize(
    ("name", "is_kept"),
    [
        ("PIP_INDEX_URL", True),  # a mirror near by
        ("PIP_CERT", True),
        ("HTTPS_PROXY", True),
        ("UV_DEFAULT_INDEX", True),
        ("UV_CACHE_DIR", True),
        ("PATH", True),
        ("PIP_TARGET", False),  # would install elsewhere
        ("PIP_PREFIX", False),
        ("PIP_REQUIRE_VIRTUALENV", False),
        ("PIP_CONSTRAINT", False),  # would ask for other versions
        ("UV_PYTHON", False),
        ("UV_SYSTEM_PYTHON", False),
        ("UV_NO_BINARY", False),
        ("PYTHONPATH", False),
        ("PYTHONHOME", False),
        ("VIRTUAL_ENV", False),
    ],
)
def test_settings_that_would_bend_the_installation_are_left_out(
    monkeypatch: pytest.MonkeyPatch, name: str, is_kept: bool
) -> None:
    monkeypatch.setenv(name, "/somewhere")
    assert (bootstrap.clean_environment().get(name) == "/somewhere") is is_kept


@pytest.mark.parametrize("place", ["", "/nonexistent", "/dev/null"])
def test_without_a_home_the_cache_lies_beside_the_packages(monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    monkeypatch.setenv("HOME", place)
    monkeypatch.delenv("UV_CACHE_DIR", raising=False)
    assert bootstrap.clean_environment()["UV_CACHE_DIR"] == str(ROOT / ".venv" / "cache")


@pytest.mark.parametrize(
    ("told", "environment", "settings"),
    [
        ("global.index-url='https://mirror.example/simple'", {}, {"UV_DEFAULT_INDEX": "https://mirror.example/simple"}),
        (":env:.index-url='https://mirror.example/'", {"UV_DEFAULT_INDEX": "https://other.example"}, {}),
        ("global.index-url='https://mirror.example/'", {"UV_INDEX_URL": "https://other.example"}, {}),
        ("install.cert='/etc/ca.pem'", {}, {"SSL_CERT_FILE": "/etc/ca.pem"}),
        ("global.proxy='http://proxy.example:3128'", {}, {"ALL_PROXY": "http://proxy.example:3128"}),
        ("global.extra-index-url='https://other.example'", {}, {}),  # uv would ask it first for every package
        ("global.user='true'", {}, {}),
    ],
)
def test_uv_is_told_what_pip_was_told(
    monkeypatch: pytest.MonkeyPatch, told: str, environment: dict[str, str], settings: dict[str, str]
) -> None:
    answer = subprocess.CompletedProcess([], 0, stdout=f"{told}\n")
    monkeypatch.setattr(bootstrap, "pip_command", lambda environment: ["pip"])
    monkeypatch.setattr(bootstrap.subprocess, "run", lambda *_, **__: answer)
    assert bootstrap.pip_settings(environment) == settings


# Once and again


@pytest.fixture
def steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What an installation does, written down instead of done, in a checkout of its own."""
    done: list[str] = []
    for name in (*LOCKS, "pyproject.toml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(bootstrap, "STAMP", tmp_path / ".venv" / "installed")
    monkeypatch.setattr(bootstrap, "BUILD_LOCK", tmp_path / "tools/build.lock")
    monkeypatch.setattr(
        bootstrap, "LOCKS", {"runtime": tmp_path / "requirements.lock", "dev": tmp_path / "requirements-dev.lock"}
    )
    monkeypatch.setattr(bootstrap, "works", lambda python: True)
    monkeypatch.setattr(bootstrap, "make_venv", lambda environment: (tmp_path / ".venv").mkdir(exist_ok=True))
    monkeypatch.setattr(bootstrap, "install_uv", lambda environment: done.append("uv"))
    monkeypatch.setattr(bootstrap, "sync", lambda kind, environment: done.append(kind))
    return done


def change_lock() -> None:
    bootstrap.LOCKS["dev"].write_text("another version")


def cut_short() -> None:
    bootstrap.STAMP.unlink()


@pytest.mark.parametrize(
    ("first", "between", "second", "installs"),
    [
        ("dev", None, "dev", []),
        ("dev", None, "runtime", []),  # what tests need holds what the office needs
        ("runtime", None, "dev", ["uv", "dev"]),
        ("dev", change_lock, "dev", ["uv", "dev"]),
        ("dev", cut_short, "dev", ["uv", "dev"]),
    ],
)
def test_an_installation_is_done_again_only_where_something_changed(
    steps: list[str], first: str, between: Callable[[], None] | None, second: str, installs: list[str]
) -> None:
    assert bootstrap.main([first]) == 0
    steps.clear()
    if between:
        between()
    assert bootstrap.main([second]) == 0
    assert steps == installs


def test_a_failure_is_one_line_and_leaves_no_stamp(
    steps: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(kind: str, environment: dict[str, str]) -> None:
        raise bootstrap.BootstrapError(bootstrap.telling("error: no network\n  cause: refused\n"))

    monkeypatch.setattr(bootstrap, "sync", fail)
    assert bootstrap.main(["dev"]) == 2
    assert capsys.readouterr().err == "xinqiao: error: no network · cause: refused\n"
    assert not bootstrap.STAMP.exists()


# A browser and its fonts


def test_a_missing_browser_is_named_and_nothing_is_installed_without_leave(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shim(tmp_path, "sudo", "exit 1")
    shim(tmp_path, "apt-get", f"touch {tmp_path}/called")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("XINQIAO_CHROMIUM", raising=False)
    monkeypatch.setattr(browser, "MAC", ())
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert browser.main() == 0
    assert capsys.readouterr().err == f"xinqiao: {browser.NO_CHROMIUM}\nxinqiao: {browser.NO_FONT}\n"
    assert not (tmp_path / "called").exists()


def test_a_missing_browser_is_installed_with_leave(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shim(tmp_path, "sudo", '[ "$1" = -n ] && shift; exec "$@"')
    shim(tmp_path, "env", 'shift; exec "$@"')
    shim(tmp_path, "true", "exit 0")
    shim(tmp_path, "apt-get", f'echo "$*" >> {tmp_path}/called')
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    browser.install(["chromium"])
    update, install = (tmp_path / "called").read_text().splitlines()
    assert update.endswith(" update")
    assert re.search(r"DPkg::Lock::Timeout=300 install -y .*chromium$", install)
