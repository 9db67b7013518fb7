"""plotwatch ledger: the commands of an office without the review page, on a ledger that is made here."""
import json
import os
import sqlite3
import subprocess

import harness
from harness import CONFIG, INPUT, OK, OUTPUT, USAGE, CliTest, plotwatch

FINDINGS = 8


class Ledger(CliTest):
    district_options = {"seed": 3}

    def setUp(self):
        super().setUp()
        self.where = self.folder / "daxing.gpkg"
        self.assert_ok(self.ledger("init", "--crs", "EPSG:4527", "--district", "大兴区", "--as", "管理员"))

    def ledger(self, command, *more):
        return plotwatch("ledger", command, self.where, *more)

    def test_a_register_is_kept_and_its_plots_were_never_seen(self):
        register = ["register", self.district / "plots.gpkg", "--date", "2026-01-01", "--as", "王"]
        done = self.ledger(*register)
        self.assert_ok(done)
        self.assertIn("8 plots from 2026-01-01 on", done.stdout)
        self.assertIn("nothing has changed", self.ledger(*register).stdout)
        done = self.ledger("unseen", "--now", "2026-02-01T00:00:00Z", "--json")
        self.assert_ok(done)
        unseen = json.loads(done.stdout)
        self.assertEqual(len(unseen), 8)
        self.assertIsNone(unseen[0]["last_clear"])
        self.assertIn("不等于“没有变化”", self.ledger("unseen").stdout)

    def test_an_empty_ledger_lists_counts_and_exports_nothing(self):
        self.assertEqual(json.loads(self.ledger("list", "--json").stdout), [])
        self.assertIn("0 of 0 cases", self.ledger("list").stdout)
        done = self.ledger("stats", "--from", "2026-01-01", "--to", "2026-12-31", "--json")
        self.assert_ok(done)
        report = json.loads(done.stdout)
        self.assertEqual((report["district"], report["rows"]), ("大兴区", []))
        self.assertIsNone(report["key_figures"][0]["met"])
        out = self.folder / "out"
        done = self.ledger("export", "--to", "gpkg,csv,xlsx", "--out", out)
        self.assert_ok(done)
        for name in ("cases.gpkg", "candidates.csv", "candidates.xlsx"):
            self.assertTrue((out / name).is_file(), name)

    def test_verify_finds_what_was_altered(self):
        done = self.ledger("verify")
        self.assert_ok(done)
        head = done.stdout.split()[-1]
        self.assert_ok(self.ledger("verify", "--head", head))
        self.assertEqual(self.ledger("verify", "--head", "0" * 64).returncode, FINDINGS)
        with sqlite3.connect(self.where) as database:
            database.execute("UPDATE events SET actor = 'nobody'")
        done = self.ledger("verify")
        self.assertEqual(done.returncode, FINDINGS)
        self.assertIn("event 1 (ledger_created) was altered", done.stdout)

    def test_backup_is_a_ledger_and_overwrites_nothing(self):
        copy = self.folder / "copy.gpkg"
        self.assert_ok(self.ledger("backup", copy))
        self.assertEqual(plotwatch("ledger", "verify", copy).stdout, self.ledger("verify").stdout)
        self.assert_refused(self.ledger("backup", copy), OUTPUT, "there is a file already")
        self.assert_ok(self.ledger("merge", copy, "--as", "王"))
        self.assert_ok(self.ledger("upgrade"))

    def test_refusals(self):
        self.assert_refused(self.ledger("init", "--crs", "EPSG:4527", "--as", "x"), OUTPUT, "there is a file already")
        self.assert_refused(plotwatch("ledger", "init", self.folder / "d.gpkg", "--crs", "EPSG:4490", "--as", "x"), CONFIG,
                            "projected")
        self.assertFalse((self.folder / "d.gpkg").exists())
        self.assert_refused(plotwatch("ledger", "list", self.folder / "none.gpkg"), INPUT, "there is no such ledger")
        self.assert_refused(plotwatch("ledger", "list", self.district / "plots.gpkg"), INPUT, "this is no ledger")
        self.assert_refused(self.ledger("show", "DX-1"), USAGE, "there is no such case")
        self.assert_refused(self.ledger("judge", "DX-1", "wrong", "--as", "x"), USAGE, "'wrong' is no judgement")
        self.assert_refused(self.ledger("list", "--tier", "sure"), USAGE, "--tier", "'sure' is not known")
        self.assert_refused(self.ledger("stats", "--from", "2026-02-01", "--to", "2026-01-01"), USAGE, "before the first")
        self.assert_refused(plotwatch("ledger", "list", "postgresql:///none?host=/nowhere"), INPUT, "cannot be reached")


