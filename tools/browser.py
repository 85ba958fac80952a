"""Find Chromium and a Chinese font for the browser tests; install them by apt where that is allowed.

Usage: tools/python tools/browser.py

Ends with 0 also where something is missing, after one line that names it: only the browser tests need it, and each
of them fails with that line.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
NO_CHROMIUM = "browser tests need Chromium: install it (apt install chromium) or name it in XINQIAO_CHROMIUM"
NO_FONT = "browser tests need a Chinese font: install one (apt install fonts-noto-cjk)"


def chromium() -> str | None:
    """The browser's path: the one that ``XINQIAO_CHROMIUM`` names, else the first that is installed."""
    if given := os.environ.get("XINQIAO_CHROMIUM"):
        return given if os.access(given, os.X_OK) else None
    found = (shutil.which(name) for name in CHROMIUM)
    return next((path for path in found if path), None) or next((path for path in MAC if Path(path).exists()), None)


def has_chinese_font() -> bool:
    """Whether Chinese text shows as characters and not as boxes. macOS always has fonts for it."""
    if sys.platform == "darwin":
        return True
    if not shutil.which("fc-list"):
        return False
    return bool(subprocess.run(["fc-list", ":lang=zh"], capture_output=True, check=False).stdout.strip())


def missing() -> list[str]:
    """One line for each thing that is not there."""
    return [line for line, there in [(NO_CHROMIUM, chromium()), (NO_FONT, has_chinese_font())] if not there]


def install(packages: list[str]) -> None:
    """Install packages where this is root, or sudo asks no password; otherwise change nothing."""
    become = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if not shutil.which("apt-get") or (become and not _succeeds([*become, "true"])):
        return
    print(f"xinqiao: installing {' '.join(packages)}", file=sys.stderr, flush=True)
    apt = [*become, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300"]
    _succeeds([*apt, "update"])
    _succeeds([*apt, "install", "-y", "--no-install-recommends", *packages])


def _succeeds(command: list[str]) -> bool:
    try:
        return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def main() -> int:
    """Install what is missing; name what is missing still."""
    packages = {NO_CHROMIUM: ["chromium"], NO_FONT: ["fontconfig", "fonts-noto-cjk"]}
    if lines := missing():
        install([package for line in lines for package in packages[line]])
    for line in missing():
        print(f"xinqiao: {line}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
