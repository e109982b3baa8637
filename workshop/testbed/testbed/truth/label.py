"""What each flow is: benign, an attack run's, a helper of one (`aux`), or not known (`ambiguous`).

Exact evidence comes first: the process that opened the flow (`gid`). Then what an attack run says of frames that its
tool makes itself (`rule`) and of look-ups that resolvers carry on for it (`qname`), then servers' own connections, then
what follows from other flows: connections out of a login (`login`), answers from a new port (`answer`), ICMP errors
(`quoted`), neighbour discovery (`neighbour`)."""

from __future__ import annotations

import grp
from collections import defaultdict
from ipaddress import IPv4Address, IPv4Network

from testbed.catalogue import Evidence
from testbed.truth.claims import Claim, Claims
from testbed.truth.facts import AMBIGUOUS, AUX, BENIGN, INTERCEPTED, UNATTRIBUTED, Facts, RunFacts, Verdict
from testbed.truth.flows import Flow
from testbed.truth.packets import DHCP, ICMP, ICMP6, IGMP, TCP, UDP, conversation

PROTOCOLS = {
    "tcp": (TCP, f"ip6:{TCP}"), "udp": (UDP, f"ip6:{UDP}"), "icmp": (ICMP,), "igmp": (IGMP,),
    "icmp6": (f"ip6:{ICMP6}", "ip6:0"), "arp": ("arp",), "dhcp": (UDP,),
}
LOGIN_PORTS = (22, 23, 2222)
DNS_PORT = 53
EARLY = 200_000
SETTLED = 1_000_000


