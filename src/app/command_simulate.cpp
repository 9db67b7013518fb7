#include <iostream>
#include <memory>

#include "app/commands.hpp"
#include "app/progress.hpp"
#include "core/date.hpp"
#include "core/error.hpp"
#include "simulate/season.hpp"
#include "simulate/simulate.hpp"

namespace plotwatch::app {
namespace {

Date date_or_throw(const std::string& text, const char* flag) {
  const auto date = parse_date(text);
  if (!date) throw Error(ExitCode::usage, "\"" + text + "\" is not a date", flag, "Write YYYY-MM-DD.");
  return *date;
}

void add_district(CLI::App& simulate) {
  auto* command = simulate.add_subcommand(
      "district", "A district with fields, roads, roofs, water, and construction on some plots");
  struct Flags {
    simulate::DistrictOptions options;
    std::string out, before, after;
  };
  auto f = std::make_shared<Flags>();
  simulate::DistrictOptions& o = f->options;
  f->before = o.before.iso();
  f->after = o.after.iso();
  command->add_option("-o,--out", f->out, "Folder to write into")->required();
  command->add_option("--seed", o.seed, "Another seed, another district")->capture_default_str();
  command->add_option("--width", o.width, "Pixels")->capture_default_str();
  command->add_option("--height", o.height, "Pixels")->capture_default_str();
  command->add_option("--pixel-size", o.pixel_size, "Metres; objects keep their size in metres")->capture_default_str();
  command->add_option("--plots", o.plots, "Number of plots")->capture_default_str();
  command->add_option("--construction-share", o.construction_share, "Share of plots on which construction starts")
      ->capture_default_str();
  command->add_option("--cloud-share", o.cloud_share, "Share of the later scene under cloud")->capture_default_str();
  command->add_option("--haze", o.haze, "0 to 1")->capture_default_str();
  command->add_option("--noise", o.noise, "Sensor noise, standard deviation in reflectance")->capture_default_str();
  command->add_option("--season-change", o.season_change, "How far fields differ between the dates, 0 to 1")
      ->capture_default_str();
  command->add_option("--shift-x", o.shift_x, "Misregistration of the later scene, pixels")->capture_default_str();
  command->add_option("--shift-y", o.shift_y, "Pixels")->capture_default_str();
  command->add_option("--distortion", o.distortion_px, "Amplitude of a smooth local distortion, pixels")
      ->capture_default_str();
  command->add_option("--bands", o.bands, "3: RGB; 4: with NIR; 6: with SWIR")->capture_default_str();
  command->add_option("--supersample", o.supersample, "Ground samples a pixel side; 1 draws large scenes fast")
      ->capture_default_str();
  command->add_option("--before-date", f->before, "YYYY-MM-DD")->capture_default_str();
  command->add_option("--after-date", f->after, "YYYY-MM-DD")->capture_default_str();
  command->callback([f] {
    f->options.before = date_or_throw(f->before, "--before-date");
    f->options.after = date_or_throw(f->after, "--after-date");
    simulate::write_district(f->out, f->options);
    std::cout << "district: " << f->out << "\n";
  });
}

void add_implants(CLI::App& simulate) {
  auto* command = simulate.add_subcommand("implants", "Construction with known truth, put into a real scene");
  struct Flags {
    simulate::ImplantOptions options;
    std::string out, plots;
  };
  auto f = std::make_shared<Flags>();
  simulate::ImplantOptions& o = f->options;
  command->add_option("--scene", o.scene, "Real scene, one file with several bands")->required();
  command->add_option("-o,--out", f->out, "Folder to write into")->required();
  command->add_option("--plots", f->plots, "Register; implants go onto its plots");
  command->add_option("--seed", o.seed, "Another seed, other implants")->capture_default_str();
  command->add_option("--count", o.count, "Number of implants")->capture_default_str();
  command->add_option("--shift-x", o.shift_x, "Misregistration of the later scene, pixels")->capture_default_str();
  command->add_option("--shift-y", o.shift_y, "Pixels")->capture_default_str();
  command->add_option("--noise", o.noise, "Noise, in standard deviations of each band")->capture_default_str();
  command->callback([f] {
    if (!f->plots.empty()) f->options.plots = f->plots;
    simulate::write_implants(f->out, f->options);
    std::cout << "implants: " << f->out << "\n";
  });
}

void add_season(CLI::App& simulate, CLI::App& program) {
  auto* command = simulate.add_subcommand(
      "season", "Years of scenes of one district, one every few days, with construction that starts on known dates");
  struct Flags {
    simulate::SeasonOptions options;
    std::string out, from, until;
    int scenes = 0;
  };
  auto f = std::make_shared<Flags>();
  simulate::SeasonOptions& o = f->options;
  f->from = o.from.iso();
  command->add_option("-o,--out", f->out, "Folder to write into; the same season begun there is carried on")
      ->required();
  command->add_option("--seed", o.seed, "Another seed, another district and history")->capture_default_str();
  command->add_option("--width", o.width, "Pixels")->capture_default_str();
  command->add_option("--height", o.height, "Pixels")->capture_default_str();
  command->add_option("--pixel-size", o.pixel_size, "Metres; objects keep their size in metres")->capture_default_str();
  command->add_option("--bands", o.bands, "3: RGB; 4: with NIR; 6: with SWIR")->capture_default_str();
  command->add_option("--supersample", o.supersample, "Ground samples a pixel side")->capture_default_str();
  command->add_option("--from", f->from, "Day of the first scene, YYYY-MM-DD")->capture_default_str();
  command->add_option("--days", o.days, "Length of the whole history")->capture_default_str();
  command->add_option("--interval", o.interval, "Days between scenes")->capture_default_str();
  command->add_option("--until", f->until, "Write the scenes until this day only, YYYY-MM-DD");
  auto* scenes = command->add_option("--scenes", f->scenes, "Write this many scenes at the most");
  command->add_option("--plots", o.plots, "Number of plots")->capture_default_str();
  command->add_option("--site-share", o.site_share, "Share of plots on which something is built, dug or pulled down")
      ->capture_default_str();
  command->add_option("--permitted-share", o.permitted_share, "Share of what is built that has a permit")
      ->capture_default_str();
  command
      ->add_option(
          "--event-share", o.event_share,
          "Share of the other fields and vacant plots with a change that is no construction: fallow, film, water")
      ->capture_default_str();
  command->add_option("--cloud-share", o.cloud_share, "Mean share of ground under cloud")->capture_default_str();
  command->add_option("--noise", o.noise, "Sensor noise, standard deviation in reflectance")->capture_default_str();
  command->add_option("--shift", o.shift_px, "Misregistration of a scene, standard deviation, pixels")
      ->capture_default_str();
  command->callback([f, scenes, &program] {
    f->options.from = date_or_throw(f->from, "--from");
    if (!f->until.empty()) f->options.until = date_or_throw(f->until, "--until");
    if (scenes->count() > 0) f->options.scenes = f->scenes;
    Progress progress(program.count("--quiet") > 0);
    simulate::write_season(f->out, f->options, [&progress](int written, int all) {
      progress.show("scenes", static_cast<double>(written) / all);
    });
    std::cout << "season: " << f->out << "\n";
  });
}

}  // namespace

void add_simulate(CLI::App& program) {
  auto* command = program.add_subcommand("simulate", "Scenes with known truth, for trials and benchmarks");
  command->require_subcommand(1);
  add_district(*command);
  add_season(*command, program);
  add_implants(*command);
}

}  // namespace plotwatch::app
