"""Inputs that cannot be read: exit code 4, and a message with the file, the cause and what to do."""
import harness
from harness import INPUT, MISMATCH, RESOURCES, USAGE, CliTest, make_scene, plotwatch, scan_arguments, texture


class InputErrors(CliTest):
    def scan(self, **inputs):
        return plotwatch(*scan_arguments(self.district, self.folder / "out", **inputs))

    def assert_nothing_final(self):
        self.assertEqual(harness.digests(self.folder / "out"), {})

    def test_missing_scene(self):
        missing = self.folder / "nowhere.tif"
        self.assert_refused(self.scan(after=missing), INPUT, missing)

    def test_missing_register(self):
        missing = self.folder / "nowhere.gpkg"
        self.assert_refused(self.scan(plots=missing), INPUT, missing)

    def test_truncated_scene(self):
        whole = (self.district / "after.tif").read_bytes()
        cut = self.folder / "cut.tif"
        cut.write_bytes(whole[:len(whole) // 2])
        self.assert_refused(self.scan(after=cut), INPUT, cut, "truncated or corrupt")
        self.assert_nothing_final()

    def test_scene_cut_inside_its_header(self):
        cut = self.folder / "cut.tif"
        cut.write_bytes((self.district / "after.tif").read_bytes()[:100])
        self.assert_refused(self.scan(after=cut), INPUT, cut)
        self.assert_nothing_final()

    def test_corrupt_block(self):
        samples = bytearray((self.district / "after.tif").read_bytes())
        middle = len(samples) // 2
        samples[middle:middle + 400] = bytes(400)
        corrupt = self.folder / "corrupt.tif"
        corrupt.write_bytes(samples)
        self.assert_refused(self.scan(after=corrupt), INPUT, corrupt, "truncated or corrupt")
        self.assert_nothing_final()

    def test_not_a_raster(self):
        text = self.folder / "letter.tif"
        text.write_text("Dear inspector,\n", encoding="utf-8")
        self.assert_refused(self.scan(before=text), INPUT, text, "cannot be read as a raster")
        self.assert_refused(plotwatch("info", text), INPUT, text, "cannot be read as a raster")

    def test_empty_file(self):
        empty = self.folder / "empty.tif"
        empty.touch()
        self.assert_refused(self.scan(before=empty), INPUT, empty)

    def test_register_that_is_none(self):
        text = self.folder / "plots.gpkg"
        text.write_text("code,name\n", encoding="utf-8")
        self.assert_refused(self.scan(plots=text), INPUT, text)

    def test_no_crs(self):
        bare = make_scene(self.folder / "bare.img", texture(1), crs=False)
        self.assert_refused(self.scan(before=bare), INPUT, bare)

    def test_no_date(self):
        done = plotwatch("scan", "--before", self.district / "before.tif", "--after", self.district / "after.tif",
                         "--after-date", "2026-05-12", "--plots", self.district / "plots.gpkg",
                         "--out", self.folder / "out")
        self.assert_refused(done, INPUT, "before.tif", "--before-date")

    def test_all_nodata(self):
        empty = make_scene(self.folder / "empty.img", lambda b, x, y: 0, nodata=0)
        full = make_scene(self.folder / "full.img", texture(1), nodata=0)
        void = make_scene(self.folder / "void.img", lambda b, x, y: 0, nodata=0)
        for before, after in ((empty, full), (full, empty), (empty, void)):
            done = plotwatch(*scan_arguments(self.folder, self.folder / "out", before, after, None))
            self.assert_refused(done, MISMATCH, before, after, "only 0 pixels are usable")
            self.assert_nothing_final()

    def test_all_nan(self):
        empty = make_scene(self.folder / "nan.img", lambda b, x, y: float("nan"), type_code="f")
        full = make_scene(self.folder / "full.img", lambda b, x, y: float(texture(1)(b, x, y)), type_code="f")
        done = plotwatch(*scan_arguments(self.folder, self.folder / "out", full, empty, None))
        self.assert_refused(done, MISMATCH, full, empty, "only 0 pixels are usable")
        self.assert_nothing_final()

    def test_some_nan_is_no_error(self):
        def holed(seed):
            return lambda b, x, y: float("nan") if 20 <= x < 30 else float(texture(seed)(b, x, y))
        before = make_scene(self.folder / "before.img", holed(1), side=128, type_code="f")
        after = make_scene(self.folder / "after.img", holed(2), side=128, type_code="f")
        self.assert_ok(plotwatch(*scan_arguments(self.folder, self.folder / "out", before, after, None)))

    def test_memory_too_small_for_a_tile(self):
        done = plotwatch(*scan_arguments(self.district, self.folder / "out"), "--memory", "64")
        self.assert_refused(done, RESOURCES, "run.memory_mib", "--tile-size")
        self.assert_nothing_final()

    def test_command_line(self):
        for arguments in ([], ["dance"], ["scan", "--nonsense"], ["info"], ["simulate"], ["simulate", "district"],
                          ["--log-format", "xml", "info", "x"]):
            done = plotwatch(*arguments)
            self.assertEqual(done.returncode, USAGE, done.stderr)
            self.assertIn("--help", done.stderr)
        self.assert_refused(plotwatch(*scan_arguments(self.district, "out"), "--before-roles", "red"), USAGE,
                            "--before-roles")
        self.assert_refused(plotwatch(*scan_arguments(self.district, "out"), "--set", "run.workers"), USAGE, "--set")


if __name__ == "__main__":
    harness.main()
