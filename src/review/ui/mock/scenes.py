#!/usr/bin/env python3
"""Draws a district that does not exist, on six dates, as the COGs that a scan leaves behind.

  scenes.py FOLDER     writes FOLDER/scan-N/{before,after,score}.tif and FOLDER/district.json; nothing when it is there

The same bytes every time. Scan 5 is in UTM, the others in CGCS2000 / 3-degree Gauss-Krueger zone 39.
"""
import json
import pathlib
import sys

import numpy as np
from osgeo import gdal, osr

gdal.UseExceptions()
SIZE, PIXEL = 1600, 2.0
LEFT, TOP = 39443000.0, 4400800.0
DATES = ["2026-03-12", "2026-04-18", "2026-06-05", "2026-07-21", "2026-09-09", "2026-10-28"]
GREEN = [0.25, 0.55, 0.95, 0.9, 0.6, 0.3]  # how green fields are
CLOUD_DATE = 3


def blur(values, times=1):
    for _ in range(times):
        values = (values + np.roll(values, 1, 0) + np.roll(values, -1, 0) + np.roll(values, 1, 1) + np.roll(values, -1, 1)) / 5
    return values


def smooth_noise(random, cells):
    coarse = random.normal(size=(cells, cells)).astype(np.float32)
    return np.kron(coarse, np.ones((SIZE // cells, SIZE // cells), np.float32))[:SIZE, :SIZE]


def split(random, box, least, out):
    """Cuts a box into fields, as land is."""
    x0, y0, x1, y1 = box
    if (x1 - x0 < 2 * least and y1 - y0 < 2 * least) or (max(x1 - x0, y1 - y0) < 400 and random.random() < 0.06):
        out.append(box)
        return
    if x1 - x0 > y1 - y0:
        cut = int(random.uniform(0.35, 0.65) * (x1 - x0)) + x0
        split(random, (x0, y0, cut, y1), least, out)
        split(random, (cut, y0, x1, y1), least, out)
    else:
        cut = int(random.uniform(0.35, 0.65) * (y1 - y0)) + y0
        split(random, (x0, y0, x1, cut), least, out)
        split(random, (x0, cut, x1, y1), least, out)


def village(random, picture, box):
    x0, y0, x1, y1 = box
    picture[y0:y1, x0:x1] = (128, 120, 108)
    for y in range(y0 + 3, y1 - 12, 15):
        for x in range(x0 + 3, x1 - 12, random.integers(13, 18)):
            w, h = random.integers(7, 12), random.integers(6, 10)
            roof = np.array([(150, 78, 66), (172, 172, 176), (96, 120, 160), (120, 112, 104)][random.integers(4)])
            picture[y + 1:y + h + 2, x + 1:x + w + 2] = (58, 56, 54)
            picture[y:y + h, x:x + w] = roof + random.integers(-12, 12)


def ground(random):
    """Colours of the ground when nothing grows, how much grows where, and where plots can be."""
    fields = []
    split(random, (0, 0, SIZE, SIZE), 90, fields)
    picture = np.zeros((SIZE, SIZE, 3), np.float32)
    grows = np.zeros((SIZE, SIZE), np.float32)
    plots = []
    for index, (x0, y0, x1, y1) in enumerate(fields):
        picture[y0:y1, x0:x1] = np.array([156, 138, 108]) + random.integers(-22, 22, 3)
        grows[y0:y1, x0:x1] = random.uniform(0.3, 1.0)
        rows = (np.arange(x1 - x0) % random.integers(4, 9) < 2).astype(np.float32) * random.uniform(4, 12)
        picture[y0:y1, x0:x1] -= rows[None, :, None]
        if index % 9 == 4:
            village(random, picture, (x0, y0, x1, y1))
            grows[y0:y1, x0:x1] = 0.08
        elif x1 - x0 > 70 and y1 - y0 > 70:
            plots.append((x0 + 6, y0 + 6, x1 - 6, y1 - 6))
        picture[y0:y0 + 3, x0:x1] = (176, 170, 158)
        picture[y0:y1, x0:x0 + 3] = (176, 170, 158)
        grows[y0:y0 + 3, x0:x1] = 0
        grows[y0:y1, x0:x0 + 3] = 0
    for at in (420, 1130):
        picture[at:at + 11] = (112, 112, 116)
        picture[:, at + 90:at + 101] = (112, 112, 116)
        grows[at:at + 11] = grows[:, at + 90:at + 101] = 0
    return picture, grows, plots


def sites(random, plots):
    """Where construction starts, and between which dates."""
    found = []
    every = max(1, len(plots) // 60)
    for number, (x0, y0, x1, y1) in enumerate(plots):
        w, h = int(random.integers(14, min(60, x1 - x0 - 8))), int(random.integers(12, min(50, y1 - y0 - 8)))
        x, y = int(random.integers(x0 + 3, x1 - w - 2)), int(random.integers(y0 + 3, y1 - h - 2))
        if number % every or len(found) == 60:
            continue
        found.append({"plot": number, "box": [x, y, x + w, y + h], "starts": int(random.integers(1, 6)), "kind": int(random.integers(3))})
    return found


def build(random, picture, site, age):
    x0, y0, x1, y1 = site["box"]
    if site["kind"] == 2:  # ploughed: a change that is no construction
        picture[y0:y1, x0:x1] = (118, 92, 70)
        return
    picture[y0 - 3:y1 + 3, x0 - 3:x1 + 3] = (196, 172, 134)  # opened ground
    if age >= 1 or site["kind"] == 1:
        picture[y0 + 4:y1, x0 + 4:x1] = (52, 50, 50)
        picture[y0 + 2:y1 - 3, x0 + 2:x1 - 3] = (206, 210, 216) if site["kind"] == 0 else (84, 128, 190)


def geo(dataset, epsg=4527):
    dataset.SetGeoTransform([LEFT, PIXEL, 0, TOP, 0, -PIXEL])
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(epsg)
    reference.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    dataset.SetProjection(reference.ExportToWkt())
    return dataset


def memory(bands):
    dataset = geo(gdal.GetDriverByName("MEM").Create("", SIZE, SIZE, len(bands), gdal.GDT_Byte))
    for index, band in enumerate(bands, 1):
        dataset.GetRasterBand(index).WriteArray(band)
    if len(bands) == 4:
        dataset.GetRasterBand(4).SetColorInterpretation(gdal.GCI_AlphaBand)
    else:
        dataset.GetRasterBand(1).SetNoDataValue(255)
    return dataset


def write_cog(dataset, path, compress, resampling, utm):
    if utm:
        dataset = gdal.Warp("", dataset, format="MEM", dstSRS="EPSG:32650", xRes=PIXEL, yRes=PIXEL, targetAlignedPixels=True)
    gdal.GetDriverByName("COG").CreateCopy(str(path), dataset, options=[
        f"COMPRESS={compress}", "PREDICTOR=YES", "BLOCKSIZE=256", f"OVERVIEW_RESAMPLING={resampling}"])


def draw(random, date, bare, grows, found, texture):
    picture = bare.copy()
    green = (grows * GREEN[date])[..., None]
    picture = picture * (1 - 0.8 * green) + np.array([70, 112, 52]) * (0.8 * green)
    for site in found:
        if date >= site["starts"]:
            build(random, picture, site, date - site["starts"])
    picture = picture * (0.93 + 0.03 * (date % 3)) + texture[..., None] * 6 + random.normal(0, 2.0, picture.shape)
    bands = [np.clip(picture[..., c], 1, 254).astype(np.uint8) for c in range(3)]
    alpha = np.full((SIZE, SIZE), 255, np.uint8)
    if date == CLOUD_DATE:
        alpha[blur(smooth_noise(np.random.default_rng(5), 8), 40) > 0.75] = 0
    return bands + [alpha]


def score(random, date, found, clear):
    values = np.clip(random.exponential(18, (SIZE, SIZE)), 0, 120).astype(np.uint8)
    for site in found:
        if site["starts"] == date:
            x0, y0, x1, y1 = site["box"]
            values[y0 - 2:y1 + 2, x0 - 2:x1 + 2] = np.clip(random.normal(195, 22, (y1 - y0 + 4, x1 - x0 + 4)), 90, 245)
    values[~clear] = 255
    return values


def box_ring(box):
    x0, y0, x1, y1 = box
    corners = [(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)]
    return [[LEFT + x * PIXEL, TOP - y * PIXEL] for x, y in corners]


def main(folder):
    folder = pathlib.Path(folder)
    if (folder / "district.json").exists():
        return
    random = np.random.default_rng(20261123)
    bare, grows, plots = ground(random)
    found = sites(random, plots)
    texture = blur(random.normal(size=(SIZE, SIZE)).astype(np.float32), 3) * 4
    pictures = [draw(random, date, bare, grows, found, texture) for date in range(len(DATES))]
    scans = []
    for date in range(1, len(DATES)):
        target = folder / f"scan-{date}"
        target.mkdir(parents=True, exist_ok=True)
        utm = date == len(DATES) - 1
        clear = (pictures[date - 1][3] > 0) & (pictures[date][3] > 0)
        write_cog(memory(pictures[date - 1]), target / "before.tif", "DEFLATE", "AVERAGE", utm)
        write_cog(memory(pictures[date]), target / "after.tif", "DEFLATE", "AVERAGE", utm)
        write_cog(memory([score(random, date, found, clear)]), target / "score.tif", "ZSTD", "NEAREST", utm)
        scans.append({"id": f"scan-{date}", "before": DATES[date - 1], "after": DATES[date], "epsg": 32650 if utm else 4527})
    district = {
        "plots": [box_ring(plot) for plot in plots],
        "sites": [{**site, "ring": box_ring(site["box"])} for site in found],
        "scans": scans,
        "cloudy": DATES[CLOUD_DATE],
    }
    (folder / "district.json").write_text(json.dumps(district))


main(sys.argv[1])
