"""Accounts of people, which all hosts of a campaign share; they are gone with its sandbox."""

from __future__ import annotations

import pwd
import subprocess
from dataclasses import dataclass


@dataclass(frozen=True)
class User:
    """A person with an account on every server."""

    name: str
    password: str


def create(name: str, password: str, group: int | None = None):
    """Makes an account with a home and a shell, unless there is one; its processes have a group of its own, or this."""
    try:
        pwd.getpwnam(name)
    except KeyError:
        options = []
        if group is not None:
            _run(["groupadd", "--force", "--gid", str(group), f"run{group}"])
            options = ["--gid", str(group)]
        _run(["useradd", "--create-home", "--shell", "/bin/bash", *options, name])
    _run(["chpasswd"], f"{name}:{password}\n")


def _run(command: list[str], text: str = ""):
    subprocess.run(command, input=text, text=True, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
