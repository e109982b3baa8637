"""Commands inside hosts. Every command has a group id of its own purpose: by that the kernel's log of new connections
names who opened them."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path

from testbed.network import Host

ENVIRONMENT = {
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/usr/games",
    "LANG": "C.UTF-8",
    "TERM": "dumb",
    "PYTHONDONTWRITEBYTECODE": "1",
}


@dataclass(frozen=True)
class Outcome:
    """How a command ended: times in seconds since 1970, its exit status (124 if it ran out of time), its output."""

    start: float
    end: float
    status: int
    output: str = ""


def inside(host: Host, command: list[str]) -> list[str]:
    """A command as run in the namespaces of a host."""
    return ["nsenter", "-t", str(host.process), "--net", "--mount", "--uts", *command]


def as_group(host: Host, shell: str, group: int, folder: Path, user: str | None = None) -> list[str]:
    """A shell command inside a host as a group, its home and working directory being `folder`."""
    identity = ["setpriv", "--regid", str(group), "--clear-groups"]
    if user:
        identity[1:1] = ["--reuid", user]
    place = ["env", f"--chdir={folder}", f"HOME={folder}"]
    return inside(host, [*identity, *place, "bash", "-c", shell])


async def start(command: list[str], log: Path, standard_input=asyncio.subprocess.DEVNULL) -> asyncio.subprocess.Process:
    """Starts a command in a session of its own, its output going to the end of a file."""
    with log.open("ab") as output:
        return await asyncio.create_subprocess_exec(
            *command, stdin=standard_input, stdout=output, stderr=output, start_new_session=True, env=ENVIRONMENT
        )


async def run(host: Host, shell: str, group: int, folder: Path, seconds: float, log: Path) -> Outcome:
    """Runs a shell command inside a host to its end, at most so many seconds; whatever it left behind is ended too."""
    begun = time.time()
    process = await start(as_group(host, shell, group, folder), log)
    try:
        status = await asyncio.wait_for(process.wait(), seconds)
    except asyncio.TimeoutError:
        status = 124
        end_session(process.pid, signal.SIGTERM)
        try:
            await asyncio.wait_for(process.wait(), 2)
        except asyncio.TimeoutError:
            pass
    finally:
        end_session(process.pid, signal.SIGKILL)
    return Outcome(begun, time.time(), status)


async def check(command: list[str], text: str = "", seconds: float = 60) -> Outcome:
    """Runs a command to its end, with `text` as its input, and gives its output."""
    begun = time.time()
    process = await asyncio.create_subprocess_exec(
        *command, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
        start_new_session=True, env=ENVIRONMENT,
    )
    try:
        output, _ = await asyncio.wait_for(process.communicate(text.encode()), seconds)
    except asyncio.TimeoutError:
        end_session(process.pid, signal.SIGKILL)
        return Outcome(begun, time.time(), 124, f"not done after {seconds:.0f} s")
    return Outcome(begun, time.time(), process.returncode, output.decode(errors="replace"))


def end_session(leader: int, kind: signal.Signals):
    try:
        os.killpg(leader, kind)
    except ProcessLookupError:
        pass


def of_group(group: int) -> list[int]:
    """The processes that run as a group, whatever session they moved to."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                status = (entry / "status").read_text()
            except OSError:
                continue
            if f"\nGid:\t{group}\t" in status:
                found.append(int(entry.name))
    return found


def end_group(group: int):
    for process in of_group(group):
        try:
            os.kill(process, signal.SIGKILL)
        except ProcessLookupError:
            pass
