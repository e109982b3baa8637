"""Video: streams of segments, pieces of one large file, and conferences."""

from __future__ import annotations

from testbed.activities.common import PEOPLE, far_site
from testbed.catalogue import activity


@activity("video_stream", weight=0.9, needs=("internet:web",), packages=("curl",), seconds=75)
def video_stream(context):
    """Segments one after the other, each about as long as it is played."""
    name, site = far_site(context)
    first = context.between(0, 6)
    segments = site.segments[first : first + context.between(3, 8)]
    return "; ".join(
        f"curl -sk -m 12 --limit-rate {context.between(200, 1200)}k -o /dev/null https://{name}{path};"
        f" sleep {context.between(0.8, 4.0)}"
        for path in segments
    )


@activity("video_ranges", weight=0.8, needs=("internet:web",), packages=("curl",), seconds=75)
def video_ranges(context):
    """A player that fetches one large file piece by piece, at a changing rate."""
    name, site = far_site(context)
    piece, path = context.between(30_000, 250_000), context.choose(*site.downloads)
    return "; ".join(
        f"curl -sk -m 10 -r {piece * at}-{piece * (at + 1) - 1} --limit-rate {context.between(150, 900)}k"
        f" -o /dev/null https://{name}{path}; sleep {context.between(0.5, 3.0)}"
        for at in range(context.between(4, 12))
    )


@activity("video_call", weight=0.5, roles=PEOPLE, needs=("media",), packages=("ffmpeg",), seconds=45)
def video_call(context):
    """A moving picture as a stream that the conference sends back."""
    size, frames = context.choose("160x120", "176x144", "240x180"), context.choose(8, 10, 15)
    return (
        f"ffmpeg -nostdin -loglevel error -re -f lavfi -i testsrc=size={size}:rate={frames} -t"
        f" {context.between(4, 18)} -c:v mpeg4 -b:v {context.between(80, 400)}k -f rtp"
        f" rtp://{context.server('media').address}:5004 > session.sdp"
    )
