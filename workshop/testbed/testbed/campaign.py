"""One campaign: network up, services up and probed, benign agents and attack runs while everything is captured, then
the truth."""

from __future__ import annotations

import asyncio
import shutil
import signal
import time
from collections import Counter
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from testbed import accounts, processes, schedule
from testbed.capture import Capture
from testbed.catalogue import Assault, Attack
from testbed.context import Context
from testbed.network import Host, Network
from testbed.processes import Outcome
from testbed.servers import Servers
from testbed.wiring import Wiring
from testbed.workplace import FILES, folder, say

ACTIVITY_GROUPS, RUN_GROUPS = 20000, 40000
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
    `failed`, by activity, sessions whose command ended with an error, as some of them should; `devices` are the network
    devices of every namespace, `links` what the link emulator counted."""

    begin: float = 0.0
    end: float = 0.0
    runs: list[RunRecord] = field(default_factory=list)
    sessions: list[SessionRecord] = field(default_factory=list)
    skipped: dict[str, int] = field(default_factory=dict)
    failed: Counter[str] = field(default_factory=Counter)
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
        self.servers = Servers(network, seed, self.logs)
        self.wiring = Wiring(network, FILES / "network", seed)
        self.capture = Capture(network, self.wiring.switch, work)
        self.record = Record()
        self.busy: dict[Host, int] = {}

    async def run(self) -> Record:
        for user in self.network.users:
            accounts.create(user.name, user.password)
        say("bringing the network up")
        await self.wiring.up()
        await self.capture.log_connections()
        await self.servers.up()
        await self.capture.record_packets()
        await self._act()
        self.servers.note_programs()
        await self.capture.stop()
        self.record.links = await self.wiring.down()
        return self.record

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
        place = folder(f"sessions/{session.number}")
        try:
            context = Context(self.network, host, Random(f"{self.seed} session {session.number}"), place)
            command = activity.command(context)
            self.record.sessions.append(SessionRecord(time.time(), host.name, activity.name, command))
            group, log = self.activity_groups[activity.name], self.logs / f"activity-{activity.name}.log"
            outcome = await processes.run(host, command, group, place, activity.seconds, log)
            if outcome.status == 124:
                self.record.skip(f"session of {activity.name} ended at its limit of {activity.seconds:.0f} s")
            elif outcome.status:
                self.record.failed[activity.name] += 1
        except (IndexError, KeyError, ValueError, TypeError, AttributeError) as error:
            self.record.skip(f"session, since activity {activity.name} cannot be drawn ({error!r})")
        finally:
            self.busy[host] -= 1
            shutil.rmtree(place, ignore_errors=True)

    async def _attack(self, run: schedule.Run, origin: float, slots: asyncio.Semaphore, alone: dict):
        await asyncio.sleep(origin + run.start - time.monotonic())
        attack, host, group = run.attack, run.host, RUN_GROUPS + run.number
        place = folder(f"runs/{run.number}")
        context = Context(self.network, host, Random(f"{self.seed} run {run.number}"), place, group)
        try:
            assault = attack.draw(context)
        except (IndexError, KeyError, ValueError, TypeError, AttributeError) as error:
            return self.record.skip(f"run of {attack.label}, since {attack.name} cannot be drawn ({error!r})")
        # Runs that wait for another of their class do not hold a slot meanwhile.
        async with alone[attack.label] if assault.evidence else nullcontext(), slots:
            if time.monotonic() - origin > self.seconds:
                return self.record.skip(f"run of {attack.label}, since others took all the time")
            await self._launch(run, assault, group, place)

    async def _launch(self, run: schedule.Run, assault: Assault, group: int, place: Path):
        log, listener = self.logs / f"run-{run.number:03d}-{run.attack.name}.log", None
        try:
            if assault.listener:
                host = self.network.everywhere[assault.listener_host]
                listener = await processes.start(processes.as_group(host, assault.listener, group, place), log)
                await asyncio.sleep(LISTENER_SECONDS)
            outcome = await processes.run(run.host, assault.command, group, place, run.attack.seconds, log)
            self.record.runs.append(RunRecord(run.number, run.attack, run.host, assault, outcome, group))
        finally:
            if listener:
                processes.end_session(listener.pid, signal.SIGKILL)  # some become another user, and leave the group
            processes.end_group(group)
