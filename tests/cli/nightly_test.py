"""Nights on a short simulated season: what they record, that nothing is recorded or told twice, and what they do with
scenes that are broken or late, clocks that go back, full disks, kills and each other.

PLOTWATCH_KILL_ROUNDS sets how many nights are killed (50), PLOTWATCH_KILL_SEED at which moments (1).
"""
import contextlib
import datetime
import fcntl
import http.server
import json
import os
import pathlib
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import threading
import time

import harness
from harness import CONFIG, INPUT, MISMATCH, OK, OUTPUT, PROGRAM, CliTest, plotwatch

PARTIAL, BUSY, FINDINGS = 9, 10, 8
ROUNDS = int(os.environ.get("PLOTWATCH_KILL_ROUNDS", "50"))
SEED = int(os.environ.get("PLOTWATCH_KILL_SEED", "1"))


class Nights(CliTest):
    """Each test has a folder `run` of its own; what is in it does not depend on where it was before."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.season = pathlib.Path(cls._shared.name) / "season"
        done = plotwatch("simulate", "season", "--out", cls.season, "--width=96", "--height=96", "--plots=12",
                         "--supersample=1", "--cloud-share=0", "--site-share=0.9", "--days=120", "--scenes=8",
                         "--interval=15", "--quiet")
        assert done.returncode == OK, done.stderr
        cls.scenes = sorted((json.loads(next(f.glob("*.json")).read_text())["properties"]["datetime"][:10], f)
                            for f in (cls.season / "scenes").iterdir())
        for date, scene in cls.scenes:
            for file in scene.iterdir():
                cls.age(file, date)

    @staticmethod
    def age(file, date):
        noon = datetime.datetime.fromisoformat(date + "T12:00:00+00:00").timestamp()
        os.utime(file, (noon, noon))

    def setUp(self):
        super().setUp()
        self.run_folder = self.folder / "run"
        (self.run_folder / "in").mkdir(parents=True)
        self.config = self.run_folder / "night.toml"
        self.configure()

    def configure(self, more=""):
        self.config.write_text(f"""[plots]
