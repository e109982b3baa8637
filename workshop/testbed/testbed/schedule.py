"""Who does what when. All of it follows from the seed: benign sessions with busy and quiet periods, attack runs
spread over the campaign in random order."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from random import Random

from testbed.catalogue import Activity, Attack
from testbed.network import Host, Network

# How much of the benign traffic a role makes: a host of that role against a client.
SHARES = {"client": 1.0, "internet": 1.2, "server": 0.25, "intruder": 0.3, "outside": 0.15}
SWING = 0.7
PERIOD_SECONDS = (90, 300)
HABIT = 0.5
# Attacks start when benign traffic has begun, and so that they can end with the campaign; long ones need not end in it.
FIRST, LONGEST = 0.03, 0.5


@dataclass(frozen=True)
class Session:
    """A benign session: `start` in seconds since the campaign's begin."""

    number: int
    start: float
    host: Host
    activity: Activity


@dataclass(frozen=True)
class Run:
    """A planned attack run."""

    number: int
    start: float
    host: Host
    attack: Attack


@dataclass
class Plan:
    """What is to be done, and what cannot be done with the reason."""

    sessions: list[Session] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    impossible: dict[str, str] = field(default_factory=dict)


def sessions(network: Network, activities: list[Activity], seconds: float, seed: int) -> list[Session]:
    """Benign sessions of all hosts in order of time, together at the profile's rate; exponential think times whose mean
    swings between busy and quiet."""
    benign = network.profile.benign
    possible = {host: _habits(network, host, activities, seed) for host in network.everywhere.values()}
    shares = {host: SHARES[host.role] for host, habits in possible.items() if habits}
    drawn = []
    for host, share in shares.items():
        random = Random(f"{seed} sessions {host.name}")
        rate = benign.rate * share / sum(shares.values())
        habits = possible[host]
        for start in _times(random, rate, seconds):
            activity = random.choices(list(habits), list(habits.values()))[0]
            drawn.append((start, host, activity))
    drawn.sort(key=lambda item: item[0])
    return [Session(number, *item) for number, item in enumerate(drawn, 1)]


def runs(network: Network, attacks: list[Attack], count: int | None, seconds: float, seed: int) -> Plan:
    """So many runs of each class, or one of each attack if no number is given; tools and origins alternate in drawn
    order, so that none is left out before another comes twice."""
    random = Random(f"{seed} runs")
    plan, drawn = Plan(), []
    for label in dict.fromkeys(attack.label for attack in attacks):
        usable, reasons = [], []
        for attack in (attack for attack in attacks if attack.label == label):
            reason = _hindrance(network, attack)
            reasons.append(f"{attack.name}: {reason}") if reason else usable.append(attack)
        if not usable:
            plan.impossible[label] = "; ".join(reasons)
            continue
        random.shuffle(usable)
        hosts = {attack.name: _origins(network, attack, random) for attack in usable}
        for at in range(count or len(usable)):
            attack = usable[at % len(usable)]
            drawn.append((attack, hosts[attack.name][at // len(usable) % len(hosts[attack.name])]))
    timed = sorted(((_start(random, attack, seconds), attack, host) for attack, host in drawn), key=lambda run: run[0])
    plan.runs = [Run(number, start, host, attack) for number, (start, attack, host) in enumerate(timed, 1)]
    return plan


def _start(random: Random, attack: Attack, seconds: float) -> float:
    return random.uniform(FIRST * seconds, seconds - min(attack.seconds, LONGEST * seconds))


def _habits(network: Network, host: Host, activities: list[Activity], seed: int) -> dict[Activity, float]:
    """What a host does, with weights: no two hosts are alike."""
    random = Random(f"{seed} habits {host.name}")
    factors = network.profile.benign.factors or {}
    habits = {}
    for activity in activities:
        weight = activity.weight * factors.get(activity.name, 1.0) * random.lognormvariate(0, HABIT)
        if host.role in activity.roles and weight > 0 and all(network.has(need, host) for need in activity.needs):
            habits[activity] = weight
    return habits


def _times(random: Random, rate: float, seconds: float) -> list[float]:
    """Times of a Poisson process whose rate swings about its mean."""
    period, phase = random.uniform(*PERIOD_SECONDS), random.uniform(0, 2 * math.pi)
    highest, now, times = rate * (1 + SWING), 0.0, []
    while (now := now + random.expovariate(highest)) < seconds:
        if random.random() * highest < rate * (1 + SWING * math.sin(2 * math.pi * now / period + phase)):
            times.append(now)
    return times


def _hindrance(network: Network, attack: Attack) -> str:
    for need in attack.needs:
        if not network.has(need):
            return f"no server offers {need}"
    if not any(_able(network, attack, role) for role in attack.origins):
        return f"no host has the role {' or '.join(attack.origins)}, or only the one that it would attack"
    return ""


def _able(network: Network, attack: Attack, role: str) -> list[Host]:
    """The hosts of a role that find what the attack needs on another host."""
    return [host for host in network.with_role(role) if all(network.has(need, host) for need in attack.needs)]


def _origins(network: Network, attack: Attack, random: Random) -> list[Host]:
    """The hosts that an attack is launched from, in drawn order: roles alternate, however many hosts each has."""
    roles = [_able(network, attack, role) for role in attack.origins]
    queues = [random.sample(hosts, len(hosts)) for hosts in random.sample(roles, len(roles)) if hosts]
    return [queue[at % len(queue)] for at in range(max(map(len, queues))) for queue in queues]
