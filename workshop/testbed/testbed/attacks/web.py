"""Attacks on websites: hidden paths and known holes."""

from testbed.attacks.material import ANYWHERE, maybe, paths, pause, user_agent, words
from testbed.catalogue import Assault, attack

DIRBUST = "T1595.003"
VULNERABILITIES = "T1595.002"


def root(c) -> str:
    """The address of a website of the own network."""
    scheme, offer, port = c.choose(
        ("http", "web", ""), ("https", "web", ""), ("http", "web", ""), ("http", "shop", ":8080")
    )
    return f"{scheme}://{c.server(offer).address}{port}"


@attack(
    "web_dirbust",
    technique=DIRBUST,
    tool="gobuster",
    origins=ANYWHERE,
    needs=("web", "shop"),
    packages=("gobuster",),
    seconds=30,
)
def gobuster(c):
    return Assault(
        words(
            "gobuster dir -q -k --no-error",
            f"-t {c.between(2, 16)}",
            maybe(c, 0.4, f"--delay {c.between(10, 150)}ms"),
            f"-a '{user_agent(c)}'",
            maybe(c, 0.3, "-x php,bak"),
            maybe(c, 0.3, "-f"),
            f"-w {paths(c, c.between(200, 700))} -u {root(c)}/",
        )
    )


@attack(
    "web_dirbust",
    technique=DIRBUST,
    tool="ffuf",
    origins=ANYWHERE,
    needs=("web", "shop"),
    packages=("ffuf",),
    seconds=30,
)
def ffuf(c):
    return Assault(
        words(
            "ffuf -s -k",
            f"-t {c.between(2, 16)}",
            maybe(c, 0.4, f"-p {c.between(0.05, 0.3)}"),
            f"-H 'User-Agent: {user_agent(c)}'",
            f"-w {paths(c, c.between(200, 700))} -u {root(c)}/FUZZ",
            c.choose("-mc 200,301,403", "-fc 404"),
        )
    )


@attack(
    "web_dirbust",
    technique=DIRBUST,
    tool="dirb",
    origins=ANYWHERE,
    needs=("web", "shop"),
    packages=("dirb",),
    seconds=30,
)
def dirb(c):
    return Assault(
        words(
            f"dirb {root(c)}/ {paths(c, c.between(150, 500))} -S -w -r",
            f"-a '{user_agent(c)}'",
            maybe(c, 0.4, f"-z {c.between(5, 80)}"),
            maybe(c, 0.3, "-X .php,.bak"),
        )
    )


@attack(
    "web_dirbust",
    technique=DIRBUST,
    tool="wfuzz",
    origins=ANYWHERE,
    needs=("web", "shop"),
    packages=("wfuzz",),
    seconds=30,
)
def wfuzz_paths(c):
    return Assault(
        words(
            "wfuzz --hc 404",
            f"-t {c.between(2, 12)}",
            maybe(c, 0.4, f"-s {c.between(0.02, 0.2)}"),
            f"-H 'User-Agent: {user_agent(c)}' -w {paths(c, c.between(150, 500))} {root(c)}/FUZZ",
        )
    )


@attack(
    "web_dirbust",
    technique=DIRBUST,
    tool="curl",
    origins=ANYWHERE,
    needs=("web", "shop"),
    packages=("curl",),
    seconds=30,
)
def curl_paths(c):
    site = root(c)
    return Assault(
        f"for path in $(cat {paths(c, c.between(60, 200))}); do curl -sk -m 5 {c.choose('-I', '', '--http1.1')}"
        f" -A '{user_agent(c)}' -o /dev/null {site}/$path; {pause(c.between(0.0, 0.15))}; done"
    )