class Cases(CliTest):
    CASE = "DX-000-20260315-1"

    @classmethod
    def setUpClass(cls):
        pass

    @classmethod
    def tearDownClass(cls):
        pass

    def setUp(self):
        super().setUp()
        self.where = self.folder / "daxing.gpkg"
        subprocess.run([os.environ["MAKE_LEDGER"], self.where], check=True)

    def ledger(self, command, *more):
        done = plotwatch("ledger", command, self.where, *more)
        self.assert_ok(done)
        return done.stdout

    def listed(self, *filters):
        return [case["case_id"] for case in json.loads(self.ledger("list", "--json", *filters))]

    def test_list_filters_and_orders(self):
        self.assertEqual(self.listed(), [self.CASE, "DX-001-20260325-1"])
        self.assertEqual(self.listed("--tier", "confirmed"), [self.CASE])
        self.assertEqual(self.listed("--unit", "黄村镇"), ["DX-001-20260325-1"])
        self.assertEqual(self.listed("--seen-to", "2026-03-20", "--open"), [self.CASE])
        self.assertEqual(self.listed("--overdue", "--now", "2026-04-03T00:00:00Z"), [])
        self.assertEqual(self.listed("--overdue", "--now", "2026-04-04T00:00:00Z"), [self.CASE])
        self.assertIn("2 of 2 cases", self.ledger("list"))
        self.assertIn("1 of 2 cases", self.ledger("list", "--limit", "1"))

    def test_show_tells_the_whole_history(self):
        text = self.ledger("show", self.CASE)
        for words in ("2026-01-10", "2026-03-15", "疑似", "confirmed", "case_opened", "scan-2026-03-25/DX-000/1"):
            self.assertIn(words, text)
        whole = json.loads(self.ledger("show", self.CASE, "--json"))
        self.assertEqual([look["seen"] for look in whole["history"]["looks"]], [True, True, True])
        self.assertEqual(len(whole["history"]["sightings"]), 3)
        self.assertEqual(whole["deadline"], "2026-04-03")

    def test_people_work_without_the_review_page(self):
        say = lambda command, *more: self.ledger(command, self.CASE, *more)
        self.assertIn("construction found on site, open",
                      say("judge", "construction", "--reason", "现场有基坑", "--as", "王", "--now", "2026-03-27T08:00:00Z"))
        refused = plotwatch("ledger", "agree", self.where, self.CASE, "--as", "王")
        self.assert_refused(refused, USAGE, "王 judged it", "Another person")
        say("agree", "--as", "李")
        say("assign", "执法二队", "--as", "李")
        say("note", "门锁着", "--as", "李")
        figure = json.loads(self.ledger("stats", "--json", "--to", "2026-12-31"))["key_figures"][0]
        self.assertEqual((figure["key_plots"], figure["violations"], figure["met"]), (3, 1, False))
        say("penalised", "--date", "2026-04-20", "--document", "罚〔2026〕1号", "--as", "李")
        say("put-right", "--date", "2026-06-01", "--note", "已拆除", "--as", "李")
        figure = json.loads(self.ledger("stats", "--json", "--to", "2026-12-31"))["key_figures"][0]
        self.assertEqual((figure["settled"], figure["met"]), (1, False))  # 2 of 3 plots are not 95 %
        self.assertIn("closed", say("close", "--reason", "已办结", "--as", "李"))
        self.assertIn("open", say("reopen", "--reason", "再查", "--as", "李"))
        self.assertIn("not reviewed", say("undo", "--as", "李"))
        self.assertIn("head", self.ledger("verify"))

    def test_statistics_and_exports_carry_the_cases(self):
        self.ledger("judge", self.CASE, "false_change", "--reason", "阴影", "--as", "王", "--now", "2026-03-27T08:00:00Z")
        rows = json.loads(self.ledger("stats", "--json", "--to", "2026-12-31", "--by", "unit"))["rows"]
        by_unit = {row["unit"]: row for row in rows}
        self.assertEqual(by_unit["魏善庄镇"]["judged"], {"false_change": 1})
        self.assertEqual(by_unit["魏善庄镇"]["false_alarm_share"], 1)
        self.assertEqual(by_unit["魏善庄镇"]["median_days_to_verdict"], 12)
        self.assertIsNone(by_unit["黄村镇"]["false_alarm_share"])
        table = self.folder / "stats.csv"
        self.ledger("stats", "--csv", "--out", table, "--to", "2026-12-31")
        self.assertTrue(table.read_text("utf-8-sig").startswith("时段,责任单位,地块状态,新增,"))
        out = self.folder / "out"
        self.ledger("export", "--open", "--to", "kml,gpx,csv,xlsx,gpkg", "--out", out)
        rows = (out / "candidates.csv").read_text("utf-8-sig").splitlines()
        self.assertEqual(len(rows), 2)
        self.assertIn("DX-001", rows[1])
        with sqlite3.connect(out / "cases.gpkg") as file:
            self.assertEqual(file.execute("SELECT case_id, judgement FROM cases").fetchall(),
                             [("DX-001-20260325-1", "none")])


if __name__ == "__main__":
    harness.main()
