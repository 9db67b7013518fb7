"""A server of the review page under test, and clients of it: standard library only. Answers are held against
src/review/openapi.yaml where python3-jsonschema and python3-yaml are there."""
import http.client
import json
import os
import re
import signal
import subprocess
import threading
import time
import urllib.parse

import harness

try:
    import jsonschema
    import yaml
except ImportError:
    jsonschema = yaml = None

PASSWORD = "four plain words here"
OPENAPI = harness.SOURCE / "src" / "review" / "openapi.yaml"


class Contract:
    """The description of the API, as JSON schemas of its answers."""

    def __init__(self):
        self.text = yaml.safe_load(OPENAPI.read_text(encoding="utf-8"))

    def operations(self):
        for path, methods in self.text["paths"].items():
            for method, operation in methods.items():
                yield method.upper(), path, operation

    def resolve(self, node):
        if isinstance(node, list):
            return [self.resolve(n) for n in node]
        if not isinstance(node, dict):
            return node
        if "$ref" in node:
            found = self.text
            for part in node["$ref"].removeprefix("#/").split("/"):
                found = found[part]
            return self.resolve(found)
        # The schema of a case holds itself in an error: once is enough.
        out = {k: self.resolve(v) for k, v in node.items()}
        if out.pop("nullable", False):
            return {"anyOf": [{"type": "null"}, out]}
        return out

    def operation_of(self, method, path):
        for known_method, pattern, operation in self.operations():
            if known_method == ("GET" if method == "HEAD" else method) and re.fullmatch(
                    re.sub(r"\{\w+\}", "[^/]+", pattern), path):
                if "{" not in pattern or not any(p == path and m == known_method for m, p, _ in self.operations()):
                    return operation
        return None

    def check(self, method, path, status, body):
        operation = self.operation_of(method, path)
        if operation is None:
            assert status in (404, 405), f"{method} {path} is not in openapi.yaml and gave {status}"
            return
        responses = operation["responses"]
        answer = responses.get(str(status), responses.get("default"))
        assert answer is not None, f"{method} {path}: status {status} is not described"
        content = self.resolve(answer).get("content", {})
        if "application/json" in content:
            schema = content["application/json"]["schema"]
            jsonschema.Draft7Validator(schema).validate(body)


CONTRACT = Contract() if yaml else None


class Server:
    """`plotwatch serve` on a free port; `stop` and `kill` end it, `start` starts it again on the same ledger."""

    def __init__(self, *arguments):
        self.arguments = [str(a) for a in arguments]
        self.port = 0
        self.setup = None
        self.process = None
        self.start()

    def start(self):
        command = [harness.PROGRAM, "serve", "--port", str(self.port), *self.arguments]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.log = []
        self.reader = threading.Thread(target=self._read_log, daemon=True)
        self.reader.start()
        url = self.process.stdout.readline().strip()
        if not url:
            self.process.wait()
            self.reader.join()
            raise AssertionError("the server did not start: " + "".join(self.log))
        self.port = int(url.rsplit(":", 1)[1])

    def _read_log(self):
        for line in self.process.stderr:
            self.log.append(line)
            found = re.search(r"/setup\?token=(\S+)", line)
            if found:
                self.setup = found[1]

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(30)
        self.reader.join(10)
        self.process.stdout.close()
        self.process.stderr.close()
        return code

    def kill(self):
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.reader.join(10)
        self.process.stdout.close()
        self.process.stderr.close()


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.bytes = status, headers, body

    @property
    def json(self):
        return json.loads(self.bytes)


class Client:
    """One browser: its cookie and its token against forgery."""

    def __init__(self, server):
        self.server, self.cookie, self.csrf, self.connection = server, None, None, None

    def request(self, method, path, body=None, headers=None, check=True, csrf=True):
        send = dict(headers or {})
        if self.cookie and "Cookie" not in send:
            send["Cookie"] = self.cookie
        if csrf and self.csrf and method != "GET" and "X-CSRF-Token" not in send:
            send["X-CSRF-Token"] = self.csrf
        if isinstance(body, (dict, list)):
            body = json.dumps(body).encode()
            send.setdefault("Content-Type", "application/json")
        for attempt in (0, 1):  # a kept connection may have been closed by the server meanwhile
            if self.connection is None:
                self.connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
                attempt = 1
            try:
                self.connection.request(method, path, body=body, headers=send)
                got = self.connection.getresponse()
                answer = Answer(got.status, got.headers, got.read())
                break
            except (http.client.RemoteDisconnected, ConnectionError, http.client.CannotSendRequest):
                self.close()
                if attempt:
                    raise
        if answer.headers.get("Connection") == "close":
            self.close()
        if check and CONTRACT and path.startswith("/api/"):
            plain = urllib.parse.unquote(urllib.parse.urlsplit(path).path)
            is_json = answer.headers.get("Content-Type", "").startswith("application/json")
            CONTRACT.check(method, plain, answer.status, answer.json if is_json and answer.bytes else None)
        return answer

    def close(self):
        if self.connection:
            self.connection.close()
        self.connection = None

    def get(self, path, **options):
        return self.request("GET", path, **options)

    def post(self, path, body=None, **options):
        return self.request("POST", path, {} if body is None else body, **options)

    def put(self, path, body, **options):
        return self.request("PUT", path, body, **options)

    def delete(self, path, body=None, **options):
        return self.request("DELETE", path, body, **options)

    def patch(self, path, body, **options):
        return self.request("PATCH", path, body, **options)

    def log_in(self, name, password=PASSWORD):
        answer = self.post("/api/session", {"name": name, "password": password})
        if answer.status == 200:
            self.cookie = answer.headers["Set-Cookie"].split(";")[0]
            self.csrf = answer.json["csrf"]
        return answer

    def upload(self, path, name, data, **options):
        boundary = "----plotwatch"
        body = (f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
                "Content-Type: application/octet-stream\r\n\r\n").encode() + data + f"\r\n--{boundary}--\r\n".encode()
        return self.request("POST", path, body,
                            headers={"Content-Type": f"multipart/form-data; boundary={boundary}"}, **options)


def set_up(server, units):
    """The administrator, a supervisor, a viewer, and an inspector of each unit, all logged in."""
    deadline = time.monotonic() + 20
    while not server.setup and time.monotonic() < deadline:  # the log is read by another thread
        time.sleep(0.02)
    clients = {"administrator": Client(server)}
    admin = clients["administrator"]
    assert admin.post("/api/setup", {"token": server.setup, "name": "admin", "password": PASSWORD}).status == 201
    assert admin.log_in("admin").status == 200
    accounts = [("supervisor", "supervisor", ""), ("viewer", "viewer", "")]
    accounts += [(f"inspector{i}", "inspector", unit) for i, unit in enumerate(units)]
    for name, role, unit in accounts:
        done = admin.post("/api/accounts", {"name": name, "role": role, "unit": unit, "password": PASSWORD})
        assert done.status == 201, done.bytes
        clients[name] = Client(server)
        assert clients[name].log_in(name).status == 200
    return clients
