"""The server of the review page: contract, roles, stories, and what strangers try."""
import io
import json
import re
import socket
import time
import unittest
import urllib.parse
import zipfile

import harness
from harness import CONFIG, INPUT, OUTPUT, USAGE, CliTest, plotwatch, scan_arguments
from review_client import CONTRACT, PASSWORD, Client, Server, set_up

JPEG = b"\xff\xd8\xff\xe0" + b"x" * 300 + b"\xff\xd9"


class Serve(CliTest):
    """One scan, one server, and a client of each role for all tests that change nothing they share."""
    district_options = {"side": 256, "plots": 24}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.scan = cls.district / "scan"
        done = plotwatch(*scan_arguments(cls.district, cls.scan), "--images")
        assert done.returncode == 0, done.stderr
        cls.server = Server("--scan", cls.scan, "--no-ui", "--budget", 30)
        cls.clients = set_up(cls.server, ["nowhere"])
        cls.admin, cls.boss, cls.viewer = (cls.clients[n] for n in ("administrator", "supervisor", "viewer"))
        cls.cases = cls.boss.get("/api/cases").json["cases"]
        assert cls.cases, "the scan found nothing"
        units = sorted({c["unit"] for c in cls.cases if c["unit"]})
        cls.unit = units[0] if units else ""
        if cls.unit:
            cls.admin.post("/api/accounts", {"name": "own", "role": "inspector", "unit": cls.unit, "password": PASSWORD})
            cls.own = Client(cls.server)
            assert cls.own.log_in("own").status == 200

    @classmethod
    def tearDownClass(cls):
        code = cls.server.stop()
        super().tearDownClass()
        assert code == 0, "".join(cls.server.log)

    def case(self, number=0):
        return self.boss.get("/api/cases/" + urllib.parse.quote(self.cases[number]["id"])).json

    def path(self, case, tail=""):
        return "/api/cases/" + urllib.parse.quote(case["id"]) + tail


