#include <algorithm>
#include <iostream>
#include <memory>
#include <optional>

#include "app/commands.hpp"
#include "app/progress.hpp"
#include "app/roles.hpp"
#include "core/error.hpp"
#include "pipeline/register_pair.hpp"

namespace plotwatch::app {
namespace {

constexpr const char* footer =
    "The reference stays, and the field says where its ground lies in the target: the ground at reference pixel\n"
    "position (x, y) lies in the target at (x + dx, y + dy), x right, y down. Scenes may differ in resolution, CRS,\n"
    "bit depth and bands; a single band that does not say what it measures is matched by its edges.\n\n"
    "A field is used only where points that it was not fitted to lie better with it. Otherwise the target is left as "
    "it\n"
    "is, with the reason, and the exit code is 0 all the same: look at \"applied\" in the JSON.\n\n"
    "Examples\n"
    "  plotwatch register --reference 2000TM --target 2003TM\n"
    "  plotwatch register --reference LC08_old/ --target LC09_new/ --out aligned.tif --report registration.html\n"
    "  plotwatch register --reference pan.tif --reference-nodata 0 --target S2B_MSIL2A.SAFE --field field.tif --json\n"
    "  plotwatch register --reference a.tif --target b.tif --plots plots.gpkg --json > registration.json";

struct Flags {
  RegisterOptions options;
  std::string reference_roles, target_roles;
  std::optional<int> max_shift;
  bool json = false;
};

void add_scene(CLI::App& command, const std::string& which, SceneOptions& scene, std::string& roles) {
  const std::string flag = "--" + which;
  command.add_option(flag, scene.path, "File, product folder, MTL, SAFE, STAC item or /vsi path")
      ->required()
      ->group("Inputs");
  command.add_option(flag + "-roles", roles, "Band roles where files do not tell, for example red=3,nir=4")
      ->group("Inputs");
  command.add_option(flag + "-mask", scene.mask, "Raster that is 0 where the scene cannot be used")->group("Inputs");
  command.add_option(flag + "-nodata", scene.nodata, "Sample value that means no data")->group("Inputs");
}

void run(Flags flags, bool quiet) {
  flags.options.reference.roles = parse_roles(flags.reference_roles, "--reference-roles");
  flags.options.target.roles = parse_roles(flags.target_roles, "--target-roles");
  if (flags.max_shift) {
    flags.options.registration.max_shift = *flags.max_shift;
    flags.options.max_shift_given = true;
  }
  if (const auto problems = flags.options.registration.problems(); !problems.empty())
    throw Error(ExitCode::config, problems.front(), "plotwatch register", "See plotwatch register --help.");
  RegisterResult result;
  {
    Progress progress(quiet);
    pipeline::Hooks hooks;
    hooks.progress = [&](std::string_view stage, double share) { progress.show(stage, share); };
    result = pipeline::register_pair(flags.options, hooks);
  }
  std::cout << (flags.json ? pipeline::to_json(result) : pipeline::to_text(result));
}

}  // namespace

void add_register(CLI::App& program) {
  auto* command = program.add_subcommand("register", "How one scene lies on another, to hundredths of a pixel");
  command->footer(footer);
  auto flags = std::make_shared<Flags>();
  RegisterOptions& o = flags->options;
  add_scene(*command, "reference", o.reference, flags->reference_roles);
  add_scene(*command, "target", o.target, flags->target_roles);
  command->add_option("--plots", o.plots.path, "Register of plots: says of each how well its ground is known to lie")
      ->group("Inputs");
  command->add_option("-o,--out", o.aligned, "GeoTIFF: the target on the reference's grid, resampled once")
      ->group("Outputs");
  command->add_option("--field", o.field, "GeoTIFF: dx and dy in reference pixels, float32")->group("Outputs");
  command->add_option("--report", o.report, "HTML: tie points as a map, both scenes in turn, checkerboards")
      ->group("Outputs");
  command->add_flag("--json", flags->json, "Everything measured as JSON on standard output")->group("Outputs");
  command
      ->add_option("--max-shift", flags->max_shift,
                   "Pixels to look for a shift; default: a tenth of the common ground, 64 at least")
      ->group("Matching");
  command->add_option("--window", o.registration.window, "Pixels, side of a matching window")
      ->capture_default_str()
      ->group("Matching");
  command->add_option("--workers", o.workers, "Threads; 0: one a core; no effect on the result")->group("Resources");
  command->add_option("--memory", o.memory_mib, "Memory budget, MiB")->capture_default_str()->group("Resources");
  command->callback([flags, &program] { run(*flags, program.count("--quiet") > 0); });
}

}  // namespace plotwatch::app