class Labeller:
    """Gives every flow its verdict. Flows that follow from others come after them."""

    def __init__(self, facts: Facts, claims: Claims):
        self.facts = facts
        self.claims = claims
        self.verdicts: dict[int, Verdict] = {}
        self._runs = {run.group: run for run in facts.runs}
        self._rules = [(run, rule) for run in facts.runs for rule in run.evidence]
        self._invented: dict[str, RunFacts] = {}
        self._by_key: dict[tuple, list[Flow]] = defaultdict(list)

    def label(self, flows: list[Flow]) -> dict[int, Verdict]:
        """Verdicts by the flows' numbers; flows are turned to whoever opened them."""
        for flow in flows:
            self._by_key[flow.key[:3]].append(flow)
            claim = self.claims.of(flow.key, flow.start, flow.end)
            if claim and self._turned(flow, claim):
                flow.turn()
            verdict = self._direct(flow, claim)
            if verdict:
                self.verdicts[flow.number] = verdict
        sessions = self._sessions(flows)
        for follow in (lambda flow: self._login(flow, sessions), self._error, self._unknown):
            for flow in flows:
                if flow.number not in self.verdicts and (verdict := follow(flow)):
                    self.verdicts[flow.number] = verdict
        return self.verdicts

    @staticmethod
    def _turned(flow: Flow, claim: Claim) -> bool:
        said, seen = claim.endpoints, flow.endpoints
        return seen.protocol != ICMP and (said.source, said.source_port) == (seen.target, seen.target_port) != (
            seen.source, seen.source_port)

    def _direct(self, flow: Flow, claim: Claim | None) -> Verdict | None:
        return (
            self._process(flow, claim) or self._query(flow) or self._rule(flow) or self._server(flow, claim)
            or self._neighbour(flow) or self._kernel(flow)
        )

    def _process(self, flow: Flow, claim: Claim | None) -> Verdict | None:
        if claim is None:
            return None
        if run := self._runs.get(claim.group):
            asked = flow.endpoints.target_port == DNS_PORT and flow.endpoints.target in self.facts.resolvers
            if asked and not run.looks_up:
                return Verdict(AUX, "tool_dns", str(run.number), "gid")
            return run.verdict("gid")
        if activity := self.facts.activities.get(claim.group):
            return Verdict(BENIGN, activity, evidence="gid")
        return None

    def _query(self, flow: Flow) -> Verdict | None:
        if not flow.query:
            return None
        named = [run for run, rule in self._rules if any(_in_zone(flow.query, zone) for zone in rule.query_suffixes)]
        if not named:
            return None
        return min(named, key=lambda run: max(run.start - flow.start, flow.start - run.end, 0)).verdict("qname")

    def _rule(self, flow: Flow) -> Verdict | None:
        for run, rule in self._rules:
            if run.start - EARLY <= flow.start <= run.end + rule.grace * 1e6 and self._matches(rule, flow):
                if rule.protocol == "dhcp":
                    self._invented[flow.client] = run
                return run.verdict("rule")
        # A DHCP server may answer the hosts that a run invented long after the run has ended.
        late = self._invented.get(flow.client)
        return late.verdict("rule") if late else None

    def _matches(self, rule: Evidence, flow: Flow) -> bool:
        protocol, source, kind, target, target_port = flow.endpoints
        if rule.protocol == "dns" or (rule.query_suffixes and not (rule.sources or rule.targets or rule.ports)):
            return False
        if rule.protocol == "ip":
            if not isinstance(protocol, int) and not protocol.startswith("ip6:"):
                return False
        elif protocol not in PROTOCOLS.get(rule.protocol, (rule.protocol,)):
            return False
        if rule.protocol == "dhcp" and (not flow.client or flow.client in self.facts.machines):
            return False
        if flow.quoted:
            return False
        return (
            (not rule.ports or (kind if rule.protocol == "icmp6" else target_port) in rule.ports)
            and (not rule.sources or any(_is_at(place, source, flow.sender) for place in rule.sources))
            and (not rule.targets or any(_is_at(place, target, "") for place in rule.targets))
        )

    def _server(self, flow: Flow, claim: Claim | None) -> Verdict | None:
        name = self._service(claim) if claim else None
        if name is None:
            return None
        protocol, _, _, target, port = flow.endpoints
        if protocol == UDP and (asked := self.claims.of_socket(protocol, target, port, flow.start)):
            # Some servers, such as TFTP's, answer from a new port: the flow is that of whoever asked from this socket.
            verdict = self._process(flow, asked)
            if verdict and asked.endpoints.target == flow.endpoints.source:
                return verdict._replace(evidence="answer")
        return Verdict(BENIGN, f"server:{name}", evidence="gid")

    def _service(self, claim: Claim) -> str | None:
        return self.facts.services.get(claim.group) or self.facts.programs.get((claim.host, claim.group))

    def _neighbour(self, flow: Flow) -> Verdict | None:
        """ARP: whoever made the kernel ask for an address, or answer. What an attack makes it ask is part of the attack
        if nobody has the address, as in a sweep, and otherwise needed for any connection."""
        protocol, source, operation, target, _ = flow.endpoints
        if protocol != "arp":
            return None
        asker, sought = (source, target) if operation == 1 else (target, source)
        host = self.facts.hosts.get(asker)
        claim = self.claims.towards(sought, flow.start, None if host in (None, "router") else host)
        run = self._runs.get(claim.group) if claim else None
        if run is None:
            known = flow.sender in self.facts.machines
            return Verdict(BENIGN, "arp", evidence="neighbour") if known else None
        if operation == 1 and host == claim.host and sought not in self.facts.hosts:
            return run.verdict("neighbour")
        return Verdict(AUX, "arp", str(run.number), "neighbour")

    def _kernel(self, flow: Flow) -> Verdict | None:
        """What kernels say of themselves: multicast memberships, IPv6 neighbours; and DHCP of hosts that exist."""
        protocol = flow.endpoints.protocol
        if protocol == UDP and {flow.endpoints.source_port, flow.endpoints.target_port} <= set(DHCP):
            return Verdict(BENIGN, "dhcp", evidence="neighbour") if flow.client in self.facts.machines else None
        if protocol in (IGMP, "ip6:0", f"ip6:{ICMP6}") and flow.sender in self.facts.machines:
            return Verdict(BENIGN, "kernel", evidence="neighbour")
        return None

    def _sessions(self, flows: list[Flow]) -> dict[str, list[Flow]]:
        """Logins by the host that was logged in to."""
        sessions = defaultdict(list)
        for flow in flows:
            if flow.endpoints.target_port in LOGIN_PORTS and flow.number in self.verdicts and min(flow.packets) > 3:
                sessions[self.facts.hosts.get(flow.endpoints.target, "")].append(flow)
        return sessions

    def _login(self, flow: Flow, sessions: dict[str, list[Flow]]) -> Verdict | None:
        """A connection opened by a person's shell, or by a login server that forwards: of whoever is logged in."""
        claim = self.claims.of(flow.key, flow.start, flow.end)
        if claim is None or claim.group not in self.facts.logins:
            return None
        open_then = [s for s in sessions[claim.host] if s.start <= claim.time <= s.end + SETTLED]
        verdicts = {self.verdicts[session.number] for session in open_then}
        if not verdicts:
            return None
        if len({verdict.label for verdict in verdicts}) == len({verdict.run for verdict in verdicts}) == 1:
            return verdicts.pop()._replace(evidence="login")
        return Verdict(AMBIGUOUS, "login", reason=f"several people were logged in to {claim.host}")

    def _error(self, flow: Flow) -> Verdict | None:
        """An ICMP error belongs to the flow that it quotes; one that an attack provoked is no attack itself."""
        if flow.quoted is None:
            return None
        key = conversation(flow.quoted)
        quoted = [other for other in self._by_key.get(key, []) if other.start - EARLY <= flow.start]
        verdict = self.verdicts.get(quoted[-1].number) if quoted else None
        if verdict is None:
            claim = self.claims.of(key, flow.start, flow.end)
            verdict = self._process(flow, claim) or (self._server(flow, claim) if claim else None)
        if verdict is None:
            return None
        label = verdict.label if verdict.label in (BENIGN, AMBIGUOUS) else AUX
        return Verdict(label, "icmp-error", verdict.run, "quoted", verdict.reason)

    def _unknown(self, flow: Flow) -> Verdict:
        if flow.foreign:
            host = self.facts.machines.get(flow.foreign, flow.foreign)
            return Verdict(AMBIGUOUS, INTERCEPTED, reason=f"{host} passed it on for another host")
        claim = self.claims.of(flow.key, flow.start, flow.end)
        source = self.facts.hosts.get(flow.endpoints.source)
        if claim:
            reason = f"group {_group_name(claim.group)} of {claim.host} is no activity, service or attack"
        elif source:
            reason = f"{source} logged no process for it"
        else:
            reason = "its source is no host's address"
        return Verdict(AMBIGUOUS, UNATTRIBUTED, reason=reason)


def _in_zone(name: str, zone: str) -> bool:
    zone = zone.strip(".").lower()
    return name == zone or name.endswith(f".{zone}")


def _is_at(place: str, address: str, sender: str) -> bool:
    """Whether an address is a place, or lies in it; a hardware address is that of the sender."""
    if place in (address, sender):
        return True
    return "/" in place and address.count(".") == 3 and IPv4Address(address) in _network(place)


def _network(text: str, known: dict = {}) -> IPv4Network:
    if text not in known:
        known[text] = IPv4Network(text, strict=False)
    return known[text]


def _group_name(group: int) -> str:
    try:
        return grp.getgrgid(group).gr_name
    except KeyError:
        return str(group)
