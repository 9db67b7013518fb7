"""plotwatch register: the displacement of made pairs, what is written, and what is refused."""
import json
import math
import random
import re
import struct
import subprocess

import harness
from harness import INPUT, MISMATCH, OUTPUT, USAGE, CliTest, make_scene, plotwatch

SIDE = 224
SHIFT = (2.3, -1.4)  # ground at (x, y) of the reference lies in the target at (x + 2.3, y - 1.4)


def waves(seed, count=28):
    """Ground without a pattern that can be asked anywhere: waves of 7 to 40 pixels in all directions."""
    dice = random.Random(seed)
    parts = []
    for _ in range(count):
        length, angle = dice.uniform(7, 40), dice.uniform(0, math.pi)
        k = 2 * math.pi / length
        parts.append((k * math.cos(angle), k * math.sin(angle), dice.uniform(0, 6.3), 40 * length / 20))
    return lambda x, y: 2000 + sum(a * math.sin(kx * x + ky * y + p) for kx, ky, p, a in parts)


def scene_of(path, ground, side=SIDE, pixel=10, corner=(440000, 4400000), shift=(0, 0), gain=1.0, name="red",
             nodata=None, crs=True):
    """A uint16 ENVI scene of `ground`, which is asked in pixels of 10 m, seen from `shift` pixels away."""
    size = pixel / 10
    left, top = (corner[0] - 440000) / 10, (4400000 - corner[1]) / 10
    samples = [round(gain * ground(left + (x + 0.5) * size - shift[0], top + (y + 0.5) * size - shift[1]))
               for y in range(side) for x in range(side)]
    path.write_bytes(struct.pack(f"<{len(samples)}H", *samples))
    header = ["ENVI", f"samples = {side}", f"lines = {side}", "bands = 1", "header offset = 0", "data type = 12",
              "interleave = bsq", "byte order = 0", f"band names = {{{name}}}"]
    if crs:
        header.append(f"map info = {{UTM, 1, 1, {corner[0]}, {corner[1]}, {pixel}, {pixel}, 50, North, WGS-84}}")
    if nodata is not None:
        header.append(f"data ignore value = {nodata}")
    path.with_name(path.name + ".hdr").write_text("\n".join(header) + "\n", encoding="utf-8")
    return path


def samples_at(path, x, y):
    """All bands at a pixel, read by GDAL's own program."""
    done = subprocess.run(["gdallocationinfo", "-valonly", path, str(x), str(y)], capture_output=True, text=True,
                          check=True)
    return [float(v) for v in done.stdout.split()]


