"""From a campaign's captures and what its orchestrator knows to the truth of every flow, written out."""

from __future__ import annotations

import pwd
from dataclasses import dataclass
from pathlib import Path

from testbed.network import Network
from testbed.truth import results
from testbed.truth.claims import Claims, read_log
from testbed.truth.facts import Facts, RunFacts
from testbed.truth.flows import Assembler, assemble
from testbed.truth.label import Labeller
from testbed.truth.packets import merged
from testbed.truth.results import Tally
from testbed.wiring import BACKBONE


@dataclass
class Truth:
    assembler: Assembler
    tally: Tally


def establish(campaign, out: Path, work: Path) -> Truth:
    """Labels what a campaign captured and writes flows, runs, sessions and the capture to `out`."""
    network, record = campaign.network, campaign.record
    owners = {host.mac: host.address for host in network.hosts.values()}
    slim = work / "capture.pcap"
    assembler = assemble(merged([recorder.file for recorder in campaign.capture.packets]), slim, owners)
    logs = zip(network.everywhere, campaign.capture.connections)
    claims = Claims([claim for host, recorder in logs for claim in read_log(recorder.file, host)])
    verdicts = Labeller(_facts(campaign), claims).label(assembler.flows)
    tally = results.write_flows(out / "flows.tsv.gz", assembler, verdicts)
    results.write_runs(out / "labels.tsv", record.runs, tally)
    results.write_sessions(out / "benign_sessions.tsv.gz", record.sessions)
    results.compress(slim, out / "capture.pcap.zst")
    return Truth(assembler, tally)


def _facts(campaign) -> Facts:
    network, record = campaign.network, campaign.record
    runs = [
        RunFacts(
            run.number, run.attack.label, run.attack.tool, _micros(run.outcome.start), _micros(run.outcome.end),
            run.group, run.assault.evidence,
        )
        for run in sorted(record.runs, key=lambda run: run.number)
    ]
    resolvers = {host.address for host in network.servers("dns")} | {network.internet_resolver}
    return Facts(
        runs,
        {group: name for name, group in campaign.activity_groups.items()},
        {group: name for (_, name), group in campaign.servers.groups.items()},
        campaign.servers.programs,
        frozenset({0, *(pwd.getpwnam(user.name).pw_gid for user in network.users)}),
        _addresses(network),
        _machines(network),
        frozenset(resolvers),
    )


def _addresses(network: Network) -> dict[str, str]:
    """Whose address is whose."""
    hosts = {address: host.name for host in network.everywhere.values() for address in host.addresses}
    hosts |= {address: "internet" for address in network.visitors}
    hosts |= {address: "router" for address in network.router.addresses}
    return hosts | {str(BACKBONE[1]): "internet", str(BACKBONE[2]): "router", network.outside.gateway: "internet"}


def _machines(network: Network) -> dict[str, str]:
    """Whose hardware address is whose."""
    return {host.mac: host.name for host in network.everywhere.values()} | {
        mac: network.router.name for mac in network.router_macs.values()
    }


def _micros(seconds: float) -> int:
    return round(seconds * 1e6)
