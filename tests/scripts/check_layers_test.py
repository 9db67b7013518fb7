"""scripts/check-layers finds each kind of forbidden include in a tree made for it, and nothing else."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

SCRIPT = pathlib.Path(__file__).resolve().parents[2] / "scripts" / "check-layers"


class CheckLayers(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        (self.root / "src").mkdir()

    def write(self, path, *lines):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("".join(line + "\n" for line in lines))

    def run_check(self):
        done = subprocess.run([sys.executable, SCRIPT, "--root", self.root], capture_output=True, text=True, check=False)
        return done.returncode, done.stdout

    def assert_clean(self):
        self.assertEqual(self.run_check(), (0, "check-layers: every include keeps to its layer\n"))

    def assert_found(self, *expected):
        code, text = self.run_check()
        self.assertEqual(code, 1)
        for line in expected:
            self.assertIn(line, text)
        self.assertIn(f"check-layers: {len(expected)} include(s)", text)

    def test_allowed_includes_pass(self):
        self.write("kernels/mad/mad_cpu.cpp", '#include "kernels/mad/mad.hpp"', '#include "kernels/base/view.hpp"',
                   "#include <cmath>")
        self.write("kernels/mad/mad_cuda.cu", "#include <cuda_runtime.h>", "#include <cub/cub.cuh>")
        self.write("src/core/grid.cpp", '#include "core/grid.hpp"', "#include <fmt/format.h>")
        self.write("src/core/view.hpp", '#include "kernels/base/view.hpp"')
        self.write("src/io/raster.cpp", "#include <gdal_priv.h>", "#include <cpl_string.h>", '#include "model/scene.hpp"')
        self.write("src/change/fit.cpp", '#include "kernels/mad/mad.hpp"', "#include <Eigen/Dense>")
        self.write("src/report/chip.cpp", "#include <opencv2/imgproc.hpp>", '#include "io/raster.hpp"')
        self.write("src/pipeline/scan.cpp", '#include "change/change.hpp"', '#include "config/config.hpp"')
        self.write("src/app/main.cpp", '#include "pipeline/scan.hpp"', '#include "kernels/base/backend.hpp"')
        self.assert_clean()

    def test_the_loader_belongs_to_cuda_sources(self):
        self.write("kernels/fft/fft_cuda.cu", "#include <dlfcn.h>")
        self.assert_clean()
        self.write("kernels/fft/fft_cpu.cpp", "#include <dlfcn.h>")
        self.assert_found("kernels/fft/fft_cpu.cpp:1:")

    def test_a_stage_may_not_include_a_stage(self):
        self.write("src/change/a.cpp", "", '#include "registration/registration.hpp"')
        self.assert_found('src/change/a.cpp:2: "registration/registration.hpp": change may include core, kernels, model')

    def test_a_lower_layer_may_not_look_up(self):
        self.write("src/core/a.hpp", '#include "model/scene.hpp"')
        self.write("src/model/b.hpp", '#include "kernels/base/view.hpp"')
        self.write("src/rules/c.cpp", '#include "io/raster.hpp"')
        self.assert_found("src/core/a.hpp:1:", "src/model/b.hpp:1:", "src/rules/c.cpp:1: ")

    def test_io_sees_the_views_but_no_kernel(self):
        self.write("src/io/a.cpp", '#include "kernels/base/view.hpp"', '#include "kernels/resample/resample.hpp"')
        self.assert_found('src/io/a.cpp:2: "kernels/resample/resample.hpp": io may include')

    def test_stages_do_not_see_config(self):
        self.write("src/plots/a.cpp", '#include "config/config.hpp"')
        self.assert_found("src/plots/a.cpp:1:")

    def test_libraries_keep_to_their_homes(self):
        self.write("src/plots/a.cpp", "#include <ogrsf_frmts.h>")
        self.write("src/vectorise/b.cpp", "#include <opencv2/core.hpp>")
        self.write("src/report/c.cpp", "#include <Eigen/Core>")
        self.write("kernels/mad/d.cpp", '#include "gdal.h"')
        self.assert_found("src/plots/a.cpp:1: <ogrsf_frmts.h>: GDAL belongs to io alone",
                          "src/vectorise/b.cpp:1: <opencv2/core.hpp>: OpenCV belongs to change, registration, report alone",
                          "src/report/c.cpp:1: <Eigen/Core>: Eigen belongs to change, registration alone",
                          'kernels/mad/d.cpp:1: "gdal.h": GDAL')

    def test_a_header_with_a_library_stays_private(self):
        self.write("src/change/matrix.hpp", "#include <Eigen/Core>")
        self.write("src/change/fit.cpp", '#include "change/matrix.hpp"')
        self.assert_clean()
        self.write("src/pipeline/scan.cpp", '#include "change/matrix.hpp"')
        self.assert_found('src/pipeline/scan.cpp:1: "change/matrix.hpp": a header that shows Eigen is private')

    def test_cuda_stays_in_device_sources(self):
        self.write("kernels/mad/mad.hpp", "#include <cuda_runtime.h>")
        self.write("src/pipeline/a.cpp", "#include <thrust/sort.h>")
        self.assert_found("kernels/mad/mad.hpp:1: <cuda_runtime.h>: CUDA headers belong to .cu files",
                          "src/pipeline/a.cpp:1:")

    def test_kernels_see_the_standard_library_alone(self):
        self.write("kernels/mad/a.cpp", "#include <fmt/format.h>", "#include <vector>", '#include "core/grid.hpp"')
        self.assert_found("kernels/mad/a.cpp:1: <fmt/format.h>", 'kernels/mad/a.cpp:3: "core/grid.hpp"')

    def test_includes_are_written_from_a_root_and_with_quotes(self):
        self.write("src/io/a.cpp", '#include "raster.hpp"', '  #  include <core/grid.hpp>', '#include "../model/scene.hpp"')
        self.assert_found("src/io/a.cpp:1:", "src/io/a.cpp:2:", "src/io/a.cpp:3:")

    def test_an_unknown_folder_is_reported(self):
        self.write("src/utils/a.cpp", "#include <vector>")
        self.assert_found("src/utils/a.cpp:1: utils: this folder is in no layer")

    def test_a_folder_that_is_no_tree_is_an_error(self):
        done = subprocess.run([sys.executable, SCRIPT, "--root", self.root / "src"], capture_output=True, check=False)
        self.assertEqual(done.returncode, 1)


if __name__ == "__main__":
    unittest.main()
