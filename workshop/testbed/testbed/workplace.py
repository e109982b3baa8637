"""Where a campaign keeps its files inside the sandbox, and what it says on the way."""

from __future__ import annotations

from pathlib import Path

FILES = Path("/var/lib/campaign")


def folder(name: str) -> Path:
    """A folder that programs of any user and group may write to."""
    made = FILES / name
    made.mkdir(parents=True, exist_ok=True)
    made.chmod(0o777)
    return made


def say(text: str):
    print(f"campaign: {text}", flush=True)


def tail(log: Path) -> str:
    """The last words of a log."""
    lines = log.read_text(errors="replace").strip().splitlines() if log.exists() else []
    return " / ".join(lines[-3:])[-400:] or "nothing"
