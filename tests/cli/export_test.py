"""The example in configs/daxing.toml from boundary-point text to workbook, map and sheets; plotwatch export."""
import json
import sqlite3
import zipfile

import harness
from harness import CONFIG, INPUT, SOURCE, CliTest, plotwatch

EXPORTS = ["candidates.csv", "candidates.gpx", "candidates.kml", "candidates.xlsx", "patches.zip", "sheets.html"]


class Export(CliTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        scenes = cls.district.parent / "daxing-scenes"
        harness.make_district(scenes, side=512, plots=40, seed=8, bands=6)
        cls.out = cls.district.parent / "daxing"
        cls.done = plotwatch("scan", SOURCE / "configs" / "daxing.toml", "--before", scenes / "before.tif", "--after",
                             scenes / "after.tif", "--out", cls.out)

    def test_the_example_runs_to_the_end(self):
        self.assert_ok(self.done)
        for name in EXPORTS:
            self.assertTrue((self.out / name).is_file(), name)
            self.assertIn(name, (self.out / "manifest.json").read_text(encoding="utf-8"))

    def test_a_document_lowers_and_is_named(self):
        database = sqlite3.connect(self.out / "candidates.gpkg")
        rows = database.execute("SELECT severity, reason_zh FROM candidates WHERE permit = '示例修复备〔2026〕1号'").fetchall()
        database.close()
        self.assertTrue(rows)
        for severity, reason in rows:
            self.assertEqual(severity, "P3")
            self.assertIn("示例修复备〔2026〕1号", reason)

    def test_explain_tells_why(self):
        page = self.folder / "why.html"
        done = plotwatch("explain", "1", "--scan", self.out, "--html", page)
        self.assert_ok(done)
        for part in ("rank 1", "suspected", "unchanged pixel", "ndvi", "swir16", "null of fused", "residual",
                     "compactness", "plotwatch rules explain"):
            self.assertIn(part, done.stdout)
        text = page.read_text(encoding="utf-8")
        self.assertEqual(text.count("data:image/png;base64,"), 3)
        self.assertIn("class=\"spectra\"", text)
        told = json.loads(plotwatch("explain", "1", "--scan", self.out, "--json").stdout)
        database = sqlite3.connect(self.out / "candidates.gpkg")
        row = database.execute("SELECT candidate_id, stage, ndvi_after, rule_id FROM candidates WHERE rank = 1").fetchone()
        database.close()
        self.assertEqual((told["candidate"]["id"], told["candidate"]["stage"], told["after"]["indices"]["ndvi"],
                          told["rule"]["id"]), row)
        self.assertGreater(told["scores"]["unchanged_pixels_for_one_as_changed_as_its_peak"], 1e4)
        self.assertEqual(sorted(told["before"]["bands"]), ["blue", "green", "nir", "red", "swir16", "swir22"])
        again = plotwatch("explain", row[0], "--scan", self.out)
        self.assertEqual(again.stdout, done.stdout)
        self.assert_refused(plotwatch("explain", "9999", "--scan", self.out), INPUT, "there is no candidate")
        self.assert_refused(plotwatch("explain", "1", "--scan", self.folder), INPUT, "manifest.json")

    def test_what_was_seen_of_each_plot(self):
        database = sqlite3.connect(self.out / "candidates.gpkg")
        rows = database.execute(
            "SELECT after_clear_share, last_clear, days_since_clear, vegetation_before + bare_before + built_before + "
            "water_before, vegetation_after + bare_after + built_after + water_after FROM plots").fetchall()
        database.close()
        self.assertEqual(len(rows), 40)
        for clear, last, days, before, after in rows:
            self.assertGreater(clear, 0.9)
            self.assertEqual((last, days), ("2026-05-12", 0))
            self.assertAlmostEqual(before, 1, delta=0.01)
            self.assertAlmostEqual(after, 1, delta=0.01)

    def test_a_plot_under_cloud_tells_when_it_was_seen_last(self):
        # Nothing west of the middle is clear in the later image, which is of a month after the first scan.
        mask = harness.make_scene(self.folder / "mask.img", lambda band, x, y: int(x >= 256), side=512, bands=("mask",),
                                  corner=(440880, 4400560))
        scenes = self.district.parent / "daxing-scenes"
        arguments = ["scan", SOURCE / "configs" / "daxing.toml", "--before", scenes / "before.tif", "--after",
                     scenes / "after.tif", "--after-date", "2026-06-12", "--after-mask", mask, "--export", "csv"]
        for name, more, last in (("a", [], ("2025-05-10", 398)),
                                 ("b", ["--set", f"plots.observations={self.out / 'candidates.gpkg'}"], ("2026-05-12", 31))):
            self.assert_ok(plotwatch(*arguments, "--out", self.folder / name, *more))
            database = sqlite3.connect(self.folder / name / "candidates.gpkg")
            rows = database.execute("SELECT DISTINCT last_clear, days_since_clear FROM plots WHERE after_clear_share = 0 "
                                    "AND before_clear_share > 0.5 AND observable = 0").fetchall()
            seen = database.execute("SELECT DISTINCT last_clear, days_since_clear FROM plots WHERE after_clear_share > 0.5"
                                    ).fetchall()
            database.close()
            self.assertEqual(rows, [last])
            self.assertEqual(seen, [("2026-06-12", 0)])

    def test_export_later_gives_the_same_bytes(self):
        done = plotwatch("export", self.out, "--to", "all", "--out", self.folder, "--budget", "20")
        self.assert_ok(done)
        for name in EXPORTS:
            self.assertEqual((self.folder / name).read_bytes(), (self.out / name).read_bytes(), name)

    def test_the_workbook_has_pictures_and_a_list_of_verdicts(self):
        with zipfile.ZipFile(self.out / "candidates.xlsx") as book:
            self.assertIsNone(book.testzip())
            database = sqlite3.connect(self.out / "candidates.gpkg")
            (candidates,) = database.execute("SELECT count(*) FROM candidates").fetchone()
            database.close()
            self.assertGreater(candidates, 10)
            self.assertEqual(sum(n.startswith("xl/media/") for n in book.namelist()), min(candidates, 20))
            self.assertIn("实地伪变化", book.read("xl/worksheets/sheet1.xml").decode("utf-8"))

    def test_nothing_of_an_earlier_scan_stays_behind(self):
        scenes = self.district.parent / "daxing-scenes"
        arguments = ["scan", SOURCE / "configs" / "daxing.toml", "--before", scenes / "before.tif", "--after",
                     scenes / "after.tif", "--out", self.folder / "out"]
        self.assert_ok(plotwatch(*arguments, "--export", "gpx,csv"))
        self.assert_ok(plotwatch(*arguments, "--export", "csv", "--overwrite"))
        self.assertTrue((self.folder / "out" / "candidates.csv").exists())
        self.assertFalse((self.folder / "out" / "candidates.gpx").exists())

    def test_refusals(self):
        self.assert_refused(plotwatch("export", self.folder, "--to", "kml"), INPUT, "manifest.json")
        self.assert_refused(plotwatch("export", self.out, "--to", "docx"), CONFIG, "docx", "sheets")


if __name__ == "__main__":
    harness.main()