class Reading(Serve):
    def test_who_is_logged_in_and_what_the_ledger_is(self):
        account = self.boss.get("/api/session").json
        self.assertEqual((account["role"], account["budget"], account["ledger"]["district"]), ("supervisor", 30, "scan"))
        self.assertIn("+proj=", account["ledger"]["proj4"])
        self.assertIsInstance(account["ledger"]["crs_epsg"], int)

    def test_lists_filters_and_pages(self):
        page = self.boss.get("/api/cases?limit=1&offset=1").json
        self.assertEqual(page["total"], len(self.cases))
        self.assertEqual([c["id"] for c in page["cases"]], [self.cases[1]["id"]])
        severities = [c["severity"] for c in self.cases]
        self.assertEqual(severities, sorted(severities))
        some = self.boss.get("/api/cases?text=" + urllib.parse.quote(self.cases[0]["plot_code"].lower())).json
        self.assertIn(self.cases[0]["id"], [c["id"] for c in some["cases"]])
        areas = [c["area_m2"] for c in self.boss.get("/api/cases?sort=area").json["cases"]]
        self.assertEqual(areas, sorted(areas, reverse=True))
        self.assertEqual(self.boss.get("/api/cases?judgement=construction").json["total"], 0)
        self.assertEqual(self.boss.get("/api/cases?sort=colour").status, 422)
        totals = self.boss.get("/api/filters").json["totals"]
        self.assertEqual(sum(totals["severity"].values()), len(self.cases))

    def test_a_case_shows_its_evidence_and_pictures_of_both_dates(self):
        case = self.case()
        self.assertEqual([(v["date"], v["side"]) for v in case["views"]],
                         [("2025-05-10", "before"), ("2026-05-12", "after")])
        self.assertEqual(len(case["sightings"]), 1)
        for url in (case["views"][0]["image"], case["views"][1]["image"], case["views"][0]["score"],
                    case["sightings"][0]["chip"]):
            head = self.boss.request("HEAD", url)
            self.assertEqual((head.status, head.bytes), (200, b""), url)
            self.assertEqual(int(head.headers["Content-Length"]), len(self.boss.get(url).bytes))
        outlines = self.boss.get("/api/cases/geometry").json["features"]
        self.assertEqual(len(outlines), len(self.cases))
        self.assertEqual(self.boss.get("/api/cases/nothing").status, 404)

    def test_files_come_in_ranges(self):
        url = self.case()["views"][1]["image"]
        whole = self.boss.get(url)
        self.assertEqual(whole.headers["Accept-Ranges"], "bytes")
        self.assertEqual(whole.bytes, (self.scan / "after.tif").read_bytes())
        part = self.boss.get(url, headers={"Range": "bytes=100-299"})
        self.assertEqual((part.status, part.bytes), (206, whole.bytes[100:300]))
        self.assertEqual(part.headers["Content-Range"], f"bytes 100-299/{len(whole.bytes)}")
        self.assertEqual(self.boss.get(url, headers={"Range": "bytes=-50"}).bytes, whole.bytes[-50:])
        outside = self.boss.get(url, headers={"Range": f"bytes={len(whole.bytes)}-"})
        self.assertEqual((outside.status, outside.headers["Content-Range"]), (416, f"bytes */{len(whole.bytes)}"))
        many = ",".join(f"{i}-{i + 10}" for i in range(0, 3000, 3))
        self.assertEqual(self.boss.get(url, headers={"Range": "bytes=" + many}).status, 200)
        again = self.boss.get(url, headers={"If-None-Match": whole.headers["ETag"]})
        self.assertEqual((again.status, again.bytes), (304, b""))
        stale = self.boss.get(url, headers={"Range": "bytes=0-9", "If-Range": '"another"'})
        self.assertEqual(stale.status, 200)

    def test_no_path_leads_out_of_a_scan(self):
        scan = self.case()["sightings"][0]["scan_id"]
        for name in ("manifest.json", "candidates.gpkg", "review.gpkg", "..%2fplots.gpkg", "%2e%2e/plots.gpkg",
                     "../../plots.gpkg", "chips/..%2f..%2fmanifest.json", "chips/0001.png%00.tif", "chips/0001.tif",
                     "/etc/passwd", "chips/%2e%2e%2fscore.tif", ".plotwatch/journal"):
            answer = self.boss.get(f"/api/scans/{scan}/files/{name}", check=False)
            self.assertIn(answer.status, (400, 404), name)
        self.assertEqual(self.boss.get("/api/scans/other/files/after.tif").status, 404)

    def test_the_report_runs_without_the_rights_of_the_page(self):
        scan = self.case()["sightings"][0]["scan_id"]
        report = self.boss.get(f"/api/scans/{scan}/files/report.html")
        self.assertEqual(report.status, 200)
        self.assertIn("sandbox", report.headers["Content-Security-Policy"])

    def test_plots_observations_figures(self):
        plots = self.boss.get("/api/plots").json["features"]
        self.assertEqual(len(plots), 24)
        x, y = plots[0]["geometry"]["coordinates"][0][0]
        near = self.boss.get(f"/api/plots?bbox={x - 1},{y - 1},{x + 1},{y + 1}").json["features"]
        self.assertTrue(0 < len(near) < 24)
        self.assertEqual(self.boss.get("/api/plots?bbox=1,2,3").status, 422)
        code = plots[0]["properties"]["code"]
        self.assertEqual(len(self.boss.get(f"/api/plots/{code}/observations").json["observations"]), 1)
        rows = self.boss.get("/api/stats?by=rule&from=2020-01-01&to=2030-01-01").json["rows"]
        self.assertEqual(sum(r["cases"] for r in rows), len(self.cases))
        self.assertEqual(self.boss.get("/api/stats?from=2027-01-01").json["rows"], [])
        self.assertEqual(self.boss.get("/api/stats?by=colour").status, 422)
        self.assertEqual(self.boss.get("/api/advice").status, 200)

    def test_answers_are_small_where_the_browser_takes_gzip(self):
        import gzip
        plain = self.boss.get("/api/cases/geometry")
        packed = self.boss.get("/api/cases/geometry", headers={"Accept-Encoding": "gzip, br"}, check=False)
        self.assertEqual(packed.headers["Content-Encoding"], "gzip")
        self.assertEqual(gzip.decompress(packed.bytes), plain.bytes)
        self.assertLess(len(packed.bytes), len(plain.bytes))

    @unittest.skipUnless(CONTRACT, "python3-yaml and python3-jsonschema are not there")
    def test_the_description_is_served_as_it_is_written(self):
        from review_client import OPENAPI
        self.assertEqual(self.viewer.get("/api/openapi.yaml").bytes, OPENAPI.read_bytes())


