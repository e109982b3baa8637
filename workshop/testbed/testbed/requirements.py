"""What a campaign needs of the machine, and of Debian's packages. Whatever is missing is said with its remedy."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from testbed.refusal import Refusal
from testbed.sandbox import PACKAGES

LIST = Path(__file__).resolve().parent.parent / "packages.txt"
PLUMBING = ("iproute2", "nftables", "tcpdump", "zstd", "gcc", "libc6-dev", "procps")
# Logs the first packet of each connection with the group of the process that opened it, as NFLOG group 7.
LOG_RULES = """table inet TABLE {
  chain output {
    type filter hook output priority 300
    oifname "lo" return
    meta skgid 0-65535 ct state new,invalid log group 7 snaplen 96 queue-threshold 1
  }
}
"""
LOG_GROUP = 7
PROGRAMS = {"unshare": "util-linux", "nsenter": "util-linux", "setpriv": "util-linux", "mount": "mount"}


def check_machine():
    """Refuses a machine on which a sandbox cannot be made; run outside it."""
    if os.geteuid() != 0:
        raise Refusal("a campaign makes network namespaces and mounts, which only root may: run it with sudo")
    for program, package in PROGRAMS.items():
        if not shutil.which(program):
            raise Refusal(f"the program {program} is missing: apt-get install {package}")
    if not Path("/dev/net/tun").exists():
        raise Refusal("there is no /dev/net/tun: load the kernel module with `modprobe tun`")
    with tempfile.TemporaryDirectory() as folder:
        overlay = (
            "mount -t tmpfs tmpfs \"$0\" && mkdir \"$0\"/upper \"$0\"/work \"$0\"/root && mount -t overlay overlay "
            "-o lowerdir=/,upperdir=\"$0\"/upper,workdir=\"$0\"/work \"$0\"/root"
        )
        made = _run(["unshare", "--mount", "--net", "--pid", "--fork", "sh", "-c", overlay, folder])
        if made.returncode:
            raise Refusal(
                f"this kernel or container allows no namespaces with an overlay ({_last(made)}): "
                "run on a machine, or in a container with CAP_SYS_ADMIN, whose kernel has overlayfs"
            )


def check_kernel():
    """Refuses a kernel that cannot log new connections by group; run inside the sandbox, where nothing is changed."""
    rules = LOG_RULES.replace("TABLE", "probe")
    made = subprocess.run(["nft", "-f", "-"], input=rules, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    _run(["nft", "delete", "table", "inet", "probe"])
    if made.returncode:
        raise Refusal(
            f"nftables cannot log connections by group ({_last(made)}): "
            "take a kernel with nf_tables and nfnetlink_log, such as Debian's"
        )


def missing(packages: set[str]) -> list[str]:
    """Those of the packages that are not installed."""
    return sorted(packages - installed(packages).keys())


def installed(packages: set[str]) -> dict[str, str]:
    """The versions of those of the packages that are installed."""
    query = ["dpkg-query", "-W", "-f", "${db:Status-Status} ${Package} ${Version}\n", *sorted(packages)]
    rows = (line.split(" ") for line in _run(query, merge=False).stdout.splitlines())
    return {row[1]: row[2] for row in rows if row[0] == "installed"}


def refuse_missing(packages: list[str]):
    raise Refusal(
        f"{len(packages)} Debian packages are missing: run `apt-get install --no-install-recommends "
        f"{' '.join(packages)}`, or give --install, which installs them for this campaign only"
    )


def download(packages: list[str], cache: Path):
    """Downloads packages and what they need into a folder; the machine keeps nothing else of it."""
    (cache / "partial").mkdir(parents=True, exist_ok=True)
    lists = cache / "lists"
    (lists / "partial").mkdir(parents=True, exist_ok=True)
    command = ["apt-get", "install", "--download-only", "-y", "--no-install-recommends", *_places(cache), *packages]
    result = _run(command)
    if result.returncode:
        update = _run(["apt-get", "update", *_places(cache)])
        result = update if update.returncode else _run(command)
    if result.returncode:
        raise Refusal(f"packages cannot be downloaded ({_last(result)}): install them before, without --install")


def install(packages: list[str]):
    """Installs downloaded packages; run inside the sandbox, whose view of the machine alone has them then."""
    policy = Path("/usr/sbin/policy-rc.d")
    policy.write_text("#!/bin/sh\nexit 101\n")
    policy.chmod(0o755)
    result = _run(
        ["apt-get", "install", "--no-download", "-y", "--no-install-recommends", *_places(PACKAGES), *packages]
    )
    if result.returncode:
        raise Refusal(f"downloaded packages cannot be installed ({_last(result)}): install them before instead")


def _places(cache: Path) -> list[str]:
    places = {"Dir::Cache::archives": f"{cache}/", "Dir::State::lists": f"{cache}/lists/", "APT::Sandbox::User": "root"}
    return [part for key, value in places.items() for part in ("-o", f"{key}={value}")]


def _run(command: list[str], merge: bool = True) -> subprocess.CompletedProcess:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C"}
    errors = subprocess.STDOUT if merge else subprocess.DEVNULL
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=errors, text=True, env=environment)


def _last(result: subprocess.CompletedProcess) -> str:
    lines = [line for line in result.stdout.splitlines() if any(letter.isalnum() for letter in line)]
    return lines[-1] if lines else f"exit status {result.returncode}"
