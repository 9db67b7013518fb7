// Private to catalogue: Landsat's MTL file in its three notations.
#pragma once

#include <map>
#include <optional>
#include <string>

namespace plotwatch::catalogue {

// Group -> key -> value. Groups matter: a level-2 file repeats the keys of level 1 in a group of their own.
class LandsatMetadata {
 public:
  // ODL text, JSON or XML, told apart by the first character. Throws Error(input) naming `where`.
  static LandsatMetadata parse(const std::string& text, const std::string& where);

  std::optional<std::string> find(const std::string& group, const std::string& key) const;
  std::optional<double> number(const std::string& group, const std::string& key) const;
  // From the first of the product-level groups that has the key (their names changed between collections).
  std::optional<std::string> product(const std::string& key) const;

  // 0 before the collections began, else 1 or 2.
  int collection() const;
  bool surface_reflectance() const;  // a level-2 product

 private:
  std::map<std::string, std::map<std::string, std::string>> groups_;
};

}  // namespace plotwatch::catalogue
