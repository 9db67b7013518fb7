"""Outputs that cannot be written: exit code 6, nothing partial under a final name, and --resume once there is room."""
import os
import resource
import subprocess
import unittest

import harness
from harness import OUTPUT, CliTest, digests, plotwatch, scan_arguments


class OutputErrors(CliTest):
    district_options = {"side": 256, "plots": 16}

    def test_a_file_where_the_folder_must_be(self):
        in_the_way = self.folder / "out"
        in_the_way.write_text("mine", encoding="utf-8")
        for out in (in_the_way, in_the_way / "deeper"):
            self.assert_refused(plotwatch(*scan_arguments(self.district, out)), OUTPUT, out, "Not a directory")
        self.assertEqual(in_the_way.read_text(encoding="utf-8"), "mine")

    def test_a_folder_where_an_output_must_be(self):
        (self.folder / "out" / "score.tif" / "x").mkdir(parents=True)
        self.assert_refused(plotwatch(*scan_arguments(self.district, self.folder / "out")), OUTPUT, "score.tif")

    def test_a_finished_scan_is_kept_unless_told(self):
        out = self.folder / "out"
        self.assert_ok(plotwatch(*scan_arguments(self.district, out)))
        before = digests(out)
        self.assert_refused(plotwatch(*scan_arguments(self.district, out)), OUTPUT, out, "--overwrite")
        self.assertEqual(digests(out), before)
        done = plotwatch(*scan_arguments(self.district, out), "--resume")
        self.assert_ok(done)
        self.assertIn("nothing was done", done.stdout)
        self.assert_ok(plotwatch(*scan_arguments(self.district, out), "--overwrite"))
        self.assertEqual(digests(out), before)

    def finish_after(self, failed_out, reference):
        """What lies there is whole, and a resumed scan ends like one that was never disturbed."""
        for name, digest in digests(failed_out).items():
            self.assertEqual(digest, reference[name], name)
        self.assert_ok(plotwatch(*scan_arguments(self.district, failed_out), "--resume"))
        self.assertEqual(digests(failed_out), reference)

    def test_file_size_limit(self):
        reference_out = self.folder / "reference"
        self.assert_ok(plotwatch(*scan_arguments(self.district, reference_out)))
        reference = digests(reference_out)
        for kibibytes in (50, 150, 200):
            out = self.folder / f"limited{kibibytes}"
            limit = kibibytes * 1024
            done = plotwatch(*scan_arguments(self.district, out),
                             preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
            self.assert_refused(done, OUTPUT, out, "disk space")
            self.assertNotIn("manifest.json", digests(out))
            self.finish_after(out, reference)

    def small_disk(self, kibibytes):
        """A disk of that size, gone at the end of the test; skips where none can be mounted."""
        disk = self.folder / f"disk{kibibytes}"
        disk.mkdir()
        mount = ["mount", "-t", "tmpfs", "-o", f"size={kibibytes}k", "tmpfs", str(disk)]
        if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
            raise unittest.SkipTest("no small disk can be mounted here")
        self.addCleanup(subprocess.run, ["umount", str(disk)], check=True)
        return disk

    def test_a_scan_that_cannot_begin_leaves_a_finished_one(self):
        disk = self.small_disk(16000)
        out = disk / "out"
        self.assert_ok(plotwatch(*scan_arguments(self.district, out)))
        before = digests(out)
        self.assertIn("manifest.json", before)
        space = os.statvfs(disk)
        used = (space.f_blocks - space.f_bfree) * space.f_frsize // 1024
        for option in (f"size={used + 64}k", "ro"):  # too little for a work folder; nothing can be written
            subprocess.run(["mount", "-o", f"remount,{option}", str(disk)], check=True)
            done = plotwatch(*scan_arguments(self.district, out), "--overwrite")
            self.assert_refused(done, OUTPUT, out)
            self.assertEqual(digests(out), before)

    def test_full_disk(self):
        reference_out = self.folder / "reference"
        self.assert_ok(plotwatch(*scan_arguments(self.district, reference_out)))
        reference = digests(reference_out)
        for kibibytes in (100, 300, 600):
            disk = self.small_disk(kibibytes)
            done = plotwatch(*scan_arguments(self.district, disk / "out"))
            self.assert_refused(done, OUTPUT, disk / "out", "disk space")
            self.assertNotIn("manifest.json", digests(disk / "out"))
            if kibibytes < 128:  # of the rasters of this scene: nothing is held that cannot be used
                self.assertEqual((disk / "out/.plotwatch/rasters.raw").stat().st_size, 0)
            subprocess.run(["mount", "-o", "remount,size=16m", str(disk)], check=True)
            self.finish_after(disk / "out", reference)


if __name__ == "__main__":
    harness.main()