class Roles(Serve):
    order = ["anyone", "viewer", "inspector", "supervisor", "administrator"]

    @unittest.skipUnless(CONTRACT, "python3-yaml and python3-jsonschema are not there")
    def test_every_route_for_every_role(self):
        """Who is below the least role is refused, whoever is not gets past that: to 404 or 422 of what is not there."""
        callers = {"anyone": Client(self.server), "viewer": self.viewer, "inspector": self.clients["inspector0"],
                   "supervisor": self.boss, "administrator": self.admin}
        tried = 0
        for method, pattern, operation in CONTRACT.operations():
            if pattern in ("/api/session", "/api/session/password") and method != "GET":
                continue  # they would log the callers out
            least = operation["x-role"]
            path = re.sub(r"\{\w+\}", "none", pattern)
            for role, client in callers.items():
                with self.subTest(method=method, path=path, role=role):
                    body = None if method == "GET" else {}
                    status = client.request(method, path, body).status
                    tried += 1
                    if self.order.index(role) >= self.order.index(least):
                        if path == "/api/setup":
                            continue  # 422: it lacks its token
                        self.assertNotIn(status, (401, 403, 405, 500))
                        if least != "anyone" and method != "GET":
                            forged = client.request(method, path, body, csrf=False)
                            self.assertEqual(forged.status, 403, "without the token")
                            forged = client.request(method, path, body, headers={"X-CSRF-Token": "x" * 43})
                            self.assertEqual(forged.status, 403, "with a wrong token")
                    else:
                        self.assertEqual(status, 401 if role == "anyone" else 403)
        self.assertGreater(tried, 150)

    def test_other_methods_and_paths_are_refused(self):
        self.assertEqual(self.boss.request("PUT", "/api/cases", {}).status, 405)
        self.assertEqual(self.boss.get("/api/nothing").status, 404)
        self.assertEqual(self.boss.get("/api").status, 404)

    def test_a_unit_sees_its_own(self):
        stranger = self.clients["inspector0"]  # of a unit that no plot has
        self.assertEqual(stranger.get("/api/cases").json["total"], 0)
        self.assertEqual(stranger.get("/api/plots").json["features"], [])
        self.assertEqual(stranger.get("/api/filters").json["units"], [])
        case = self.case()
        self.assertEqual(stranger.get(self.path(case)).status, 404)
        self.assertEqual(stranger.post(self.path(case, "/notes"), {"text": "x"}).status, 404)
        self.assertEqual(stranger.get(case["sightings"][0]["chip"]).status, 404)
        self.assertEqual(stranger.get(f"/api/plots/{case['plot_code']}/observations").status, 404)
        photo = self.boss.upload(self.path(case, "/photos"), "a.jpg", JPEG).json["sha256"]
        self.assertEqual(stranger.get("/api/photos/" + photo).status, 404)
        self.assertEqual(self.boss.get("/api/photos/" + photo).bytes, JPEG)
        if self.unit:
            own = self.own.get("/api/cases").json["cases"]
            self.assertEqual({c["unit"] for c in own}, {self.unit})
            mine = self.own.get(self.path(own[0])).json
            self.assertEqual(self.own.get(mine["sightings"][0]["chip"]).status, 200)
            self.assertEqual(self.own.get(mine["sightings"][0]["chip"].split("?")[0]).status, 404)

    def test_accounts_are_made_changed_and_disabled(self):
        def add(**facts):
            return self.admin.post("/api/accounts", {"role": "viewer", "password": PASSWORD, **facts})
        self.assertEqual(add(name="temp").status, 201)
        self.assertEqual(add(name="temp").status, 409)
        self.assertEqual(add(name="x/y").status, 422)
        self.assertEqual(add(name="x", password="short").status, 422)
        self.assertEqual(add(name="x", role="inspector").status, 422, "an inspector has a unit")
        self.assertEqual(add(name="x", role="king").status, 422)
        temp = Client(self.server)
        self.assertEqual(temp.log_in("temp").status, 200)
        self.assertEqual(self.admin.patch("/api/accounts/temp", {"disabled": True}).status, 200)
        self.assertEqual(temp.get("/api/session").status, 401)
        self.assertEqual(temp.log_in("temp").status, 401)
        self.assertEqual(self.admin.patch("/api/accounts/admin", {"role": "viewer"}).status, 409, "the last one")
        self.assertEqual(self.admin.patch("/api/accounts/nobody", {"unit": "x"}).status, 404)
        listed = self.admin.get("/api/accounts").json["accounts"]
        self.assertIn("temp", [a["name"] for a in listed])
        self.assertNotIn("argon2", json.dumps(listed))

    def test_a_password_is_changed_and_other_sessions_end(self):
        self.admin.post("/api/accounts", {"name": "mover", "role": "viewer", "password": PASSWORD})
        here, there = Client(self.server), Client(self.server)
        here.log_in("mover"), there.log_in("mover")
        self.assertEqual(here.post("/api/session/password", {"old": "wrong", "new": "another long one"}).status, 422)
        self.assertEqual(here.post("/api/session/password", {"old": PASSWORD, "new": "another long one"}).status, 204)
        self.assertEqual((here.get("/api/session").status, there.get("/api/session").status), (200, 401))
        self.assertEqual(there.log_in("mover", "another long one").status, 200)
        self.assertEqual(here.delete("/api/session").status, 204)
        self.assertEqual(here.get("/api/session").status, 401)

    def test_everything_is_in_the_audit(self):
        audit = self.admin.get("/api/audit?limit=1000").json
        actions = {r["action"] for r in audit["rows"]}
        self.assertLessEqual({"account_set_up", "account_added", "account_logged_in"}, actions)
        self.assertIn("127.0.0.1", [r.get("address") for r in audit["rows"]])
        self.assertEqual(self.admin.get("/api/audit?limit=1").json["rows"], audit["rows"][:1])


