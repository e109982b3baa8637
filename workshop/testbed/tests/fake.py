"""A network without machines: what entries may ask of a network, with fixed answers."""

from __future__ import annotations

import tempfile
from ipaddress import IPv4Network
from pathlib import Path
from random import Random
from types import SimpleNamespace

import paths  # noqa: F401
from testbed.context import Context


class FakeNetwork:
    """Two clients, two servers and an intruder in one segment; every server offers everything."""

    domain = "corp.test"
    resolver = "10.20.30.14"
    internet_resolver = "198.51.100.2"
    segments = {"lan": SimpleNamespace(name="lan", network=IPv4Network("10.20.30.0/24"), gateway="10.20.30.1",
                                       bridge="b-lan")}
    visitors = [f"198.51.100.{number}" for number in range(100, 140)]
    spoofed = [f"198.51.100.{number}" for number in range(150, 250)]
    users = [SimpleNamespace(name=name, password=password) for name, password in
             (("alice", "Summer2024"), ("bob", "hunter22"), ("carol", "Passw0rd!"), ("dave", "letmein1"))]
    sites = {"example.net": "198.51.100.10", "news.test": "198.51.100.11", "cloud.test": "198.51.100.12"}

    def __init__(self, random: Random):
        self.random = random
        plan = (("c1", "client"), ("c2", "client"), ("s1", "server"), ("s2", "server"), ("i1", "intruder"))
        self.hosts = {name: self._host(name, f"10.20.30.{11 + number}", "lan", role)
                      for number, (name, role) in enumerate(plan)}
        self.internet = self._host("internet", "198.51.100.2", "internet", "internet")
        self.outside = self._host("outside", "203.0.113.45", "outside", "outside")
        self.router = self._host("router", "10.20.30.1", "router", "router")
        self.everywhere = {**self.hosts, "internet": self.internet, "outside": self.outside}

    @staticmethod
    def _host(name, address, segment, role):
        return SimpleNamespace(name=name, address=address, addresses=[address], segment=segment, role=role, mac="02:00:00:00:00:01",
                               gateway="10.20.30.1", device="eth0", services=(), offers=set())

    def servers(self, _offer):
        return self.with_role("server")

    def clients(self):
        return self.with_role("client")

    def with_role(self, role):
        return [host for host in self.everywhere.values() if host.role == role]

    def has(self, _need):
        return True

    def site(self):
        return self.random.choice(list(self.sites.items()))


def context(seed: int, host: str = "c1") -> Context:
    """A context on this host, with its own folder, that is drawn with this seed."""
    network = FakeNetwork(Random(f"{seed} network"))
    place = network.router if host == "router" else network.everywhere[host]
    return Context(network, place, Random(seed), Path(tempfile.mkdtemp(prefix="testbed-")))
