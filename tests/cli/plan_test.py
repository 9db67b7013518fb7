"""What a scan would do, without a look at a pixel."""
import json
import pathlib
import shutil

import harness
from harness import CONFIG, INPUT, CliTest, plotwatch, scan_arguments


class Plan(CliTest):
    district_options = {"side": 256}

    def plan(self, folder, *more):
        arguments = scan_arguments(folder, "unused")
        return plotwatch("plan", *arguments[1:-2], *more)

    def test_text_and_json_agree(self):
        text, as_json = self.plan(self.district), self.plan(self.district, "--json")
        self.assert_ok(text)
        self.assert_ok(as_json)
        facts = json.loads(as_json.stdout)
        self.assertEqual(facts["before"]["date"], "2025-05-10")
        self.assertEqual(facts["bands"], ["blue", "green", "red", "nir"])
        self.assertEqual((facts["grid"]["width"], facts["grid"]["height"]), (256, 256))
        self.assertLessEqual(facts["tiles"], facts["tiles_of_grid"])
        self.assertIn(f"{facts['tiles']} of {facts['tiles_of_grid']}", text.stdout)
        self.assertIn(facts["grid"]["crs"], text.stdout)
        self.assertLessEqual(facts["memory_bytes"]["block_cache"], facts["memory_bytes"]["budget"])

    def test_shows_the_preset_of_the_sensor(self):
        self.assertEqual(json.loads(self.plan(self.district, "--json").stdout)["preset"], "sentinel2-10m")
        self.assertEqual(json.loads(self.plan(self.district, "--json").stdout)["smallest_m2"], 400)
        self.assertIn("submetre", self.plan(self.district, "--preset", "submetre").stdout)
        self.assertEqual(json.loads(self.plan(self.district, "--json", "--preset", "none").stdout)["preset"], "none")
        config = self.plan(self.district, "--preset", "submetre", "--set", "change.closing_px=3", "--print-config").stdout
        self.assertRegex(config, r"min_pixels = \d+ +# .*submetre\.toml:\d+")
        self.assertRegex(config, r"closing_px = 3 +# --set")
        self.assert_refused(self.plan(self.district, "--preset", "gaofen"), CONFIG, "gaofen", "multispectral-3m")

    def test_follows_the_tile_size_and_the_scene(self):
        small = json.loads(self.plan(self.district, "--json", "--tile-size", "64", "--whole-scene").stdout)
        self.assertEqual(small["tiles"], 16)
        self.assertAlmostEqual(small["megapixels"], 0.065536)

    def test_touches_no_pixels(self):
        broken = self.folder / "district"
        shutil.copytree(self.district, broken)
        expected = self.plan(broken, "--json").stdout
        for name in ("before.tif", "after.tif"):
            self.destroy_pixels(broken / name)
        done = self.plan(broken, "--json")
        self.assert_ok(done)
        self.assertEqual(done.stdout, expected)
        scan = plotwatch(*scan_arguments(broken, self.folder / "out"))
        self.assertEqual(scan.returncode, INPUT, scan.stderr)  # the pixels are gone indeed

    def test_writes_nothing(self):
        before = sorted(f.name for f in self.district.iterdir())
        self.assert_ok(self.plan(self.district, "--out", self.folder / "out"))
        self.assertEqual(sorted(f.name for f in self.district.iterdir()), before)
        self.assertEqual(list(self.folder.iterdir()), [])

    @staticmethod
    def destroy_pixels(path: pathlib.Path):
        """Overwrites the blocks of a small GeoTIFF whose directory comes first or last, and leaves its tags."""
        import struct
        content = bytearray(path.read_bytes())
        directory = struct.unpack_from("<I", content, 4)[0]
        sizes = {3: "H", 4: "I"}
        arrays = {}
        for i in range(struct.unpack_from("<H", content, directory)[0]):
            tag, kind, count, value = struct.unpack_from("<HHII", content, directory + 2 + 12 * i)
            if tag in (324, 325):  # offsets and byte counts of tiles
                width = struct.calcsize(sizes[kind])
                at = value if count * width > 4 else directory + 2 + 12 * i + 8
                arrays[tag] = struct.unpack_from(f"<{count}{sizes[kind]}", content, at)
        for offset, length in zip(arrays[324], arrays[325]):
            content[offset:offset + length] = b"\xff" * length
        path.write_bytes(content)


if __name__ == "__main__":
    harness.main()
