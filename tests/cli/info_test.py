"""What plotwatch understands of real products; skipped where the shared imagery is absent."""
import json
import unittest

import harness
from harness import OK, SHARED_DATA, plotwatch

EXPECTED = {  # scene -> words that the text must hold
    "landsat-taizhou/2000TM": ["400 x 400", "swir22", "UTM"],
    "landsat-taizhou/2003TM": ["400 x 400", "nir"],
    "landsat8-cloudy": ["2015-08-04", "Landsat 8", "BQA", "pan"],
    "landsat8-c2-l2": ["2019-12-01", "Landsat 8", "QA_PIXEL", "surface"],
    "landsat8-c2-l2/LC08_L2SP_008059_20191201_20200825_02_T1_SR_stac.json": ["2019-12-01", "QA_PIXEL"],
    "sentinel2-20m": ["swir16"],
}


class Info(unittest.TestCase):
    def test_real_products(self):
        if not SHARED_DATA.is_dir():
            self.skipTest("no ../shared/data")
        for scene, words in EXPECTED.items():
            with self.subTest(scene):
                text = plotwatch("info", SHARED_DATA / scene)
                self.assertEqual(text.returncode, OK, text.stderr)
                for word in words:
                    self.assertIn(word, text.stdout)
                as_json = plotwatch("info", SHARED_DATA / scene, "--json")
                self.assertEqual(as_json.returncode, OK, as_json.stderr)
                self.assertTrue(json.loads(as_json.stdout)["bands"])


if __name__ == "__main__":
    harness.main()
