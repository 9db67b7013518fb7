"""What scikit-image, OpenCV and Orfeo ToolBox make of the pairs that bench_registration wrote.

    registration_peers.py FOLDER

FOLDER/index.tsv names the pairs, with plotwatch's own result. Prints, for each scene, the root mean square error of
every method's field inside a border of 16 pixels, and its processor seconds.
"""
import math
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile

import numpy
from osgeo import gdal

gdal.UseExceptions()
BORDER = 16

try:
    import skimage.registration
    import skimage.measure
    import skimage.transform
except ImportError:
    skimage = None
try:
    import cv2
except ImportError:
    cv2 = None


def read(path):
    return gdal.Open(str(path)).ReadAsArray().astype(numpy.float64)


def filled(image):
    """Not-usable pixels get the mean of the others: these methods know of no masks where they are not given one."""
    return numpy.where(numpy.isnan(image), numpy.nanmean(image), image)


def positions(size):
    y, x = numpy.mgrid[0:size, 0:size]
    return x + 0.5, y + 0.5


def shift_between(first, second):
    """(dy, dx) of scikit-image, tapered and without its phase normalisation: with it errors are three times as large."""
    taper = numpy.outer(numpy.hanning(first.shape[0]), numpy.hanning(first.shape[1]))
    return skimage.registration.phase_cross_correlation((first - first.mean()) * taper,
                                                        (second - second.mean()) * taper, upsample_factor=100,
                                                        normalization=None)[0]


def global_phase(before, after):
    shift = shift_between(filled(before), filled(after))
    return numpy.stack([numpy.full(before.shape, -shift[1]), numpy.full(before.shape, -shift[0])])


def windowed_phase(before, after, side=96, step=48):
    """Windows of 96 pixels, each by phase correlation about the global shift, and an affine model by RANSAC."""
    coarse = numpy.round(global_phase(before, after)[:, 0, 0]).astype(int)
    source, target = [], []
    size = before.shape[0]
    b, a = filled(before), filled(after)
    for y in range(0, size - side + 1, step):
        for x in range(0, size - side + 1, step):
            ay, ax = y + coarse[1], x + coarse[0]
            if not (0 <= ay <= size - side and 0 <= ax <= size - side):
                continue
            if max(numpy.isnan(before[y:y + side, x:x + side]).mean(),
                   numpy.isnan(after[ay:ay + side, ax:ax + side]).mean()) > 0.5:
                continue
            shift = shift_between(b[y:y + side, x:x + side], a[ay:ay + side, ax:ax + side])
            source.append((x + side / 2, y + side / 2))
            target.append((x + side / 2 + coarse[0] - shift[1], y + side / 2 + coarse[1] - shift[0]))
    if len(source) < 4:
        return numpy.zeros((2, *before.shape))
    model, _ = skimage.measure.ransac((numpy.array(source), numpy.array(target)), skimage.transform.AffineTransform,
                                      min_samples=3, residual_threshold=0.5, max_trials=1000, random_state=1)
    if model is None:
        return numpy.zeros((2, *before.shape))
    x, y = positions(size)
    moved = model(numpy.column_stack([x.ravel(), y.ravel()]))
    return numpy.stack([moved[:, 0].reshape(x.shape) - x, moved[:, 1].reshape(x.shape) - y])


def ecc_affine(before, after):
    """OpenCV's ECC with an affine model, started at the shift of the global phase correlation."""
    start = global_phase(before, after)[:, 0, 0] if skimage else (0, 0)
    warp = numpy.array([[1, 0, start[0]], [0, 1, start[1]]], numpy.float32)
    mask = (~numpy.isnan(after)).astype(numpy.uint8)
    _, warp = cv2.findTransformECC(filled(before).astype(numpy.float32), filled(after).astype(numpy.float32), warp,
                                   cv2.MOTION_AFFINE, (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, 200, 1e-7),
                                   mask, 5)
    y, x = numpy.mgrid[0:before.shape[0], 0:before.shape[1]]
    return numpy.stack([warp[0, 0] * x + warp[0, 1] * y + warp[0, 2] - x,
                        warp[1, 0] * x + warp[1, 1] * y + warp[1, 2] - y])


