"""What the testbed says when it cannot do what it was asked for, in one sentence that names the input, the reason and
the remedy."""


class Refusal(Exception):
    """The request or the machine does not allow a campaign; nothing was begun. The exit status is 2."""


class Failure(Exception):
    """A campaign that was begun cannot go on. The exit status is 1."""
