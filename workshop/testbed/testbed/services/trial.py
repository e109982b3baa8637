"""A server for trying the testbed."""

from testbed.catalogue import Daemon, service


@service("trial-nginx", offers=("web",), packages=("nginx-light",))
def nginx(context):
    context.write("www/index.html", "<html>hello</html>" * 50)
    config = context.write("nginx.conf", f"""daemon off; worker_processes 1; pid /run/nginx.pid;
events {{ worker_connections 500; }}
http {{ access_log off; server {{ listen 80; root {context.folder}/www; }} }}
""")
    return Daemon(f"nginx -c {config} -e /dev/stderr", "curl -sf -o /dev/null http://{address}/")
