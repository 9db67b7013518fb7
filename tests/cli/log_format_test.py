"""--log-format json: each line of standard error is one object, whether all goes well or not."""
import json

import harness
from harness import OK, OUTPUT, CliTest, plotwatch, scan_arguments


class LogFormat(CliTest):
    def objects(self, done):
        lines = [json.loads(line) for line in done.stderr.splitlines()]
        for line in lines:
            self.assertEqual({"time", "level", "message"} - set(line), set())
        return lines

    def test_a_scan(self):
        done = plotwatch("--log-format", "json", *scan_arguments(self.district, self.folder / "out"))
        self.assertEqual(done.returncode, OK, done.stderr)
        stages = [line["message"] for line in self.objects(done)]
        self.assertIn("registering", stages)
        self.assertIn("scanning tiles", stages)

    def test_an_error(self):
        (self.folder / "out").write_text("", encoding="utf-8")
        done = plotwatch("--log-format", "json", *scan_arguments(self.district, self.folder / "out"))
        self.assertEqual(done.returncode, OUTPUT)
        self.assertEqual(self.objects(done)[-1]["level"], "error")

    def test_quiet_says_nothing_when_all_goes_well(self):
        done = plotwatch("--quiet", *scan_arguments(self.district, self.folder / "out"))
        self.assertEqual((done.returncode, done.stderr), (OK, ""))


if __name__ == "__main__":
    harness.main()
