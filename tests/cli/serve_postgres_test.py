"""The server of the review page on a ledger in PostgreSQL: what it does there must be what it does on a file."""
import os
import subprocess
import threading
import unittest
import urllib.parse

import harness
from harness import plotwatch
from postgres_server import PostgresServer
from review_client import PASSWORD, Client, Server, set_up

JPEG = b"\xff\xd8\xff\xe0" + b"x" * 300 + b"\xff\xd9"


class Postgres(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.database = PostgresServer()
        cls.addClassCleanup(cls.database.stop)
        subprocess.run([os.environ["MAKE_LEDGER"], cls.database.url], check=True)
        cls.server = Server("--ledger", cls.database.url, "--no-ui")
        cls.clients = set_up(cls.server, [])
        cls.admin, cls.boss = cls.clients["administrator"], cls.clients["supervisor"]

    @classmethod
    def tearDownClass(cls):
        for client in cls.clients.values():
            client.close()
        code = cls.server.stop()
        assert code == 0, "".join(cls.server.log)

    def path(self, case, tail=""):
        return "/api/cases/" + urllib.parse.quote(case["id"]) + tail

    def test_a_case_from_judgement_to_closing_and_back(self):
        case = self.boss.get("/api/cases").json["cases"][0]
        said = {"judgement": "construction", "reason": "地基", "expected_sequence": case["sequence"]}
        judged = self.admin.post(self.path(case, "/judgement"), said).json
        self.assertEqual((judged["judgement"], judged["judged_by"]), ("construction", "admin"))
        late = self.boss.post(self.path(case, "/judgement"), {**said, "judgement": "farm_work"})
        self.assertEqual((late.status, late.json["case"]["judgement_reason"]), (409, "地基"))
        self.assertTrue(self.boss.post(self.path(case, "/agreement")).json["second_person"])
        self.assertFalse(self.boss.post(self.path(case, "/close"), {"reason": "torn down"}).json["open"])
        self.assertTrue(self.boss.post(self.path(case, "/reopen"), {"reason": "seen again"}).json["open"])
        photo = self.boss.upload(self.path(case, "/photos"), "a.jpg", JPEG).json["sha256"]
        self.assertEqual(self.boss.get("/api/photos/" + photo).bytes, JPEG)
        kinds = [e["kind"] for e in self.boss.get(self.path(case)).json["events"]]
        self.assertEqual(kinds[-5:], ["judged", "agreed", "closed", "reopened", "photo_added"])
        self.assertEqual(plotwatch("ledger", "verify", self.database.url).returncode, harness.OK)

    def test_accounts_figures_audit_and_export(self):
        self.assertEqual(self.admin.post("/api/accounts", {"name": "new", "role": "viewer", "password": PASSWORD}).status, 201)
        self.assertEqual(Client(self.server).log_in("new").status, 200)
        self.assertEqual(Client(self.server).log_in("new", "wrong").status, 401)
        rows = self.boss.get("/api/stats").json["rows"]
        self.assertEqual(sum(r["cases"] for r in rows), self.boss.get("/api/cases").json["total"])
        self.assertIn("account_added", [r["action"] for r in self.admin.get("/api/audit").json["rows"]])
        self.assertTrue(self.boss.get("/api/export", check=False).bytes.startswith(b"PK"))

    def test_many_at_once_lose_nothing(self):
        case = self.boss.get("/api/cases").json["cases"][1]
        written, problems = [], []

        def user(number):
            try:
                client = Client(self.server)
                assert client.log_in("supervisor").status == 200
                for i in range(4):
                    note = f"{number}-{i}"
                    assert client.post(self.path(case, "/notes"), {"text": note}, check=False).status == 200
                    written.append(note)
                client.close()
            except Exception as e:  # shown below
                problems.append(e)

        users = [threading.Thread(target=user, args=(n,)) for n in range(8)]
        for u in users:
            u.start()
        for u in users:
            u.join()
        self.assertEqual(problems, [])
        notes = [e["payload"]["text"] for e in self.boss.get(self.path(case)).json["events"] if e["kind"] == "annotated"]
        self.assertEqual(sorted(notes), sorted(written))
        self.assertEqual(len(notes), 32)


if __name__ == "__main__":
    harness.main()
