"""Starts the services of all hosts and probes them from a client until they answer."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from random import Random

from testbed import processes
from testbed.catalogue import SERVICES, Daemon
from testbed.context import Context
from testbed.network import Host, Network
from testbed.refusal import Failure
from testbed.workplace import folder, say, tail

FIRST_GROUP = 30000
SYSTEM_GROUPS = range(1, 1000)
SERVICE_SECONDS = 45
PROBE_SECONDS = 12


class Servers:
    """The services of a network. `groups` gives the group of each by host and name; `programs` the service that a
    group belongs to which processes of a host have moved to, such as www-data."""

    def __init__(self, network: Network, seed: int, logs: Path):
        self.network = network
        self.seed = seed
        self.logs = logs
        pairs = [(host.name, name) for host in network.everywhere.values() for name in host.services]
        self.groups = {pair: FIRST_GROUP + at for at, pair in enumerate(pairs)}
        self.programs: dict[tuple[str, int], str] = {}
        self._daemons: dict[int, tuple[str, str]] = {}

    async def up(self):
        say(f"starting {len(self.groups)} services")
        pairs = [(self.network.everywhere[host], name) for host, name in self.groups]
        probes = await asyncio.gather(*(self._start(host, name) for host, name in pairs))
        silent = [reason for reason in await asyncio.gather(*probes) if reason]
        if silent:
            raise Failure("; ".join(silent))
        self.note_programs()
        say(f"all {len(self.groups)} services answer")

    def note_programs(self):
        """Notes the groups that servers' processes have moved to by now."""
        parents, groups = {}, {}
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                try:
                    fields = dict(line.split(":\t", 1) for line in (entry / "status").read_text().splitlines())
                except (OSError, ValueError):
                    continue  # it ended meanwhile
                parents[int(entry.name)], groups[int(entry.name)] = int(fields["PPid"]), int(fields["Gid"].split()[0])
        for process, group in groups.items():
            ancestor = process
            while ancestor > 1 and ancestor not in self._daemons:
                ancestor = parents.get(ancestor, 0)
            if ancestor in self._daemons and group in SYSTEM_GROUPS:
                host, name = self._daemons[ancestor]
                self.programs[host, group] = name

    async def _start(self, host: Host, name: str):
        """Starts a service and gives its probe, to be awaited when all are started."""
        group, log = self.groups[host.name, name], self.logs / f"service-{host.name}-{name}.log"
        place = folder(f"services/{host.name}/{name}")
        context = Context(self.network, host, Random(f"{self.seed} service {host.name} {name}"), place)
        daemon = SERVICES[name].start(context)
        for command in daemon.setup:
            outcome = await processes.run(host, command, group, place, SERVICE_SECONDS, log)
            if outcome.status:
                raise Failure(f"service {name} of {host.name} cannot be set up: `{command}` failed: {tail(log)}")
        command = processes.as_group(host, f"exec {daemon.command}", group, place, daemon.user)
        started = await processes.start(command, log)
        self._daemons[started.pid] = (host.name, name)
        return self._probe(host, name, daemon, log)

    async def _probe(self, host: Host, name: str, daemon: Daemon, log: Path) -> str:
        """Probes a service until it answers; gives why it does not, or nothing."""
        prober = next(iter(self.network.clients() or self.network.hosts.values()))
        command, place = daemon.probe.replace("{address}", host.address), folder("probes")
        said = self.logs / f"probe-{host.name}-{name}.log"
        until = time.monotonic() + SERVICE_SECONDS
        while time.monotonic() < until:
            outcome = await processes.run(prober, command, self.groups[host.name, name], place, PROBE_SECONDS, said)
            if outcome.status == 0:
                return ""
            await asyncio.sleep(1)
        return f"service {name} of {host.name} does not answer `{command}` ({tail(said)}); it said: {tail(log)}"
