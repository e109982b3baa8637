"""Web servers of the own network, the application behind them and a forward proxy. Every web server publishes the
website of its host on ports 80 and 443, the users' private area, and passes the shop on to the host that runs it."""

from __future__ import annotations

from testbed.catalogue import Daemon, service
from testbed.context import Context
from testbed.conventions import PROGRAMS, website
from testbed.services.common import certificate, passwords

PROBE = "curl -skf -m 5 -o /dev/null https://{address}/index.html && curl -sf -m 5 -o /dev/null http://{address}/"


def published(context: Context) -> str:
    """The document root of the host's website."""
    root = context.folder / "www"
    website(context.host.name).publish(root)
    return str(root)


def shop_paths(context: Context) -> dict[str, str]:
    """Paths that a web server passes on, with where to; none if the network has no shop."""
    shops = context.network.servers("shop")
    if not shops:
        return {}
    address = "127.0.0.1" if context.host in shops else shops[0].address
    return {path: f"http://{address}:8080{path}" for path in (context.conventions.shop, "/api", "/up", "/events")}


@service("nginx", offers=("web",), packages=("nginx-light", "openssl", "apache2-utils"))
def nginx(context):
    tls = certificate(context)
    secrets, hashing = passwords(context)
    places = "\n".join(
        f"    location {path} {{ proxy_pass {target}; proxy_buffering off; }}"
        for path, target in shop_paths(context).items()
    )
    temporary = "\n".join(
        f"  {kind}_temp_path {context.folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    configuration = context.write(
        "nginx.conf",
        f"""\
worker_processes 1;
daemon off;
user www-data;
pid {context.folder}/nginx.pid;
error_log {context.folder}/error.log;
events {{ worker_connections 1000; }}
http {{
  include /etc/nginx/mime.types;
  access_log off;
  keepalive_timeout {context.between(5, 75)};
  client_max_body_size 100m;
  gzip {context.choose("on", "off")};
  gzip_types text/css application/javascript;
{temporary}
  server {{
    listen 80;
    listen 443 ssl http2;
    ssl_certificate {tls.certificate};
    ssl_certificate_key {tls.key};
    ssl_protocols {context.choose("TLSv1.2 TLSv1.3", "TLSv1.2", "TLSv1.3 TLSv1.2")};
    root {published(context)};
    location /private/ {{ auth_basic "members"; auth_basic_user_file {secrets}; }}
{places}
  }}
}}
""",
    )
    return Daemon(f"nginx -c {configuration}", PROBE, setup=tls.commands + hashing)


@service("apache2", offers=("web",), packages=("apache2", "apache2-utils", "openssl"))
def apache2(context):
    tls = certificate(context)
    secrets, hashing = passwords(context)
    modules = "\n".join(
        f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so"
        for name in (
            "mpm_event",
            "authz_core",
            "authz_user",
            "authn_core",
            "authn_file",
            "auth_basic",
            "dir",
            "mime",
            "ssl",
            "http2",
            "proxy",
            "proxy_http",
            "autoindex",
            "deflate",
            "filter",
        )
    )
    passed = "\n".join(f"ProxyPass {path} {target}" for path, target in shop_paths(context).items())
    root = published(context)
    configuration = context.write(
        "apache2.conf",
        f"""\
ServerRoot /etc/apache2
ServerName {context.host.name}.{context.network.domain}
DefaultRuntimeDir {context.folder}
PidFile {context.folder}/apache2.pid
ErrorLog {context.folder}/error.log
Listen 80
Listen 443
{modules}
Mutex file:{context.folder}
TypesConfig /etc/mime.types
User www-data
Group www-data
KeepAliveTimeout {context.between(3, 30)}
Protocols h2 http/1.1
DocumentRoot {root}
<Directory {root}>
  Require all granted
  Options Indexes
</Directory>
<Directory {root}/private>
  AuthType Basic
  AuthName members
  AuthUserFile {secrets}
  Require valid-user
</Directory>
AddOutputFilterByType DEFLATE text/html text/css application/javascript
{passed}
<VirtualHost *:443>
  SSLEngine on
  SSLCertificateFile {tls.certificate}
  SSLCertificateKeyFile {tls.key}
  Protocols h2 http/1.1
</VirtualHost>
""",
    )
    return Daemon(f"/usr/sbin/apache2 -f {configuration} -DFOREGROUND", PROBE, setup=tls.commands + hashing)


