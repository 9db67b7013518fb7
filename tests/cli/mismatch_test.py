"""Inputs that are fine one by one and do not fit together: exit code 5."""
import json

import harness
from harness import MISMATCH, CliTest, make_scene, plotwatch, scan_arguments, texture


class Mismatch(CliTest):
    def scan(self, before, after, *more):
        return plotwatch(*scan_arguments(self.district, self.folder / "out", before, after), *more)

    def tearDown(self):
        self.assertEqual(harness.digests(self.folder / "out"), {})

    def test_no_overlap(self):
        before = make_scene(self.folder / "west.img", texture(1))
        after = make_scene(self.folder / "east.img", texture(2), corner=(540000, 4400000))
        self.assert_refused(self.scan(before, after), MISMATCH, before, after, "share no ground")

    def test_no_shared_band_roles(self):
        before = make_scene(self.folder / "visible.img", texture(1), bands=("blue", "green", "red"))
        after = make_scene(self.folder / "infrared.img", texture(2), bands=("nir", "swir16", "swir22"))
        self.assert_refused(self.scan(before, after), MISMATCH, before, after, "blue", "swir16", "roles")

    def test_mixed_calibration(self):
        done = self.scan("before.tif", "after.tif", "--set", "before.calibration=surface-reflectance",
                         "--set", "after.calibration=toa-reflectance")
        self.assert_refused(done, MISMATCH, "before.tif", "after.tif", "mixed calibration", "surface reflectance",
                            "top-of-atmosphere reflectance")

    def test_plots_elsewhere(self):
        square = [[100.0, 20.0], [100.01, 20.0], [100.01, 20.01], [100.0, 20.01], [100.0, 20.0]]
        register = self.folder / "elsewhere.geojson"
        register.write_text(json.dumps({"type": "FeatureCollection", "features": [
            {"type": "Feature", "properties": {"code": "A1", "status": "listed"},
             "geometry": {"type": "Polygon", "coordinates": [square]}}]}), encoding="utf-8")
        done = plotwatch(*scan_arguments(self.district, self.folder / "out", plots=register))
        self.assert_refused(done, MISMATCH, register, "none of the 1 plots")


if __name__ == "__main__":
    harness.main()
