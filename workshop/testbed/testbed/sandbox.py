"""The sandbox of a campaign: a copy-on-write view of the machine with no network that vanishes with its processes.

Three processes: the command waits; the second is process 1 of its own process namespace, arranges the view and reaps
orphans; the third does the work. When any of the first two ends, however it ends, the kernel ends all the rest, and
with them mounts, namespaces and devices."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

CODE = Path("/opt/testbed")
OUTPUT = Path("/out")
PACKAGES = Path("/packages")
SECOND, THIRD = "--second-process", "--third-process"
DEVICES = ("null", "zero", "full", "random", "urandom", "tty", "net/tun")
NAMESPACES = ("pid", "mount", "net", "ipc", "uts", "cgroup")


def enter(arguments: list[str], entry: Path) -> int:
    """Runs the command's entry again as the sandbox's second process and waits for it; gives its exit status."""
    command = [
        "setpriv", "--pdeathsig", "KILL", "unshare", *(f"--{kind}" for kind in NAMESPACES), "--fork",
        "--kill-child=KILL", sys.executable, "-B", str(entry), SECOND, *arguments,
    ]
    def interrupted(number, _frame):
        raise SystemExit(128 + number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupted)
    child = subprocess.Popen(command, start_new_session=True)
    try:
        return child.wait()
    finally:
        child.kill()
        child.wait()


def arrange(code: Path, output: Path, packages: Path | None):
    """Makes the view and moves into it: an overlay of the machine's files whose changes lie in memory, its own /proc,
    /tmp, /run and /dev, the code read-only at /opt/testbed, the output at /out."""
    base = output / "work" / "view"
    base.mkdir(parents=True, exist_ok=True)
    _mount("tmpfs", base, "-t", "tmpfs", "-o", "mode=755")
    for name in ("upper", "work", "root"):
        (base / name).mkdir()
    root = base / "root"
    layers = f"lowerdir=/,upperdir={base}/upper,workdir={base}/work"
    _mount("overlay", root, "-t", "overlay", "-o", layers)
    for place, kind in (("proc", "proc"), ("tmp", "tmpfs"), ("run", "tmpfs")):
        (root / place).mkdir(exist_ok=True)
        _mount(kind, root / place, "-t", kind)
    (root / "tmp").chmod(0o1777)
    _mount("/sys", root / "sys", "--rbind")
    _devices(root / "dev")
    _bind(code, root, CODE)
    _mount("none", root / CODE.relative_to("/"), "-o", "remount,bind,ro")
    _bind(output, root, OUTPUT)
    if packages:
        _bind(packages, root, PACKAGES)
    (root / "machine").mkdir(exist_ok=True)
    os.chdir(root)
    _run("pivot_root", ".", "machine")
    os.chroot(".")
    os.chdir("/")
    _run("umount", "-l", "/machine")


def _devices(folder: Path):
    """Fills /dev with the few devices that programs need. The machine's own folder must not be seen: a program that
    replaces /dev/null would replace the machine's."""
    _mount("tmpfs", folder, "-t", "tmpfs", "-o", "mode=755")
    for name in ("net", "pts", "shm"):
        (folder / name).mkdir()
    for name in DEVICES:
        (folder / name).touch()
        _mount(f"/dev/{name}", folder / name, "--bind")
    _mount("tmpfs", folder / "shm", "-t", "tmpfs", "-o", "mode=1777")
    _mount("devpts", folder / "pts", "-t", "devpts", "-o", "newinstance,ptmxmode=0666,mode=620")
    links = {"ptmx": "pts/ptmx", "fd": "/proc/self/fd", "stdin": "fd/0", "stdout": "fd/1", "stderr": "fd/2"}
    for name, target in links.items():
        (folder / name).symlink_to(target)


def supervise(arguments: list[str]) -> int:
    """Runs the command as the third process and reaps every orphan until it ends; gives its exit status."""
    environment = {name: value for name, value in os.environ.items() if name in ("TERM", "COLUMNS")}
    environment |= {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8"}
    entry = str(CODE / "campaign")
    worker = os.spawnve(os.P_NOWAIT, sys.executable, [sys.executable, "-B", entry, THIRD, *arguments], environment)
    while True:
        process, status = os.wait()
        if process == worker:
            return os.waitstatus_to_exitcode(status) % 256


def _bind(source: Path, root: Path, place: Path):
    target = root / place.relative_to("/")
    target.mkdir(parents=True, exist_ok=True)
    _mount(str(source), target, "--bind")


def _mount(source: str, target: Path, *options: str):
    _run("mount", *options, source, str(target))


def _run(*command: str):
    result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if result.returncode:
        raise OSError(f"{' '.join(command)}: {result.stdout.strip()}")
