"""Install a Chromium and a Chinese font for the browser tests where none is there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def installed() -> bool:
    """Tell whether a browser the tests can drive is on this machine."""
    if any(shutil.which(name) for name in NAMES):
        return True
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return os.path.exists(playwright.chromium.executable_path)


def main() -> int:
    """Install the browser by the system's package manager, else by Playwright."""
    if installed():
        return 0
    if shutil.which("apt-get"):
        root = [] if os.geteuid() == 0 else ["sudo"]
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run([*root, "apt-get", "update", "-qq"], check=True, env=environment)
        packages = ["chromium", "fonts-noto-cjk"]
        if (
            subprocess.run(
                [*root, "apt-get", "install", "-y", "-qq", *packages], check=False, env=environment
            ).returncode
            == 0
        ):
            return 0
    return subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
