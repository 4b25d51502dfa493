"""Starting the browser app."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from kg.settings import Settings


def run_app(script: Path, settings: Settings, port: int, *, headless: bool) -> int:
    """Serves the screen on localhost until it is stopped, and returns the server's exit code."""
    environment = {
        **os.environ,
        "GUIDEGRAPH_DATA": str(settings.data.resolve()),
        "GUIDEGRAPH_CORPUS": str(settings.corpus.resolve()),
    }
    command = [
        sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port), "--server.address", "localhost",
        "--server.headless", str(headless).lower(), "--browser.gatherUsageStats", "false",
    ]  # fmt: skip
    try:
        return subprocess.run(command, env=environment, check=False).returncode  # noqa: S603 - our own arguments
    except KeyboardInterrupt:
        return 0
