"""One campaign: network up, services up and probed, benign agents and attack runs while everything is captured, then
the truth."""

from __future__ import annotations

import asyncio
import shutil
import time
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from testbed import accounts, processes, schedule
from testbed.capture import Capture
from testbed.catalogue import SERVICES, Assault, Attack, Daemon
from testbed.context import Context
from testbed.network import Host, Network
from testbed.processes import Outcome
from testbed.refusal import Failure
from testbed.wiring import Wiring

FILES = Path("/var/lib/campaign")
ACTIVITY_GROUPS, SERVICE_GROUPS, RUN_GROUPS = 20000, 30000, 40000
SERVICE_SECONDS = 45
PROBE_SECONDS = 12
LISTENER_SECONDS = 1.0
DRAIN_SECONDS = 20
MOST_SESSIONS = {"client": 22, "internet": 16}
MOST_SESSIONS_ELSEWHERE = 6


@dataclass
class RunRecord:
    """What became of a planned attack run."""

    number: int
    attack: Attack
    host: Host
    assault: Assault
    outcome: Outcome
    group: int


@dataclass
class SessionRecord:
    start: float
    host: str
    activity: str
    command: str


@dataclass
class Record:
    """What a campaign did, as the truth needs it. `skipped` counts, by reason, what was planned and not done;
    `programs` says which service the groups of a host's processes belong to, `devices` what network devices there are."""

    begin: float = 0.0
    end: float = 0.0
    runs: list[RunRecord] = field(default_factory=list)
    sessions: list[SessionRecord] = field(default_factory=list)
    skipped: dict[str, int] = field(default_factory=dict)
    programs: dict[tuple[str, int], str] = field(default_factory=dict)
    devices: dict[str, list[str]] = field(default_factory=dict)
    links: str = ""

    def skip(self, reason: str):
        self.skipped[reason] = self.skipped.get(reason, 0) + 1


