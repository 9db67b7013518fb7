"""Single pieces of construction, found or not: what a scan says against the polygons and contrasts of a simulation."""

import numpy
from osgeo import gdal, ogr
from scipy import ndimage

gdal.UseExceptions()

FOUND = 1 / 3  # of an object's pixels that candidates must cover
RIGHT = 1 / 4  # of a candidate's labelled pixels that must have changed
RING = (3, 8)  # px around an object, from whose unchanged pixels the local noise is read


def burn(path, layer, like):
    """Each feature's attributes, the window of its pixels, and which of them it covers."""
    transform, width, height = like.GetGeoTransform(), like.RasterXSize, like.RasterYSize
    source = ogr.Open(str(path))
    for feature in source.GetLayerByName(layer):
        x0, x1, y0, y1 = feature.GetGeometryRef().GetEnvelope()
        left = max(0, int((x0 - transform[0]) / transform[1]))
        right = min(width, int((x1 - transform[0]) / transform[1]) + 1)
        top = max(0, int((y1 - transform[3]) / transform[5]))
        bottom = min(height, int((y0 - transform[3]) / transform[5]) + 1)
        if right <= left or bottom <= top:
            continue
        raster = gdal.GetDriverByName("MEM").Create("", right - left, bottom - top, 1, gdal.GDT_Byte)
        raster.SetGeoTransform((transform[0] + left * transform[1], transform[1], 0,
                                transform[3] + top * transform[5], 0, transform[5]))
        raster.SetProjection(like.GetProjection())
        memory = ogr.GetDriverByName("Memory").CreateDataSource("")
        one = memory.CreateLayer("one", source.GetLayerByName(layer).GetSpatialRef())
        copy = ogr.Feature(one.GetLayerDefn())
        copy.SetGeometry(feature.GetGeometryRef())
        one.CreateFeature(copy)
        gdal.RasterizeLayer(raster, [1], one, burn_values=[1])
        yield feature.items(), (slice(top, bottom), slice(left, right)), raster.ReadAsArray() == 1


def contrast_to_noise(difference, changed, labels, window):
    """Of one object: how far its mean difference lies from its surroundings', in standard deviations of theirs, root mean
    square over the bands (median and median absolute deviation of unchanged pixels in a ring)."""
    wide = tuple(slice(max(0, s.start - RING[1]), s.stop + RING[1]) for s in window)
    inside = numpy.zeros(labels[wide].shape, bool)
    inside[window[0].start - wide[0].start:, window[1].start - wide[1].start:][:changed.shape[0], :changed.shape[1]] = changed
    near = ndimage.binary_dilation(inside, iterations=RING[1]) & ~ndimage.binary_dilation(inside, iterations=RING[0])
    ring = near & (labels[wide] == 1)
    if ring.sum() < 20:
        return None
    step, noise = [], []
    for band in difference:
        around = band[wide][ring]
        middle = numpy.median(around)
        noise.append(1.4826 * numpy.median(numpy.abs(around - middle)))
        step.append(band[wide][inside].mean() - middle)
    return float(numpy.sqrt(numpy.mean(numpy.square(step)) / max(1e-12, numpy.mean(numpy.square(noise)))))


def measure(folder, out, before, after):
    """Objects (pixels, m2, contrast to noise, found) and candidates (pixels, right) of one scan of one district."""
    like = gdal.Open(str(out / "score.tif"))
    labels = gdal.Open(str(folder / "truth.tif")).ReadAsArray()
    candidates = list(burn(out / "candidates.gpkg", "candidates", like))
    covered = numpy.zeros(labels.shape, bool)
    seen = []
    for _, window, pixels in candidates:
        covered[window] |= pixels
        here = labels[window][pixels]
        labelled = int((here > 0).sum())
        if labelled:
            seen.append({"pixels": int(pixels.sum()), "right": bool((here == 2).sum() >= RIGHT * labelled)})
    difference = after - before
    objects = []
    for attributes, window, pixels in burn(folder / "truth.gpkg", "changed", like):
        changed = pixels & (labels[window] == 2)
        count = int(changed.sum())
        if count == 0:
            continue
        objects.append({"kind": attributes["kind"], "pixels": count, "m2": attributes["area_m2"],
                        "contrast": contrast_to_noise(difference, changed, labels, window),
                        "found": bool(covered[window][changed].mean() >= FOUND)})
    return {"objects": objects, "candidates": seen}


def half_detection(objects):
    """Pixels at which half of the objects are found: logistic regression on the logarithm of the size, or None where
    nothing is missed or found."""
    found = numpy.array([o["found"] for o in objects], float)
    if len(found) < 10 or found.min() == found.max():
        return None
    x = numpy.log(numpy.array([o["pixels"] for o in objects], float))
    weight = numpy.zeros(2)
    design = numpy.stack([numpy.ones_like(x), x])
    for _ in range(50):
        p = 1 / (1 + numpy.exp(-numpy.clip(weight @ design, -30, 30)))
        gradient = design @ (found - p) - 1e-3 * weight
        hessian = (design * (p * (1 - p))) @ design.T + 1e-3 * numpy.eye(2)
        weight = weight + numpy.linalg.solve(hessian, gradient)
    return float(numpy.exp(-weight[0] / weight[1])) if weight[1] > 0 else None
