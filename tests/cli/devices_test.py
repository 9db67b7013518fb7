"""What scores the tiles: auto, a forced device, and what is said of one that is not there."""
import json

import harness
from harness import CONFIG, RESOURCES, CliTest, plotwatch, scan_arguments


def cuda_devices():
    return json.loads(plotwatch("devices", "--json").stdout)


class Devices(CliTest):
    def scan(self, device):
        return plotwatch(*scan_arguments(self.district, self.folder / device.replace(":", "-")), "--device", device)

    def log(self, folder):
        return json.loads((self.folder / folder / "run.json").read_text(encoding="utf-8"))["device"]

    def test_devices_lists_the_processor_and_every_device_or_says_why_there_is_none(self):
        done = plotwatch("devices")
        self.assert_ok(done)
        self.assertRegex(done.stdout, r"^cpu +processor, \S+\n")
        listed = cuda_devices()
        self.assertTrue(listed["cpu"]["instruction_set"])
        if listed["cuda"]:
            self.assertIn("cuda:0", done.stdout)
        else:
            self.assertIn(listed["why_no_cuda"], done.stdout)

    def test_cpu_and_auto_say_what_ran(self):
        self.assert_ok(self.scan("cpu"))
        self.assertEqual(self.log("cpu")["backend"], "cpu")
        self.assert_ok(self.scan("auto"))
        self.assertEqual(self.log("auto")["asked"], "auto")
        self.assertEqual(self.log("auto")["backend"], "cuda" if cuda_devices()["cuda"] else "cpu")

    def test_a_forced_device_runs_or_the_scan_stops_with_the_reason(self):
        listed = cuda_devices()
        if listed["cuda"]:
            self.assert_ok(self.scan("cuda"))
            self.assertEqual(self.log("cuda")["backend"], "cuda")
            return
        done = self.scan("cuda")
        self.assert_refused(done, RESOURCES, "cuda is asked for", listed["why_no_cuda"], "--device cpu")
        self.assertFalse((self.folder / "cuda").exists())

    def test_a_device_that_is_not_there_is_refused(self):
        self.assert_refused(self.scan("cuda:99"), RESOURCES, "cuda:99")

    def test_other_words_are_refused_before_anything_runs(self):
        for word in ("gpu", "simt", "cuda:x"):
            self.assert_refused(self.scan(word), CONFIG, "run.device", word)


if __name__ == "__main__":
    harness.main()
