"""A network without machines: what entries may ask of a network, with fixed answers."""

from __future__ import annotations

import tempfile
from pathlib import Path
from random import Random
from types import SimpleNamespace

from testbed.context import Context


class FakeNetwork:
    domain = "corp.test"
    resolver = "10.20.30.14"
    visitors = [f"198.51.100.{n}" for n in range(100, 110)]
    spoofed = [f"198.51.100.{n}" for n in range(150, 200)]
    users = [SimpleNamespace(name=name, password=password) for name, password in
             (("alice", "Summer2024"), ("bob", "hunter22"), ("carol", "Passw0rd!"), ("dave", "letmein1"))]
    sites = {"example.net": "198.51.100.10", "news.test": "198.51.100.11", "cloud.test": "198.51.100.12"}

    def __init__(self, services=()):
        segment = SimpleNamespace(name="lan", network="10.20.30.0/24", bridge="br0", gateway="10.20.30.1")
        self.segments = {"lan": segment}
        self.hosts = {}
        for number, (name, role) in enumerate((("c1", "client"), ("c2", "client"), ("s1", "server"), ("s2", "server"),
                                               ("i1", "intruder"))):
            self.hosts[name] = self._host(name, f"10.20.30.{11 + number}", role, services if role == "server" else ())
        self.router = self._host("router", "10.20.30.1", "router", ())
        self.outside = self._host("outside", "203.0.113.45", "outside", ())
        self.internet = self._host("internet", "198.51.100.10", "internet", services)
        self.internet.addresses = ["198.51.100.10", "198.51.100.11", "198.51.100.12", "198.51.100.53"]
        self.segments["lan"].hosts = list(self.hosts.values())

    def _host(self, name, address, role, services):
        return SimpleNamespace(name=name, address=address, addresses=[address], role=role, services=list(services),
                               segment="lan", mac="02:00:00:00:00:01")

    def servers(self, offer):
        return [host for host in self.hosts.values() if host.role == "server"]

    def clients(self):
        return [host for host in self.hosts.values() if host.role == "client"]

    def site(self):
        return "example.net", "198.51.100.10"


def context(seed: int, host: str = "c1", network: FakeNetwork | None = None) -> Context:
    """A context on this host, with its own folder, that is drawn with this seed."""
    network = network or FakeNetwork()
    places = {**network.hosts, "internet": network.internet, "outside": network.outside, "router": network.router}
    return Context(network, places[host], Random(seed), Path(tempfile.mkdtemp(prefix="testbed-")))
