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


def patches(mask, least):
    """The window and pixels of each 8-connected patch of at least `least` pixels."""
    numbered, _ = ndimage.label(mask, numpy.ones((3, 3)))
    for number, window in enumerate(ndimage.find_objects(numbered), 1):
        pixels = numbered[window] == number
        if pixels.sum() >= least:
            yield {}, window, pixels


def on_plots(folder, like):
    inside = numpy.zeros((like.RasterYSize, like.RasterXSize), bool)
    for _, window, pixels in burn(folder / "plots.gpkg", "plots", like):
        inside[window] |= pixels
    return inside


def measure(folder, out, before, after):
    """Objects and candidates of one scan of one district, and of other methods' patches on its plots; see score()."""
    import reference_methods
    like = gdal.Open(str(out / "score.tif"))
    labels = gdal.Open(str(folder / "truth.tif")).ReadAsArray()
    truth = list(truly_changed(folder, like, labels, after - before))
    observed = like.ReadAsArray() != 255
    plots = on_plots(folder, like)
    methods = {"plotwatch": score(list(burn(out / "candidates.gpkg", "candidates", like)), truth, labels)}
    for name, peer in reference_methods.cut_by_otsu(folder / "before.tif", folder / "after.tif", observed).items():
        if peer is not None:
            methods[name] = score(list(patches(peer & plots, 4)), truth, labels)
    return methods


def truly_changed(folder, like, labels, difference):
    for attributes, window, pixels in burn(folder / "truth.gpkg", "changed", like):
        changed = pixels & (labels[window] == 2)
        if changed.any():
            yield attributes, window, changed, contrast_to_noise(difference, changed, labels, window)


def score(candidates, truth, labels):
    """Objects (pixels, m2, contrast to noise, found, the highest cut of distinctness that still finds them) and candidates
    (pixels, right, distinctness)."""
    best = numpy.full(labels.shape, -numpy.inf)
    seen = []
    for attributes, window, pixels in candidates:
        distinctness = attributes.get("distinctness", 0.0)
        best[window] = numpy.where(pixels, numpy.maximum(best[window], distinctness), best[window])
        here = labels[window][pixels]
        labelled = int((here > 0).sum())
        if labelled:
            seen.append({"pixels": int(pixels.sum()), "right": bool((here == 2).sum() >= RIGHT * labelled),
                         "distinctness": distinctness})
    objects = []
    for attributes, window, changed, contrast in truth:
        covered = numpy.sort(best[window][changed])[::-1]
        at = covered[int(numpy.ceil(FOUND * len(covered))) - 1]
        objects.append({"kind": attributes["kind"], "pixels": int(changed.sum()), "m2": attributes["area_m2"],
                        "contrast": contrast, "found": bool(numpy.isfinite(at)),
                        "found_at": float(at) if numpy.isfinite(at) else None})
    return {"objects": objects, "candidates": seen}


def recall_at_precision(objects, candidates, least):
    """Largest share of the objects found by a cut of distinctness at which the candidates' precision is at least `least`,
    and the cut; None where no cut reaches it."""
    best = None
    for cut in sorted({c["distinctness"] for c in candidates}):
        kept = [c["right"] for c in candidates if c["distinctness"] >= cut]
        if sum(kept) < least * len(kept):
            continue
        recall = sum(o["found_at"] is not None and o["found_at"] >= cut for o in objects) / len(objects)
        if best is None or recall > best[0]:
            best = recall, cut
    return best


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
