"""Simulated districts of many kinds, and what each measurement on them asks of plotwatch."""
import itertools

DATES = ("2025-05-10", "2026-05-12")

# Named settings, the same from release to release: options, and the truth pixels that make a plot a changed one: some
# 1500 m2 of ground, and at least two pixels.
SETTINGS = {
    "10 m, 4 bands": (["--pixel-size", "10", "--bands", "4"], 15),
    "10 m, 4 bands, no season": (["--pixel-size", "10", "--bands", "4", "--season-change", "0"], 15),
    "10 m, 4 bands, shift .5 px": (["--pixel-size", "10", "--bands", "4", "--shift-x", "0.5", "--shift-y", "0.5"], 15),
    "10 m, 6 bands": (["--pixel-size", "10", "--bands", "6"], 15),
    "10 m, 6 bands, no season": (["--pixel-size", "10", "--bands", "6", "--season-change", "0"], 15),
    "3 m, 4 bands": (["--pixel-size", "3", "--bands", "4", "--width", "1024", "--height", "1024"], 160),
    "30 m, 6 bands": (["--pixel-size", "30", "--bands", "6"], 2),
}

# Sensors of the varied districts: pixel, bands, side of the scene in pixels, plots, truth pixels of a changed plot.
SENSORS = {
    "0.8 m": ("0.8", "4", "1024", "8", 2300),
    "3 m": ("3", "4", "640", "24", 160),
    "10 m": ("10", "4", "384", "40", 15),
    "30 m": ("30", "6", "256", "60", 2),
}
# Day and month of both dates: the same season, a month apart, another season.
SEASONS = (("05-10", "05-12"), ("04-02", "04-28"), ("07-20", "08-15"), ("03-12", "05-30"), ("10-05", "10-20"))
FIELDS = ("0.5", "0.2", "0")       # how far crops differ beyond the season
NOISE = ("0.01", "0.005", "0.015")
HAZE = ("0", "0.2")


def varied(count):
    """`count` districts, sensors in turn; all else runs through its values at paces that have no common factor."""
    for k in range(count):
        sensor = list(SENSORS)[k % len(SENSORS)]
        n = k // len(SENSORS)
        pixel, bands, side, plots, changed_pixels = SENSORS[sensor]
        before, after = SEASONS[n % len(SEASONS)]
        options = ["--pixel-size", pixel, "--bands", bands, "--width", side, "--height", side, "--plots", plots,
                   "--season-change", FIELDS[n % len(FIELDS)], "--noise", NOISE[(n // 2) % len(NOISE)],
                   "--haze", HAZE[n % len(HAZE)], "--seed", str(1000 + k)]
        yield sensor, options, (f"2025-{before}", f"2026-{after}"), changed_pixels


def unchanged(seeds):
    """Districts in which nothing is built, for the calibration: with and without other crops."""
    for fields, seed in itertools.product(("0.5", "0"), range(1, seeds + 1)):
        yield fields, seed, ["--pixel-size", "10", "--bands", "4", "--construction-share", "0", "--season-change", fields,
                             "--seed", str(2000 + seed)]
