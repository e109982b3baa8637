"""An activity for trying the testbed."""

from testbed.catalogue import activity


@activity("trial_page", weight=1, needs=("web",), packages=("curl",))
def page(context):
    return f"curl -s -o /dev/null http://{context.server('web').address}/"