class Saying(Serve):
    def test_a_case_from_judgement_to_closing_and_back(self):
        case = self.case()
        judged = self.boss.post(self.path(case, "/judgement"),
                                {"judgement": "construction", "reason": "地基", "note": "seen", "expected_sequence": case["sequence"]})
        self.assertEqual(judged.status, 200, judged.bytes)
        judged = judged.json
        self.assertEqual((judged["judgement"], judged["judged_by"], judged["judgement_reason"]),
                         ("construction", "supervisor", "地基"))
        self.assertEqual([e["kind"] for e in judged["events"]][-2:], ["judged", "annotated"])
        late = self.admin.post(self.path(case, "/judgement"),
                               {"judgement": "false_change", "expected_sequence": case["sequence"]})
        self.assertEqual(late.status, 409)
        self.assertEqual(late.json["case"]["judgement"], "construction")
        self.assertEqual(self.boss.post(self.path(case, "/close"), {"reason": "done"}).status, 422, "nobody agreed yet")
        self.assertEqual(self.boss.post(self.path(case, "/agreement")).status, 422, "the same person")
        self.assertTrue(self.admin.post(self.path(case, "/agreement")).json["second_person"])
        self.assertEqual(self.boss.post(self.path(case, "/penalty"), {"day": "2026-06-01", "document": "罚〔2026〕1号"}).status, 200)
        self.assertEqual(self.boss.post(self.path(case, "/penalty"), {"day": "1 June", "document": "x"}).status, 422)
        self.assertEqual(self.boss.post(self.path(case, "/remedy"), {"day": "2026-07-01", "note": "拆除"}).json["put_right_on"],
                         "2026-07-01")
        closed = self.boss.post(self.path(case, "/close"), {"reason": "拆除并复绿"})
        self.assertEqual((closed.status, closed.json["open"]), (200, False))
        again = self.boss.post(self.path(case, "/reopen"), {"reason": "又动工"}).json
        self.assertTrue(again["open"])

    def test_undo_is_for_who_judged(self):
        case = self.case(1)
        judged = self.boss.post(self.path(case, "/judgement"),
                                {"judgement": "farm_work", "expected_sequence": case["sequence"]}).json
        self.assertIn("凭前后影像判断", judged["judgement_reason"])
        body = {"expected_sequence": judged["sequence"]}
        self.assertEqual(self.admin.delete(self.path(case, "/judgement"), body).status, 403)
        undone = self.boss.delete(self.path(case, "/judgement"), body).json
        self.assertEqual(undone["judgement"], "none")
        self.assertEqual([e["kind"] for e in undone["events"]][-2:], ["judged", "undone"])

    def test_what_a_judgement_must_have(self):
        case = self.case(2)
        for body, status in (({"judgement": "illegal", "reason": "x", "expected_sequence": 1}, 422),
                             ({"judgement": "none", "reason": "x", "expected_sequence": 1}, 422),
                             ({"judgement": "construction", "expected_sequence": case["sequence"]}, 422),
                             ({"judgement": "suspected"}, 422),
                             ({"judgement": "suspected", "expected_sequence": "1"}, 422),
                             ({"judgement": "suspected", "expected_sequence": 1, "extra": 1}, 422),
                             ({"judgement": "suspected", "reason": "x" * 3000, "expected_sequence": case["sequence"]}, 422)):
            self.assertEqual(self.boss.post(self.path(case, "/judgement"), body).status, status, body)
        self.assertEqual(self.case(2)["sequence"], case["sequence"])

    def test_assignment(self):
        case = self.case(2)
        self.assertEqual(self.boss.put(self.path(case, "/assignment"), {"to": "admin"}).json["assigned_to"], "admin")
        self.assertEqual(self.admin.get("/api/cases?mine=1").json["total"], 1)
        self.assertEqual(self.boss.put(self.path(case, "/assignment"), {"to": "viewer"}).status, 422)
        self.assertEqual(self.boss.put(self.path(case, "/assignment"), {"to": "inspector0"}).status, 422, "another unit")
        self.assertEqual(self.boss.put(self.path(case, "/assignment"), {"to": ""}).json["assigned_to"], "")

    def test_figures_are_those_of_the_command_line(self):
        for i, judgement in ((5, "farm_work"), (6, "false_change"), (7, "suspected")):
            case = self.case(i)
            self.boss.post(self.path(case, "/judgement"), {"judgement": judgement, "expected_sequence": case["sequence"]})
        done = plotwatch("ledger", "stats", self.scan / "review.gpkg", "--from", "2020-01-01", "--by", "unit", "--json")
        self.assert_ok(done)
        told = {}
        for row in json.loads(done.stdout)["rows"]:
            unit = told.setdefault(row["unit"], {"cases": 0, "judged": 0, "farm_work": 0, "false_change": 0, "overdue": 0})
            unit["cases"] += row["opened"]
            unit["overdue"] += row["overdue"]
            unit["judged"] += sum(row["judged"].values())
            for judgement in ("farm_work", "false_change"):
                unit[judgement] += row["judged"].get(judgement, 0)
        shown = {row["key"]: {name: row[name] for name in ("cases", "judged", "farm_work", "false_change", "overdue")}
                 for row in self.boss.get("/api/stats?by=unit").json["rows"]}
        self.assertEqual(shown, told)
        self.assertGreaterEqual(sum(row["judged"] for row in shown.values()), 3)

    def test_photos_are_checked_by_what_they_hold(self):
        case = self.case(2)
        added = self.boss.upload(self.path(case, "/photos"), "../../<img src=x>.jpg", JPEG)
        self.assertEqual(added.status, 201)
        photo = [p for p in self.case(2)["photos"] if p["sha256"] == added.json["sha256"]][0]
        self.assertEqual(photo["name"], "<img src=x>.jpg")
        got = self.boss.get("/api/photos/" + photo["sha256"])
        self.assertEqual((got.headers["Content-Type"], got.headers["X-Content-Type-Options"]), ("image/jpeg", "nosniff"))
        for data in (b"<svg onload=alert(1)>", b"", b"MZ" + b"x" * 500, JPEG[:-2]):
            self.assertEqual(self.boss.upload(self.path(case, "/photos"), "a.jpg", data).status, 415, data[:10])
        self.assertEqual(self.boss.request("POST", self.path(case, "/photos"), JPEG).status, 400)

    def test_script_in_notes_and_names_stays_text(self):
        case = self.case(3)
        text = "</script><script>alert('x')</script>\n\"quoted\" =1+1"
        answer = self.boss.post(self.path(case, "/notes"), {"text": text})
        self.assertEqual(answer.json["events"][-1]["payload"]["text"], text)
        self.assertTrue(answer.headers["Content-Type"].startswith("application/json"))
        self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
        self.assertIn("default-src 'self'", answer.headers["Content-Security-Policy"])
        self.assertNotIn("unsafe", answer.headers["Content-Security-Policy"])
        self.assertEqual(self.boss.post(self.path(case, "/notes"), {"text": "a\u0000b"}).status, 422)
        self.assertEqual(self.boss.post(self.path(case, "/notes"), {"text": "  \n "}).status, 422)


