"""What plotwatch understands of real products; skipped where the shared imagery is absent."""
import json
import unittest

import harness
from harness import INPUT, OK, SHARED_DATA, plotwatch

EXPECTED = {  # scene -> words that the text must hold
    "landsat-taizhou/2000TM": ["400 x 400", "swir22", "UTM"],
    "landsat-taizhou/2003TM": ["400 x 400", "nir"],
    "landsat8-cloudy": ["2015-08-04", "Landsat 8", "BQA", "pan"],
    "landsat8-c2-l2": ["2019-12-01", "Landsat 8", "QA_PIXEL", "surface"],
    "landsat8-c2-l2/LC08_L2SP_008059_20191201_20200825_02_T1_SR_stac.json": ["2019-12-01", "QA_PIXEL"],
    "sentinel2-20m": ["swir16"],
}

REFUSED = {  # what is no scene by itself -> words of the message
    "sentinel2-pair/ref_S2A_20160608T153121_T33UUU_sub.jp2": ["no band with a known role", "roles = {"],
    "sentinel2-safe-metadata/S2A_MSIL1C_20210908T042701_N0301_R133_T46RER_20210908T070248.SAFE": ["no file in"],
    "sentinel2-safe-metadata/S2A_MSIL2A_20230821T221941_N0509_R029_T01KAB_20230822T021825.SAFE": ["no file in"],
    "landsat-taizhou/plots.gpkg": ["cannot be read as a raster"],
}


@unittest.skipUnless(SHARED_DATA.is_dir(), "no ../shared/data")
class Info(unittest.TestCase):
    def test_real_products(self):
        for scene, words in EXPECTED.items():
            with self.subTest(scene):
                text = plotwatch("info", SHARED_DATA / scene)
                self.assertEqual(text.returncode, OK, text.stderr)
                for word in words:
                    self.assertIn(word, text.stdout)
                as_json = plotwatch("info", SHARED_DATA / scene, "--json")
                self.assertEqual(as_json.returncode, OK, as_json.stderr)
                self.assertTrue(json.loads(as_json.stdout)["bands"])

    def test_what_is_no_scene_by_itself(self):
        for path, words in REFUSED.items():
            with self.subTest(path):
                done = plotwatch("info", SHARED_DATA / path)
                self.assertEqual(done.returncode, INPUT, done.stderr)
                for word in [path, *words]:
                    self.assertIn(word, done.stderr)


@unittest.skipUnless(SHARED_DATA.is_dir(), "no ../shared/data")
class Landsat(unittest.TestCase):
    def test_is_compared_on_the_grid_of_its_multispectral_bands(self):
        scene = SHARED_DATA / "landsat8-cloudy"  # with a panchromatic band of half the pixel size, which is left out
        done = plotwatch("plan", "--before", scene, "--after", scene / "l8_MTL.txt", "--after-date", "2016-08-04",
                         "--whole-scene", "--json")
        self.assertEqual(done.returncode, OK, done.stderr)
        grid = json.loads(done.stdout)["grid"]
        self.assertEqual((grid["width"], grid["height"], grid["pixel_width"]), (627, 603, 30))


if __name__ == "__main__":
    harness.main()
