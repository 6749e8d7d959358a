"""Many random sessions of an editor: what the server tells is what ``notelint check`` says.

python tests/benchmarks/server_sessions.py [NUMBER [SEED]]
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from server.sessions import Session
from server.talker import Talker


def main(number: int = 500, seed: int = 0) -> int:
    """Run *number* sessions; return the exit status."""
    rules: Counter[str] = Counter()
    for each in range(seed, seed + number):
        with tempfile.TemporaryDirectory() as folder:
            root, copy = Path(folder, "notes"), Path(folder, "copy")
            root.mkdir()
            chance = random.Random(each)
            if git := chance.random() < 0.6:
                subprocess.run(["git", "init", "-q", root], check=True)
            with Talker(root) as server:
                session = Session(server, chance, git=git)
                session.begin()
                for _ in range(chance.randint(5, 40)):
                    session.act()
                told, said = session.told(), session.said(copy)
            if told != said:
                print(f"session {each}: {session.steps}")
                for name in told:
                    for finding in told[name]:
                        if finding not in said[name]:
                            print(" only the server:", finding)
                    for finding in said[name]:
                        if finding not in told[name]:
                            print(" only the command:", finding)
                return 1
            rules.update(one["rule"] for found in said.values() for one in found)
    print(f"{number} sessions are as the command line; findings: {dict(rules.most_common())}")
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