def fill(workbook, rows):
    """The workbook with some of its cells changed: {(row, column letter): text}."""
    source, out = zipfile.ZipFile(io.BytesIO(workbook)), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                text = data.decode()
                for (row, column), value in rows.items():
                    cell = f'<c r="{column}{row}" t="inlineStr"><is><t>{value}</t></is></c>'
                    text, count = re.subn(rf'<c r="{column}{row}"[^>]*?(/>|>.*?</c>)', cell, text)
                    assert count == 1, (row, column)
                data = text.encode()
            target.writestr(name, data)
    return out.getvalue()


class Exchange(Serve):
    def export(self, query=""):
        answer = self.boss.get("/api/export" + query, check=False)
        self.assertEqual(answer.status, 200, answer.bytes[:200])
        return zipfile.ZipFile(io.BytesIO(answer.bytes))

    def sheet_cells(self, workbook):
        package = zipfile.ZipFile(io.BytesIO(workbook))
        shared = re.findall(r"<si>(.*?)</si>", package.read("xl/sharedStrings.xml").decode(), re.S)
        return package.read("xl/worksheets/sheet1.xml").decode(), [re.sub("<.*?>", "", s) for s in shared]

    def test_round_trip(self):
        files = self.export()
        self.assertIn("cases.kml", files.namelist())
        self.assertEqual(len([n for n in files.namelist() if n.startswith("chips/")]), len(self.cases))
        book = files.read("cases.xlsx")
        # Row 2 is the first case. R: judgement, S: reason, T: remarks, A: case, B: version.
        for i in (1, 5):
            self.boss.post(self.path(self.cases[i], "/notes"), {"text": "meanwhile"})
        filled = fill(book, {(2, "R"): "permitted", (2, "S"): "许可证 =cmd()", (3, "R"): "false_change",
                             (4, "R"): "绝对违规", (5, "A"): "no-such-case", (6, "T"): "只是备注",
                             (7, "R"): "farm_work", (8, "R"): "construction"})
        check = self.boss.upload("/api/import", "filled.xlsx", filled)
        self.assertEqual(check.status, 200, check.bytes)
        states = {r["row"]: r["state"] for r in check.json["rows"]}
        self.assertEqual([states[r] for r in sorted(states)][:7],
                         ["ready", "conflict", "error", "error", "ready", "conflict", "error"])
        self.assertEqual(self.case(0)["judgement"], "none", "nothing is written by a check")
        token = check.json["token"]
        self.assertEqual(self.admin.post("/api/import/" + token, {"rows": [2]}).status, 404, "another's token")
        # Row 7 is a conflict that a person ticked; then the case moves on once more. Row 3 is one that nobody ticked.
        self.boss.post(self.path(self.cases[0], "/notes"), {"text": "after the check"})
        written = self.boss.post("/api/import/" + token, {"rows": [2, 4, 6, 7]}).json
        self.assertEqual(written["written"], 2)
        self.assertEqual([(r["row"], r["state"]) for r in written["rows"]],
                         [(2, "conflict"), (4, "error"), (6, "ready"), (7, "ready")])
        self.assertEqual((self.case(0)["judgement"], self.case(5)["judgement"]), ("none", "farm_work"))
        # Sent again, with what is known now.
        book = self.export().read("cases.xlsx")
        check = self.boss.upload("/api/import", "filled.xlsx", fill(book, {(2, "R"): "permitted", (2, "S"): "许可证 =cmd()"}))
        self.assertEqual(self.boss.post("/api/import/" + check.json["token"], {"rows": [2]}).json["written"], 1)
        first = self.case(0)
        self.assertEqual((first["judgement"], first["judgement_reason"]), ("permitted", "许可证 =cmd()"))
        self.assertEqual(self.case(1)["judgement"], "none")
        self.assertEqual(self.case(4)["events"][-1]["payload"]["text"], "只是备注")
        self.assertEqual(self.boss.post("/api/import/" + token, {"rows": [2]}).status, 404, "it is used")
        # What was filled in stands as text, never as a formula.
        sheet, shared = self.sheet_cells(self.export("?judgement=permitted").read("cases.xlsx"))
        self.assertIn("许可证 =cmd()", shared)
        self.assertNotIn("<f>", sheet)
        actions = [r["action"] for r in self.admin.get("/api/audit").json["rows"]]
        self.assertIn("review_imported", actions)
        self.assertIn("review_exported", actions)

    def test_other_files_are_refused(self):
        for data in (b"", b"hello", b"PK\x03\x04 damaged", zipfile_of({"a.txt": b"x"}), JPEG):
            self.assertEqual(self.boss.upload("/api/import", "x.xlsx", data).status, 415, data[:10])
        bomb = zipfile_of({"xl/worksheets/sheet1.xml": b"\0" * (300 << 20)})
        self.assertLess(len(bomb), 1 << 20)
        self.assertEqual(self.boss.upload("/api/import", "x.xlsx", bomb).status, 415)
        for rows in ("x", [1.5], {"a": 1}, None):
            self.assertEqual(self.boss.post("/api/import/x", {"rows": rows}).status, 422)


