"""A real browser: HTTP/2 and HTTP/3 with all that it does besides."""

from __future__ import annotations

from testbed.activities.common import PEOPLE, far_site, own_site, scheme
from testbed.catalogue import activity
from testbed.services.internet import QUIC_CERTIFICATE, site_addresses, sites_content

FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --no-first-run --disable-dev-shm-usage --ignore-certificate-errors"
    " --disable-background-networking --disable-component-update --disable-sync --disable-default-apps"
    " --disable-features=OptimizationHints,MediaRouter,Translate --timeout=6000 --user-data-dir=profile"
)


def browse(urls: list[str], options: str = "") -> str:
    """Opens pages one after the other in a browser with an empty profile."""
    return "; ".join(
        f"timeout -k 2 20 chromium {FLAGS} {options} --dump-dom {url} >page.html 2>browser.log" for url in urls
    )


@activity("browser_page", weight=1.2, roles=PEOPLE, needs=("web", "internet:web"), packages=("chromium",), seconds=50)
def browser_page(context):
    address, site = own_site(context) if context.chance(0.35) else far_site(context)
    pages = context.random.sample(site.pages, context.choose(1, 1, 2))
    return browse([f"{scheme(context)}://{address}{page}" for page in pages])


@activity(
    "browser_quic", weight=0.8, roles=PEOPLE, needs=("internet:web-quic",), packages=("chromium", "openssl"), seconds=50
)
def browser_quic(context):
    """Pages by HTTP/3 from the sites that speak it."""
    addresses = site_addresses(context.network, "sites-caddy")
    names = [name for name, address in context.network.sites.items() if address in addresses]
    name, site = f"www.{context.choose(*names)}", sites_content(context.network)
    pages = context.random.sample(site.pages, context.choose(1, 1, 2))
    key = (
        f"key=$(openssl x509 -in {QUIC_CERTIFICATE} -noout -pubkey | openssl pkey -pubin -outform der"
        " | openssl dgst -sha256 -binary | base64)"
    )
    options = f"--enable-quic --origin-to-force-quic-on={name}:443 --ignore-certificate-errors-spki-list=$key"
    return f"{key}; {browse([f'https://{name}{page}' for page in pages], options)}"
