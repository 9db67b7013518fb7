"""What the tests of the program share: running it, made scenes, and exit code 77 when all tests were skipped."""
import hashlib
import os
import pathlib
import struct
import subprocess
import sys
import tempfile
import unittest

PROGRAM = os.environ["PLOTWATCH"]
SOURCE = pathlib.Path(__file__).resolve().parents[2]
SHARED_DATA = SOURCE.parent / "shared" / "data"

OK, USAGE, CONFIG, INPUT, MISMATCH, OUTPUT, RESOURCES, INTERRUPTED = 0, 2, 3, 4, 5, 6, 7, 130


def plotwatch(*arguments, **options):
    """Runs the program to its end; gives back exit code, standard output and standard error."""
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, timeout=240, check=False,
                          stdin=subprocess.DEVNULL, **options)


def make_district(folder, side=160, plots=8, **options):
    """A simulated pair with its register. Options as on the command line, with underscores."""
    flags = [f"--{name.replace('_', '-')}={value}" for name, value in options.items()]
    done = plotwatch("simulate", "district", "--out", folder, f"--width={side}", f"--height={side}",
                     f"--plots={plots}", "--supersample=1", *flags)
    assert done.returncode == OK, done.stderr


def make_scene(path, value, side=64, bands=("blue", "green", "red", "nir"), corner=(440000, 4400000), nodata=None,
               crs=True, type_code="H"):
    """An ENVI file of uint16 ("H") or float32 ("f") samples, value(band, x, y), 10 m pixels in UTM zone 50N."""
    path = pathlib.Path(path)
    samples = [value(b, x, y) for b in range(len(bands)) for y in range(side) for x in range(side)]
    path.write_bytes(struct.pack(f"<{len(samples)}{type_code}", *samples))
    header = ["ENVI", f"samples = {side}", f"lines = {side}", f"bands = {len(bands)}", "header offset = 0",
              f"data type = {12 if type_code == 'H' else 4}", "interleave = bsq", "byte order = 0",
              "band names = {" + ", ".join(bands) + "}"]
    if crs:
        header.append(f"map info = {{UTM, 1, 1, {corner[0]}, {corner[1]}, 10, 10, 50, North, WGS-84}}")
    if nodata is not None:
        header.append(f"data ignore value = {nodata}")
    path.with_name(path.name + ".hdr").write_text("\n".join(header) + "\n", encoding="utf-8")
    return path


def texture(seed):
    """Samples without a pattern, the same every time."""
    def value(band, x, y):
        h = (x * 0x9E3779B1 ^ y * 0x85EBCA77 ^ (band + 1) * 0xC2B2AE3D ^ seed * 0x27D4EB2F) & 0xFFFFFFFF
        h = ((h ^ h >> 15) * 0x2C1B3C6D) & 0xFFFFFFFF
        return 1000 + ((h ^ h >> 13) & 1023)
    return value


def scan_arguments(folder, out, before="before.tif", after="after.tif", plots="plots.gpkg"):
    """A whole scan's command line; without plots the whole scene."""
    folder = pathlib.Path(folder)
    return ["scan", "--before", folder / before, "--after", folder / after, "--before-date", "2025-05-10",
            "--after-date", "2026-05-12", *(["--plots", folder / plots] if plots else ["--whole-scene"]),
            "--out", out]


def digests(out):
    """SHA-256 of every final file of a scan but run.json, which tells how one run went."""
    out = pathlib.Path(out)
    return {str(f.relative_to(out)): hashlib.sha256(f.read_bytes()).hexdigest()
            for f in sorted(out.rglob("*"))
            if f.is_file() and f.name != "run.json" and ".plotwatch" not in f.parts}


class CliTest(unittest.TestCase):
    """A temporary folder for each test; `district` is made once a class, on demand."""
    district_options = {}

    @classmethod
    def setUpClass(cls):
        cls._shared = tempfile.TemporaryDirectory(prefix="plotwatch-")
        cls.district = pathlib.Path(cls._shared.name) / "district"
        make_district(cls.district, **cls.district_options)

    @classmethod
    def tearDownClass(cls):
        cls._shared.cleanup()

    def setUp(self):
        temporary = tempfile.TemporaryDirectory(prefix="plotwatch-")
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)

    def assert_ok(self, done):
        self.assertEqual(done.returncode, OK, done.stderr)

    def assert_refused(self, done, code, *words):
        """The exit code, and a message that holds all the words and a line of advice."""
        self.assertEqual(done.returncode, code, done.stderr)
        for word in words:
            self.assertIn(str(word), done.stderr)
        errors = done.stderr[done.stderr.find("error: "):]
        self.assertTrue(any(line.startswith("  ") for line in errors.splitlines()), "no advice in: " + done.stderr)


def main():
    result = unittest.main(module="__main__", exit=False, verbosity=2).result
    ran = result.testsRun - len(result.skipped)
    sys.exit(1 if not result.wasSuccessful() else 77 if ran <= 0 else 0)
