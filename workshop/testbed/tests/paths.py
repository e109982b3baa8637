"""Lets tests import the testbed, wherever they are started from."""

import sys
from pathlib import Path

TESTBED = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TESTBED))
