"""What is sent, as a receiver meets it: HTTP and SMTP servers of Python's standard library on a local port."""
import base64
import email
import email.policy
import hashlib
import hmac
import http.server
import json
import os
import socketserver
import subprocess
import threading
import unittest
import urllib.parse

PROGRAM = os.environ["SEND_MESSAGE"]
NOW, SECONDS = "2026-11-23T21:04:05Z", "1795467845"


class Web(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.requests.append((self.path, dict(self.headers), body))
        self.send_response(self.server.status)
        self.send_header("Location", "/elsewhere")
        self.end_headers()
        self.wfile.write(self.server.answer)

    def log_message(self, *_):
        pass


class Smtp(socketserver.StreamRequestHandler):
    """As much of RFC 5321 and 4954 as a client needs."""

    def handle(self):
        talk, server = [], self.server
        self.say("220 test")
        while line := self.rfile.readline():
            word = line.strip().decode("ascii")
            talk.append(word)
            verb = word.split(" ")[0].upper()
            if verb == "EHLO":
                self.say("250-test\r\n250-8BITMIME\r\n250 AUTH PLAIN")
            elif verb == "AUTH":
                self.say("334 ")
                talk.append(base64.b64decode(self.rfile.readline()).decode())
                self.say("235 welcome")
            elif verb == "RCPT" and server.refuse and server.refuse in word:
                self.say("550 no such user")
            elif verb == "DATA":
                self.say("354 go on")
                data = []
                while (line := self.rfile.readline()) != b".\r\n":
                    data.append(line[1:] if line.startswith(b"..") else line)
                server.mails.append((talk, b"".join(data)))
                self.say("250 taken")
            elif verb == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def say(self, text):
        self.wfile.write((text + "\r\n").encode("ascii"))


class Threaded(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


class ServersTest(unittest.TestCase):
    def serve(self, handler):
        server = Threaded(("127.0.0.1", 0), handler)
        server.requests, server.mails, server.status, server.answer, server.refuse = [], [], 200, b"", None
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        return server

    def send(self, channel, address, body, secret=None, repeated=False, subject="s", user=None):
        environment = {k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy")}
        if secret is not None:
            environment["TEST_SECRET"] = secret
        if user:
            environment["TEST_USER"] = user
        done = subprocess.run([PROGRAM, channel, address, "id-1", subject, "1" if repeated else "0", NOW],
                              input=body.encode(), capture_output=True, env=environment, timeout=60, check=False)
        return done.stdout.decode()

    def test_webhook_as_the_specification_has_it_checked(self):
        server = self.serve(Web)
        body = '{"place":"示例"}'
        url = f"http://127.0.0.1:{server.server_address[1]}/hook?key=private"
        key = base64.b64encode(b"a key of bytes \x00\xff").decode()
        self.assertEqual(self.send("webhook", url, body, "whsec_" + key), "")
        path, headers, got = server.requests[0]
        self.assertEqual((path, got.decode()), ("/hook?key=private", body))
        self.assertEqual((headers["webhook-id"], headers["webhook-timestamp"]), ("id-1", SECONDS))
        self.assertTrue(headers["Content-Type"].startswith("application/json"))
        signed = b"id-1." + SECONDS.encode() + b"." + got
        expected = base64.b64encode(hmac.new(b"a key of bytes \x00\xff", signed, hashlib.sha256).digest()).decode()
        self.assertEqual(headers["webhook-signature"], "v1," + expected)

    def test_a_refusal_and_a_redirect_are_problems_that_do_not_show_the_address(self):
        server = self.serve(Web)
        url = f"http://127.0.0.1:{server.server_address[1]}/hook?key=private"
        for status in (302, 404, 500):
            server.status = status
            problem = self.send("webhook", url, "{}", "k")
            self.assertIn(str(status), problem)
            self.assertNotIn("private", problem)
        self.assertEqual(len(server.requests), 3)  # the redirect was not followed

    def test_nobody_there(self):
        server = self.serve(Web)
        port = server.server_address[1]
        server.shutdown()
        server.server_close()
        problem = self.send("webhook", f"http://127.0.0.1:{port}/hook?key=private", "{}", "k")
        self.assertIn("127.0.0.1", problem)
        self.assertNotIn("private", problem)

    def test_a_secret_that_is_not_there(self):
        os.environ.pop("TEST_SECRET", None)
        self.assertIn("Error", self.send("webhook", "env:NO_SUCH_ADDRESS", "{}"))

    def test_chat_robots(self):
        server = self.serve(Web)
        base = f"http://127.0.0.1:{server.server_address[1]}/robot?access_token=t"
        markdown = {"msgtype": "markdown", "markdown": {"content": "**疑似**"}}
        server.answer = b'{"errcode":0,"errmsg":"ok"}'
        self.assertEqual(self.send("wecom", base, json.dumps(markdown)), "")
        self.assertEqual(json.loads(server.requests[-1][2]), markdown)
        self.assertEqual(self.send("wecom", base, json.dumps(markdown), repeated=True), "")
        self.assertIn("重复", json.loads(server.requests[-1][2])["markdown"]["content"])
        server.answer = b'{"errcode":93000,"errmsg":"invalid webhook url"}'
        self.assertIn("93000", self.send("wecom", base, json.dumps(markdown)))
        server.answer = b"<html>a proxy's page</html>"
        self.assertIn("JSON", self.send("wecom", base, json.dumps(markdown)))

    def test_dingtalk_signs_the_address(self):
        server = self.serve(Web)
        server.answer = b'{"errcode":0,"errmsg":"ok"}'
        url = f"http://127.0.0.1:{server.server_address[1]}/robot/send?access_token=t"
        body = json.dumps({"msgtype": "markdown", "markdown": {"title": "t", "text": "x"}})
        self.assertEqual(self.send("dingtalk", url, body, "SECabc"), "")
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(server.requests[0][0]).query)
        # As DingTalk's documentation computes it in Python.
        text = f"{SECONDS}000\nSECabc"
        sign = base64.b64encode(hmac.new(b"SECabc", text.encode(), hashlib.sha256).digest()).decode()
        self.assertEqual((query["access_token"], query["timestamp"], query["sign"]), (["t"], [SECONDS + "000"], [sign]))

    def test_feishu_signs_the_body(self):
        server = self.serve(Web)
        server.answer = b'{"code":0,"msg":"success","data":{}}'
        url = f"http://127.0.0.1:{server.server_address[1]}/hook/t"
        body = json.dumps({"msg_type": "interactive", "card": {"elements": [{"tag": "markdown", "content": "x"}]}})
        self.assertEqual(self.send("feishu", url, body, "demo"), "")
        got = json.loads(server.requests[0][2])
        # As Feishu's documentation computes it in Python: the text is the key.
        sign = base64.b64encode(hmac.new(f"{SECONDS}\ndemo".encode(), digestmod=hashlib.sha256).digest()).decode()
        self.assertEqual((got["timestamp"], got["sign"], got["msg_type"]), (SECONDS, sign, "interactive"))
        server.answer = b'{"code":19021,"msg":"sign match fail or timestamp is not within one hour"}'
        self.assertIn("19021", self.send("feishu", url, body, "demo"))

    def test_mail_in_both_forms_to_both_receivers(self):
        server = self.serve(Smtp)
        body = json.dumps({"text": "疑似施工\n.\n一行\n", "html": "<p>疑似施工</p>"})
        url = f"smtp://127.0.0.1:{server.server_address[1]}"
        subject = "疑似施工变化 · 大兴区 · 2026-11-23 · 新发现 3 · 已确认 1 · 逾期 2"
        self.assertEqual(self.send("mail", url, body, "word", subject=subject, user="me"), "")
        talk, data = server.mails[0]
        self.assertIn("MAIL FROM:<plotwatch@example.org>", [t.split(" SIZE")[0].split(" BODY")[0] for t in talk])
        self.assertIn("RCPT TO:<a@example.org>", talk)
        self.assertIn("RCPT TO:<b@example.org>", talk)
        self.assertIn("\0me\0word", talk)
        self.assertTrue(all(len(line) <= 78 for line in data.split(b"\r\n")) and data.isascii())
        mail = email.message_from_bytes(data, policy=email.policy.default)
        self.assertEqual(mail["Subject"], subject)
        self.assertEqual([a.addr_spec for a in mail["To"].addresses], ["a@example.org", "b@example.org"])
        self.assertEqual(mail["Date"].datetime.isoformat(), "2026-11-23T21:04:05+00:00")
        self.assertEqual(mail.get_content_type(), "multipart/alternative")
        self.assertEqual(mail.get_body(("plain",)).get_content(), "疑似施工\n.\n一行\n")
        self.assertEqual(mail.get_body(("html",)).get_content().strip(), "<p>疑似施工</p>")
        self.assertEqual(self.send("mail", url, body, "word", subject=subject, user="me", repeated=True), "")
        again = email.message_from_bytes(server.mails[1][1], policy=email.policy.default)
        self.assertEqual(again["Message-ID"], mail["Message-ID"])

    def test_one_refused_receiver_is_a_problem(self):
        server = self.serve(Smtp)
        server.refuse = "b@example.org"
        problem = self.send("mail", f"smtp://127.0.0.1:{server.server_address[1]}", '{"text":"t","html":"h"}')
        self.assertIn("550", problem)
        self.assertEqual(server.mails, [])


if __name__ == "__main__":
    unittest.main(verbosity=2)
