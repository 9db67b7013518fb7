"""plotwatch rules: explain, check."""
import harness
from harness import CONFIG, SOURCE, USAGE, CliTest, plotwatch

FINDINGS = 8


class Rules(CliTest):
    @classmethod
    def setUpClass(cls):
        pass

    @classmethod
    def tearDownClass(cls):
        pass

    def test_explain_names_the_row_and_why_not_the_others(self):
        done = plotwatch("rules", "explain", "--status", "survey_pending", "--transition", "bare->built", "--date",
                         "2026-05-01")
        self.assert_ok(done)
        self.assertIn("P1 by rule survey-pending-construction\n", done.stdout)
        self.assertIn("no: for listed, the plot has 'survey_pending'", done.stdout)
        self.assertIn("visit by: 2026-05-15", done.stdout)

    def test_explain_marks_what_nobody_has_read(self):
        done = plotwatch("rules", "explain", "--status", "listed", "--transition", "bare->built", "--date", "2026-09-01")
        self.assertIn("not verified 未经核实", done.stdout)

    def test_documents_lower(self):
        done = plotwatch("rules", "explain", "--status", "listed", "--transition", "bare->built", "--date", "2026-05-01",
                         "--permit", "remediation_plan")
        self.assertIn("P3 by rule listed-building\n", done.stdout)
        self.assertIn("lowered by: remediation_plan", done.stdout)

    def test_every_table_that_comes_with_plotwatch_passes(self):
        tables = sorted((SOURCE / "configs" / "rules").glob("*.toml"))
        self.assertGreaterEqual(len(tables), 5)
        for table in tables:
            self.assert_ok(plotwatch("rules", "check", table))

    def test_check_finds_rows_that_never_decide(self):
        row = '[[rule]]\nid = "{}"\n{}severity = "{}"\nreason = "r"\nreason_zh = "疑似"\nbasis = "b"\nverified = false\n'
        table = self.folder / "t.toml"
        table.write_text(row.format("a", "", "P1") + row.format("b", 'statuses = ["listed"]\n', "P0"), encoding="utf-8")
        done = plotwatch("rules", "check", table)
        self.assertEqual(done.returncode, FINDINGS, done.stderr)
        self.assertIn("rule 'b' can never decide: earlier rows cover it (a)", done.stdout)
        table.write_text(row.format("a", 'statuses = ["listed"]\n', "P1") +
                         row.format("b", 'transitions = ["bare->built"]\n', "P0"), encoding="utf-8")
        done = plotwatch("rules", "check", table)
        self.assertEqual(done.returncode, FINDINGS, done.stderr)
        self.assertIn("neither is the narrower", done.stdout)

    def test_refusals(self):
        self.assert_refused(plotwatch("rules", "explain", "--transition", "up->down", "--date", "2026-05-01"), USAGE,
                            "--transition")
        self.assert_refused(plotwatch("rules", "check", self.folder / "none.toml"), CONFIG, "none.toml")


if __name__ == "__main__":
    harness.main()
