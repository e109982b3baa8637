"""Questions to file shares that nobody should be able to ask."""

from testbed.attacks.material import ANYWHERE, INSIDE, maybe, pause, segment, words
from testbed.catalogue import Assault, attack

IMPACKET = "/usr/bin/python3 /usr/share/doc/python3-impacket/examples"
SHARES = "T1135"


def share_server(c) -> str:
    return c.server("files").address


def login(c) -> tuple[str, str]:
    """A user's name and password as the attacker stole them, a guest's, or nobody's."""
    user = c.user()
    return c.choose((user.name, user.password), ("guest", ""), ("guest", "x"), ("", ""))


@attack("smb_enum", technique=SHARES, tool="smbmap", origins=INSIDE, needs=("files",), packages=("smbmap",), seconds=30)
def smbmap(c):
    runs = []
    for _ in range(c.between(1, 3)):
        name, password = login(c)
        runs.append(
            words(
                "smbmap -H",
                share_server(c),
                name and f"-u '{name}' -p '{password}'",
                c.choose("", "-R pub --depth 2", "-R docs --depth 3", "-L"),
            )
        )
    return Assault("; ".join(runs))


@attack(
    "smb_enum",
    technique=SHARES,
    tool="rpcclient",
    origins=ANYWHERE,
    needs=("files",),
    packages=("smbclient",),
    seconds=30,
)
def rpcclient(c):
    name, password = login(c)
    asked = c.random.sample(
        [
            "srvinfo",
            "enumdomusers",
            "netshareenumall",
            "querydominfo",
            "lsaquery",
            "enumdomgroups",
            "netshareenum",
            "getdompwinfo",
            "enumprivs",
            "lsaenumsid",
        ],
        c.between(3, 7),
    )
    target, first = share_server(c), c.between(998, 1004)
    body = f"rpcclient -U '{name}%{password}' {target} -c"
    return Assault(
        f"for command in {' '.join(asked)}; do {body} $command; {pause(c.between(0.0, 0.8))}; done;"
        f' for id in $(seq {first} {first + c.between(3, 16)}); do {body} "queryuser $id"; done'
    )


@attack(
    "smb_enum", technique=SHARES, tool="nmap smb", origins=ANYWHERE, needs=("files",), packages=("nmap",), seconds=35
)
def nmap_shares(c):
    scripts = ",".join(
        c.random.sample(
            [
                "smb-enum-shares",
                "smb2-security-mode",
                "smb-protocols",
                "smb2-time",
                "smb2-capabilities",
                "smb-os-discovery",
                "smb-enum-users",
                "smb-security-mode",
            ],
            c.between(3, 6),
        )
    )
    return Assault(f"nmap -n -Pn -sT -p{c.choose('445', '139,445')} --script {scripts} {share_server(c)}")


@attack(
    "smb_enum",
    technique=SHARES,
    tool="smbclient",
    origins=ANYWHERE,
    needs=("files",),
    packages=("smbclient",),
    seconds=30,
)
def smbclient_shares(c):
    target, (name, password) = share_server(c), login(c)
    guessed = " ".join(
        c.random.sample(
            [
                "C$",
                "ADMIN$",
                "IPC$",
                "backup",
                "data",
                "docs",
                "home",
                "print$",
                "public",
                "pub",
                "share",
                "sysvol",
                "users",
                "www",
                "finance",
                "it",
            ],
            c.between(5, 14),
        )
    )
    return Assault(
        f"smbclient -U '{name}%{password}' -L {target}; for share in {guessed}; do smbclient -U"
        f" '{name}%{password}' //{target}/$share -c ls; {pause(c.between(0.0, 0.6))}; done"
    )


@attack(
    "smb_enum",
    technique=SHARES,
    tool="impacket",
    origins=INSIDE,
    needs=("files",),
    packages=("python3-impacket",),
    seconds=35,
)
def impacket(c):
    target, (name, password) = share_server(c), login(c)
    who = f"'{name}:{password}@{target}'" if password else f"-no-pass '{name or 'guest'}@{target}'"
    scripts = [
        f"samrdump.py {who}",
        f"lookupsid.py {who} {c.between(20, 90)}",
        f"rpcdump.py {target}",
        f"netview.py -target {target} {name or 'guest'}",
    ]
    return Assault(
        "; ".join(f"timeout 12 {IMPACKET}/{script}" for script in c.random.sample(scripts[:3], c.between(2, 3)))
    )


@attack(
    "smb_enum",
    technique=SHARES,
    tool="nbtscan",
    origins=("intruder", "client"),
    needs=("files",),
    packages=("nbtscan",),
    seconds=30,
)
def nbtscan(c):
    hosts = [str(address) for address in segment(c).hosts()]
    first = c.between(0, max(0, len(hosts) - 60))
    last = hosts[min(len(hosts) - 1, first + c.between(20, 60))].rsplit(".", 1)[1]
    return Assault(
        words(
            f"nbtscan -t {c.between(300, 1000)}",
            maybe(c, 0.5, "-v"),
            f"{hosts[first]}-{last};",
            f"nbtscan -v {share_server(c)}; nmblookup -A {share_server(c)}",
        )
    )
