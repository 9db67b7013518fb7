"""kill -9 at any moment: what lies under a final name is always whole, and --resume ends with the same bytes.

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

    def setUp(self):
        super().setUp()
        begin = time.monotonic()
        self.finish(self.start(self.folder / "reference"))
        self.duration = time.monotonic() - begin
        self.reference = digests(self.folder / "reference")
        self.assertIn("manifest.json", self.reference)

    def start(self, out, *more):
        arguments = [*map(str, scan_arguments(self.district, out)), "--tile-size=64", "--max-chips=8", "--quiet"]
        return subprocess.Popen([PROGRAM, *arguments, *more], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                                text=True)

    def finish(self, process):
        message = process.communicate()[1]
        self.assertEqual(process.returncode, OK, message)

    def kill(self, process):
        """True when the process was still at work."""
        process.send_signal(signal.SIGKILL)
        process.communicate()
        self.assertIn(process.returncode, (OK, -signal.SIGKILL))
        return process.returncode != OK

    def assert_whole(self, out):
        for name, digest in digests(out).items() if out.exists() else ():
            if not os.path.basename(name).startswith("."):  # a temporary name
                self.assertEqual(digest, self.reference.get(name), f"{name} is not whole")

    def assert_resumes(self, out):
        self.finish(self.start(out, "--resume"))
        self.assertEqual(digests(out), self.reference)
        self.assertFalse((out / ".plotwatch").exists())

    def test_killed_at_random_moments(self):
        dice = random.Random(SEED)
        killed = 0
        for number in range(ROUNDS):
            with self.subTest(round=number):
                out = self.folder / f"round{number}"
                flags = ()
                for _ in range(1 + dice.randrange(3)):  # some scans are killed again while they resume
                    process = self.start(out, *flags)
                    try:
                        process.wait(timeout=dice.uniform(0, 1.05 * self.duration))
                    except subprocess.TimeoutExpired:
                        pass
                    killed += self.kill(process)
                    self.assert_whole(out)
                    flags = ("--resume",)
                self.assert_resumes(out)
        print(f"{killed} kills in {ROUNDS} rounds of {self.duration:.2f} s")

    def test_killed_while_outputs_are_written(self):
        """The writing is short: here each kill comes when a certain name appears, final or temporary."""
        for appears in ("transition.tif", "score.tif", "candidates.gpkg", "report.html", "chips/0001.png", ".score.",
                        ".candidates.", ".report."):
            with self.subTest(appears):
                out = self.folder / ("killed-at-" + appears.strip(".").replace("/", "-"))
                process = self.start(out)
                while process.poll() is None and not self.has(out, appears):
                    pass
                self.kill(process)
                self.assert_whole(out)
                self.assert_resumes(out)

    @staticmethod
    def has(out, name):
        if not name.startswith("."):
            return (out / name).exists()
        try:
            return any(entry.startswith(name) for entry in os.listdir(out))
        except FileNotFoundError:
            return False


if __name__ == "__main__":
    harness.main()
