"""Databases and caches. The application's database has the same name, user and password everywhere in a network."""

from __future__ import annotations

from pathlib import Path
from shlex import quote

from testbed.catalogue import Daemon, service


@service("postgresql", offers=("postgresql", "database"), packages=("postgresql",))
def postgresql(context):
    agreed, data = context.conventions, context.folder / "data"
    programs = max(Path("/usr/lib/postgresql").glob("*/bin"), default=Path("/usr/lib/postgresql/15/bin"))
    roles = [(agreed.database_user, agreed.database_password)]
    roles += [(user.name, user.password) for user in context.network.users]
    statements = "".join(f"create role {name} login password '{password}';\n" for name, password in roles)
    prepared = context.write("roles.sql", f"{statements}create database {agreed.database} owner {roles[0][0]};\n")
    access = context.write("pg_hba.conf", "local all all trust\nhost all all 0.0.0.0/0 scram-sha-256\n")
    as_postgres = "runuser -u postgres --"
    options = f"-c unix_socket_directories={data} -c hba_file={access} -c fsync=off"
    once = f"{as_postgres} {programs}/pg_ctl -s -w -D {data}"
    return Daemon(
        f"{programs}/postgres -D {data} -c listen_addresses='*' -c max_connections=300 {options}",
        (
            f"PGPASSWORD={agreed.database_password} psql -qAt -h {{address}} -U {agreed.database_user}"
            f" -c 'select 1' {agreed.database}"
        ),
        setup=(
            f"install -d -o postgres -m 700 {data}",
            f"chmod a+r {access} {prepared}",
            f"{as_postgres} {programs}/initdb -D {data} -A trust -N",
            f"""{once} -o "-c listen_addresses='' {options}" start >/dev/null""",
            f"{as_postgres} psql -q -h {data} -f {prepared} postgres",
            (
                f"{as_postgres} pgbench -q -i -s {context.between(1, 3)} -h {data} -U"
                f" {agreed.database_user} {agreed.database}"
            ),
            f"{once} stop",
        ),
        user="postgres",
    )


@service("mariadb", offers=("mysql", "database"), packages=("mariadb-server", "mariadb-client"))
def mariadb(context):
    agreed, data = context.conventions, context.folder / "data"
    members = [(agreed.database_user, agreed.database_password)]
    members += [(user.name, user.password) for user in context.network.users]
    grants = "\n".join(
        f"create user '{name}'@'%' identified by '{password}';\ngrant all on {agreed.database}.* to '{name}'@'%';"
        for name, password in members
    )
    prepared = context.write(
        "prepare.sql",
        f"""\
create database {agreed.database};
{grants}
create table {agreed.database}.orders (id int primary key auto_increment, item varchar(80), note varchar(400));
""",
    )
    return Daemon(
        (
            f"mariadbd --no-defaults --user=mysql --datadir={data} --socket={data}/socket --pid-file={data}/pid"
            f" --bind-address=0.0.0.0 --init-file={prepared} --skip-name-resolve --max-connect-errors=100000"
        ),
        (
            f"mariadb --no-defaults -h {{address}} -u{agreed.database_user} -p{agreed.database_password} -e 'select 1'"
            f" {agreed.database}"
        ),
        setup=(
            f"install -d -o mysql -m 700 {data}",
            f"chmod a+r {prepared}",
            (
                f"mariadb-install-db --no-defaults --user=mysql --datadir={data} --skip-test-db"
                " --auth-root-authentication-method=normal"
            ),
        ),
    )


@service("redis", offers=("redis",), packages=("redis-server", "redis-tools"))
def redis(context):
    """Open to everybody, as it is often found."""
    return Daemon(
        f"redis-server --bind 0.0.0.0 --protected-mode no --dir {context.folder} --save '' --daemonize no",
        "redis-cli -h {address} ping | grep -q PONG",
    )


@service("redis-password", offers=("redis-password",), packages=("redis-server", "redis-tools"))
def redis_password(context):
    """On port 6380, with a password."""
    secret = quote(context.conventions.redis_password)
    return Daemon(
        (
            f"redis-server --port 6380 --bind 0.0.0.0 --dir {context.folder} --save '' --daemonize no"
            f" --requirepass {secret}"
        ),
        f"redis-cli -h {{address}} -p 6380 --no-auth-warning -a {secret} ping | grep -q PONG",
    )


@service("memcached", offers=("memcached",), packages=("memcached", "netcat-openbsd"))
def memcached(context):
    return Daemon(
        f"memcached -u memcache -l 0.0.0.0 -U 11211 -m {context.between(16, 64)}",
        "printf 'version\\r\\nquit\\r\\n' | nc.openbsd -q 1 -w 3 {address} 11211 | grep -q VERSION",
    )