def fine_registration(before, after, step=16, radius=20):
    """Orfeo's FineRegistration about the global shift, every 16th pixel, then a median over 3 x 3 of them."""
    start = numpy.round(global_phase(before, after)[:, 0, 0]) if skimage else (0, 0)
    with tempfile.TemporaryDirectory(prefix="plotwatch-") as folder:
        folder = pathlib.Path(folder)
        for name, image in (("before", before), ("after", after)):
            data = gdal.GetDriverByName("GTiff").Create(str(folder / f"{name}.tif"), *before.shape[::-1], 1,
                                                        gdal.GDT_Float32)
            data.GetRasterBand(1).WriteArray(filled(image))
            data = None
        subprocess.run(["otbcli_FineRegistration", "-ref", folder / "before.tif", "-sec", folder / "after.tif",
                        "-out", folder / "out.tif", "-erx", "3", "-ery", "3", "-mrx", str(radius), "-mry",
                        str(radius), "-cox", str(start[0]), "-coy", str(start[1]), "-ssrx", str(step), "-ssry",
                        str(step), "-spa", "0.01", "-m", "CC"], check=True, capture_output=True)
        measured = read(folder / "out.tif")[:2]
    smooth = numpy.empty_like(measured)
    rows, columns = measured.shape[1:]
    for r in range(rows):
        for c in range(columns):
            near = measured[:, max(r - 1, 0):r + 2, max(c - 1, 0):c + 2]
            smooth[:, r, c] = numpy.median(near.reshape(2, -1), 1)
    size = before.shape[0]
    at = (numpy.arange(size)) / step
    out = numpy.empty((2, size, size))
    for band in range(2):
        wide = numpy.array([numpy.interp(at, numpy.arange(columns), row) for row in smooth[band]])
        out[band] = numpy.array([numpy.interp(at, numpy.arange(rows), column) for column in wide.T]).T
    return out


METHODS = [("phase, global", global_phase if skimage else None),
           ("phase 96 px, affine", windowed_phase if skimage else None),
           ("OpenCV ECC affine", ecc_affine if cv2 and skimage else None),
           ("Orfeo fine", fine_registration if skimage and shutil.which("otbcli_FineRegistration") else None)]


def error_of(field, truth, before):
    inside = ~numpy.isnan(before)
    inside[:BORDER] = inside[-BORDER:] = inside[:, :BORDER] = inside[:, -BORDER:] = False
    return math.sqrt(((field - truth) ** 2).sum(0)[inside].mean())


def processor_seconds():
    import resource
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def cell(method, before, after, truth, spent):
    start = processor_seconds()
    try:
        error = f"{error_of(method(before, after), truth, before):.3f}"
    except (cv2.error if cv2 else ValueError, ValueError, subprocess.CalledProcessError):
        error = "fails"
    spent.append(processor_seconds() - start)
    return error


def main():
    folder = pathlib.Path(sys.argv[1])
    spent = {name: [] for name, _ in METHODS}
    ours = []
    scene_now = None
    print("\nOther programs on the same pairs (their first band), RMSE in pixels. They were not made for masks, clouds or "
          "distortion.")
    for line in (folder / "index.tsv").read_text().splitlines():
        stem, scene, case, rmse, _, seconds = line.split("\t")
        if scene != scene_now:
            scene_now = scene
            print(f"\n{scene}\n{'case':36s} {'plotwatch':>9s} " + " ".join(f"{name:>19s}" for name, _ in METHODS))
        before, after, truth = (read(f"{stem}_{part}.tif") for part in ("before", "after", "truth"))
        ours.append(float(seconds))
        cells = [cell(m, before, after, truth, spent[name]) if m else "not installed" for name, m in METHODS]
        print(f"{case:36s} {float(rmse):9.4f} " + " ".join(f"{c:>19s}" for c in cells), flush=True)
    print(f"\n{'median processor seconds a pair':36s} {statistics.median(ours):9.2f} " +
          " ".join(f"{statistics.median(spent[name]):19.2f}" if spent[name] else f"{'–':>19s}" for name, _ in METHODS))


if __name__ == "__main__":
    main()