class Campaign:
    """Brings a network to life for so many seconds. Working files and logs go to `work`."""

    def __init__(self, network: Network, plan: schedule.Plan, activities: list, seconds: float, seed: int, work: Path):
        self.network = network
        self.plan = plan
        self.seconds = seconds
        self.seed = seed
        self.logs = work / "logs"
        self.logs.mkdir(parents=True, exist_ok=True)
        self.activity_groups = {a.name: ACTIVITY_GROUPS + at for at, a in enumerate(activities)}
        self.service_groups = self._service_groups()
        self.wiring = Wiring(network, FILES / "network", seed)
        self.capture = Capture(network, self.wiring.switch, work)
        self.record = Record()
        self.busy: dict[Host, int] = {}
        self.daemons: dict[tuple[str, str], int] = {}

    async def run(self) -> Record:
        for user in self.network.users:
            accounts.create(user.name, user.password)
        say("bringing the network up")
        await self.wiring.up()
        await self.capture.log_connections()
        await self._services()
        await self.capture.record_packets()
        await self._act()
        self._programs()
        await self.capture.stop()
        self.record.links = await self.wiring.down()
        return self.record

    def _service_groups(self) -> dict[tuple[str, str], int]:
        pairs = [(host.name, name) for host in self.network.everywhere.values() for name in host.services]
        return {pair: SERVICE_GROUPS + at for at, pair in enumerate(pairs)}

    # Services

    async def _services(self):
        pairs = [(self.network.everywhere[host], name) for host, name in self.service_groups]
        say(f"starting {len(pairs)} services")
        probes = await asyncio.gather(*(self._start_service(host, name) for host, name in pairs))
        refused = [reason for reason in await asyncio.gather(*probes) if reason]
        if refused:
            raise Failure("; ".join(refused))
        self._programs()
        say(f"all {len(pairs)} services answer")

    async def _start_service(self, host: Host, name: str):
        """Starts a service and gives its probe, to be awaited when all are started."""
        group, log = self.service_groups[host.name, name], self.logs / f"service-{host.name}-{name}.log"
        folder = self._folder(f"services/{host.name}/{name}")
        context = Context(self.network, host, Random(f"{self.seed} service {host.name} {name}"), folder)
        daemon = SERVICES[name].start(context)
        for command in daemon.setup:
            outcome = await processes.run(host, command, group, folder, SERVICE_SECONDS, log)
            if outcome.status:
                raise Failure(f"service {name} of {host.name} cannot be set up: `{command}` failed: {_tail(log)}")
        command = processes.as_group(host, f"exec {daemon.command}", group, folder, daemon.user)
        started = await processes.start(command, log)
        self.daemons[host.name, name] = started.pid
        return self._probe(host, name, daemon, log)

    async def _probe(self, host: Host, name: str, daemon: Daemon, log: Path) -> str:
        """Probes a service until it answers; gives why it does not, or nothing."""
        others = self.network.clients() or list(self.network.hosts.values())
        group, prober = self.service_groups[host.name, name], others[0]
        command, folder = daemon.probe.replace("{address}", host.address), self._folder("probes")
        probe_log = self.logs / f"probe-{host.name}-{name}.log"
        until = time.monotonic() + SERVICE_SECONDS
        while time.monotonic() < until:
            outcome = await processes.run(prober, command, group, folder, PROBE_SECONDS, probe_log)
            if outcome.status == 0:
                return ""
            await asyncio.sleep(1)
        return f"service {name} of {host.name} does not answer `{command}` ({_tail(probe_log)}); it said: {_tail(log)}"

    def _programs(self):
        """Notes the groups that servers' processes have moved to, such as www-data."""
        parents, groups = {}, {}
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                try:
                    fields = dict(line.split(":\t", 1) for line in (entry / "status").read_text().splitlines())
                except (OSError, ValueError):
                    continue
                parents[int(entry.name)], groups[int(entry.name)] = int(fields["PPid"]), int(fields["Gid"].split()[0])
        leaders = {process: pair for pair, process in self.daemons.items()}
        for process, group in groups.items():
            ancestor = process
            while ancestor > 1 and ancestor not in leaders:
                ancestor = parents.get(ancestor, 0)
            if ancestor in leaders and 0 < group < 1000:
                host, name = leaders[ancestor]
                self.record.programs[host, group] = name

    # Agents and attacks

    async def _act(self):
        self.record.devices = await self.wiring.check_isolation()
        self.record.begin = time.time()
        origin = time.monotonic()
        say(f"{len(self.plan.sessions)} benign sessions and {len(self.plan.runs)} attack runs in {self.seconds:.0f} s")
        slots = asyncio.Semaphore(self.network.profile.attacks.concurrent)
        alone: dict[str, asyncio.Lock] = {run.attack.label: asyncio.Lock() for run in self.plan.runs}
        tasks = [asyncio.create_task(self._session(session, origin)) for session in self.plan.sessions]
        tasks += [asyncio.create_task(self._attack(run, origin, slots, alone)) for run in self.plan.runs]
        progress = asyncio.create_task(self._progress(origin))
        longest = max((run.attack.seconds for run in self.plan.runs), default=0)
        _, late = await asyncio.wait(tasks, timeout=self.seconds + max(longest, DRAIN_SECONDS)) if tasks else ((), ())
        for task in late:
            task.cancel()
            self.record.skip("ended with the campaign")
        for result in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(result, Exception):
                raise result
        progress.cancel()
        self.record.end = time.time()

    async def _progress(self, origin: float):
        while True:
            await asyncio.sleep(60)
            minutes = (time.monotonic() - origin) / 60
            say(f"{minutes:.0f} min: {len(self.record.sessions)} sessions, {len(self.record.runs)} attack runs done")

    async def _session(self, session: schedule.Session, origin: float):
        await asyncio.sleep(origin + session.start - time.monotonic())
        host, activity = session.host, session.activity
        if self.busy.get(host, 0) >= MOST_SESSIONS.get(host.role, MOST_SESSIONS_ELSEWHERE):
            return self.record.skip("session, since the host was busy")
        self.busy[host] = self.busy.get(host, 0) + 1
        folder = self._folder(f"sessions/{session.number}")
        try:
            context = Context(self.network, host, Random(f"{self.seed} session {session.number}"), folder)
            command = activity.command(context)
            self.record.sessions.append(SessionRecord(time.time(), host.name, activity.name, command))
            group, log = self.activity_groups[activity.name], self.logs / f"activity-{activity.name}.log"
            outcome = await processes.run(host, command, group, folder, activity.seconds, log)
            if outcome.status == 124:
                self.record.skip(f"session of {activity.name} ended at its limit of {activity.seconds:.0f} s")
        except (IndexError, KeyError, ValueError, TypeError, AttributeError) as error:
            self.record.skip(f"session, since activity {activity.name} cannot be drawn ({error!r})")
        finally:
            self.busy[host] -= 1
            shutil.rmtree(folder, ignore_errors=True)

    async def _attack(self, run: schedule.Run, origin: float, slots: asyncio.Semaphore, alone: dict):
        await asyncio.sleep(origin + run.start - time.monotonic())
        attack, host, group = run.attack, run.host, RUN_GROUPS + run.number
        async with slots:
            if time.monotonic() - origin > self.seconds:
                return self.record.skip(f"run of {attack.label}, since others took all the time")
            folder = self._folder(f"runs/{run.number}")
            context = Context(self.network, host, Random(f"{self.seed} run {run.number}"), folder, group)
            try:
                assault = attack.draw(context)
            except (IndexError, KeyError, ValueError, TypeError, AttributeError) as error:
                return self.record.skip(f"run of {attack.label}, since {attack.name} cannot be drawn ({error!r})")
            if assault.evidence:
                async with alone[attack.label]:
                    await self._launch(run, assault, group, folder)
            else:
                await self._launch(run, assault, group, folder)

    async def _launch(self, run: schedule.Run, assault: Assault, group: int, folder: Path):
        log = self.logs / f"run-{run.number:03d}-{run.attack.name}.log"
        try:
            if assault.listener:
                listener = self.network.everywhere[assault.listener_host]
                await processes.start(processes.as_group(listener, assault.listener, group, folder), log)
                await asyncio.sleep(LISTENER_SECONDS)
            outcome = await processes.run(run.host, assault.command, group, folder, run.attack.seconds, log)
            self.record.runs.append(RunRecord(run.number, run.attack, run.host, assault, outcome, group))
        finally:
            processes.end_group(group)

    @staticmethod
    def _folder(name: str) -> Path:
        folder = FILES / name
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o777)
        return folder


def say(text: str):
    print(f"campaign: {text}", flush=True)


def _tail(log: Path) -> str:
    lines = log.read_text(errors="replace").strip().splitlines() if log.exists() else []
    return " / ".join(lines[-3:])[-400:] or "nothing"
