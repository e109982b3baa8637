"""The command line of a campaign."""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import sys
import traceback
from pathlib import Path

from testbed import catalogue, profile, requirements, sandbox, schedule
from testbed.campaign import Campaign
from testbed.network import Network, plan
from testbed.refusal import Failure, Refusal
from testbed.truth import card, results
from testbed.truth.establish import establish
from testbed.workplace import say

FAILED, REFUSED, INCOMPLETE = 1, 2, 3
KEPT = "work"


def main(arguments: list[str]) -> int:
    """Gives the exit status: 0 done, 1 failed, 2 refused, 3 done but some class has no flows."""
    stage = arguments[0] if arguments[:1] in ([sandbox.SECOND], [sandbox.THIRD]) else ""
    arguments = arguments[1:] if stage else arguments
    options = _parse(arguments)
    try:
        catalogue.load()
        if options.list:
            return _list()
        if options.profile is None or options.out is None:
            raise Refusal("say what to run and where it goes: caracal campaign PROFILE --out DIR, or --list")
        if stage == sandbox.THIRD:
            _end_with(_work, options)
        return _arranged(options, arguments) if stage else _outside(options, arguments)
    except Refusal as refusal:
        print(f"campaign: {refusal}", file=sys.stderr)
        return REFUSED


def _end_with(work, options: argparse.Namespace):
    """Does the work and leaves at once with its exit status; the kernel ends whatever else runs in the sandbox."""
    status = FAILED
    try:
        status = work(options)
    except (Refusal, Failure) as error:
        print(f"campaign: {error}", file=sys.stderr)
        status = REFUSED if isinstance(error, Refusal) else FAILED
    except Exception:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="caracal campaign",
        description="Makes labelled traffic: real servers, benign clients and attack tools in network namespaces.",
        epilog="Exit status: 0 done, 1 failed on the way, 2 refused, 3 done but an attack class has no flows, "
        "130 or 143 interrupted.",
    )
    parser.add_argument("profile", nargs="?", help=f"network: {', '.join(profile.names())}, or a .toml file")
    parser.add_argument("--minutes", type=float, default=2.0, help="how long hosts are active, default 2")
    parser.add_argument("--seed", type=int, default=1, help="of schedule and parameters, default 1")
    parser.add_argument("--out", type=Path, metavar="DIR", help="where the results go; must not hold a campaign")
    parser.add_argument("--only", metavar="ENTRY,...", help="just these activities, attacks or classes, one run each")
    parser.add_argument("--install", action="store_true", help="install missing packages inside the sandbox only")
    parser.add_argument("--packages", type=Path, metavar="DIR", help="where --install keeps its downloads")
    parser.add_argument("--keep", action="store_true", help="keep logs and raw captures in DIR/work")
    parser.add_argument("--list", action="store_true", help="list all services, activities and attacks")
    return parser.parse_args(arguments)


def _list() -> int:
    print("services")
    for service in sorted(catalogue.SERVICES.values(), key=lambda entry: entry.name):
        print(f"  {service.name:24} offers {', '.join(service.offers)}")
    print("activities")
    for activity in sorted(catalogue.ACTIVITIES.values(), key=lambda entry: entry.name):
        hard = f"  (resembles {activity.hard_negative})" if activity.hard_negative else ""
        print(f"  {activity.name:24} weight {activity.weight:<5g} {', '.join(activity.roles)}{hard}")
    print("attacks")
    for attack in sorted(catalogue.ATTACKS.values(), key=lambda entry: (entry.label, entry.name)):
        origins = ", ".join(attack.origins)
        print(f"  {attack.label:22} {attack.name:26} {attack.technique:10} {attack.tool:24} {origins}")
    return 0


class Choice:
    """What a campaign is made of: the network, and which entries of the catalogue take part."""

    def __init__(self, options: argparse.Namespace):
        given = sandbox.OUTPUT / KEPT / Path(options.profile).name
        self.profile = profile.load(str(given) if given.is_file() else options.profile)
        self._check_services()
        self.network: Network = plan(self.profile, options.seed)
        self.only = set(options.only.split(",")) if options.only else set()
        self.runs = None if self.only else self.profile.attacks.runs
        self.activities = [a for a in catalogue.ACTIVITIES.values() if self._takes_activity(a)]
        self.attacks = [a for a in catalogue.ATTACKS.values() if self._takes_attack(a)]
        self._check_names()

    def packages(self) -> set[str]:
        """Debian packages that it needs."""
        services = {name for host in self.network.everywhere.values() for name in host.services}
        entries = [catalogue.SERVICES[name] for name in services] + self.activities + self.attacks
        return set(requirements.PLUMBING).union(*(entry.packages for entry in entries))

    def schedule(self, seconds: float, seed: int) -> schedule.Plan:
        result = schedule.runs(self.network, self.attacks, self.runs, seconds, seed)
        result.sessions = schedule.sessions(self.network, self.activities, seconds, seed)
        return result

    def _takes_activity(self, entry: catalogue.Activity) -> bool:
        if self.only:
            return entry.name in self.only
        wanted = self.profile.benign.activities
        return (not wanted or entry.name in wanted) and all(self.network.has(need) for need in entry.needs)

    def _takes_attack(self, entry: catalogue.Attack) -> bool:
        if self.only:
            return entry.name in self.only or entry.label in self.only
        attacks = self.profile.attacks
        tools = (attacks.tools or {}).get(entry.label)
        return (not attacks.classes or entry.label in attacks.classes) and (not tools or entry.tool in tools)

    def _check_services(self):
        plans = {**self.profile.hosts, "internet": self.profile.internet, "outside": self.profile.outside}
        for host, entry in plans.items():
            for name in entry.services:
                if name not in catalogue.SERVICES:
                    raise Refusal(f"host {host} has the service {name}, which is unknown: see caracal campaign --list")

    def _check_names(self):
        labels = {attack.label for attack in catalogue.ATTACKS.values()}
        benign = self.profile.benign
        unknown = self.only - (labels | catalogue.ACTIVITIES.keys() | catalogue.ATTACKS.keys())
        unknown |= {*benign.activities, *(benign.factors or ())} - catalogue.ACTIVITIES.keys()
        unknown |= {*self.profile.attacks.classes, *(self.profile.attacks.tools or ())} - labels
        if unknown:
            raise Refusal(f"there is no {', '.join(sorted(unknown))}: see caracal campaign --list")


