"""kill -9 at random moments: what lies under a final name is always whole, and --resume ends with the same bytes.

PLOTWATCH_KILL_ROUNDS sets how many rounds are run (12), PLOTWATCH_KILL_SEED which moments are taken (1).
"""
import os
import random
import signal
import subprocess
import time

import harness
from harness import OK, PROGRAM, CliTest, digests, scan_arguments

ROUNDS = int(os.environ.get("PLOTWATCH_KILL_ROUNDS", "12"))
SEED = int(os.environ.get("PLOTWATCH_KILL_SEED", "1"))


class KillResume(CliTest):
    district_options = {"side": 1024, "plots": 40}

    def start(self, out, *more):
        arguments = [*map(str, scan_arguments(self.district, out)), "--tile-size=64", "--max-chips=8", "--quiet"]
        return subprocess.Popen([PROGRAM, *arguments, *more], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                                text=True)

    def finish(self, process):
        message = process.communicate()[1]
        self.assertEqual(process.returncode, OK, message)

    def test_ends_with_the_same_bytes(self):
        begin = time.monotonic()
        self.finish(self.start(self.folder / "reference"))
        duration = time.monotonic() - begin
        reference = digests(self.folder / "reference")
        self.assertIn("manifest.json", reference)
        dice = random.Random(SEED)
        killed = 0
        for number in range(ROUNDS):
            out = self.folder / f"round{number}"
            flags = ()
            for _ in range(1 + dice.randrange(3)):  # some scans are killed again while they resume
                moment = dice.uniform(0, 1.05 * duration)
                process = self.start(out, *flags)
                try:
                    process.wait(timeout=moment)
                except subprocess.TimeoutExpired:
                    process.send_signal(signal.SIGKILL)
                process.communicate()
                self.assertIn(process.returncode, (OK, -signal.SIGKILL))
                killed += process.returncode != OK
                for name, digest in digests(out).items() if out.exists() else ():
                    if not os.path.basename(name).startswith("."):  # a temporary name
                        self.assertEqual(digest, reference.get(name), f"round {number}: {name} is not whole")
                flags = ("--resume",)
            self.finish(self.start(out, "--resume"))
            self.assertEqual(digests(out), reference, f"round {number}")
            self.assertFalse((out / ".plotwatch").exists())
        print(f"{killed} kills in {ROUNDS} rounds of {duration:.2f} s")


if __name__ == "__main__":
    harness.main()
