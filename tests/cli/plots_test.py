"""plotwatch plots: import, check, convert, diff, on registers made by hand and by other programs."""
import json
import shutil

import harness
from harness import INPUT, SOURCE, USAGE, CliTest, plotwatch

GOLDEN = SOURCE / "tests" / "golden" / "plots"
FINDINGS = 8
NAMES = ["--status-name", "名录内=listed", "--status-name", "调查中=survey_pending"]


class Plots(CliTest):
    @classmethod
    def setUpClass(cls):
        pass

    @classmethod
    def tearDownClass(cls):
        pass

    def convert(self, source, target, *more):
        done = plotwatch("plots", "convert", source, self.folder / target, *more)
        self.assert_ok(done)
        return self.folder / target

    def test_text_goes_through_every_format_and_comes_back_the_same(self):
        path = GOLDEN / "plain-gb18030.txt"
        for step in ("a.gpkg", "a.shp", "a.zip", "a.geojson", "a.kml", "a.kmz"):
            path = self.convert(path, step)
        back = self.convert(path, "back.txt", "--crs", "EPSG:4527", "--producer", "大兴区测绘所", "--produced",
                            "2026-11-23")
        before = [line for line in (GOLDEN / "plain-gb18030.txt").read_text("gb18030").split("\n") if line]
        after = [line.rstrip("\r") for line in back.read_bytes().decode("gb18030").split("\n") if line]
        self.assertEqual(before[:12], after[:12])  # the header
        coordinates = lambda lines: sorted(set(",".join(l.split(",")[2:]) for l in lines if l.startswith("J")))
        self.assertEqual(coordinates(before), coordinates(after))
        self.assertNotIn(b"\n", back.read_bytes().replace(b"\r\n", b""))

    def test_check_names_plot_row_and_fix(self):
        done = plotwatch("plots", "check", GOLDEN / "irregular-gb18030.txt")
        self.assertEqual(done.returncode, FINDINGS, done.stderr)
        self.assertIn("row 5 plot DX-010", done.stdout)
        self.assertIn("-> Repeat the first point at the end of the ring.", done.stdout)
        self.assertIn("九十", done.stdout)

    def test_check_gives_json_to_programs(self):
        done = plotwatch("plots", "check", GOLDEN / "irregular-gb18030.txt", "--json")
        self.assertEqual(done.returncode, FINDINGS)
        result = json.loads(done.stdout)
        self.assertFalse(result["passed"])
        self.assertEqual(result["plots"], 5)
        for finding in result["findings"]:
            self.assertEqual(set(finding), {"severity", "kind", "row", "plot", "problem", "fix"})

    def test_an_upload_that_is_right_passes(self):
        name = "初步调查1101150000001.zip"
        done = plotwatch("plots", "check", GOLDEN / name, "--upload")
        self.assert_ok(done)
        shutil.copy(GOLDEN / name, self.folder / "upload.zip")
        done = plotwatch("plots", "check", self.folder / "upload.zip", "--upload")
        self.assertEqual(done.returncode, FINDINGS)
        self.assertIn("初步调查 and the 13-digit code", done.stdout)

    def test_renewals_keep_history(self):
        register = self.folder / "register.gpkg"
        first = ["plots", "import", GOLDEN / "plain-gb18030.txt", "--table", GOLDEN / "states.csv", "--into", register,
                 "--date", "2026-02-28", *NAMES]
        done = plotwatch(*first)
        self.assert_ok(done)
        self.assertIn("2 added, 0 removed", done.stdout)
        table = self.folder / "august.csv"
        table.write_bytes("地块代码,状态\r\nDX-001,已移出\r\nDX-002,调查中\r\n".encode("gb18030"))
        second = ["plots", "import", GOLDEN / "plain-gb18030.txt", "--table", table, "--into", register, "--date",
                  "2026-08-31"]
        dry = plotwatch(*second, "--dry-run")
        self.assert_ok(dry)
        self.assertIn("changed  DX-001 (示例地块): status listed -> cleared", dry.stdout)
        self.assertIn("nothing was written", dry.stdout)
        self.assert_ok(plotwatch(*second))
        for day, status in (("2026-05-01", "listed"), ("2026-09-01", "cleared")):
            self.convert(register, "then.csv", "--as-of", day)
            self.assertIn(f"DX-001,示例地块,{status},", (self.folder / "then.csv").read_text("utf-8-sig"))
        self.assert_refused(plotwatch(*first), INPUT, "2026-08-31 already")

    def test_diff(self):
        done = plotwatch("plots", "diff", GOLDEN / "plain-gb18030.txt", GOLDEN / "no-header.txt", "--json")
        self.assert_ok(done)
        result = json.loads(done.stdout)
        self.assertEqual((result["added"], result["removed"], result["unchanged"]), (1, 2, 0))

    def test_refusals(self):
        self.assert_refused(plotwatch("plots", "check", GOLDEN / "xian80.txt"), INPUT, "Xi'an 1980", "line 5")
        self.assert_refused(plotwatch("plots", "check", GOLDEN / "no-zone.txt"), INPUT, "--crs", "带号")
        self.assert_ok(plotwatch("plots", "convert", GOLDEN / "no-zone.txt", self.folder / "a.gpkg", "--source-crs",
                                 "EPSG:4548"))
        self.assert_refused(plotwatch("plots", "convert", GOLDEN / "no-header.txt", self.folder / "a.dwg"), USAGE,
                            ".dwg", ".gpkg")
        self.assert_refused(plotwatch("plots", "import", GOLDEN / "no-header.txt", "--into", self.folder / "r.gpkg",
                                      "--date", "soon"), USAGE, "--date")
        self.assertFalse((self.folder / "r.gpkg").exists())


if __name__ == "__main__":
    harness.main()
