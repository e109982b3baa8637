"""Brings a network up: namespaces of hosts, links between them, addresses and routes, and the log of new connections.

A switch namespace holds a bridge per segment; the router has a link to each and one to the internet host, on which the
outside host hangs."""

from __future__ import annotations

import asyncio
import json
from ipaddress import IPv4Network
from pathlib import Path

from testbed.network import Host, Network
from testbed.processes import ENVIRONMENT, check, inside
from testbed.profile import Link
from testbed.refusal import Failure, Refusal
from testbed.requirements import LOG_RULES

BASE, SWITCH = "sandbox", "switch"
BACKBONE = IPv4Network("100.64.0.0/30")
BACKBONE_LINK = Link(0.05, 0.02, queue_ms=50)
HOLD = """set -e
hostname "$0"
for folder in /run /tmp; do mount -t tmpfs -o mode=1777 tmpfs $folder; done
mkdir -p /run/lock
for file in resolv.conf hosts hostname; do mount --bind "$1/$file" /etc/$file; done
sysctl -qw net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.default.rp_filter=0 net.ipv6.conf.default.accept_dad=0
ip link set lo up
echo ready
exec sleep infinity"""


class Wiring:
    """The namespaces and links of one network. `emulator` prints what each link lost once it is ended."""

    def __init__(self, network: Network, folder: Path, seed: int):
        self.network = network
        self.folder = folder
        self.seed = seed
        self.switch = Host(SWITCH, "", SWITCH, SWITCH, "", Link())
        self.emulator = None

    @property
    def places(self) -> list[Host]:
        return [self.switch, self.network.router, *self.network.everywhere.values()]

    async def up(self):
        await asyncio.gather(*(self._hold(host) for host in self.places))
        await self._link()
        await self._bridges()
        await asyncio.gather(
            self._router(), self._internet(), *(self._host(host) for host in self.network.everywhere.values())
        )
        await self.check_isolation()

    async def down(self) -> str:
        """Ends the links; gives what each of them counted."""
        self.emulator.terminate()
        return (await self.emulator.stdout.read()).decode()

    async def check_isolation(self) -> dict[str, list[str]]:
        """Gives the network devices of every namespace; goes on only if none of them is a way to the machine: there is
        no device that is not ours, and no route beyond the internet host."""
        ours = {BASE: set(), SWITCH: {segment.bridge for segment in self.network.segments.values()}}
        ours[SWITCH] |= {f"p-{name}" for name in self.network.hosts} | {f"r-{name}" for name in self.network.segments}
        ours["router"] = {*self.network.segments, "wan"}
        ours["internet"] = {"wan", "far"}
        found = {BASE: await check(["ip", "-j", "link"])}
        for host in self.places:
            found[host.name] = await check(inside(host, ["ip", "-j", "link"]))
        devices = {name: [link["ifname"] for link in json.loads(said.output)] for name, said in found.items()}
        for name, names in devices.items():
            if strange := {*names} - ours.get(name, {"eth0"}) - {"lo"}:
                raise Failure(f"{name} has the network device {', '.join(strange)}, which is none of the campaign's")
        routes = await check(inside(self.network.internet, ["ip", "-j", "route", "show", "default"]))
        if json.loads(routes.output or "[]"):
            raise Failure("the internet host has a default route, and nothing may lie behind it")
        return devices

    async def _hold(self, host: Host):
        files = self.folder / host.name
        files.mkdir(parents=True)
        own = host.segment in self.network.segments
        resolver = self.network.resolver if own else self.network.internet_resolver
        lines = f"nameserver {resolver}\nsearch {self.network.domain}\noptions timeout:2 attempts:2\n"
        (files / "resolv.conf").write_text(lines)
        (files / "hosts").write_text(f"127.0.0.1 localhost\n127.0.1.1 {host.name}\n")
        (files / "hostname").write_text(f"{host.name}\n")
        process = await asyncio.create_subprocess_exec(
            "unshare", "--net", "--mount", "--uts", "bash", "-c", HOLD, host.name, str(files),
            stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
            start_new_session=True, env=ENVIRONMENT,
        )
        said = (await process.stdout.readline()).decode().strip()
        if said != "ready":
            raise Refusal(f"host {host.name} cannot be made ({said}): the kernel must allow nested namespaces")
        host.process = process.pid

    async def _link(self):
        """Starts the emulator with all links."""
        network, switch = self.network, self.switch
        ends = [(host, "eth0", switch, f"p-{host.name}", host.link) for host in network.hosts.values()]
        ends += [(network.router, name, switch, f"r-{name}", BACKBONE_LINK) for name in network.segments]
        ends.append((network.router, "wan", network.internet, "wan", network.internet.link))
        ends.append((network.outside, "eth0", network.internet, "far", network.outside.link))
        program = self.folder / "link"
        source = Path(__file__).resolve().parent.parent / "native" / "link.c"
        await self._must(["gcc", "-O2", "-o", str(program), str(source), "-lm"])
        self.emulator = await asyncio.create_subprocess_exec(
            "nice", "-n", "-5", str(program), str(self.seed), start_new_session=True, env=ENVIRONMENT,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        )
        lines = "".join(
            f"{a.process}:{device_a} {b.process}:{device_b} {link.delay_ms} {link.jitter_ms} {link.loss} "
            f"{link.reorder} {link.rate_mbit} {link.queue_ms}\n"
            for a, device_a, b, device_b, link in ends
        )
        self.emulator.stdin.write(f"{lines}\n".encode())
        if (await self.emulator.stdout.readline()).decode().strip() != "ready":
            raise Refusal("the link emulator cannot make its devices: the kernel must have TUN (`modprobe tun`)")

    async def _bridges(self):
        bridges = {name: segment.bridge for name, segment in self.network.segments.items()}
        batch = [f"link add {bridge} type bridge mcast_snooping 0" for bridge in bridges.values()]
        batch += [f"link set {bridge} up" for bridge in bridges.values()]
        ports = [(f"p-{host.name}", host.segment) for host in self.network.hosts.values()]
        ports += [(f"r-{name}", name) for name in self.network.segments]
        batch += [f"link set {port} master {bridges[segment]} up" for port, segment in ports]
        # A switch says nothing of its own; without this the kernel would announce its bridges by IPv6.
        await self._set(self.switch, {"ipv6.conf.all.disable_ipv6": 1, "ipv6.conf.default.disable_ipv6": 1})
        await self._ip(self.switch, batch)

    async def _host(self, host: Host):
        if host.role == "internet":
            return
        prefix = self.network.segments[host.segment].network.prefixlen if host.segment in self.network.segments else 24
        await self._ip(host, [
            f"link set eth0 address {host.mac} txqueuelen 2000 up",
            f"address add {host.address}/{prefix} broadcast + dev eth0",
            f"route add default via {host.gateway}",
        ])
        settings = {"ipv4.ip_default_ttl": host.ttl, "ipv4.tcp_timestamps": int(host.timestamps)}
        settings["ipv4.tcp_sack"] = int(host.sack)
        if host.window:
            settings["ipv4.tcp_rmem"] = f"4096 {min(host.window, 131072)} {host.window}"
        if host.congestion != Host.congestion:
            settings["ipv4.tcp_congestion_control"] = host.congestion
        await self._set(host, settings)
        await self._log(host)

    async def _router(self):
        """Routes between segments and to the internet. Packets whose source does not lie behind the interface they
        come in by are dropped, as routers do against forged sources; so every packet is captured once."""
        router, segments = self.network.router, self.network.segments
        batch = [f"link set {name} address {mac} up" for name, mac in self.network.router_macs.items()]
        batch += [
            f"address add {segment.gateway}/{segment.network.prefixlen} broadcast + dev {segment.name}"
            for segment in segments.values()
        ]
        batch += ["link set wan up", f"address add {BACKBONE[2]}/30 dev wan", f"route add default via {BACKBONE[1]}"]
        await self._ip(router, batch)
        await self._set(router, {"ipv4.ip_forward": 1, "ipv4.conf.all.send_redirects": 0, "ipv4.conf.all.rp_filter": 1})

    async def _internet(self):
        host, outside = self.network.internet, self.network.outside
        away = host.addresses + self.network.visitors
        batch = ["link set wan up", f"address add {BACKBONE[1]}/30 dev wan", f"link set far address {host.mac} up"]
        batch += [f"address add {outside.gateway}/24 dev far"]
        batch += [f"address add {address}/32 dev lo" for address in away]
        batch += [f"route add blackhole {self.network.profile.internet.network}"]
        batch += [f"route add {segment.network} via {BACKBONE[2]}" for segment in self.network.segments.values()]
        await self._ip(host, batch)
        await self._set(host, {"ipv4.ip_forward": 1, "ipv4.conf.all.send_redirects": 0})
        await self._log(host)

    async def _ip(self, host: Host, batch: list[str]):
        await self._must(inside(host, ["ip", "-batch", "-"]), "\n".join(batch) + "\n")

    async def _set(self, host: Host, settings: dict[str, object]):
        pairs = [f"net.{name}={value}" for name, value in settings.items()]
        await self._must(inside(host, ["sysctl", "-q", "-w", *pairs]))

    async def _log(self, host: Host):
        await self._must(inside(host, ["nft", "-f", "-"]), LOG_RULES.replace("TABLE", "truth"))

    @staticmethod
    async def _must(command: list[str], text: str = ""):
        outcome = await check(command, text)
        if outcome.status:
            raise Refusal(f"the network cannot be brought up: `{' '.join(command)}` failed: {outcome.output.strip()}")