path = "{self.season}/plots.gpkg"
[ledger]
path = "ledger.gpkg"
[archive]
path = "archive"
[sources]
settle_minutes = 60
places = {{ here = "in" }}
[gate]
max_brightness_change = 50
[choose]
min_gap_days = 10
[run]
max_chips = 2
workers = 1
{more}""", encoding="utf-8")

    def arrive(self, *numbers):
        for number in numbers:
            shutil.copytree(self.scenes[number][1], self.run_folder / "in" / self.scenes[number][1].name)

    def arguments(self, number, *more, hour=22):
        return ["nightly", self.config, "--now", f"{self.scenes[number][0]}T{hour:02}:30:00Z", "--quiet", *more]

    def night(self, number, *more, hour=22, code=OK, **options):
        done = plotwatch(*self.arguments(number, "--json", *more, hour=hour), **options)
        self.assertEqual(done.returncode, code, done.stderr + done.stdout)
        return json.loads(done.stdout) if done.stdout else {}

    def first_nights(self, count):
        """Scenes 0 to count - 1, a night each; gives back the last summary."""
        for number in range(count):
            self.arrive(number)
            summary = self.night(number, *(["--begin", "--district", "示例区"] if number == 0 else []))
        return summary

    def one_night(self):
        """Four scenes at once: one message, if anything was found."""
        self.arrive(0, 1, 2, 3)
        return self.night(3, "--begin", "--district", "示例区")

    def query(self, sql):
        with sqlite3.connect(f"file:{self.run_folder}/ledger.gpkg?mode=ro", uri=True) as database:
            return database.execute(sql).fetchall()

    def change(self, sql):
        with contextlib.closing(sqlite3.connect(self.run_folder / "ledger.gpkg")) as database, database:
            database.execute(sql)

    def scene_states(self):
        return dict(self.query("SELECT scene_id, state FROM scenes"))

    def whole(self):
        """Everything that is there, by content."""
        return {str(f.relative_to(self.run_folder)): f.read_bytes()
                for f in sorted(self.run_folder.rglob("*")) if f.is_file()}


class Recording(Nights):
    def test_a_scene_after_the_first_is_compared_and_recorded(self):
        summary = self.first_nights(1)
        self.assertEqual((summary["scans_recorded"], summary["plots"]), (0, 12))
        self.assertEqual([s["state"] for s in summary["scenes"]], ["used"])
        self.arrive(1)
        summary = self.night(1)
        self.assertEqual(summary["scans_recorded"], 1)
        pair = summary["scenes"][0]["pairs"][0]
        self.assertEqual(pair["before"], self.scenes[0][1].name)
        scans = self.query("SELECT scan_id, folder FROM scans")
        folder = pathlib.Path(scans[0][1])
        for name in ("manifest.json", "scan.toml", "inputs/plots.gpkg", "inputs/rules.toml", "candidates.gpkg"):
            self.assertTrue((folder / name).is_file(), name)
        self.assertEqual((folder / "manifest.json").stat().st_size > 0, True)
        verified = self.query("SELECT count(*) FROM events WHERE kind = 'scan_recorded'")
        self.assertEqual(verified, [(1,)])

    def test_a_night_that_is_run_again_adds_nothing(self):
        self.first_nights(3)
        before, head = self.query("SELECT * FROM events"), self.night(2)["ledger_head"]
        again = self.night(2)
        self.assertEqual((again["scans_recorded"], again["scenes"]), (0, []))
        self.assertEqual(self.query("SELECT * FROM events"), before)
        self.assertEqual(self.night(2, hour=23)["ledger_head"], head)

    def test_all_at_once_is_the_same_as_one_by_one(self):
        self.first_nights(4)
        cases = self.query("SELECT case_id, plot_code, tier, first_seen, last_seen, sightings, looks FROM cases ORDER BY 1")
        self.run_folder.rename(self.folder / "one-by-one")
        self.setUp_again()
        self.arrive(0, 1, 2, 3)
        self.night(3, "--begin", "--district", "示例区")
        self.assertEqual(self.query("SELECT case_id, plot_code, tier, first_seen, last_seen, sightings, looks FROM cases "
                                    "ORDER BY 1"), cases)
        self.assertGreater(len(cases), 0)

    def setUp_again(self):
        (self.run_folder / "in").mkdir(parents=True)
        self.configure()

    def test_check_writes_nothing_and_says_what_would_be_done(self):
        self.first_nights(2)
        self.arrive(2)
        before = self.whole()
        done = plotwatch(*self.arguments(2, "--check"))
        self.assert_ok(done)
        self.assertIn(self.scenes[2][1].name + "  used", done.stdout)
        self.assertIn("against", done.stdout)
        self.assertEqual(self.whole(), before)

    def test_replay_gives_the_same_bytes_and_names_what_differs(self):
        self.first_nights(3)
        case = self.query("SELECT case_id FROM cases ORDER BY 1 LIMIT 1")[0][0]
        done = plotwatch("replay", case, "--ledger", self.run_folder / "ledger.gpkg", "--quiet")
        self.assert_ok(done)
        self.assertIn("the same", done.stdout)
        scan, folder = self.query("SELECT scan_id, folder FROM scans ORDER BY 1 LIMIT 1")[0]
        pixels = next((self.run_folder / "in" / self.scenes[0][1].name).glob("*[0-9].tif"))
        data = bytearray(pixels.read_bytes())
        data[-1] ^= 1
        pixels.write_bytes(data)
        done = plotwatch("replay", scan, "--ledger", self.run_folder / "ledger.gpkg", "--quiet")
        self.assertEqual(done.returncode, FINDINGS)
        self.assertIn(pixels.name, done.stdout)
        (pathlib.Path(folder) / "report.html").unlink()
        done = plotwatch("replay", scan, "--ledger", self.run_folder / "ledger.gpkg", "--quiet")
        self.assertIn("report.html", done.stdout)
        self.assert_refused(plotwatch("replay", "no-such", "--ledger", self.run_folder / "ledger.gpkg"), INPUT, "no-such")


class Troubles(Nights):
    def test_a_scene_without_its_pixels_waits_and_is_used_when_they_come(self):
        self.first_nights(1)
        self.arrive(1)
        folder = self.run_folder / "in" / self.scenes[1][1].name
        pixels = next(folder.glob("*[0-9].tif"))
        pixels.rename(self.folder / pixels.name)
        summary = self.night(1)
        self.assertEqual(summary["scenes"][0]["state"], "waiting")
        self.assertIn(pixels.name, summary["scenes"][0]["reason"])
        (self.folder / pixels.name).rename(pixels)
        self.assertEqual(self.night(2)["scenes"][0]["state"], "used")

    def test_a_scene_that_still_changes_waits(self):
        self.first_nights(1)
        self.arrive(1)
        noon = self.scenes[1][0] + "T22:00:00+00:00"
        for file in (self.run_folder / "in" / self.scenes[1][1].name).iterdir():
            stamp = datetime.datetime.fromisoformat(noon).timestamp()
            os.utime(file, (stamp, stamp))
        self.assertEqual(self.night(1)["scenes"][0]["state"], "waiting")
        self.assertEqual(self.night(1, hour=23)["scenes"][0]["state"], "used")

    def test_a_truncated_scene_is_set_aside_and_the_others_go_on(self):
        self.first_nights(1)
        self.arrive(1, 2)
        pixels = next((self.run_folder / "in" / self.scenes[1][1].name).glob("*[0-9].tif"))
        whole = pixels.read_bytes()
        pixels.write_bytes(whole[: len(whole) // 2])
        self.age(pixels, self.scenes[1][0])
        summary = self.night(2)
        states = {s["id"]: s["state"] for s in summary["scenes"]}
        self.assertEqual(states, {self.scenes[1][1].name: "waiting", self.scenes[2][1].name: "used"})
        summary = self.night(3, code=PARTIAL)  # fifteen days later
        self.assertEqual([(s["id"], s["state"]) for s in summary["scenes"]], [(self.scenes[1][1].name, "set aside")])
        self.assertEqual(self.night(3)["scenes"], [])  # told once
        pixels.write_bytes(whole)
        self.age(pixels, self.scenes[2][0])
        self.assertEqual(self.night(3, hour=23)["scenes"][0]["state"], "used")

    def test_a_clock_that_went_back(self):
        self.first_nights(3)
        before = self.query("SELECT count(*) FROM events")
        self.arrive(3)
        self.night(1)  # a month before the last entry: scene 3 has not been taken yet
        stamps = [row[0] for row in self.query("SELECT at FROM events ORDER BY sequence")]
        self.assertEqual(stamps, sorted(stamps))
        self.assertGreaterEqual(self.query("SELECT count(*) FROM events"), before)
        self.assertEqual(self.scene_states()[self.scenes[3][1].name], "waiting")
        self.assertEqual(self.night(3)["scans_recorded"], 1)

    def test_a_full_disk_ends_the_night_and_the_next_one_ends_as_if_nothing_had_been(self):
        self.first_nights(2)
        shutil.copytree(self.run_folder, self.folder / "base")
        self.arrive(2)
        head = self.night(2)["ledger_head"]
        for limit in (4_000, 60_000, 150_000):
            with self.subTest(limit=limit):
                shutil.rmtree(self.run_folder)
                shutil.copytree(self.folder / "base", self.run_folder)
                self.arrive(2)
                done = plotwatch(*self.arguments(2), preexec_fn=lambda: resource.setrlimit(
                    resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY)))
                self.assertEqual(done.returncode, OUTPUT, done.stderr)
                self.assertEqual(self.night(2)["ledger_head"], head)

    def test_two_nights_exclude_each_other(self):
        self.first_nights(1)
        with open(self.run_folder / "archive" / "night.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self.assert_refused(plotwatch(*self.arguments(0)), BUSY, "night.lock")
            threading.Timer(0.5, fcntl.flock, (lock, fcntl.LOCK_UN)).start()
            self.assert_ok(plotwatch(*self.arguments(0, "--wait", "60")))

    def test_what_is_wrong_is_told_with_its_code(self):
        self.assert_refused(plotwatch(*self.arguments(0)), INPUT, "ledger.gpkg")
        self.first_nights(1)
        self.assertEqual(plotwatch(*self.arguments(0, "--begin")).returncode, MISMATCH)
        self.configure('[notify]\nwecom.url = "env:NO_SUCH_ADDRESS"\n')
        self.assert_refused(plotwatch(*self.arguments(0, "--check")), CONFIG, "notify.wecom.url", "NO_SUCH_ADDRESS")
        self.configure()
        shutil.rmtree(self.run_folder / "in")
        summary = self.night(0, code=PARTIAL)
        self.assertIn("sources.places.here", summary["problems"][0])

    def test_stopped_between_any_two_entries_and_run_again_it_ends_the_same(self):
        self.first_nights(2)
        shutil.copytree(self.run_folder, self.folder / "base")
        [(last,)] = self.query("SELECT max(sequence) FROM events")
        self.arrive(2)
        head = self.night(2)["ledger_head"]
        events = self.query("SELECT * FROM events")
        self.assertGreater(len(events), last + 2)
        for stop in range(last + 1, len(events) + 1):
            with self.subTest(entry=stop, kind=events[stop - 1][3]):
                shutil.rmtree(self.run_folder)
                shutil.copytree(self.folder / "base", self.run_folder)
                self.arrive(2)
                self.change(f"CREATE TRIGGER stop BEFORE INSERT ON events WHEN NEW.sequence = {stop} "
                            "BEGIN SELECT RAISE(ABORT, 'stopped'); END")
                self.assertNotEqual(plotwatch(*self.arguments(2)).returncode, OK)
                self.change("DROP TRIGGER stop")
                self.assertEqual(self.night(2)["ledger_head"], head)
                self.assertEqual(self.query("SELECT * FROM events"), events)

    def test_killed_at_any_moment_and_run_again_it_ends_the_same(self):
        self.first_nights(2)
        shutil.copytree(self.run_folder, self.folder / "base")
        self.arrive(2)
        begin = time.monotonic()
        head = self.night(2)["ledger_head"]
        duration = time.monotonic() - begin
        events = self.query("SELECT * FROM events")
        dice, killed = random.Random(SEED), 0
        for number in range(ROUNDS):
            with self.subTest(round=number):
                shutil.rmtree(self.run_folder)
                shutil.copytree(self.folder / "base", self.run_folder)
                self.arrive(2)
                for _ in range(1 + dice.randrange(2)):
                    process = subprocess.Popen([PROGRAM, *map(str, self.arguments(2))], stdout=subprocess.DEVNULL,
                                               stderr=subprocess.DEVNULL)
                    try:
                        process.wait(timeout=dice.uniform(0, 1.05 * duration))
                    except subprocess.TimeoutExpired:
                        pass
                    process.send_signal(signal.SIGKILL)
                    killed += process.wait() != OK
                self.assertEqual(self.night(2)["ledger_head"], head)
                self.assertEqual(self.query("SELECT * FROM events"), events)
        print(f"{killed} kills in {ROUNDS} rounds of {duration:.2f} s")


class Telling(Nights):
    def serve(self):
        class Receiver(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                self.server.messages.append((self.headers["webhook-id"], json.loads(body)))
                self.send_response(self.server.status)
                self.end_headers()

            def log_message(self, *_):
                pass
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
        server.messages, server.status = [], 200
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
            os.environ.pop(name, None)
        os.environ["PLOTWATCH_TEST_KEY"] = "a key"
        self.configure(f"""[notify]
