"""Applications and people on databases, caches and the directory."""

from __future__ import annotations

from testbed.activities.common import EVERYBODY, PEOPLE, login, pause, word
from testbed.catalogue import activity
from testbed.context import Context


def postgres(context: Context, program: str = "psql -qAt") -> str:
    """A PostgreSQL program as the application's user, up to its own options."""
    agreed = context.conventions
    return (
        f"PGPASSWORD={agreed.database_password} PGSSLMODE={context.choose('disable', 'prefer')} {program}"
        f" -h {context.server('postgresql').address} -U {agreed.database_user}"
    )


@activity("postgres_query", weight=3, roles=EVERYBODY, needs=("postgresql",), packages=("postgresql",))
def postgres_query(context):
    statements = []
    for _ in range(context.between(1, 7)):
        statements.append(
            context.choose(
                (
                    f"select * from pgbench_accounts where aid between {context.between(1, 50_000)} and"
                    f" {context.between(50_000, 52_000)} limit {context.typical(60, 1.3, 3000)}"
                ),
                "select count(*) from pgbench_accounts",
                f"select pg_sleep({context.between(0.1, 1.5)})",
                (
                    f"update pgbench_accounts set abalance = {context.between(-900, 900)} where aid ="
                    f" {context.between(1, 90_000)}"
                ),
                "select * from pgbench_branches",
                "select now()",
            )
        )
    asked = " ".join(f'-c "{statement}"' for statement in statements)
    return f"{postgres(context)} {asked} {context.conventions.database}"


@activity("postgres_load", weight=0.8, needs=("postgresql",), packages=("postgresql",))
def postgres_load(context):
    """An application under work: transactions on some connections at a steady rate."""
    return (
        f"{postgres(context, 'pgbench -n')} -c {context.between(1, 5)} -T {context.between(2, 14)}"
        f" -R {context.between(3, 50)} {context.choose('', '-S')} {context.choose('', '-C')}"
        f" {context.conventions.database}"
    )


@activity(
    "postgres_dump",
    weight=0.3,
    roles=EVERYBODY,
    needs=("postgresql",),
    packages=("postgresql",),
    hard_negative="exfil_nc",
)
def postgres_dump(context):
    """The nightly copy of a table or of the whole database."""
    table = context.choose(
        "-t pgbench_branches", "-t pgbench_tellers", "-t pgbench_history", "-s", "-t pgbench_accounts"
    )
    return f"{postgres(context, 'pg_dump')} {table} {context.conventions.database} | gzip > dump.gz"


@activity("mysql_query", weight=3, roles=EVERYBODY, needs=("mysql",), packages=("mariadb-client",))
def mysql_query(context):
    agreed, lines = context.conventions, []
    for _ in range(context.between(1, 14)):
        statement = context.choose(
            (
                f"insert into orders (item, note) values ('{word(context)}', repeat('{word(context)} ',"
                f" {context.between(1, 30)}));"
            ),
            f"select * from orders order by id desc limit {context.between(1, 200)};",
            f"select count(*) from orders where item = '{word(context)}';",
            "show tables;",
        )
        lines.append(f'echo "{statement}"; sleep {context.random.expovariate(1.5):.2f}')
    return (
        f"({'; '.join(lines)}) | timeout 40 mariadb --no-defaults -h {context.server('mysql').address}"
        f" -u{agreed.database_user} -p{agreed.database_password} {agreed.database}"
    )


@activity(
    "redis_work",
    weight=2.5,
    roles=EVERYBODY,
    needs=("redis",),
    packages=("redis-tools",),
    hard_negative="redis_exploit",
)
def redis_work(context):
    """Keys set and read by a program, or a short measurement."""
    return redis_commands(context, f"-h {context.server('redis').address}")


@activity("redis_login", weight=1.2, roles=EVERYBODY, needs=("redis-password",), packages=("redis-tools",))
def redis_login(context):
    address, secret = context.server("redis-password").address, context.conventions.redis_password
    return redis_commands(context, f"-h {address} -p 6380 -a {secret}")


def redis_commands(context: Context, connection: str) -> str:
    if context.chance(0.15):
        return (
            f"redis-benchmark -q {connection} -c {context.between(1, 5)} -n {context.between(20, 400)}"
            f" -d {context.between(3, 900)} -t set,get"
        )
    lines = []
    for _ in range(context.between(2, 40)):
        key = f"{word(context)}:{context.between(1, 999)}"
        lines.append(
            context.choose(
                f"SET {key} {context.random.getrandbits(8 * context.typical(20, 1.2, 500) + 8):x} EX 300",
                f"GET {key}",
                f"INCR count:{word(context)}",
                f"LPUSH jobs {word(context)}",
                "LRANGE jobs 0 9",
                "PING",
            )
        )
    wait = context.between(0.005, 0.4)
    typed = "; ".join(f"echo '{line}'; sleep {wait}" for line in lines)
    return f"({typed}) | timeout 40 redis-cli {connection}"


@activity("memcached_work", weight=1, roles=EVERYBODY, needs=("memcached",), packages=("netcat-openbsd",))
def memcached_work(context):
    parts = []
    for _ in range(context.between(1, 12)):
        value, key = f"{context.random.getrandbits(8 * context.between(4, 400)):x}", word(context)
        parts.append(
            f"printf 'set {key} 0 60 {len(value)}\\r\\n{value}\\r\\nget {key}\\r\\n'; sleep"
            f" {context.between(0.01, 0.6)}"
        )
    return (
        f"({'; '.join(parts)}; printf 'quit\\r\\n') | timeout 20 nc.openbsd -q 1"
        f" {context.server('memcached').address} 11211"
    )


@activity(
    "directory_search",
    weight=2.5,
    roles=EVERYBODY,
    needs=("directory",),
    packages=("ldap-utils",),
    hard_negative="ldap_enum",
)
def directory_search(context):
    """People looked up by name, department or telephone; now and then a list of many."""
    base, searches = context.conventions.directory_base, []
    for _ in range(context.between(1, 5)):
        wanted = context.choose(
            f"(cn=person{context.between(0, 199)})",
            f"(departmentNumber={word(context)})",
            f"(telephoneNumber={context.between(1000, 9999)})",
            f"(sn=P*{context.between(1, 9)})",
            f"(&(objectClass=person)(cn=person{context.between(1, 19)}*))",
        )
        searches.append(
            f"ldapsearch -x -H ldap://{context.server('directory').address} -b {base} -LLL '{wanted}'"
            f" {context.choose('', 'mail', 'cn telephoneNumber')}; {pause(context, 0.6, 4)}"
        )
    return "; ".join(searches)


@activity("directory_login", weight=1, roles=PEOPLE, needs=("directory",), packages=("ldap-utils",))
def directory_login(context):
    """An application that checks users' passwords against the directory."""
    checks = []
    for _ in range(context.between(1, 4)):
        name, password = login(context)
        checks.append(
            f"ldapwhoami -x -H ldap://{context.server('directory').address}"
            f" -D cn={name},{context.conventions.directory_base} -w {password}; {pause(context, 0.8, 6)}"
        )
    return "; ".join(checks)
