"""What stands in the internet: its sites, its resolver and a mail server. The sites' addresses are shared out among the
web servers that the profile names there, and all of them publish the same content."""

from __future__ import annotations

from testbed.catalogue import Daemon, service
from testbed.context import Context
from testbed.conventions import PROGRAMS, Website, website
from testbed.services.common import certificate

SITE_SERVERS = ("sites-nginx", "sites-caddy")
# Browsers take a certificate that nobody signed for HTTP/3 only if they are told its key.
QUIC_CERTIFICATE = "/usr/local/share/sites-quic.pem"


def sites_content(network) -> Website:
    """What the sites publish: the same on all of them, another in every profile."""
    return website(f"internet of {network.domain}")


def site_addresses(network, server: str) -> list[str]:
    """The addresses of the sites that this web server of the internet host answers for."""
    servers = [name for name in network.internet.services if name in SITE_SERVERS] or [server]
    addresses = list(dict.fromkeys(network.sites.values()))
    return addresses[servers.index(server) :: len(servers)]


def sites_probe(context: Context, server: str) -> str:
    return " && ".join(
        f"curl -skf -m 5 -o /dev/null https://{address}/index.html"
        for address in site_addresses(context.network, server)
    )


def site_certificate(context: Context):
    return certificate(
        context, *dict.fromkeys(pattern for name in context.network.sites for pattern in (name, f"*.{name}"))
    )


@service("sites-nginx", offers=("web",), packages=("nginx-light", "openssl"))
def sites_nginx(context):
    tls = site_certificate(context)
    sites_content(context.network).publish(context.folder / "www")
    listens = "\n".join(
        f"    listen {address}:80;\n    listen {address}:443 ssl http2;"
        for address in site_addresses(context.network, "sites-nginx")
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
  client_max_body_size 100m;
  keepalive_timeout {context.between(10, 75)};
  gzip on;
{temporary}
  server {{
{listens}
    ssl_certificate {tls.certificate};
    ssl_certificate_key {tls.key};
    root {context.folder}/www;
    location ~ ^/(api|up|events) {{ proxy_pass http://127.0.0.1:8000; proxy_buffering off; }}
  }}
}}
""",
    )
    return Daemon(f"nginx -c {configuration}", sites_probe(context, "sites-nginx"), setup=tls.commands)


@service("sites-caddy", offers=("web", "web-quic"), packages=("caddy", "openssl"))
def sites_caddy(context):
    """With HTTP/3."""
    tls = site_certificate(context)
    sites_content(context.network).publish(context.folder / "www")
    addresses = " ".join(site_addresses(context.network, "sites-caddy"))
    configuration = context.write(
        "Caddyfile",
        f"""\
{{
  admin off
  auto_https off
  skip_install_trust
  default_sni {next(iter(context.network.sites))}
  storage file_system {context.folder}/storage
}}
(content) {{
  bind {addresses}
  root * {context.folder}/www
  file_server
  @passed path /api* /up* /events*
  reverse_proxy @passed 127.0.0.1:8000
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
        f"env HOME={context.folder} caddy run --config {configuration} --adapter caddyfile",
        sites_probe(context, "sites-caddy"),
        setup=(*tls.commands, f"cp {tls.certificate} {QUIC_CERTIFICATE}"),
    )


@service("sites-application", offers=("web-application",), packages=())
def sites_application(context):
    """Takes uploads and answers the API of all sites, on port 8000."""
    return Daemon(
        f"/usr/bin/python3 {PROGRAMS}/shop.py --port 8000 --path /shop",
        "curl -sf -m 5 -o /dev/null http://{address}:8000/api/status",
    )


@service("resolver", offers=("dns",), packages=("dnsmasq-base", "bind9-dnsutils"))
def resolver(context):
    """The resolver that knows all sites with every name below them, and that no other name exists; the outside host's
    zones it asks there."""
    network = context.network
    lines = [
        "no-daemon",
        "port=53",
        "no-hosts",
        "no-resolv",
        "address=/#/",
        "cache-size=2000",
        f"local-ttl={context.between(30, 600)}",
    ]
    for name, address in network.sites.items():
        lines += [
            f"address=/{name}/{address}",
            f"mx-host={name},mail.{name},10",
            f'txt-record={name},"v=spf1 include:_spf.{name} -all"',
            f"txt-record=_keys.{name},{','.join(f'{context.random.getrandbits(720):x}' for _ in range(5))}",
        ]
    lines += [f"server=/{zone}/{network.outside.address}" for zone in context.conventions.zones]
    configuration = context.write("resolver.conf", "\n".join(lines) + "\n")
    return Daemon(
        f"dnsmasq -C {configuration}",
        f"dig +tries=1 +time=3 +short @{{address}} www.{next(iter(network.sites))} | grep -q .",
    )


@service("exchange", offers=("smtp",), packages=("python3-aiosmtpd", "swaks"))
def exchange(context):
    """Takes mail for everybody out there."""
    tls = certificate(context)
    return Daemon(
        (
            f"/usr/bin/python3 {PROGRAMS}/mailserver.py --domain {next(iter(context.network.sites))}"
            f" --certificate {tls.certificate} --key {tls.key}"
        ),
        "nc.openbsd -z -w 3 {address} 25",
        setup=tls.commands,
    )
