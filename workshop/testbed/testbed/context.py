"""What an entry may draw on: the network, the host it runs on, users, files and seeded chance."""

from __future__ import annotations

from pathlib import Path
from random import Random

from testbed import accounts
from testbed.conventions import WORDS, Conventions, conventions

ACCOUNTS = ("backup", "deploy", "svc", "ansible", "intern", "test", "support", "build")


class Context:
    """Handed to every entry. `host` is where the command runs; `random` the only source of chance; `folder` one that
    belongs to this run alone (it is gone with the campaign).

    Whoever reads a command later must be able to run it: entries return plain shell, and write longer files with
    `write`."""

    def __init__(self, network, host, random: Random, folder: Path, group: int = 0):
        self.network = network
        self.host = host
        self.random = random
        self.folder = folder
        self.group = group

    def choose(self, *choices):
        """One of the choices, each as likely as the others."""
        return self.random.choice(choices)

    def between(self, low, high):
        """A whole number if both ends are whole, otherwise any; both ends included."""
        whole = isinstance(low, int) and isinstance(high, int)
        return self.random.randint(low, high) if whole else round(self.random.uniform(low, high), 2)

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    def write(self, name: str, text: str | bytes, mode: int = 0o644) -> Path:
        """A file of this run's folder; missing folders are made."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        path.chmod(mode)
        return path

    def server(self, offer: str):
        """A host of the own network that offers this; never the one it runs on, if there is another."""
        others = [h for h in self.network.servers(offer) if h is not self.host]
        return self.random.choice(others or self.network.servers(offer))

    def user(self):
        """A user with an account on every server: `name`, `password`."""
        return self.random.choice(self.network.users)

    def account(self) -> accounts.User:
        """A new account on every server that is this run's alone, as one that the attacker took over: what its logins
        open has the group of the run."""
        user = accounts.User(f"{self.choose(*ACCOUNTS)}{self.group % 1000}", f"{self.choose(*WORDS)}{self.between(10, 9999)}")
        accounts.create(user.name, user.password, self.group)
        return user

    def typical(self, median: float, spread: float, most: float) -> int:
        """A log-normal whole number, as sizes and pauses of people are: `spread` is the deviation of its logarithm."""
        return int(min(most, median * self.random.lognormvariate(0, spread)))

    @property
    def conventions(self) -> Conventions:
        """What servers and clients of this network agree on."""
        return conventions(self.network.domain)
