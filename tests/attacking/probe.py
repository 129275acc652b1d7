"""Whether a level can be made inside a room: `python -m attacking.probe`, asked for one, says why not."""

from __future__ import annotations

import json
import sys

from coursekit.model import Isolation
from coursekit.sandbox import why_not

if __name__ == "__main__":
    json.dump(why_not(Isolation(json.load(sys.stdin))), sys.stdout)
