"""Headless Chromium, driven over its DevTools protocol: open, evaluate, press, drag, photograph."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import time
import urllib.request
from pathlib import Path
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
HOST = "127.0.0.1"

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    f"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE {HOST}",  # nothing beyond this machine has a name
    "--remote-debugging-port=0",
)


class Page:
    """One page of one browser. Use as a context manager; the browser ends with it."""

    def __init__(self, folder: Path, size: tuple[int, int] = (1280, 1000)) -> None:
        self.folder = folder / "profile"
        self.size = size
        self.asked = 0
        self.requested: list[str] = []  # every address that the page asked for
        self.failed: list[str] = []  # exceptions that nobody caught in the page

    def __enter__(self) -> Page:
        import websocket

        command = [CHROMIUM, *FLAGS, f"--window-size={self.size[0]},{self.size[1]}"]
        command += [f"--user-data-dir={self.folder}", "about:blank"]
        self.browser = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            port = until(self._port, "Chromium opened no debugging port")
            with urllib.request.urlopen(f"http://{HOST}:{port}/json/list", timeout=10) as answer:
                pages = [target for target in json.load(answer) if target["type"] == "page"]
            self.socket = websocket.create_connection(
                pages[0]["webSocketDebuggerUrl"], timeout=120, suppress_origin=True
            )
            for domain in ("Page", "Runtime", "Network"):
                self.send(f"{domain}.enable")
            self.send("Emulation.setFocusEmulationEnabled", enabled=True)
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()
        self._end()

    def _end(self) -> None:
        self.browser.terminate()
        self.browser.wait(timeout=20)

    def _port(self) -> int | None:
        file = self.folder / "DevToolsActivePort"
        lines = file.read_text().split() if file.exists() else []
        return int(lines[0]) if lines else None

    def send(self, method: str, **params: Any) -> dict[str, Any]:
        """The answer to one command. What the page reports meanwhile is kept in `requested` and `failed`."""
        self.asked += 1
        self.socket.send(json.dumps({"id": self.asked, "method": method, "params": params}))
        while True:
            message = json.loads(self.socket.recv())
            if message.get("method") == "Network.requestWillBeSent":
                self.requested.append(message["params"]["request"]["url"])
            elif message.get("method") == "Runtime.exceptionThrown":
                self.failed.append(json.dumps(message["params"]["exceptionDetails"])[:500])
            if message.get("id") == self.asked:
                assert "error" not in message, f"{method}: {message['error']}"
                return message["result"]

    def open(self, url: str) -> None:
        """Begin to load a page."""
        self.send("Page.navigate", url=url)

    def run(self, script: str) -> Any:
        """The value of an expression in the page; a promise is awaited."""
        answer = self.send("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in answer, f"{script}\n{answer['exceptionDetails']}"
        return answer["result"].get("value")

    def wait(self, script: str, what: str, seconds: float = 60) -> Any:
        """The value of an expression as soon as it is true."""
        return until(lambda: self.run(script), f"{what}, in vain", seconds)

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Press the mouse at one point, move it to another and let go."""
        for kind, (x, y) in (("mousePressed", start), ("mouseMoved", end), ("mouseReleased", end)):
            pressed = {"button": "left", "buttons": 1, "clickCount": 1}
            self.send("Input.dispatchMouseEvent", type=kind, x=x, y=y, **pressed)

    def photograph(self, file: Path) -> None:
        """What the window shows, as PNG."""
        file.write_bytes(base64.b64decode(self.send("Page.captureScreenshot", format="png")["data"]))


def until(ask: Any, failure: str, seconds: float = 60) -> Any:
    """What `ask` gives as soon as it is true. Raises TimeoutError with `failure` if it never is."""
    deadline = time.monotonic() + seconds
    while not (found := ask()):
        if time.monotonic() > deadline:
            raise TimeoutError(failure)
        time.sleep(0.1)
    return found
