"""The data card of a campaign: what is in it, how it was made, what to know before it is used."""

from __future__ import annotations

import re
from collections import Counter

from testbed.network import Network
from testbed.truth.establish import Truth
from testbed.truth.facts import AMBIGUOUS, AUX, BENIGN
from testbed.truth.results import Tally

WEAKNESSES = """- Split by `attack_id`, never by flow; keep addresses and absolute times out of features.
- One kernel's TCP stack under all hosts, no Windows, no people: users are commands with drawn pauses.
- Timings hold the noise of one machine's scheduler; links are emulated (delay, jitter, bursty loss, reordering, rate).
- A class whose run is one connection has few flows: judge it by run, alerted or not.
- Names resolve to drawn addresses, certificates are self-signed, contents are random words and bytes.
- The seed fixes the schedule and the parameters of every session and run, not the timing of packets."""


def summary(campaign, truth: Truth, options: dict, packages: dict[str, str]) -> dict:
    """What `summary.json` holds."""
    network, record, tally = campaign.network, campaign.record, truth.tally
    recorders = campaign.capture.packets + campaign.capture.connections
    return {
        "profile": network.profile.name,
        **options,
        "begin": record.begin,
        "end": record.end,
        "packets": truth.assembler.packets,
        "bytes_on_wire": truth.assembler.bytes,
        "frames_over_1514": truth.assembler.oversized,
        "kernel_drops": {recorder.name: recorder.dropped for recorder in recorders if recorder.dropped},
        "links": links(record.links),
        "devices": record.devices,
        "flows": len(truth.assembler.flows),
        "flows_by_label": tally.flows.most_common(),
        "packets_by_label": tally.packets.most_common(),
        "evidence": [[*kinds, count] for kinds, count in tally.evidence.most_common()],
        "benign_kinds": tally.benign.most_common(),
        "ambiguous": tally.ambiguous.most_common(),
        "unattributed": [[*reason, count] for reason, count in tally.reasons.most_common()],
        "runs_by_label": Counter(run.attack.label for run in record.runs).most_common(),
        "classes_without_flows": without_flows(campaign, tally),
        "runs_without_flows": [run.number for run in record.runs if not tally.runs[str(run.number)]],
        "skipped": record.skipped,
        "sessions": Counter(session.activity for session in record.sessions).most_common(),
        "sessions_failed": record.failed.most_common(),
        "impossible": campaign.plan.impossible,
        "technique": {run.attack.label: run.attack.technique for run in record.runs},
        "packages": packages,
    }


def without_flows(campaign, tally: Tally) -> list[str]:
    """The classes that were planned and have no flow."""
    planned = {run.attack.label for run in campaign.plan.runs} | campaign.plan.impossible.keys()
    return sorted(label for label in planned if not tally.flows[label])


def links(said: str) -> dict[str, int]:
    """What the links did to frames, all of them together."""
    totals = Counter()
    for name, count in re.findall(r"(frames|lost|dropped|reordered)=(\d+)", said):
        totals[name] += int(count)
    return dict(totals)


def card(campaign, truth: Truth, facts: dict) -> str:
    """The data card as Markdown."""
    network, record, tally = campaign.network, campaign.record, truth.tally
    attacks = sum(count for label, count in tally.flows.items() if label not in (BENIGN, AUX, AMBIGUOUS))
    minutes = (record.end - record.begin) / 60
    parts = [
        f"# Campaign {network.profile.name}, seed {facts['seed']}",
        f"{facts['packets']:,} packets, {facts['flows']:,} flows in {minutes:.1f} minutes: "
        f"{tally.flows[BENIGN]:,} benign, {attacks:,} of {len(record.runs)} attack runs in "
        f"{len(facts['runs_by_label'])} classes, {tally.flows[AUX]:,} aux, {tally.flows[AMBIGUOUS]:,} ambiguous. Frames above the MTU: {facts['frames_over_1514']}. "
        f"Packets that the kernel dropped before a recorder: {sum(facts['kernel_drops'].values())}.",
        "Made again by", f"    {facts['command']}",
        "## Network", _network(network),
        "## Attacks", _attacks(campaign, tally), *_shortfalls(facts),
        "## Benign traffic", _table(("activity", "flows"), tally.benign.most_common()), _failed(facts),
        "## Evidence", EVIDENCE, _table(("flows of", "evidence", "flows"), facts["evidence"]),
        "## What could not be attributed", _unattributed(facts),
        "## Provenance",
        "All traffic comes from these Debian packages, run in network namespaces without any way out:",
        ", ".join(f"{name} {version}" for name, version in sorted(facts["packages"].items())),
        f"Links took {facts['links'].get('frames', 0):,} frames, lost {facts['links'].get('lost', 0):,}, dropped "
        f"{facts['links'].get('dropped', 0):,} at full queues and reordered {facts['links'].get('reordered', 0):,}.",
        "## Known weaknesses", WEAKNESSES,
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


EVIDENCE = """`gid`: the kernel logged the group of the process that opened the flow. `rule`: addresses, ports and time
of a tool that writes frames itself. `qname`: a look-up in a zone of the run. `login`: opened by the shell or the
forwarding of whoever was logged in. `answer`: a server's answer from a new port. `quoted`: the ICMP error quotes a flow.
`neighbour`: ARP, DHCP and multicast of kernels. `-`: nothing."""


def _network(network: Network) -> str:
    rows = [
        (host.name, host.role, host.segment, host.address, ", ".join(host.services))
        for host in network.everywhere.values()
    ]
    return _table(("host", "role", "segment", "address", "services"), rows)


def _attacks(campaign, tally: Tally) -> str:
    runs, tools, hosts, techniques = Counter(), {}, {}, {}
    for run in campaign.record.runs:
        label = run.attack.label
        runs[label] += 1
        tools.setdefault(label, set()).add(run.attack.tool)
        hosts.setdefault(label, set()).add(run.host.name)
        techniques.setdefault(label, set()).add(run.attack.technique)
    rows = [
        (label, ", ".join(sorted(techniques[label])), runs[label], tally.flows[label], tally.packets[label],
         ", ".join(sorted(tools[label])), ", ".join(sorted(hosts[label])))
        for label in sorted(runs)
    ]
    return _table(("class", "technique", "runs", "flows", "packets", "tools", "launched from"), rows)


def _shortfalls(facts: dict) -> list[str]:
    lines = []
    if facts["classes_without_flows"]:
        lines.append(f"**Classes without any flow: {', '.join(facts['classes_without_flows'])}.**")
    if facts["runs_without_flows"]:
        lines.append(f"Runs without flows: {', '.join(map(str, facts['runs_without_flows']))}.")
    lines += [f"Not possible here: {label} ({reason})." for label, reason in facts["impossible"].items()]
    lines += [f"Not done: {count} x {reason}." for reason, count in sorted(facts["skipped"].items())]
    return lines


def _failed(facts: dict) -> str:
    if not facts["sessions_failed"]:
        return ""
    sessions = sum(count for _, count in facts["sessions"])
    failed = ", ".join(f"{activity} {count}" for activity, count in facts["sessions_failed"])
    return f"Of {sessions:,} sessions these ended with an error: {failed}."


def _unattributed(facts: dict) -> str:
    if not facts["unattributed"]:
        return "Nothing."
    rows = [(*reason, count, f"{100 * count / facts['flows']:.2f} %") for *reason, count in facts["unattributed"]]
    return _table(("detail", "reason", "flows", "share of all flows"), rows)


def _table(head: tuple, rows) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(str(cell).replace('|', '/') for cell in line)} |" for line in lines)
