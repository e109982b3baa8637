"""What several activities need: who does them, pauses of people, user agents, addresses of pages, logins."""

from __future__ import annotations

from dataclasses import dataclass
from shlex import quote

from testbed.context import Context
from testbed.conventions import WORDS, Website, website
from testbed.services.internet import sites_content
from testbed.services.shell import SSH_OPTIONS

PEOPLE = ("client", "intruder")
EVERYBODY = ("client", "server", "intruder")
SYSTEMS = (
    "Windows NT 10.0; Win64; x64",
    "X11; Linux x86_64",
    "Macintosh; Intel Mac OS X 10_15_7",
    "Linux; Android 14; Pixel 8",
    "iPhone; CPU iPhone OS 17_5 like Mac OS X",
    "X11; CrOS x86_64 14541.0.0",
)
PROGRAMS = (
    "okhttp/4.12.0",
    "python-requests/2.31.0",
    "Go-http-client/2.0",
    "Java/17.0.9",
    "node-fetch/1.0",
    "aiohttp/3.9.3",
    "axios/1.6.7",
    "Dart/3.3 (dart:io)",
)
PREFIXES = ("www", "www", "www", "m", "api", "img", "static", "app", "accounts", "media")


def pause(context: Context, median: float = 1.5, most: float = 12.0) -> str:
    """A command that waits as people do between two things: seconds, log-normal."""
    return f"sleep {min(most, median * context.random.lognormvariate(0, 0.8)):.2f}"


def user_agent(context: Context) -> str:
    """A browser's in most cases, with its system and version, otherwise an application's; quoted for the shell."""
    if context.chance(0.15):
        return quote(context.choose(*PROGRAMS))
    system, version = context.choose(*SYSTEMS), context.between(105, 131)
    if context.chance(0.3):
        return quote(f"Mozilla/5.0 ({system}; rv:{version}.0) Gecko/20100101 Firefox/{version}.0")
    return quote(f"Mozilla/5.0 ({system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{version}.0.0.0 Safari/537.36")


def own_site(context: Context, offer: str = "web") -> tuple[str, Website]:
    """A web server of the own network: its address and what it publishes."""
    host = context.server(offer)
    return host.address, website(host.name)


def far_site(context: Context) -> tuple[str, Website]:
    """A site in the internet: a name below its domain and what it publishes."""
    name, _ = context.network.site()
    return f"{context.choose(*PREFIXES)}.{name}", sites_content(context.network)


def scheme(context: Context, secure: float = 0.7) -> str:
    return "https" if context.chance(secure) else "http"


def visit(context: Context, base: str, site: Website, source: str = "") -> str:
    """One page with some of its assets, as a browser fetches them: over one or several connections, HTTP/1.1 or 2."""
    paths = [context.choose(*site.pages)] + context.random.sample(site.assets, context.typical(3, 0.7, 14))
    parallel = f"-Z --parallel-max {context.between(2, 6)}" if context.chance(0.6) else ""
    version = context.choose("", "", "--http1.1")
    fetched = " ".join(f"-o /dev/null {base}{path}" for path in paths)
    return f"curl -sk --compressed -m 25 {version} {parallel} {source} -A {user_agent(context)} {fetched}"


def upload(context: Context, size: int, target: str, options: str = "") -> str:
    """Random bytes sent by PUT or as a form's file."""
    if context.chance(0.5):
        return f"head -c {size} /dev/urandom | curl -sk -m 40 {options} -T - -o /dev/null {target}"
    return (
        f"head -c {size} /dev/urandom > upload.bin; curl -sk -m 40 {options} -A {user_agent(context)}"
        f" -F file=@upload.bin -o /dev/null {target}"
    )


def login(context: Context) -> tuple[str, str]:
    """A user's name and password, quoted for the shell."""
    user = context.user()
    return user.name, quote(user.password)


@dataclass(frozen=True)
class Account:
    """A user who logs in by SSH with a key or a password."""

    name: str
    secret: str
    options: str

    def run(self, program: str = "ssh") -> str:
        """A command of the SSH family, up to the host."""
        return f"{self.secret}{program} {self.options}"


def account(context: Context) -> Account:
    name, password = login(context)
    if context.chance(0.5):
        return Account(name, f"sshpass -p {password} ", f"{SSH_OPTIONS} -o PubkeyAuthentication=no")
    return key_of(name)


def key_of(name: str) -> Account:
    return Account(name, "", f"{SSH_OPTIONS} -o BatchMode=yes -i /home/{name}/.ssh/id_ed25519")


def repeat(context: Context, command: str, times: tuple[int, int], period: float, jitter: float = 0.0) -> str:
    """The command so often, with its period in seconds and a jitter that is a share of it."""
    lines = []
    for _ in range(context.between(*times)):
        lines += [command, f"sleep {period * (1 + context.random.uniform(-jitter, jitter)):.2f}"]
    return "; ".join(lines)


def word(context: Context) -> str:
    return context.choose(*WORDS)


def letter(context: Context, words: float) -> str:
    """About so many words, in lines as mail has them; line ends are written `\\n`."""
    text = context.random.choices(WORDS, k=context.typical(words, 1.2, 40 * words) + 1)
    return "\\n".join(" ".join(text[start : start + 11]) for start in range(0, len(text), 11))
