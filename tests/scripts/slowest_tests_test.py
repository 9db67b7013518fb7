"""scripts/slowest-tests keeps ctest's lines, and its closing lines last."""
import pathlib
import subprocess
import sys
import unittest

SCRIPT = pathlib.Path(__file__).resolve().parents[2] / "scripts" / "slowest-tests"


def run(lines):
    done = subprocess.run([sys.executable, SCRIPT], input="".join(f"{line}\n" for line in lines), text=True,
                          capture_output=True, check=True)
    return done.stdout.splitlines()


class SlowestTests(unittest.TestCase):
    def test_ten_slowest_come_before_the_closing_lines(self):
        tests = [f"{i:2}/12 Test {'#' + str(i):>3}: core.T{i} .......   Passed    {i / 100:.2f} sec" for i in range(1, 12)]
        tests.append("12/12 Test #12: io.Slow ...***Failed    3.50 sec")
        closing = ["92% tests passed, 1 tests failed out of 12", "", "Total Test time (real) =   4.16 sec"]
        lines = run(tests + [""] + closing)
        self.assertEqual(lines[:12], tests)
        self.assertEqual(lines[-3:], closing)
        self.assertEqual(lines[13], "Slowest tests:")
        self.assertEqual(lines[14], "      3.50 s  io.Slow")
        self.assertEqual(lines[15], "      0.11 s  core.T11")
        self.assertEqual(lines[23], "      0.03 s  core.T3")
        self.assertEqual(lines[24], "")

    def test_no_tests_no_list(self):
        self.assertEqual(run(["No tests were found!!!"]), ["No tests were found!!!"])


if __name__ == "__main__":
    unittest.main()