def _outside(options: argparse.Namespace, arguments: list[str]) -> int:
    """The command as started: checks the machine, then runs itself again in the sandbox."""
    choice = Choice(options)
    requirements.check_machine()
    missing = requirements.missing(choice.packages())
    if missing and not options.install:
        requirements.refuse_missing(missing)
    out, work = _folders(options)
    try:
        if missing:
            say(f"downloading {len(missing)} packages")
            requirements.download(missing, _package_folder(options, out))
        return sandbox.enter(arguments, Path(sys.argv[0]).resolve())
    finally:
        if not options.keep:
            shutil.rmtree(work, ignore_errors=True)


def _folders(options: argparse.Namespace) -> tuple[Path, Path]:
    out = options.out.absolute()
    if (out / "flows.tsv.gz").exists():
        raise Refusal(f"{out} holds a campaign: give another folder for --out, or remove it")
    work = out / KEPT
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    if options.profile.endswith(".toml"):
        shutil.copy(options.profile, work)
    return out, work


def _package_folder(options: argparse.Namespace, out: Path) -> Path:
    return (options.packages or out / KEPT / "packages").absolute()


def _arranged(options: argparse.Namespace, arguments: list[str]) -> int:
    """The second process: makes the sandbox and waits for the third."""
    out = options.out.absolute()
    packages = _package_folder(options, out)
    code = Path(sys.argv[0]).resolve().parent
    try:
        sandbox.arrange(code, out, packages if packages.is_dir() else None)
    except OSError as error:
        raise Refusal(f"the sandbox cannot be made: {error}") from error
    return sandbox.supervise(arguments)


def _work(options: argparse.Namespace) -> int:
    """The third process: the campaign itself, in the sandbox."""
    choice = Choice(options)
    missing = requirements.missing(choice.packages())
    if missing:
        say(f"installing {len(missing)} packages in the sandbox")
        requirements.install(missing)
    requirements.check_kernel()
    seconds = options.minutes * 60
    planned = choice.schedule(seconds, options.seed)
    longest = sum(run.attack.seconds for run in planned.runs) / choice.profile.attacks.concurrent
    if longest > seconds:
        say(f"attack runs may take {longest / 60:.0f} minutes; what is not begun in {options.minutes:g} is left out")
    campaign = Campaign(choice.network, planned, choice.activities, seconds, options.seed, sandbox.OUTPUT / KEPT)
    if sys.version_info < (3, 12):  # later ones watch children this way anyhow
        asyncio.set_child_watcher(asyncio.PidfdChildWatcher())
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    loop.run_until_complete(campaign.run())
    return _tell(campaign, options, requirements.installed(choice.packages()))


def _tell(campaign: Campaign, options: argparse.Namespace, packages: dict[str, str]) -> int:
    """Labels the campaign, writes its results and says the main figures."""
    say("labelling")
    truth = establish(campaign, sandbox.OUTPUT, sandbox.OUTPUT / KEPT)
    facts = card.summary(campaign, truth, _made_by(options), packages)
    results.write_summary(sandbox.OUTPUT / "summary.json", facts)
    (sandbox.OUTPUT / "README.md").write_text(card.card(campaign, truth, facts), encoding="utf-8")
    say(f"{facts['packets']} packets, {facts['flows']} flows: "
        + ", ".join(f"{label} {count}" for label, count in facts["flows_by_label"]))
    for label in facts["classes_without_flows"]:
        print(f"campaign: CLASS WITHOUT FLOWS: {label} (see the data card)", file=sys.stderr)
    return INCOMPLETE if facts["classes_without_flows"] else 0


def _made_by(options: argparse.Namespace) -> dict:
    command = f"./caracal campaign {options.profile} --minutes {options.minutes:g} --seed {options.seed}"
    if options.only:
        command += f" --only {options.only}"
    return {"seed": options.seed, "minutes": options.minutes, "command": f"{command} --out DIR"}