webhook.url = "http://127.0.0.1:{server.server_address[1]}/"
webhook.secret = "env:PLOTWATCH_TEST_KEY"
digest = "digest"
first_pause_minutes = 30
max_attempts = 3
[metrics]
path = "plotwatch.prom"
""")
        return server

    def test_news_is_told_once(self):
        server = self.serve()
        self.first_nights(4)
        told = [c["id"] for _, m in server.messages for c in m["opened"] + m["confirmed"]]
        self.assertEqual(len(set(i for i, _ in server.messages)), len(server.messages))
        self.assertTrue(told)
        opened = [row[0] for row in self.query("SELECT subject FROM events WHERE kind = 'case_opened'")]
        self.assertTrue(set(told) <= set(opened))
        count = len(server.messages)
        self.night(3)
        self.assertEqual(len(server.messages), count)
        digests = sorted((self.run_folder / "digest").iterdir())
        self.assertEqual(len(digests), count)
        self.assertIn("疑似", digests[0].read_text(encoding="utf-8"))

    def test_a_receiver_that_is_down_gets_the_message_later_under_the_same_id(self):
        server = self.serve()
        server.status = 503
        summary = self.one_night()
        self.assertEqual(summary["messages"]["waiting"], 1)
        self.assertEqual(len(server.messages), 1)
        server.status = 200
        self.night(3, "--deliver")  # the pause is not over
        self.assertEqual(len(server.messages), 1)
        summary = self.night(3, "--deliver", hour=23)
        self.assertEqual((len(server.messages), summary["messages"]["sent"]), (2, 1))
        self.assertEqual(server.messages[0], server.messages[1])
        self.night(4, "--deliver")
        self.assertEqual(len(server.messages), 2)

    def test_a_message_is_given_up_in_the_end_and_the_code_tells(self):
        server = self.serve()
        server.status = 503
        self.one_night()
        self.night(4, "--deliver")
        summary = self.night(5, "--deliver", code=PARTIAL)
        self.assertEqual(summary["messages"]["given_up"], 1)
        self.night(6, "--deliver")
        self.assertEqual(len(server.messages), 3)

    def test_a_message_that_was_being_sent_is_sent_again(self):
        server = self.serve()
        self.one_night()
        self.assertEqual(len(server.messages), 1)
        with sqlite3.connect(self.run_folder / "ledger.gpkg") as database:
            database.execute("UPDATE outbox SET state = 'sending', attempts = 0, sent_at = '' WHERE channel = 'webhook'")
        self.night(3, "--deliver")
        self.assertEqual(len(server.messages), 2)
        self.assertEqual(server.messages[0], server.messages[1])

    def test_metrics_and_summary(self):
        self.serve()
        self.first_nights(3)
        text = (self.run_folder / "plotwatch.prom").read_text(encoding="utf-8")
        values = {line.rsplit(" ", 1)[0]: float(line.rsplit(" ", 1)[1])
                  for line in text.splitlines() if not line.startswith("#")}
        self.assertEqual(values['plotwatch_night_scenes{state="used"}'], 3)
        self.assertEqual(values["plotwatch_night_plots"], 12)
        self.assertEqual(values["plotwatch_night_last_exit_code"], 0)
        night = datetime.datetime.fromisoformat(self.scenes[2][0] + "T22:30:00+00:00").timestamp()
        self.assertEqual(values["plotwatch_night_last_success_timestamp_seconds"], night)
        cases = sum(v for k, v in values.items() if k.startswith("plotwatch_night_cases_open"))
        self.assertEqual(cases, self.query("SELECT count(*) FROM cases WHERE open = 1")[0][0])
        page = (self.run_folder / "archive" / "nights" / "latest.html").read_text(encoding="utf-8")
        self.assertIn("疑似", page)
        self.assertIn(self.scenes[2][1].name, page)
        # A night that fails says so, and keeps the last success.
        (self.run_folder / "ledger.gpkg").rename(self.run_folder / "away.gpkg")
        plotwatch(*self.arguments(3))
        text = (self.run_folder / "plotwatch.prom").read_text(encoding="utf-8")
        self.assertIn("plotwatch_night_last_exit_code 4", text)
        self.assertIn(f"plotwatch_night_last_success_timestamp_seconds {night:.0f}", text)


if __name__ == "__main__":
    harness.main()
