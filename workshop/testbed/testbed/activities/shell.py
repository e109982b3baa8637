"""Work on other machines: commands, long sessions with pauses of people, copies, automation and the old telnet."""

from __future__ import annotations

from shlex import quote

from testbed.activities.common import EVERYBODY, PEOPLE, account, key_of, login, pause, word
from testbed.catalogue import activity
from testbed.context import Context

PACKAGES = ("openssh-client", "sshpass")
COMMANDS = (
    "uptime",
    "ls -la /usr/lib",
    "df -h",
    "ps aux",
    "cat /etc/services",
    "date",
    "id",
    "uname -a",
    "w",
    "cat /proc/meminfo",
    "ls -R /usr/share/doc | head -400",
    "free -m",
    "du -sh /usr/share/doc",
    "hostname",
    "tail -n 50 /etc/services",
    "find /etc -name '*.conf'",
    "env",
    "cat /etc/os-release",
    "sleep 2",
)


def typed(context: Context, line: str) -> str:
    """A line as it is typed: character by character, with the pauses of a practised or a slow hand."""
    speed = context.between(0.04, 0.25)
    return "; ".join(
        f"printf %s {quote(letter)}; sleep {speed * context.random.uniform(0.4, 2.2):.2f}" for letter in line
    )


def target(context: Context) -> str:
    return context.server("ssh").address


@activity("ssh_command", weight=3, roles=EVERYBODY, needs=("ssh",), packages=PACKAGES)
def ssh_command(context):
    user = account(context)
    return f"{user.run()} {user.name}@{target(context)} {quote(context.choose(*COMMANDS))}"


@activity(
    "ssh_session",
    weight=2.5,
    roles=PEOPLE,
    needs=("ssh",),
    packages=PACKAGES,
    seconds=60,
    hard_negative="reverse_shell",
)
def ssh_session(context):
    lines = "; ".join(
        f"{pause(context, 1.5, 8)}; echo {quote(context.choose(*COMMANDS))}" for _ in range(context.between(3, 9))
    )
    user = account(context)
    return f"({lines}; {pause(context)}; echo exit) | {user.run('ssh -tt')} {user.name}@{target(context)}"


@activity(
    "ssh_long", weight=1, roles=PEOPLE, needs=("ssh",), packages=PACKAGES, seconds=140, hard_negative="reverse_shell"
)
def ssh_long(context):
    """A session that stays open while its user types, reads and does something else; often with keep-alives."""
    lines = "; ".join(
        f"{typed(context, context.choose(*COMMANDS))}; echo; {pause(context, 4, 25)}"
        for _ in range(context.between(3, 8))
    )
    alive = f"-o ServerAliveInterval={context.choose(3, 5, 10, 15, 30)}" if context.chance(0.6) else ""
    user = account(context)
    return f"({lines}; echo exit) | {user.run(f'ssh -tt {alive}')} {user.name}@{target(context)}"


@activity("ssh_copy", weight=1.5, roles=EVERYBODY, needs=("ssh",), packages=PACKAGES, hard_negative="exfil_ssh")
def ssh_copy(context):
    """A file fetched or brought, by scp or sftp."""
    user, place = account(context), target(context)
    name = context.choose("report.pdf", "notes.txt", "table.xlsx", "archive.zip")
    if context.chance(0.4):
        return f"printf 'ls\\nget {name} got.bin\\nbye\\n' | {user.run('sftp')} {user.name}@{place}"
    if context.chance(0.5):
        return f"{user.run('scp -q')} {user.name}@{place}:{name} got.bin"
    size = context.typical(90_000, 1.3, 4_000_000)
    return (
        f"head -c {size} /dev/urandom > brought.bin;"
        f" {user.run('scp -q')} brought.bin {user.name}@{place}:{word(context)}.bin"
    )


@activity(
    "ssh_rsync",
    weight=1,
    roles=EVERYBODY,
    needs=("ssh",),
    packages=(*PACKAGES, "rsync"),
    seconds=60,
    hard_negative="exfil_ssh",
)
def ssh_rsync(context):
    """A folder kept the same on another machine by rsync within SSH."""
    files = "; ".join(
        f"head -c {context.typical(20_000, 1.2, 900_000)} /dev/urandom > tree/{at}.dat"
        for at in range(context.between(3, 16))
    )
    user = account(context)
    return (
        f"mkdir tree; {files}; {user.secret}rsync -a -e 'ssh {user.options}' tree"
        f" {user.name}@{target(context)}:{word(context)}/"
    )


@activity(
    "ssh_automation",
    weight=0.7,
    roles=EVERYBODY,
    needs=("ssh",),
    packages=PACKAGES,
    seconds=75,
    hard_negative="lateral_ssh",
)
def ssh_automation(context):
    """One account that runs the same commands on all servers, as configuration management does."""
    user, commands = key_of(context.user().name), context.random.sample(COMMANDS[:12], context.between(1, 3))
    hosts = [host.address for host in context.network.servers("ssh")]
    return "; ".join(
        f"{user.run()} {user.name}@{address} {quote(command)}"
        for address in context.random.sample(hosts, len(hosts))
        for command in commands
    )


@activity("telnet_session", weight=0.8, roles=PEOPLE, needs=("telnet",), packages=("inetutils-telnet",))
def telnet_session(context):
    name, password = login(context)
    lines = "; ".join(
        f"echo {quote(context.choose('ls', 'date', 'uptime', 'id', 'df', 'ps', 'who'))}; {pause(context, 1, 5)}"
        for _ in range(context.between(1, 6))
    )
    return (
        f"(sleep 1.2; echo {name}; sleep 1; echo {password}; sleep 1; {lines}; echo exit; sleep 0.5)"
        f" | timeout 40 telnet {context.server('telnet').address} | cat"
    )
