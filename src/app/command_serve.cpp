#include <atomic>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <iostream>
#include <memory>
#include <thread>

#include <fmt/chrono.h>
#include <pthread.h>

#include "app/commands.hpp"
#include "core/error.hpp"
#include "core/log.hpp"
#include "pipeline/record_folder.hpp"
#include "review/review.hpp"

namespace plotwatch::app {
namespace {

struct Flags {
  review::ReviewSettings review;
  review::ListenSettings listen;
  std::string page;
  bool no_page = false;
  std::filesystem::path scan;
};

// The page that was given, else the installed one, else the one of the build tree that this program runs from.
std::string find_page(const Flags& flags) {
  if (flags.no_page) return {};
  if (!flags.page.empty()) return flags.page;
  std::error_code error;
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", error);
  std::vector<std::filesystem::path> places{PLOTWATCH_INSTALLED_UI};
  if (!error) places.insert(places.begin(), program.parent_path() / ".." / PLOTWATCH_BUILT_UI);
  for (const std::filesystem::path& place : places)
    if (std::filesystem::exists(place / "index.html", error)) return place.lexically_normal().string();
  log::warning("no page is installed: the server answers with its API alone (--ui names a built page)");
  return {};
}

// Signals are taken by one thread, so that the server stops like any other caller stops it.
class StopOnSignal {
 public:
  StopOnSignal() {
    sigemptyset(&signals_);
    for (const int signal : {SIGINT, SIGTERM}) sigaddset(&signals_, signal);
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);  // before any thread is started
  }
  template <class Stop>
  void wait(Stop stop) {
    thread_ = std::thread([this, stop] {
      int signal = 0;
      sigwait(&signals_, &signal);
      if (!ended_) stop();
    });
  }
  ~StopOnSignal() {
    if (!thread_.joinable()) return;
    ended_ = true;
    pthread_kill(thread_.native_handle(), SIGTERM);  // where the server ended by itself
    thread_.join();
  }

 private:
  sigset_t signals_{};
  std::atomic<bool> ended_ = false;
  std::thread thread_;
};

std::string host_in_url(const std::string& address) {
  if (address == "0.0.0.0" || address == "::") return "localhost";
  return address.find(':') == std::string::npos ? address : "[" + address + "]";
}

std::string now_utc() {
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::chrono::system_clock::to_time_t(now)));
}

void serve(Flags flags) {
  StopOnSignal signals;
  if (!flags.scan.empty()) flags.review.ledger = pipeline::ledger_beside_scan(flags.scan, {now_utc(), "scan"});
  flags.review.page = find_page(flags);
  review::Review server(flags.review, flags.listen);
  const std::string url = "http://" + host_in_url(flags.listen.address) + ":" + std::to_string(server.port());
  log::info("serving {} at {}", flags.review.ledger, url);
  if (!server.setup_path().empty()) {
    log::info("set up the first administrator, once, at {}{}", url, server.setup_path());
    if (flags.listen.address != "127.0.0.1" && flags.listen.address != "::1")
      log::warning(
          "other machines reach this address without encryption: put a proxy with TLS in front "
          "(configs/nginx-review.conf)");
  }
  std::cout << url << std::endl;  // for scripts: it answers from here on
  signals.wait([&] { server.stop(); });
  server.run();
  log::info("stopped");
}

}  // namespace

void add_serve(CLI::App& program) {
  auto* command = program.add_subcommand("serve", "The review page of a ledger, for browsers in the office network");
  auto f = std::make_shared<Flags>();
  auto* ledger = command->add_option("--ledger", f->review.ledger, "Ledger: a path, or a postgresql:// URL");
  auto* scan = command->add_option("--scan", f->scan, "Folder of one finished scan: makes a ledger in it, review.gpkg")
                   ->check(CLI::ExistingDirectory);
  ledger->excludes(scan);
  command
      ->add_option("--address", f->listen.address, "Address to listen on; others than this machine need TLS in front")
      ->capture_default_str();
  command->add_option("--port", f->listen.port, "Port; 0: any that is free")
      ->check(CLI::Range(0, 65535))
      ->capture_default_str();
  command->add_option("--ui", f->page, "Folder of the built page; else the one that comes with plotwatch")
      ->check(CLI::ExistingDirectory);
  command->add_flag("--no-ui", f->no_page, "Only the API");
  command->add_option("--budget", f->review.budget, "Visits that can be made; shown beside the queue")
      ->check(CLI::NonNegativeNumber);
  command->add_option("--language", f->review.language, "zh or en; else as the browser asks")
      ->check(CLI::IsMember({"zh", "en"}));
  command->add_option("--workers", f->listen.workers, "Requests that are worked on at one time")
      ->check(CLI::Range(1, 256))
      ->capture_default_str();
  command->add_option("--proxy", f->review.proxies,
                      "Address of a proxy whose X-Forwarded-For and X-Forwarded-Proto are believed; may be repeated");
  command->add_option(
      "--login-header", f->review.login_header,
      "Header in which the proxy names who has logged in there, for example X-Remote-User; off by default");
  command->add_flag("--set-up", f->review.set_up_again,
                    "Print a one-time link for another administrator, when nobody can log in any more");
  command->footer(
      "The first start prints a one-time link that makes the first administrator. Ctrl-C or SIGTERM stops the server "
      "after\n"
      "the answers that are on their way. docs/review-server.md tells how to install it, with TLS and backups.\n\n"
      "Examples\n"
      "  plotwatch serve --ledger district.gpkg --port 8080\n"
      "  plotwatch serve --scan out/taizhou      # one scan, made with --images");
  command->callback([f] {
    if (f->review.ledger.empty() && f->scan.empty())
      throw Error(ExitCode::usage, "nothing is named that could be served", "serve",
                  "Name a ledger with --ledger, or the folder of a scan with --scan.");
    serve(*f);
  });
}

}  // namespace plotwatch::app
