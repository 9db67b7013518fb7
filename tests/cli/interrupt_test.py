"""Ctrl-C: exit code 130, nothing under a final name, and --resume ends with the same bytes."""
import signal
import subprocess

import harness
from harness import INTERRUPTED, PROGRAM, CliTest, digests, plotwatch, scan_arguments


class Interrupt(CliTest):
    district_options = {"side": 512, "plots": 30}

    def test_stops_and_resumes(self):
        reference_out = self.folder / "reference"
        self.assert_ok(plotwatch(*scan_arguments(self.district, reference_out), "--whole-scene"))
        for sent in (signal.SIGINT, signal.SIGTERM):
            out = self.folder / f"stopped{int(sent)}"
            arguments = [PROGRAM, *map(str, scan_arguments(self.district, out)), "--whole-scene", "--tile-size=32",
                         "--workers=1"]
            with subprocess.Popen(arguments, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as running:
                for line in running.stderr:
                    if "scanning tiles" in line:
                        break
                running.send_signal(sent)
                message = running.stderr.read()
                self.assertEqual(running.wait(), INTERRUPTED, message)
            self.assertIn("--resume", message)
            self.assertEqual(digests(out), {})
            self.assert_ok(plotwatch(*arguments[1:], "--resume"))
            self.assertEqual(digests(out), digests(reference_out))

    def test_a_second_scan_into_the_same_folder_is_refused(self):
        out = self.folder / "out"
        arguments = [PROGRAM, *map(str, scan_arguments(self.district, out)), "--whole-scene", "--tile-size=32"]
        with subprocess.Popen(arguments, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as running:
            for line in running.stderr:  # the folder is locked before the first stage
                if "registering" in line:
                    break
            running.send_signal(signal.SIGSTOP)
            try:
                second = plotwatch(*arguments[1:], "--resume")
            finally:
                running.send_signal(signal.SIGCONT)
            running.stderr.read()
            self.assertEqual(running.wait(), harness.OK)
        self.assert_refused(second, harness.OUTPUT, out, "another scan is writing here")
        self.assertIn("manifest.json", digests(out))


if __name__ == "__main__":
    harness.main()
