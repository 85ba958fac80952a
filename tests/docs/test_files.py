"""The files of the how-to for production hold as far as this machine can tell."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.pages import DOCS, page
from xinqiao.project.database import parse_url

FILES = DOCS / "how-to" / "files"
UNITS = sorted(path.name for path in FILES.glob("xinqiao-*.*"))
PROGRAM = "/opt/xinqiao/.venv/bin/xinqiao"


def test_every_file_is_shown_on_the_page() -> None:
    shown = re.findall(r"\{literalinclude\} files/(\S+)", page("how-to/install-in-production.md"))
    assert sorted(shown) == sorted(path.name for path in FILES.iterdir())


@pytest.mark.parametrize("name", UNITS)
def test_units_start_only_what_is_there(name: str) -> None:
    """A word that systemd does not know would be ignored by it without stopping anything."""
    text = (FILES / name).read_text(encoding="utf-8")
    keys = re.findall(r"^(\w+)=", text, re.M)
    assert set(keys) <= KNOWN, "a key that is not in the list: look it up in systemd's manual and add it"
    if name.endswith(".service"):
        assert PROGRAM in text


KNOWN = {
    "After", "CapabilityBoundingSet", "Description", "Environment", "EnvironmentFile", "ExecStart", "Group", "KillMode",
    "LockPersonality", "NoNewPrivileges", "OnCalendar", "Persistent", "PrivateDevices", "PrivateTmp",
    "ProtectControlGroups", "ProtectHome", "ProtectKernelModules", "ProtectKernelTunables", "ProtectSystem",
    "RandomizedDelaySec", "ReadWritePaths", "Restart", "RestartSec", "RestrictAddressFamilies", "RestrictSUIDSGID",
    "TimeoutStopSec", "Type", "UMask", "User", "WantedBy", "Wants", "WorkingDirectory",
}  # fmt: skip


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd on this machine")
def test_systemd_finds_nothing_wrong(tmp_path: Path) -> None:
    for name in UNITS:
        text = (FILES / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text.replace(PROGRAM, sys.executable))
    command = ["systemd-analyze", "verify", *(str(tmp_path / name) for name in UNITS)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    about_ours = [line for line in done.stderr.splitlines() if "xinqiao" in line]
    assert (done.returncode, about_ours) == (0, [])


@pytest.mark.skipif(shutil.which("nginx") is None, reason="no nginx on this machine")
def test_nginx_takes_the_site(tmp_path: Path) -> None:
    make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=x", "-days", "1"]
    subprocess.run([*make, "-keyout", "privkey.pem", "-out", "fullchain.pem"], cwd=tmp_path, check=True)
    site = (FILES / "nginx.conf").read_text(encoding="utf-8").replace("/etc/ssl/xinqiao", str(tmp_path))
    (tmp_path / "site.conf").write_text(re.sub(r"(listen .*?)\b(80|443)\b", r"\g<1>18\2", site))
    places = "".join(
        f"{kind}_temp_path {tmp_path}/{kind}; " for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    whole = f"pid {tmp_path}/pid; events {{}} http {{ access_log off; {places} include {tmp_path}/site.conf; }}"
    (tmp_path / "nginx.conf").write_text(whole)
    done = subprocess.run(["nginx", "-t", "-c", f"{tmp_path}/nginx.conf"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_settings_are_read_by_a_shell_and_name_two_roles(tmp_path: Path) -> None:
    """``xinqiao-as-owner`` sources what systemd reads: both must understand it alike."""
    reading = f"set -eua; . {FILES}/xinqiao.env; . {FILES}/owner.env; env -0"
    said = subprocess.run(["/bin/sh", "-c", reading], env={}, capture_output=True, check=True).stdout.decode()
    values = dict(line.split("=", 1) for line in said.split("\0") if "=" in line)
    assert parse_url(values["DATABASE_URL"])["USER"] == "xinqiao_app"
    assert parse_url(values["DATABASE_OWNER_URL"])["USER"] == "xinqiao_owner"
    assert values["XINQIAO_PROXIES"] == "1"
    lines = [line for name in ("xinqiao.env", "owner.env") for line in (FILES / name).read_text().splitlines()]
    assert [line for line in lines if not re.fullmatch(r"#.*|[A-Z_]+=\S*", line)] == []


def test_the_web_server_does_not_know_the_owner() -> None:
    for kind in ("web", "worker"):
        assert "owner.env" not in (FILES / f"xinqiao-{kind}.service").read_text(encoding="utf-8")


def test_scripts_are_ones() -> None:
    subprocess.run(["/bin/sh", "-n", str(FILES / "xinqiao-as-owner")], check=True)
