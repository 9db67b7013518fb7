#include <iostream>
#include <memory>

#include "app/commands.hpp"
#include "catalogue/catalogue.hpp"

namespace plotwatch::app {

void add_info(CLI::App& program) {
  auto* command =
      program.add_subcommand("info", "What plotwatch understands of a scene: bands, roles, dates, masks, grid");
  auto path = std::make_shared<std::string>();
  auto json = std::make_shared<bool>(false);
  command->add_option("SCENE", *path, "File, product folder, MTL, SAFE, STAC item or /vsi path")->required();
  command->add_flag("--json", *json, "As JSON");
  command->callback([path, json] {
    catalogue::SceneRequest request;
    request.path = *path;
    const Scene scene = catalogue::describe(request);
    std::cout << (*json ? catalogue::to_json(scene) : catalogue::to_text(scene));
  });
}

}  // namespace plotwatch::app
