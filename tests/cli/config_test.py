"""Configuration: unknown keys, every problem at once, and --print-config that can be run again."""
import re

import harness
from harness import CONFIG, USAGE, CliTest, digests, plotwatch, scan_arguments


class Config(CliTest):
    def config(self, text):
        path = self.folder / "scan.toml"
        path.write_text(text, encoding="utf-8")
        return path

    def test_unknown_key_names_the_nearest_one(self):
        path = self.config("[change]\nfalse_alarm_rat = 0.1\n")
        done = plotwatch("scan", path, *scan_arguments(self.district, self.folder / "out")[1:])
        self.assert_refused(done, CONFIG, f"{path}:2", "false_alarm_rat", "did you mean 'false_alarm_rate'")
        self.assertFalse((self.folder / "out").exists())

    def test_all_problems_at_once(self):
        path = self.config('[run]\nworkers = "many"\ntile_size = 1\n[plot]\npath = "x"\n')
        self.assert_refused(plotwatch("scan", path), CONFIG, f"{path}:2", f"{path}:3", f"{path}:4", "before.path")

    def test_broken_toml(self):
        path = self.config("[run\n")
        self.assert_refused(plotwatch("scan", path), CONFIG, path)

    def test_missing_file(self):
        done = plotwatch("scan", self.folder / "nowhere.toml")
        self.assertEqual(done.returncode, USAGE)
        self.assertIn("nowhere.toml", done.stderr)

    def test_no_plots_and_not_the_whole_scene(self):
        done = plotwatch("scan", "--before", self.district / "before.tif", "--after", self.district / "after.tif",
                         "--out", self.folder / "out")
        self.assert_refused(done, CONFIG, "plots.path")

    def test_dates_the_wrong_way_round(self):
        done = plotwatch(*scan_arguments(self.district, self.folder / "out"), "--before-date", "2027-01-01")
        self.assertEqual(done.returncode, USAGE)  # a flag twice
        path = self.config("[before]\ndate = 2027-01-01\n[after]\ndate = 2026-05-12\n")
        self.assert_refused(plotwatch("scan", path), CONFIG, "2027-01-01", "2026-05-12", "later")

    def test_print_config_round_trips(self):
        flags = ["--false-alarm-rate", "0.005", "--margin", "55", "--set", "change.smoothing_px=1.25",
                 "--max-chips", "3"]
        arguments = scan_arguments(self.district, self.folder / "out") + flags
        first = plotwatch(*arguments, "--print-config")
        self.assert_ok(first)
        self.assertFalse((self.folder / "out").exists())
        for part in ("# --false-alarm-rate", "# --set", "# default"):
            self.assertIn(part, first.stdout)

        def values(text):
            return [re.split(r"\s+# ", line)[0] for line in text.splitlines()]  # one space after a long value
        again = plotwatch("scan", self.config(first.stdout), "--print-config")
        self.assert_ok(again)
        self.assertEqual(values(again.stdout), values(first.stdout))
        self.assertIn("scan.toml:", again.stdout)  # where each value comes from

    def test_a_scan_of_the_printed_config_gives_the_same_bytes(self):
        out = self.folder / "out"
        arguments = scan_arguments(self.district, out)
        path = self.config(plotwatch(*arguments, "--print-config").stdout)
        self.assert_ok(plotwatch(*arguments))
        by_flags = digests(out)
        self.assert_ok(plotwatch("scan", path, "--overwrite"))
        self.assertEqual(digests(out), by_flags)

    def test_roles_on_the_command_line(self):
        done = plotwatch(*scan_arguments(self.district, "out"), "--before-roles", "red=3,nir=4", "--print-config")
        self.assert_ok(done)
        before = done.stdout[done.stdout.index("[before]"):done.stdout.index("[after]")]
        self.assertIn("--before-roles", before)
        for role in ("red = ", "nir = "):
            self.assertIn(role, before)

    def test_flags_override_the_file(self):
        path = self.config("[run]\nworkers = 1\n")
        done = plotwatch("scan", path, *scan_arguments(self.district, "out")[1:], "--workers", "2", "--print-config")
        self.assert_ok(done)
        line = next(line for line in done.stdout.splitlines() if line.startswith("workers"))
        self.assertIn("= 2 ", line)
        self.assertIn("--workers", line)


if __name__ == "__main__":
    harness.main()
