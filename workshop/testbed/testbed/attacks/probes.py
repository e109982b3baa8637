"""Scans that tell more than an open port, or hide: versions, systems, decoys, very slow ones."""

from testbed.attacks.material import ANYWHERE, forged, machines, maybe, words
from testbed.attacks.scans import NMAP, SERVICES, ports, span
from testbed.catalogue import Assault, attack


@attack("scan_version", technique="T1046", tool="nmap -sV", origins=ANYWHERE, packages=("nmap",), seconds=45)
def nmap_version(c):
    probed = ",".join(map(str, sorted(c.random.sample(SERVICES, c.between(4, 10)))))
    return Assault(
        words(
            "nmap -n -Pn -sT -sV",
            f"--version-intensity {c.between(1, 6)} -p {probed}",
            maybe(c, 0.3, "--script banner"),
            machines(c, c.between(1, 2)),
        )
    )


@attack(
    "scan_version", technique="T1046", tool="banner loop", origins=ANYWHERE, packages=("netcat-openbsd",), seconds=40
)
def banner_grab(c):
    probed = " ".join(map(str, c.random.sample(SERVICES, c.between(6, 12))))
    request = c.choose(r"HEAD / HTTP/1.0\r\n\r\n", r"\r\n\r\n", r"HELP\r\n", r"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    return Assault(
        f"for host in {machines(c, c.between(1, 3))}; do for port in {probed}; do printf '{request}' |"
        f" timeout {c.between(2, 4)} nc.openbsd -n -w{c.between(1, 2)} $host $port | head -c 300; done; done"
    )


@attack("scan_os_decoy", technique="T1046", tool="nmap -O", origins=ANYWHERE, packages=("nmap",), seconds=30)
def nmap_system(c):
    first, last = span(c, 30, 80)
    return Assault(
        words(
            NMAP,
            "-O --max-os-tries 1",
            f"-p {first}-{last},22,80,443,445",
            maybe(c, 0.4, "--osscan-guess"),
            machines(c),
        )
    )


@attack("scan_os_decoy", technique="T1046", tool="nmap -D", origins=ANYWHERE, packages=("nmap",), seconds=25)
def nmap_decoys(c):
    decoys = forged(c, c.between(2, 5)) + ["ME"]
    c.random.shuffle(decoys)
    return Assault(
        words(
            NMAP,
            c.choose("-sS", "-sS", "-sF"),
            f"-D {','.join(decoys)}",
            "--max-retries 0",
            ports(c, 50, 130),
            machines(c),
        )
    )


@attack("scan_slow", technique="T1046", tool="nmap slow", origins=ANYWHERE, packages=("nmap",), seconds=220)
def nmap_slow(c):
    kind = c.choose("--send-ip -sS", "-sT", "--send-ip -sF")
    return Assault(
        words(
            "nmap -n -Pn",
            kind,
            f"--max-retries 0 --scan-delay {c.between(500, 2600)}ms --max-parallelism 1",
            c.choose("--randomize-hosts", ""),
            ports(c, 300, 600),
            machines(c, c.between(1, 2)),
        ),
        variant=kind,
    )


@attack("scan_slow", technique="T1046", tool="nping slow", origins=ANYWHERE, packages=("nmap",), seconds=200)
def nping_slow(c):
    probed = ",".join(map(str, c.random.sample(range(1, 1100), c.between(80, 200))))
    return Assault(
        words(
            "nping -q --send-ip --tcp -c 1",
            f"--delay {c.between(500, 2600)}ms -p {probed}",
            f"--win {c.choose(1024, 5840, 64240)}",
            machines(c),
        )
    )


@attack("scan_slow", technique="T1046", tool="hping3 slow", origins=ANYWHERE, packages=("hping3",), seconds=200)
def hping_slow(c):
    first, last = span(c, 300, 900)
    low, high = c.between(0.3, 1.0), c.between(1.1, 3.0)
    return Assault(
        f"RANDOM={c.between(1, 32767)}; for port in $(shuf -i {first}-{last} -n {c.between(90, 180)}"
        f" --random-source=<(yes {c.between(1, 999)})); do hping3 -q -S -c 1 -p $port {machines(c)};"
        f" sleep $(awk -v r=$RANDOM 'BEGIN {{ print {low} + ({high} - {low}) * r / 32768 }}'); done"
    )
