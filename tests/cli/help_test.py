"""--help of every command."""
import unittest

import harness
from harness import OK, plotwatch

COMMANDS = ["scan", "plan", "info", "register", "devices", "evaluate", "simulate", "simulate district", "simulate implants",
            "simulate season", "plots", "plots import", "plots check", "plots convert", "plots diff", "rules", "rules explain", "rules check",
            "export"]


class Help(unittest.TestCase):
    def test_every_command_explains_itself(self):
        for command in COMMANDS:
            with self.subTest(command):
                done = plotwatch(*command.split(), "--help")
                self.assertEqual(done.returncode, OK, done.stderr)
                self.assertIn(f"plotwatch {command}", done.stdout)
                self.assertEqual(done.stderr, "")

    def test_the_program_names_its_commands_and_exit_codes(self):
        done = plotwatch("--help")
        self.assertEqual(done.returncode, OK)
        for word in [c for c in COMMANDS if " " not in c] + ["Exit codes", "130", "--resume", "Examples"]:
            self.assertIn(word, done.stdout)

    def test_every_documented_exit_code_is_in_the_help(self):
        page = (harness.SOURCE / "docs" / "exit-codes.md").read_text(encoding="utf-8")
        codes = [line.split("|")[1].strip() for line in page.splitlines() if line.startswith("| ")]
        help_text = plotwatch("--help").stdout
        for code in codes[1:]:
            self.assertRegex(help_text, rf"\b{code}\b")

    def test_version(self):
        done = plotwatch("--version")
        self.assertEqual(done.returncode, OK)
        self.assertRegex(done.stdout, r"^plotwatch \d+\.\d+\.\d+\n$")


if __name__ == "__main__":
    harness.main()