class Register(CliTest):
    def pair(self, shift=SHIFT, **target):
        ground = waves(7)
        return (scene_of(self.folder / "reference", ground),
                scene_of(self.folder / "target", ground, shift=shift, **target))

    def register(self, reference, target, *more):
        done = plotwatch("register", "--reference", reference, "--target", target, "--json", *more)
        self.assert_ok(done)
        return json.loads(done.stdout)

    def test_finds_a_known_shift_and_writes_what_is_asked_for(self):
        reference, target = self.pair(gain=0.8)
        field, aligned, report = (self.folder / n for n in ("field.tif", "aligned.tif", "report.html"))
        found = self.register(reference, target, "--field", field, "--out", aligned, "--report", report)
        self.assertTrue(found["applied"], found["reason"])
        self.assertEqual(found["model"], "shift")
        self.assertAlmostEqual(found["displacement_in_the_middle"]["dx"], SHIFT[0], delta=0.01)
        self.assertAlmostEqual(found["displacement_in_the_middle"]["dy"], SHIFT[1], delta=0.01)
        held = found["held_out"]
        self.assertLess(held["rmse_after"], 0.03)
        self.assertGreater(held["rmse_before"], 2.5)
        self.assertLess(held["p90_after"], held["p90_before"])
        self.assertEqual(found["tie_points"]["tried"], len(found["points"]))
        for x, y in ((3, 3), (100, 50), (220, 220)):
            dx, dy = samples_at(field, x, y)
            self.assertAlmostEqual(dx, SHIFT[0], delta=0.01)
            self.assertAlmostEqual(dy, SHIFT[1], delta=0.01)
        ground = waves(7)
        for x, y in ((40, 40), (101, 57), (180, 150)):
            self.assertAlmostEqual(samples_at(aligned, x, y)[0], 0.8 * ground(x + 0.5, y + 0.5), delta=12)
        page = report.read_text(encoding="utf-8")
        self.assertIn("data:image/png;base64,", page)
        self.assertIsNone(re.search(r"(src|href)=\"?(http|//|file)", page))
        self.assertNotIn("<script", page)

    def test_leaves_an_aligned_pair_as_it_is(self):
        found = self.register(*self.pair(shift=(0, 0)))
        self.assertFalse(found["applied"])
        self.assertEqual(found["model"], "identity")
        self.assertIn("already aligned", found["reason"])

    def test_other_pixels_and_a_far_shift(self):
        # The target has pixels of 15 m and lies 24 pixels of the reference off.
        reference, target = self.pair(shift=(24.6, 9.3), side=150, pixel=15)
        field = self.folder / "field.tif"
        found = self.register(reference, target, "--field", field)
        self.assertEqual(found["grid"]["pixel_width"], 15)
        self.assertAlmostEqual(found["displacement_in_the_middle"]["dx"], 24.6 / 1.5, delta=0.02)
        dx, dy = samples_at(field, 60, 100)  # in pixels of the reference
        self.assertAlmostEqual(dx, 24.6, delta=0.03)
        self.assertAlmostEqual(dy, 9.3, delta=0.03)

    def test_a_band_that_does_not_say_what_it_is(self):
        ground = waves(7)
        found = self.register(scene_of(self.folder / "reference", ground, name="Band 1"),
                              scene_of(self.folder / "target", ground, shift=SHIFT))
        self.assertEqual(found["reference"]["matched_bands"], ["pan"])
        self.assertEqual(found["target"]["matched_bands"], ["red"])
        self.assertAlmostEqual(found["displacement_in_the_middle"]["dx"], SHIFT[0], delta=0.01)
        self.assertTrue(any("taken as panchromatic" in note for note in found["notes"]))

    def test_workers_do_not_show(self):
        reference, target = self.pair()
        outputs = []
        for workers in (1, 3):
            field, aligned = self.folder / f"field{workers}.tif", self.folder / f"aligned{workers}.tif"
            done = plotwatch("register", "--reference", reference, "--target", target, "--json", "--field", field,
                             "--out", aligned, "--workers", workers)
            self.assert_ok(done)
            outputs.append((done.stdout, field.read_bytes(), aligned.read_bytes()))
        self.assertEqual(outputs[0], outputs[1])

    def test_ground_that_cannot_be_seen_is_no_error(self):
        reference = scene_of(self.folder / "reference", waves(7))
        hidden = scene_of(self.folder / "hidden", lambda x, y: 0, nodata=0)
        flat = scene_of(self.folder / "flat", lambda x, y: 500)
        other = scene_of(self.folder / "other", waves(99))
        for target, why in ((hidden, "masked by cloud or nodata"), (flat, "without texture"), (other, "too few|contradict")):
            found = self.register(reference, target)
            self.assertFalse(found["applied"])
            self.assertRegex(found["reason"], why)
            self.assertEqual(found["displacement_in_the_middle"], {"dx": 0.0, "dy": 0.0})

    def test_scenes_that_do_not_meet(self):
        ground = waves(7)
        reference = scene_of(self.folder / "reference", ground, side=64)
        target = scene_of(self.folder / "target", ground, side=64, corner=(450000, 4400000))
        field = self.folder / "field.tif"
        done = plotwatch("register", "--reference", reference, "--target", target, "--field", field)
        self.assert_refused(done, MISMATCH, "share no ground")
        self.assertFalse(field.exists())

    def test_no_georeference(self):
        ground = waves(7)
        done = plotwatch("register", "--reference", scene_of(self.folder / "reference", ground, side=64),
                         "--target", scene_of(self.folder / "target", ground, side=64, crs=False))
        self.assert_refused(done, INPUT, str(self.folder / "target"))

    def test_outputs_that_cannot_be(self):
        reference, target = self.pair()
        missing = self.folder / "nowhere" / "field.tif"
        done = plotwatch("register", "--reference", reference, "--target", target, "--field", missing)
        self.assert_refused(done, OUTPUT, str(missing))
        done = plotwatch("register", "--reference", reference, "--target", target, "--out", target)
        self.assert_refused(done, USAGE, "would be overwritten")
        field = self.folder / "field.tif"
        done = plotwatch("register", "--reference", reference, "--target", target, "--field", field, "--out", field)
        self.assert_refused(done, USAGE, "one path")

    def test_confidence_of_plots(self):
        reference, target = self.pair()
        squares = [("A", 440600, 4399400), ("far", 441000, 4390000)]
        features = [{"type": "Feature", "properties": {"code": code, "status": "listed"},
                     "geometry": {"type": "Polygon", "coordinates": [[[x, y], [x + 100, y], [x + 100, y + 100],
                                                                      [x, y + 100], [x, y]]]}}
                    for code, x, y in squares]
        plots = self.folder / "plots.geojson"
        plots.write_text(json.dumps({"type": "FeatureCollection", "features": features,
                                     "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32650"}}}),
                         encoding="utf-8")
        near, far = self.register(reference, target, "--plots", plots)["plots"]
        self.assertTrue(near["on_both_scenes"])
        self.assertGreater(near["confidence"], 0.7)
        self.assertAlmostEqual(near["dx"], SHIFT[0], delta=0.01)
        self.assertFalse(far["on_both_scenes"])
        self.assertEqual(far["confidence"], 0)

    def test_help_says_what_the_field_means(self):
        done = plotwatch("register", "--help")
        self.assert_ok(done)
        self.assertIn("(x + dx, y + dy)", done.stdout)


if __name__ == "__main__":
    harness.main()
