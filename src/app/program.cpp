#include "app/program.hpp"

#include <malloc.h>
#include <csignal>

#include <exception>
#include <iostream>
#include <new>
#include <string>

#include "app/commands.hpp"
#include "core/error.hpp"
#include "core/log.hpp"
#include "io/raster.hpp"

namespace plotwatch::app {
namespace {

constexpr const char* description =
    "plotwatch compares satellite scenes of two dates over registered land plots and puts out ranked polygons of\n"
    "suspected construction, each with its evidence and the rule it touches. What it finds is a clue: a person on\n"
    "site decides.";

constexpr const char* footer =
    "Examples\n"
    "  plotwatch info 2003TM\n"
    "  plotwatch scan --before 2000TM --after 2003TM --before-date 2000-03-17 --after-date 2003-02-06 \\\n"
    "      --plots plots.gpkg --out out/\n"
    "  plotwatch scan configs/taizhou.toml --out out/ --print-config\n"
    "  plotwatch register --reference 2000TM --target 2003TM --report registration.html\n"
    "  plotwatch plots import 名单.txt --into register.gpkg --date 2026-08-31\n"
    "  plotwatch evaluate out/ --truth truth.tif\n"
    "  plotwatch ledger list daxing.gpkg --open --overdue\n"
    "  plotwatch serve --ledger daxing.gpkg\n\n"
    "Exit codes: 0 done, 1 defect, 2 command line, 3 configuration, 4 input, 5 inputs do not fit together, 6 output,\n"
    "7 memory or device, 8 a check found problems, 9 done but for what was set aside, 10 another night is at work,\n"
    "130 interrupted (go on with --resume).\n"
    "Details: docs/exit-codes.md";

struct LogOptions {
  std::string format = "text";
  bool quiet = false, verbose = false;

  void apply() const {
    log::configure(format == "json" ? log::Format::json : log::Format::text, quiet     ? log::Level::warning
                                                                             : verbose ? log::Level::debug
                                                                                       : log::Level::info);
  }
};

int fail(ExitCode code, const std::string& message) {
  log::error("{}", message);
  return static_cast<int>(code);
}

// Blocks and tiles are large and short-lived. glibc raises its threshold for mapped memory when such are freed, and
// keeps them from then on: a scan's budget would hold for what is in use, not for what the system sees.
void give_large_memory_back() {
#if defined(__GLIBC__)
  ::mallopt(M_MMAP_THRESHOLD, 256 << 10);
#endif
}

}  // namespace

int run(int argc, char** argv) {
  give_large_memory_back();
  // A file that reaches the limit on file sizes fails like a full disk does: with a message, not with a signal.
  std::signal(SIGXFSZ, SIG_IGN);
  CLI::App program(description, "plotwatch");
  program.footer(footer);
  program.set_version_flag("--version", "plotwatch " PLOTWATCH_VERSION);
  program.require_subcommand(1);
  program.fallthrough();
  LogOptions logging;
  program.add_option("--log-format", logging.format, "How messages are written: text or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  program.add_flag("-q,--quiet", logging.quiet, "Only warnings and errors");
  program.add_flag("-v,--verbose", logging.verbose, "More detail");
  // Runs before the callback of any subcommand.
  program.parse_complete_callback([&] {
    logging.apply();
    io::start_gdal();
  });
  add_scan(program);
  add_plan(program);
  add_info(program);
  add_register(program);
  add_devices(program);
  add_evaluate(program);
  add_simulate(program);
  add_plots(program);
  add_rules(program);
  add_explain(program);
  add_export(program);
  add_ledger(program);
  add_nightly(program);
  add_replay(program);
  add_serve(program);
  try {
    program.parse(argc, argv);
    return static_cast<int>(ExitCode::ok);
  } catch (const CLI::RuntimeError& e) {  // the work is done; the code says more
    return e.get_exit_code();
  } catch (const CLI::ParseError& e) {
    const int code = program.exit(e);
    return code == 0 ? 0 : static_cast<int>(ExitCode::usage);
  } catch (const Error& e) {
    return fail(e.code(), e.what());
  } catch (const std::bad_alloc&) {
    return fail(ExitCode::resources, "out of memory\n  Lower --memory, --workers or --tile-size.");
  } catch (const std::exception& e) {
    return fail(ExitCode::internal, std::string("internal error: ") + e.what() +
                                        "\n  This is a defect of plotwatch; please report it with the command line.");
  }
}

}  // namespace plotwatch::app
