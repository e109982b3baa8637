"""Probes of how a server does TLS."""

from testbed.attacks.material import ANYWHERE, maybe, pause, words
from testbed.attacks.web import VULNERABILITIES
from testbed.catalogue import Assault, attack


def tls(c) -> str:
    """A server with TLS and its port."""
    offer, port = c.choose(("web", 443), ("web", 443), ("mailboxes", 993))
    servers = c.network.servers(offer) or c.network.servers("web")
    return f"{c.random.choice(servers).address}:{port if c.network.servers(offer) else 443}"


@attack(
    "tls_probe",
    technique=VULNERABILITIES,
    tool="sslscan",
    origins=ANYWHERE,
    needs=("web",),
    packages=("sslscan",),
    seconds=30,
)
def sslscan(c):
    return Assault(
        words(
            "sslscan --no-colour",
            maybe(c, 0.3, "--no-heartbleed"),
            maybe(c, 0.3, "--no-renegotiation"),
            maybe(c, 0.3, "--no-groups"),
            maybe(c, 0.3, "--show-client-cas"),
            maybe(c, 0.4, f"--sleep={c.between(20, 150)}"),
            tls(c),
        )
    )


@attack(
    "tls_probe",
    technique=VULNERABILITIES,
    tool="nmap ssl",
    origins=ANYWHERE,
    needs=("web",),
    packages=("nmap",),
    seconds=35,
)
def nmap_tls(c):
    address, port = tls(c).split(":")
    scripts = ",".join(
        c.random.sample(
            [
                "ssl-enum-ciphers",
                "ssl-cert",
                "ssl-heartbleed",
                "ssl-poodle",
                "ssl-dh-params",
                "ssl-ccs-injection",
                "tls-alpn",
                "ssl-known-key",
                "sslv2-drown",
            ],
            c.between(2, 5),
        )
    )
    return Assault(f"nmap -n -Pn -sT -p{port} --script {scripts} {address}")


@attack(
    "tls_probe",
    technique=VULNERABILITIES,
    tool="heartbleeder",
    origins=ANYWHERE,
    needs=("web",),
    packages=("heartbleeder",),
    seconds=25,
)
def heartbleeder(c):
    return Assault(
        f"for round in $(seq {c.between(1, 5)}); do heartbleeder -timeout {c.between(2, 5)}s {tls(c)};"
        f" {pause(c.between(0.1, 2.0))}; done"
    )


@attack(
    "tls_probe",
    technique=VULNERABILITIES,
    tool="testssl",
    origins=ANYWHERE,
    needs=("web",),
    packages=("testssl.sh",),
    seconds=45,
)
def testssl(c):
    checks = c.choose("-p", "-s", "-p -h", "-f", "-S", "-U", "-p -S")
    return Assault(f"timeout 40 testssl --quiet --color 0 --warnings off {checks} {tls(c)}", variant=checks)


@attack(
    "tls_probe",
    technique=VULNERABILITIES,
    tool="openssl",
    origins=ANYWHERE,
    needs=("web",),
    packages=("openssl",),
    seconds=35,
)
def openssl_suites(c):
    suites = c.choose(
        "$(openssl ciphers ALL:COMPLEMENTOFALL | tr : '\\n'"
        f" | shuf -n {c.between(15, 45)} --random-source=<(yes {c.between(1, 99)}))"
    )
    return Assault(
        f"for suite in {suites}; do timeout 4 openssl s_client -connect {tls(c)} -tls1_2 -cipher $suite"
        f" </dev/null >/dev/null 2>&1; {pause(c.between(0.0, 0.5))}; done"
    )
