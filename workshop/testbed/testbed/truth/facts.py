"""What the orchestrator of a campaign knows that labels follow from, and what a label is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from testbed.catalogue import Evidence

BENIGN, AUX, AMBIGUOUS = "benign", "aux", "ambiguous"
UNATTRIBUTED, INTERCEPTED = "unattributed", "intercepted"


class Verdict(NamedTuple):
    """`detail` is the tool, the activity or `server:NAME`; `run` the attack run's number or empty; `reason` says why
    nothing is known of a flow."""

    label: str
    detail: str
    run: str = ""
    evidence: str = "-"
    reason: str = ""


@dataclass(frozen=True)
class RunFacts:
    """An attack run as labels need it; times in microseconds since 1970."""

    number: int
    label: str
    tool: str
    start: int
    end: int
    group: int
    evidence: tuple[Evidence, ...] = ()

    def verdict(self, evidence: str) -> Verdict:
        return Verdict(self.label, self.tool, str(self.number), evidence)

    @property
    def looks_up(self) -> bool:
        """Whether its look-ups are the attack itself."""
        of_dns = any(rule.protocol == "dns" or rule.query_suffixes for rule in self.evidence)
        return of_dns or "dns" in self.label or self.label.startswith(("scan_", "dos_", "recon_"))


@dataclass(frozen=True)
class Facts:
    """What the orchestrator knows. `activities` and `services` name groups; `programs` groups that a host's servers
    moved to; `logins` are the groups of people; `hosts` gives the host of an address, `machines` that of a hardware address;
    `resolvers` are addresses that are asked for names."""

    runs: list[RunFacts]
    activities: dict[int, str] = field(default_factory=dict)
    services: dict[int, str] = field(default_factory=dict)
    programs: dict[tuple[str, int], str] = field(default_factory=dict)
    logins: frozenset[int] = frozenset({0})
    hosts: dict[str, str] = field(default_factory=dict)
    machines: dict[str, str] = field(default_factory=dict)
    resolvers: frozenset[str] = frozenset()