@attack(
    "web_vulnscan",
    technique=VULNERABILITIES,
    tool="wapiti",
    origins=ANYWHERE,
    needs=("web", "shop"),
    packages=("wapiti",),
    seconds=40,
)
def wapiti(c):
    modules = ",".join(
        c.random.sample(
            ["xss", "exec", "file", "sql", "crlf", "redirect", "ssrf", "backup", "htaccess", "methods"], c.between(2, 4)
        )
    )
    url = c.choose(f"{root(c)}/", f"{root(c)}{c.conventions.shop}/")
    return Assault(
        words(
            f"timeout {c.between(20, 36)} wapiti -u {url} -m {modules} -d {c.between(1, 2)} --scope folder",
            f"--max-scan-time 0.5 --no-bugreport -A '{user_agent(c)}' -f txt -o $PWD/report.txt",
            maybe(c, 0.3, f"--max-links-per-page {c.between(5, 20)}"),
        )
    )


@attack(
    "web_vulnscan",
    technique=VULNERABILITIES,
    tool="whatweb",
    origins=ANYWHERE,
    needs=("web", "shop"),
    packages=("whatweb",),
    seconds=30,
)
def whatweb(c):
    sites = " ".join(sorted({root(c) + "/" for _ in range(c.between(1, 3))} | {f"{root(c)}{c.conventions.shop}/"}))
    return Assault(f"whatweb -q -a {c.choose(3, 4)} -t {c.between(1, 10)} -U '{user_agent(c)}' {sites}")


@attack(
    "web_vulnscan",
    technique=VULNERABILITIES,
    tool="nmap http",
    origins=ANYWHERE,
    needs=("web", "shop"),
    packages=("nmap",),
    seconds=40,
)
def nmap_web(c):
    scripts = ",".join(
        c.random.sample(
            [
                "http-enum",
                "http-headers",
                "http-methods",
                "http-shellshock",
                "http-sql-injection",
                "http-csrf",
                "http-vuln-cve2017-5638",
                "http-vuln-cve2014-3704",
                "http-git",
                "http-phpmyadmin-dir-traversal",
                "http-passwd",
                "http-userdir-enum",
                "http-trace",
                "http-backup-finder",
                "http-config-backup",
            ],
            c.between(3, 7),
        )
    )
    return Assault(
        f"nmap -n -Pn -sT -p{c.choose('80', '80,443', '80,8080', '443')} --script {scripts} --script-timeout"
        f" {c.between(12, 30)}s --script-args http.useragent=\"{user_agent(c)}\" {c.server('web').address}"
    )


@attack(
    "web_vulnscan",
    technique=VULNERABILITIES,
    tool="wfuzz",
    origins=ANYWHERE,
    needs=("web", "shop"),
    packages=("wfuzz",),
    seconds=30,
)
def wfuzz_holes(c):
    holes = [
        "../../../../etc/passwd",
        "..%2f..%2f..%2fetc%2fpasswd",
        ".git/config",
        ".env",
        "cgi-bin/test-cgi",
        "<script>alert(1)</script>",
        "%3Cscript%3E",
        "?page=php://filter/resource=index",
        "wp-login.php?action=register",
        "server-status",
        ".htaccess",
        ".svn/entries",
        "phpinfo.php",
        "console/",
        "actuator/env",
        "solr/admin/cores",
        "${jndi:ldap://127.0.0.1/x}",
        "index.php?s=/Index/think",
        "vendor/phpunit/phpunit/src/Util/PHP/eval-stdin.php",
        "boaform/admin/formLogin",
        "HNAP1/",
        "manager/html",
        "struts2-showcase/",
        "autodiscover/autodiscover.xml",
    ]
    listing = c.write("holes", "\n".join(c.random.sample(holes, len(holes)) * c.between(1, 4)) + "\n")
    return Assault(
        words(
            "wfuzz",
            f"-t {c.between(1, 8)}",
            maybe(c, 0.5, f"-s {c.between(0.05, 0.4)}"),
            f"-H 'User-Agent: {user_agent(c)}' -w {listing} {root(c)}/FUZZ",
        )
    )
