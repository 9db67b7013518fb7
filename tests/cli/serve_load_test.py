"""Many users at once, and a server that is killed meanwhile: nothing that was answered is lost."""
import harness
import review_load
from harness import CliTest, plotwatch, scan_arguments
from review_client import Server


class Load(CliTest):
    def test_no_verdict_is_lost_when_the_server_is_killed(self):
        scan = self.folder / "scan"
        self.assert_ok(plotwatch(*scan_arguments(self.district, scan), "--images"))
        server = Server("--scan", scan, "--no-ui")
        try:
            figures = review_load.run(server, scan / "review.gpkg", users=50, rounds=2, kills=1)
        finally:
            server.stop()
        self.assertEqual(figures["judgements"], 100)
        self.assertEqual(figures["lost"], 0)
        self.assertGreater(figures["cut_off"], 0, "the kill was noticed by nobody")


if __name__ == "__main__":
    harness.main()
