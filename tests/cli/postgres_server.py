"""A PostgreSQL server of a test's own, in a temporary folder, reached through a socket in it. It refuses to run as root;
then it is started as the user `postgres` of Debian's package."""
import os
import pathlib
import subprocess
import tempfile
import unittest

PROGRAMS = pathlib.Path("/usr/lib/postgresql/15/bin")
POSTGIS = pathlib.Path("/usr/share/postgresql/15/extension/postgis.control")


class PostgresServer:
    def __init__(self):
        if not (PROGRAMS / "initdb").exists() or not POSTGIS.exists():
            raise unittest.SkipTest("postgresql-15 and postgresql-15-postgis-3 are not installed")
        self.folder = tempfile.TemporaryDirectory(prefix="plotwatch-")
        self.as_user = []
        if os.geteuid() == 0:
            self.as_user = ["runuser", "-u", "postgres", "--"]
            subprocess.run(["chown", "postgres", self.folder.name], check=True)
        self.run("initdb", "-D", self.data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync")
        self.run("pg_ctl", "-D", self.data, "-w", "-l", self.folder.name + "/log", "-o",
                 f"-c listen_addresses= -k {self.folder.name}", "start")
        self.run("createdb", "-h", self.folder.name, "-U", "postgres", "district")
        self.run("psql", "-q", "-h", self.folder.name, "-U", "postgres", "-d", "district", "-c", "CREATE EXTENSION postgis")

    @property
    def data(self):
        return self.folder.name + "/data"

    @property
    def url(self):
        return f"postgresql:///district?host={self.folder.name}&user=postgres"

    def run(self, program, *arguments):
        subprocess.run([*self.as_user, str(PROGRAMS / program), *arguments], cwd="/", check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def stop(self):
        self.run("pg_ctl", "-D", self.data, "-m", "immediate", "stop")
        subprocess.run([*self.as_user, "rm", "-rf", self.data], cwd="/", check=True)
        self.folder.cleanup()