@service("lighttpd", offers=("web",), packages=("lighttpd", "lighttpd-mod-openssl", "apache2-utils", "openssl"))
def lighttpd(context):
    tls = certificate(context)
    secrets, hashing = passwords(context)
    backends = ",\n".join(
        f'  "{path}" => (("host" => "{target.split("/")[2].split(":")[0]}", "port" => 8080))'
        for path, target in shop_paths(context).items()
    )
    kinds = ", ".join(
        f'".{ending}" => "{kind}"'
        for ending, kind in (
            ("html", "text/html"),
            ("css", "text/css"),
            ("js", "text/javascript"),
            ("png", "image/png"),
            ("jpg", "image/jpeg"),
            ("ts", "video/mp2t"),
        )
    )
    configuration = context.write(
        "lighttpd.conf",
        f"""\
server.modules = ("mod_auth", "mod_authn_file", "mod_proxy", "mod_openssl")
server.document-root = "{published(context)}"
server.errorlog = "{context.folder}/error.log"
server.pid-file = "{context.folder}/lighttpd.pid"
server.upload-dirs = ("{context.folder}")
server.username = "www-data"
server.groupname = "www-data"
server.port = 80
server.max-keep-alive-idle = {context.between(3, 20)}
index-file.names = ("index.html")
mimetype.assign = ({kinds})
auth.backend = "htpasswd"
auth.backend.htpasswd.userfile = "{secrets}"
auth.require = ("/private/" => ("method" => "basic", "realm" => "members", "require" => "valid-user"))
proxy.server = (
{backends}
)
$SERVER["socket"] == ":443" {{
  ssl.engine = "enable"
  ssl.pemfile = "{tls.certificate}"
  ssl.privkey = "{tls.key}"
}}
""",
    )
    writable = f"chown www-data: {context.folder}"
    return Daemon(f"lighttpd -D -f {configuration}", PROBE, setup=(*tls.commands, *hashing, writable))


@service("caddy", offers=("web", "web-quic"), packages=("caddy", "openssl"))
def caddy(context):
    """HTTP/1.1, HTTP/2 and HTTP/3 on the same port."""
    tls = certificate(context)
    passed = "\n".join(
        f"  reverse_proxy {path}* {target.removesuffix(path)}" for path, target in shop_paths(context).items()
    )
    configuration = context.write(
        "Caddyfile",
        f"""\
{{
  admin off
  auto_https off
  skip_install_trust
  storage file_system {context.folder}/storage
}}
(content) {{
  root * {published(context)}
  file_server
  @private path /private/*
  respond @private 401
{passed}
}}
http:// {{
  import content
}}
https:// {{
  tls {tls.certificate} {tls.key}
  import content
}}
""",
    )
    return Daemon(
        f"env HOME={context.folder} caddy run --config {configuration} --adapter caddyfile", PROBE, setup=tls.commands
    )


@service("shop", offers=("shop",), packages=())
def shop(context):
    """Our own deliberately vulnerable application, on port 8080."""
    agreed = context.conventions
    accounts_file = context.write(
        "members", "".join(f"{user.name}:{user.password}\n" for user in context.network.users)
    )
    return Daemon(
        (
            f"/usr/bin/python3 {PROGRAMS}/shop.py --port 8080 --path {agreed.shop} --item {agreed.item}"
            f" --members {accounts_file}"
        ),
        "curl -sf -m 5 -o /dev/null http://{address}:8080" + agreed.shop,
    )


@service("tinyproxy", offers=("proxy",), packages=("tinyproxy-bin",))
def tinyproxy(context):
    configuration = context.write(
        "tinyproxy.conf",
        f"""\
Port 8888
Timeout {context.between(30, 300)}
MaxClients 200
ViaProxyName "{context.host.name}"
LogFile "{context.folder}/tinyproxy.log"
LogLevel Error
""",
    )
    return Daemon(f"tinyproxy -d -c {configuration}", "nc.openbsd -z -w 3 {address} 8888")
