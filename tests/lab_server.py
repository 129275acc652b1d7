"""A JupyterLab of its own for a folder: none of the user's settings, nothing fetched, this machine only."""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from devtools import HOST, until

OPTIONS = {
    "ServerApp.ip": HOST,
    "ServerApp.port_retries": "0",
    "ServerApp.open_browser": "False",
    "ServerApp.allow_root": "True",
    "LabApp.expose_app_in_browser": "True",  # so that a test can ask which command ran and what a cell holds
    "LabApp.check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
    "LabApp.news_url": "None",
    "LabApp.extension_manager": "readonly",
}
SETTINGS = {
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    "notebook-extension/tracker": {"windowingMode": "none"},  # every cell is in the page, seen or not
    "apputils-extension/themes": {"theme": "JupyterLab Light"},
}


@contextmanager
def jupyter_lab(folder: Path, private: Path) -> Iterator[str]:
    """Serves `folder` and yields the address of its files in JupyterLab, with `{}` for a file's name.

    private   a folder for settings, logs and what else Jupyter writes
    """
    token, port = secrets.token_hex(16), _free_port()
    for name, values in SETTINGS.items():
        file = private / "settings/@jupyterlab" / f"{name}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(values))
    homes = {
        "JUPYTERLAB_SETTINGS_DIR": private / "settings",
        "JUPYTERLAB_WORKSPACES_DIR": private / "workspaces",
    }
    homes |= {"JUPYTER_CONFIG_DIR": private / "config", "JUPYTER_RUNTIME_DIR": private / "runtime"}
    homes |= {"JUPYTER_DATA_DIR": private / "data", "IPYTHONDIR": private / "ipython"}
    options = {
        **OPTIONS,
        "IdentityProvider.token": token,
        "ServerApp.port": port,
        "ServerApp.root_dir": folder,
    }
    command = [sys.executable, "-m", "jupyterlab", *(f"--{name}={value}" for name, value in options.items())]
    with (private / "server.log").open("wb") as log:
        server = subprocess.Popen(
            command,
            cwd=folder,
            stdout=log,
            stderr=log,
            env={**os.environ, **{k: str(v) for k, v in homes.items()}},
        )
        try:
            until(lambda: _answers(port, token, server, private / "server.log"), "JupyterLab never answered")
            yield f"http://{HOST}:{port}/lab/tree/{{}}?token={token}"
        finally:
            server.terminate()  # its kernels end with it
            server.wait(timeout=30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _answers(port: int, token: str, server: subprocess.Popen[bytes], log: Path) -> bool:
    assert server.poll() is None, f"JupyterLab ended: {log.read_text()[-2000:]}"
    try:
        with urllib.request.urlopen(f"http://{HOST}:{port}/api/status?token={token}", timeout=5) as answer:
            return answer.status == 200
    except urllib.error.URLError:
        return False
