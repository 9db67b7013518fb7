"""Runs a test program that holds a faulty kernel: passes when the program fails and says what is expected.

  caught.py PROGRAM REGEX
"""
import re
import subprocess
import sys

program, says = sys.argv[1:]
done = subprocess.run([program, "--gtest_brief=1"], capture_output=True, text=True, timeout=100, check=False)
output = done.stdout + done.stderr
print(output[-3000:])
if done.returncode == 0:
    sys.exit("the mutant was not caught: every test passed")
if not re.search(says, output):
    sys.exit(f"the mutant was caught, but not as expected: nothing says /{says}/")
