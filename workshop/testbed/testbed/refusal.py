"""What the testbed says when it cannot do what it was asked for."""


class Refusal(Exception):
    """One sentence that names the input, the reason and the remedy; it ends the command with exit code 2."""
