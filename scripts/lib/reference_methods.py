"""Change scores written plainly with NumPy, to hold plotwatch against and to take its detectors apart.

Scenes are arrays (bands, rows, columns) of one grid; scores are (rows, columns), higher is more changed.
"""
import math
import shutil
import subprocess
import tempfile

import numpy
from osgeo import gdal

gdal.UseExceptions()


def read(path):
    return gdal.Open(str(path)).ReadAsArray().astype(numpy.float64)


# Detectors ------------------------------------------------------------------------------------------------------------

def change_vector(before, after):
    """Norm of the difference of standardised bands (Malila 1980)."""
    def standardised(scene):
        return (scene - scene.mean((1, 2), keepdims=True)) / scene.std((1, 2), keepdims=True)
    return numpy.sqrt(((standardised(before) - standardised(after)) ** 2).sum(0))


def chi_square_tail(value, degrees):
    """Closed form for an even number of degrees of freedom."""
    half = value / 2
    term, total = numpy.ones_like(half), numpy.ones_like(half)
    for k in range(1, degrees // 2):
        term = term * half / k
        total = total + term
    return numpy.exp(-half) * total


def no_change_distance(before, after, directions, iterations):
    """Squared length of unit-variance difference variates, reweighted by their no-change probability, and the weights.
    `directions` gives from the weighted covariance of both dates (2 bands square) the rows of the variates."""
    bands = len(before)
    x = numpy.concatenate([before.reshape(bands, -1), after.reshape(bands, -1)])
    weights = numpy.ones(x.shape[1])
    for _ in range(iterations):
        mean = (x * weights).sum(1, keepdims=True) / weights.sum()
        centred = x - mean
        covariance = (centred * weights) @ centred.T / weights.sum()
        distance = ((directions(covariance, bands) @ centred) ** 2).sum(0)
        weights = chi_square_tail(distance, bands)
    return distance.reshape(before.shape[1:]), weights


def generalised_eigen(a, b):
    """Vectors v with a v = lambda b v, as columns, v' b v = 1."""
    lower = numpy.linalg.inv(numpy.linalg.cholesky(b))
    values, vectors = numpy.linalg.eigh(lower @ a @ lower.T)
    return values, lower.T @ vectors


def mad_directions(c, n):
    """Canonical variates (Nielsen 1998, 2007)."""
    xx, xy, yy = c[:n, :n], c[:n, n:], c[n:, n:]
    squared, a = generalised_eigen(xy @ numpy.linalg.solve(yy, xy.T), xx)
    b = numpy.linalg.solve(yy, xy.T @ a)
    b /= numpy.sqrt(numpy.einsum("ik,ij,jk->k", b, yy, b))
    sd = numpy.sqrt(2 * (1 - numpy.sqrt(numpy.clip(squared, 0, 1 - 1e-9))))
    return numpy.hstack([(a / sd).T, -(b / sd).T])


def slow_feature_directions(c, n):
    """Slow features of the standardised bands (Wu, Du, Zhang 2014)."""
    sd = numpy.sqrt(numpy.diag(c))
    c = c / numpy.outer(sd, sd)
    xx, xy, yy = c[:n, :n], c[:n, n:], c[n:, n:]
    values, v = generalised_eigen(xx + yy - xy - xy.T, (xx + yy) / 2)
    v = v / numpy.sqrt(values)
    return numpy.hstack([v.T, -v.T]) / sd


def difference_directions(weights, before, after):
    """Difference of bands that are standardised over pixels weighted with their no-change probability."""
    flat = [s.reshape(len(s), -1) for s in (before, after)]
    means = [numpy.average(f, axis=1, weights=weights)[:, None, None] for f in flat]
    sds = [numpy.sqrt(numpy.average((f - m[:, :, 0]) ** 2, axis=1, weights=weights))[:, None, None]
           for f, m in zip(flat, means)]
    return ((before - means[0]) / sds[0] - (after - means[1]) / sds[1])


def orfeo_mad(before_path, after_path):
    """Sum of the squared, standardised variates of Orfeo ToolBox's MAD filter; None where it is not installed."""
    program = shutil.which("otbcli_MultivariateAlterationDetector")
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        out = f"{folder}/mad.tif"
        subprocess.run([program, "-in1", before_path, "-in2", after_path, "-out", out, "float"], check=True,
                       capture_output=True)
        variates = read(out)
    return numpy.sqrt((variates ** 2 / variates.var((1, 2), keepdims=True)).sum(0))


# plotwatch's calibration, in NumPy -----------------------------------------------------------------------------------

def gaussian(score, sigma=1.0):
    """Separable, radius 3 sigma, edges repeated."""
    radius = math.ceil(3 * sigma)
    kernel = numpy.exp(-0.5 * (numpy.arange(-radius, radius + 1) / sigma) ** 2)
    kernel /= kernel.sum()
    for axis in (0, 1):
        padded = numpy.pad(score, [(radius, radius) if a == axis else (0, 0) for a in (0, 1)], mode="edge")
        windows = numpy.lib.stride_tricks.sliding_window_view(padded, 2 * radius + 1, axis=axis)
        score = windows @ kernel
    return score


def standardised_by_null(score):
    """By mode and lower-side spread of the unchanged ground: see src/change/null_distribution.hpp."""
    values = score.ravel()
    low, high = numpy.percentile(values, [0.5, 90])
    counts, edges = numpy.histogram(values, 400, (low, high))
    smooth = numpy.convolve(counts, numpy.exp(-0.5 * (numpy.arange(-32, 33) / 8) ** 2), "same")
    mode = edges[int(smooth.argmax())] + (high - low) / 800
    return (score - mode) / numpy.percentile(mode - values[values < mode], 68.27)


# Figures --------------------------------------------------------------------------------------------------------------

def otsu(score):
    """IEEE Trans. SMC 9(1), 1979."""
    counts, edges = numpy.histogram(score, 256)
    centres = (edges[1:] + edges[:-1]) / 2
    below, sums = counts.cumsum(), (counts * centres).cumsum()
    above = below[-1] - below
    with numpy.errstate(invalid="ignore", divide="ignore"):
        between = below * above * (sums / below - (sums[-1] - sums) / above) ** 2
    return edges[1:][int(numpy.nanargmax(between))]


def figures(score, changed, found):
    """Of pixels: the score and, where it was cut, what was found."""
    agree = (changed == found).mean()
    chance = changed.mean() * found.mean() + (1 - changed.mean()) * (1 - found.mean())
    distinct, inverse = numpy.unique(-score, return_inverse=True)  # ties are taken together
    right = numpy.bincount(inverse, changed, len(distinct)).cumsum()
    taken = numpy.bincount(inverse, minlength=len(distinct)).cumsum()
    recall, wrong = right / right[-1], (taken - right) / (taken[-1] - right[-1])
    step = numpy.diff(recall, prepend=0)
    areas = numpy.diff(wrong, prepend=0) * (recall + numpy.concatenate([[0], recall[:-1]])) / 2
    return {"overall accuracy": agree, "kappa": (agree - chance) / (1 - chance),
            "average precision": float((step * right / taken).sum()), "auc": float(areas.sum())}


def on_labelled_pixels(before_path, after_path, truth_path, plotwatch_score_path):
    """Reference methods with Otsu's cut, on the labelled pixels that plotwatch observed."""
    before, after, truth = read(before_path), read(after_path), read(truth_path)
    labelled = (truth > 0) & (read(plotwatch_score_path) != 255)
    changed = truth[labelled] == 2
    scores = {"change vector, Otsu": change_vector(before, after),
              "MAD (NumPy), Otsu": numpy.sqrt(no_change_distance(before, after, mad_directions, 1)[0]),
              "MAD (Orfeo ToolBox), Otsu": orfeo_mad(before_path, after_path)}
    return {name: "not installed" if s is None else figures(s[labelled], changed, s[labelled] > otsu(s))
            for name, s in scores.items()}


def cut_by_otsu(before_path, after_path, observed):
    """Changed pixels of each reference method; None where it is not installed. Scenes are taken as they lie."""
    try:
        from skimage.filters import threshold_otsu
    except ImportError:
        threshold_otsu = None
    vector = change_vector(read(before_path), read(after_path))
    mad = orfeo_mad(before_path, after_path)
    return {"change vector, scikit-image Otsu":
                None if threshold_otsu is None else observed & (vector > threshold_otsu(vector[observed])),
            "MAD (Orfeo ToolBox), Otsu": None if mad is None else observed & (mad > otsu(mad[observed]))}
