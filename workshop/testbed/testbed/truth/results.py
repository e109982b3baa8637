"""Writes what a campaign hands out: the capture, the truth of every flow, the attack runs, the benign sessions and a
summary, in the format that `caracal evaluate` reads."""

from __future__ import annotations

import gzip
import json
import subprocess
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from testbed.truth.facts import AMBIGUOUS, AUX, BENIGN, Verdict
from testbed.truth.flows import Assembler

FLOW_COLUMNS = (
    "flow start end proto src sport dst dport pkts_fwd pkts_rev bytes_fwd bytes_rev tcp_flags label detail attack_id "
    "evidence"
).split()
RUN_COLUMNS = "id start end label technique tool host src rc flows command".split()
COMPRESSION = ["-q", "-f", "-12", "--long=27", "-T0"]


@dataclass
class Tally:
    """Counts of a labelled campaign; `runs` has the flows of each attack run by its number."""

    flows: Counter = field(default_factory=Counter)
    packets: Counter = field(default_factory=Counter)
    evidence: Counter = field(default_factory=Counter)
    benign: Counter = field(default_factory=Counter)
    ambiguous: Counter = field(default_factory=Counter)
    reasons: Counter = field(default_factory=Counter)
    runs: Counter = field(default_factory=Counter)
    tools: dict[str, Counter] = field(default_factory=dict)

    def add(self, verdict: Verdict, packets: int):
        kind = verdict.label if verdict.label in (BENIGN, AUX, AMBIGUOUS) else "attack"
        self.flows[verdict.label] += 1
        self.packets[verdict.label] += packets
        self.evidence[kind, verdict.evidence] += 1
        if kind == BENIGN:
            self.benign[verdict.detail] += 1
        elif kind == AMBIGUOUS:
            self.ambiguous[verdict.detail] += 1
            self.reasons[verdict.detail, verdict.reason] += 1
        elif kind == "attack":
            self.runs[verdict.run] += 1
            self.tools.setdefault(verdict.label, Counter())[verdict.detail] += 1


def write_flows(file: Path, assembler: Assembler, verdicts: dict[int, Verdict]) -> Tally:
    tally = Tally()
    with gzip.open(file, "wt", 6, encoding="utf-8") as opened:
        _row(opened, FLOW_COLUMNS)
        for flow in assembler.flows:
            verdict = verdicts[flow.number]
            tally.add(verdict, sum(flow.packets))
            _row(opened, [
                flow.number, seconds(flow.start), seconds(flow.end), *flow.endpoints, *flow.packets, *flow.bytes,
                flow.flags, verdict.label, verdict.detail, verdict.run, verdict.evidence,
            ])
    return tally


def write_runs(file: Path, runs: list, tally: Tally):
    """`runs` are a campaign's records of attack runs, in order of their begin."""
    with file.open("w", encoding="utf-8") as opened:
        _row(opened, RUN_COLUMNS)
        for run in sorted(runs, key=lambda run: run.outcome.start):
            attack, outcome = run.attack, run.outcome
            tool = f"{attack.tool} ({run.assault.variant})" if run.assault.variant else attack.tool
            _row(opened, [
                run.number, f"{outcome.start:.3f}", f"{outcome.end:.3f}", attack.label, attack.technique, tool,
                run.host.name, run.host.address, outcome.status, tally.runs[str(run.number)],
                _line(run.assault.command),
            ])


def write_sessions(file: Path, sessions: list):
    with gzip.open(file, "wt", 9, encoding="utf-8") as opened:
        for session in sorted(sessions, key=lambda session: session.start):
            _row(opened, [f"{session.start:.3f}", session.host, session.activity, _line(session.command)])


def write_summary(file: Path, summary: dict):
    file.write_text(json.dumps(summary, indent=1) + "\n", encoding="utf-8")


def compress(capture: Path, target: Path):
    subprocess.run(["zstd", *COMPRESSION, str(capture), "-o", str(target)], check=True)


def seconds(micros: int) -> str:
    return f"{micros // 1_000_000}.{micros % 1_000_000:06d}"


def _row(opened, cells):
    opened.write("\t".join(map(str, cells)) + "\n")


def _line(command: str) -> str:
    """A command on one line without tabs."""
    return " ".join(command.split())
