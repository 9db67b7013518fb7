"""Many users of the review page at once: each judges, notes and looks at pictures, while the server is killed and started
again. Every answer that said "written" must be in the ledger afterwards, once, in an unbroken chain."""
import hashlib
import http.client
import json
import sqlite3
import statistics
import threading
import time
import urllib.parse

from review_client import PASSWORD, Client, set_up

GONE = (http.client.HTTPException, OSError)  # the server was killed while it was asked


class User(threading.Thread):
    def __init__(self, server, number, cases, rounds):
        super().__init__()
        self.client, self.number, self.cases, self.rounds = Client(server), number, cases, rounds
        self.written, self.conflicts, self.lost_connections, self.times, self.problem = [], 0, 0, {}, None

    def ask(self, kind, method, path, body=None, **options):
        """Until the server answers; None when it is not known whether it did what was asked."""
        while True:
            begin = time.monotonic()
            try:
                answer = self.client.request(method, path, body, check=False, **options)
            except GONE:
                self.client.close()
                self.lost_connections += 1
                time.sleep(0.1)
                if method != "GET":
                    return None
                continue
            self.times.setdefault(kind, []).append(time.monotonic() - begin)
            return answer

    def run(self):
        try:
            while True:
                answer = self.ask("log-in", "POST", "/api/session", {"name": f"user{self.number}", "password": PASSWORD})
                if answer is not None:
                    break
            assert answer.status == 200, answer.bytes
            self.client.cookie = answer.headers["Set-Cookie"].split(";")[0]
            self.client.csrf = answer.json["csrf"]
            for i in range(self.rounds):
                self.judge(self.cases[(self.number + i * 7) % len(self.cases)], f"user{self.number}-{i}")
        except Exception as e:  # shown by who joins this thread
            self.problem = e
        finally:
            self.client.close()

    def judge(self, case_id, mark):
        path = "/api/cases/" + urllib.parse.quote(case_id)
        page = self.ask("list", "GET", "/api/cases?limit=50")
        assert page.status == 200, page.bytes
        for _ in range(1000):
            case = self.ask("case", "GET", path)
            assert case.status == 200, case.bytes
            case = case.json
            if case["views"]:
                image = self.ask("picture", "GET", case["views"][-1]["image"], headers={"Range": "bytes=0-16383"})
                assert image.status == 206, image.status
            said = self.ask("judgement", "POST", path + "/judgement",
                            {"judgement": "suspected", "reason": mark, "expected_sequence": case["sequence"]})
            if said is None:
                continue
            if said.status == 409:
                self.conflicts += 1
                continue
            assert said.status == 200, (said.status, said.bytes)
            # Somebody else may have judged it again before the answer was made: the own judgement is in its history.
            assert any(e["kind"] == "judged" and e["payload"]["text"] == mark for e in said.json["events"]), said.bytes
            self.written.append((case_id, mark))
            return
        raise AssertionError("a thousand conflicts in a row")


def percentile(values, share):
    """The smallest value that so many in a hundred do not exceed."""
    values = sorted(values)
    return values[max(0, -(-len(values) * share // 100) - 1)]


def events_of(ledger):
    with sqlite3.connect(ledger) as database:
        return database.execute("SELECT sequence, at, actor, kind, subject, payload, previous_hash, hash FROM events "
                                "ORDER BY sequence").fetchall()


def check_chain(events):
    previous = ""
    for number, (sequence, at, actor, kind, subject, payload, before, digest) in enumerate(events, 1):
        text = json.dumps({"sequence": sequence, "at": at, "actor": actor, "kind": kind, "subject": subject,
                           "payload": payload, "previous_hash": before},
                          sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assert sequence == number and before == previous, f"the chain is broken at {sequence}"
        assert hashlib.sha256(text.encode()).hexdigest() == digest, f"event {sequence} does not fit its hash"
        previous = digest


def run(server, ledger, users, rounds, kills):
    admin = set_up(server, [])["administrator"]
    for i in range(users):
        made = admin.post("/api/accounts", {"name": f"user{i}", "role": "supervisor", "password": PASSWORD},
                          check=False)
        assert made.status == 201, made.bytes
    cases = [c["id"] for c in admin.get("/api/cases?limit=1000").json["cases"]]
    crowd = [User(server, i, cases, rounds) for i in range(users)]
    begin = time.monotonic()
    for user in crowd:
        user.start()
    for i in range(kills):
        target = users * rounds * (i + 1) // (kills + 1)
        while sum(len(u.written) for u in crowd) < target and any(u.is_alive() for u in crowd):
            time.sleep(0.02)
        server.kill()
        server.start()
    for user in crowd:
        user.join()
    seconds = time.monotonic() - begin
    for user in crowd:
        if user.problem:
            raise user.problem
    events = events_of(ledger)
    check_chain(events)
    judged = {}
    for _, _, actor, kind, subject, payload, _, _ in events:
        if kind == "judged":
            key = (subject, json.loads(payload)["text"])
            judged[key] = judged.get(key, 0) + 1
    written = [w for u in crowd for w in u.written]
    lost = [w for w in written if judged.get(w, 0) < 1]
    assert not lost, f"{len(lost)} judgements that were answered are not in the ledger: {lost[:3]}"
    # A judgement whose answer was cut off by a kill may be said again by who did not know: at most once more a kill.
    twice = sum(n - 1 for n in judged.values())
    assert twice <= users * kills, f"{twice} judgements are there more than once"
    kinds = {}
    for user in crowd:
        for kind, times in user.times.items():
            kinds.setdefault(kind, []).extend(times)
    asked = sum(len(t) for t in kinds.values())
    return {"users": users, "cases": len(cases), "seconds": seconds, "requests": asked, "a_second": asked / seconds,
            "judgements": len(written), "lost": len(lost), "said_twice": twice,
            "conflicts": sum(u.conflicts for u in crowd), "cut_off": sum(u.lost_connections for u in crowd),
            "events": len(events),
            "ms": {kind: {"requests": len(t), "median": 1000 * statistics.median(t), "p99": 1000 * percentile(t, 99),
                          "longest": 1000 * max(t)} for kind, t in sorted(kinds.items())}}
