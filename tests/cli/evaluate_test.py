"""Simulate, scan, evaluate: the figures of a whole round, and what is refused on the way."""
import json

import harness
from harness import CONFIG, INPUT, OUTPUT, USAGE, CliTest, plotwatch, scan_arguments


class Evaluate(CliTest):
    district_options = {"side": 256, "plots": 24}

    def test_a_whole_round(self):
        out = self.folder / "out"
        self.assert_ok(plotwatch(*scan_arguments(self.district, out), "--whole-scene"))
        truth = ["--truth", self.district / "truth.tif", "--truth-polygons", self.district / "truth.gpkg"]
        text, as_json = plotwatch("evaluate", out, *truth), plotwatch("evaluate", out, *truth, "--json")
        self.assert_ok(text)
        self.assert_ok(as_json)
        for word in ("kappa", "average precision", "plots", "budget"):
            self.assertIn(word, text.stdout)
        self.assertTrue(json.loads(as_json.stdout))
        self.assert_refused(plotwatch("evaluate", out), USAGE, "--truth-polygons")
        self.assert_refused(plotwatch("evaluate", out, "--truth", self.district / "plots.gpkg"), INPUT, "plots.gpkg")

    def test_implants_into_a_scene(self):
        for name in ("a", "b"):
            self.assert_ok(plotwatch("simulate", "implants", "--scene", self.district / "before.tif", "--out",
                                     self.folder / name, "--count", "5"))
        self.assertEqual(harness.digests(self.folder / "a"), harness.digests(self.folder / "b"))

    def test_a_folder_without_a_scan(self):
        done = plotwatch("evaluate", self.folder, "--truth", self.district / "truth.tif")
        self.assert_refused(done, INPUT, self.folder, "missing")

    def test_a_season_that_is_carried_on_and_scanned(self):
        years = self.folder / "years"
        season = ["simulate", "season", "--out", years, "--width", 160, "--height", 160, "--plots", 10, "--supersample", 1,
                  "--from", "2025-04-01", "--days", 60, "--cloud-share", 0]
        self.assert_ok(plotwatch(*season, "--until", "2025-04-03"))
        self.assertEqual([f.name for f in sorted((years / "scenes").iterdir())], ["SIM_S2A_20250401"])
        first = harness.digests(years / "scenes")
        self.assert_ok(plotwatch(*season, "--scenes", 3))
        self.assertEqual({**harness.digests(years / "scenes"), **first}, harness.digests(years / "scenes"))
        self.assertEqual(len(list((years / "scenes").iterdir())), 3)
        scan = plotwatch("scan", "--before", years / "scenes" / "SIM_S2A_20250401", "--after",
                         years / "scenes" / "SIM_S2A_20250411", "--plots", years / "plots.gpkg", "--permits",
                         years / "permits.gpkg", "--out", self.folder / "out")
        self.assert_ok(scan)
        self.assert_ok(plotwatch("plots", "check", years / "plots.gpkg"))
        self.assert_refused(plotwatch(*season, "--noise", 0.1), CONFIG, "other options", years / "season.json")
        self.assert_refused(plotwatch(*season, "--scenes", 2), CONFIG, "more scenes")
        self.assert_refused(plotwatch("simulate", "season", "--out", years, "--from", "spring"), USAGE, "--from")
        self.assert_refused(plotwatch("simulate", "season", "--out", years, "--interval", 0), CONFIG, "interval")

    def test_cases_against_a_season(self):
        years = self.folder / "years"
        self.assert_ok(plotwatch("simulate", "season", "--out", years, "--width", 160, "--height", 160, "--plots", 10,
                                 "--supersample", 1, "--from", "2025-04-01", "--days", 60, "--cloud-share", 0,
                                 "--site-share", 1, "--event-share", 0))
        sites = json.loads((years / "truth.json").read_text(encoding="utf-8"))["sites"]
        cases = self.folder / "cases.csv"
        rows = [f"{site['plot_code']},{site['start']},{site['start']}" for site in sites]
        cases.write_text("\n".join(["plot_code,first_seen,confirmed", *rows, "SIM-9999,2025-04-20,"]) + "\n",
                         encoding="utf-8")
        history = ["evaluate", "--history", years, "--cases", cases, "--least-looks", 0]
        text, as_json = plotwatch(*history), plotwatch(*history, "--json")
        self.assert_ok(text)
        self.assertIn("all sites", text.stdout)
        figures = json.loads(as_json.stdout)
        self.assertEqual(figures["groups"][0]["confirmed"]["recall"], 1)
        self.assertEqual((figures["first_seen"]["right"], figures["first_seen"]["in_vain"]), (len(sites), 1))
        self.assert_refused(plotwatch("evaluate"), USAGE, "--history")
        self.assert_refused(plotwatch("evaluate", "--history", years), USAGE, "--cases")
        self.assert_refused(plotwatch("evaluate", years, "--history", years, "--cases", cases), USAGE, "one of them")
        self.assert_refused(plotwatch("evaluate", "--history", self.district, "--cases", cases), INPUT, "missing")
        self.assert_refused(plotwatch(*history, "--clear-share", 0), CONFIG, "clear_share")

    def test_simulate_refuses(self):
        done = plotwatch("simulate", "district", "--out", self.folder / "x", "--cloud-share", "2")
        self.assert_refused(done, CONFIG, "cloud_share")
        in_the_way = self.folder / "file"
        in_the_way.touch()
        self.assert_refused(plotwatch("simulate", "district", "--out", in_the_way), OUTPUT, in_the_way)
        missing = self.folder / "nowhere.tif"
        done = plotwatch("simulate", "implants", "--scene", missing, "--out", self.folder / "y")
        self.assert_refused(done, INPUT, missing)


if __name__ == "__main__":
    harness.main()