def zipfile_of(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in files.items():
            package.writestr(name, data)
    return out.getvalue()


class Strangers(Serve):
    def test_a_forged_cookie_is_nobody(self):
        for cookie in ("plotwatch_session=", "plotwatch_session=" + "A" * 43, "plotwatch_session=" + "A" * 5000,
                       "plotwatch_session='; DROP TABLE events; --", "other=" + self.boss.cookie.split("=")[1],
                       self.boss.cookie[:-1]):
            self.assertEqual(Client(self.server).get("/api/cases", headers={"Cookie": cookie}).status, 401, cookie[:60])

    def test_the_cookie_is_kept_from_scripts_and_other_sites(self):
        answer = Client(self.server).post("/api/session", {"name": "viewer", "password": PASSWORD})
        cookie = answer.headers["Set-Cookie"]
        for word in ("HttpOnly", "SameSite=Strict", "Path=/"):
            self.assertIn(word, cookie)
        self.assertNotIn("Secure", cookie, "a browser on this machine has no TLS")

    def test_failed_log_ins_are_held_back(self):
        self.admin.post("/api/accounts", {"name": "target", "role": "viewer", "password": PASSWORD})
        client = Client(self.server)
        for _ in range(5):
            self.assertEqual(client.log_in("target", "wrong").status, 401)
        held = client.log_in("target", PASSWORD)
        self.assertEqual(held.status, 429, "even with the right password")
        self.assertRegex(held.json["error"]["advice"], r"\d+ seconds")
        self.assertEqual(Client(self.server).log_in("viewer").status, 200, "others log in")
        self.assertIn("account_locked_out", [r["action"] for r in self.admin.get("/api/audit").json["rows"]])

    def test_the_setup_link_works_once(self):
        again = Client(self.server).post("/api/setup", {"token": self.server.setup, "name": "x", "password": PASSWORD})
        self.assertEqual(again.status, 403)

    def test_malformed_and_oversized_bodies(self):
        case = self.case()
        path = self.path(case, "/notes")
        for body in (b"{", b"[]", b"null", b"\xff\xfe", b'{"text":"\xff"}', b'{"text":1}', b"{" * 30_000, b"[" * 60_000):
            self.assertIn(self.boss.request("POST", path, body).status, (400, 422), body[:10])
        self.assertEqual(self.boss.request("POST", path, b"x" * 100_000, check=False).status, 413)
        self.boss.close()
        big = self.boss.upload(self.path(case, "/photos"), "a.jpg", JPEG + b"x" * (21 << 20), check=False)
        self.assertEqual(big.status, 413)
        self.boss.close()
        stranger = Client(self.server).request("POST", self.path(case, "/photos"), b"x" * (5 << 20), check=False)
        self.assertEqual(stranger.status, 401, "who is not logged in is told before the body is read")

    def test_slow_clients_hold_nobody_up(self):
        slow = []
        for i in range(200):
            s = socket.create_connection(("127.0.0.1", self.server.port))
            s.sendall(b"GET /api/hea" if i % 2 else b"POST /api/session HTTP/1.1\r\nContent-Length: 50\r\n\r\n{")
            slow.append(s)
        for _ in range(5):
            self.assertEqual(Client(self.server).get("/api/health").status, 200)
        for s in slow:
            s.close()

    def test_pages_carry_a_content_security_policy(self):
        page = Client(self.server).get("/")
        self.assertEqual(page.status, 200)
        for header in ("Content-Security-Policy", "X-Frame-Options", "Referrer-Policy"):
            self.assertIn(header, page.headers)

    def test_random_bytes_do_not_end_the_server(self):
        seed = 12345
        for _ in range(60):
            data = bytearray()
            for _ in range(200):
                seed = (seed * 1103515245 + 12345) & 0x7fffffff
                data.append(seed >> 16 & 0xff)
            with socket.create_connection(("127.0.0.1", self.server.port)) as s:
                s.sendall(bytes(data) + b"\r\n\r\n")
        self.assertEqual(Client(self.server).get("/api/health").json, {"ok": True})


class Proxied(CliTest):
    def test_a_proxy_logs_in_only_where_it_is_trusted(self):
        scan = self.folder / "scan"
        self.assert_ok(plotwatch(*scan_arguments(self.district, scan)))
        server = Server("--scan", scan, "--no-ui", "--proxy", "127.0.0.1", "--login-header", "X-Remote-User")
        try:
            admin = set_up(server, [])["administrator"]
            admin.post("/api/accounts", {"name": "zhang", "role": "supervisor"})
            client = Client(server)
            who = client.get("/api/session", headers={"X-Remote-User": "zhang"})
            self.assertEqual((who.status, who.json["name"]), (200, "zhang"))
            self.assertEqual(client.get("/api/session", headers={"X-Remote-User": "nobody"}).status, 401)
            case = client.get("/api/cases", headers={"X-Remote-User": "zhang"}).json["cases"][0]["id"]
            for token, status in ((who.json["csrf"], 200), ("x", 403)):
                self.assertEqual(client.post(f"/api/cases/{case}/notes", {"text": "n"},
                                             headers={"X-Remote-User": "zhang", "X-CSRF-Token": token}).status, status)
            over_tls = client.post("/api/session", {"name": "admin", "password": PASSWORD},
                                   headers={"X-Forwarded-For": "9.9.9.9, 10.1.2.3", "X-Forwarded-Proto": "https"})
            self.assertIn("Secure", over_tls.headers["Set-Cookie"])
            self.assertEqual(admin.get("/api/audit?limit=1").json["rows"][0]["address"], "10.1.2.3")
        finally:
            server.stop()
        server = Server("--scan", scan, "--no-ui", "--proxy", "10.0.0.1", "--login-header", "X-Remote-User")
        try:
            self.assertEqual(Client(server).get("/api/session", headers={"X-Remote-User": "zhang"}).status, 401)
        finally:
            server.stop()


class Starting(CliTest):
    def test_bad_command_lines(self):
        self.assert_refused(plotwatch("serve"), USAGE, "--ledger")
        self.assert_refused(plotwatch("serve", "--ledger", self.folder / "none.gpkg"), INPUT, "none.gpkg")
        self.assert_refused(plotwatch("serve", "--scan", self.folder), INPUT, "manifest.json")
        self.assertEqual(plotwatch("serve", "--ledger", "a", "--scan", self.folder).returncode, USAGE)

    def test_a_taken_port_a_page_that_is_none_and_a_header_without_proxy(self):
        scan = self.folder / "scan"
        self.assert_ok(plotwatch(*scan_arguments(self.district, scan)))
        self.assert_refused(plotwatch("serve", "--scan", scan, "--ui", self.folder), INPUT, "index.html")
        self.assert_refused(plotwatch("serve", "--scan", scan, "--no-ui", "--login-header", "X-User"), CONFIG, "--proxy")
        server = Server("--scan", scan, "--no-ui")
        try:
            self.assert_refused(plotwatch("serve", "--scan", scan, "--no-ui", "--port", server.port), OUTPUT, server.port)
            self.assertEqual(len(set_up(server, [])["supervisor"].get("/api/cases").json["cases"]) > 0, True)
        finally:
            self.assertEqual(server.stop(), 0)
        # Once there is an administrator no link is printed, unless it is asked for.
        server = Server("--scan", scan, "--no-ui")
        self.assertIsNone(server.setup)
        server.stop()
        server = Server("--scan", scan, "--no-ui", "--set-up")
        deadline = time.time() + 10
        while not server.setup and time.time() < deadline:
            time.sleep(0.05)
        self.assertIsNotNone(server.setup)
        server.stop()

    def test_the_page_is_served_with_its_assets(self):
        scan, page = self.folder / "scan", self.folder / "page"
        self.assert_ok(plotwatch(*scan_arguments(self.district, scan)))
        (page / "assets").mkdir(parents=True)
        (page / "index.html").write_text("<!doctype html>page", encoding="utf-8")
        (page / "assets" / "main-1a2b.js").write_text("x" * 3000, encoding="utf-8")
        server = Server("--scan", scan, "--ui", page)
        try:
            client = Client(server)
            for path in ("/", "/setup?token=x", "/cases/DX-1"):
                self.assertEqual(client.get(path).bytes, b"<!doctype html>page", path)
            script = client.get("/assets/main-1a2b.js")
            self.assertIn("immutable", script.headers["Cache-Control"])
            self.assertTrue(script.headers["Content-Type"].startswith("text/javascript"))
            self.assertEqual(client.get("/assets/other.js").status, 404)
            self.assertEqual(client.get("/../index.html").status, 400)
            self.assertEqual(client.request("POST", "/").status, 405)
        finally:
            server.stop()


if __name__ == "__main__":
    harness.main()
