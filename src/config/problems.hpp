// Collects what is wrong with a file, so that a user hears of everything at once.
#pragma once

#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace plotwatch::config {

class Problems {
 public:
  static constexpr unsigned no_line = std::numeric_limits<unsigned>::max();

  // where: "file.toml:12", "--flag", or empty. line: of the file, where there is one.
  void add(const std::string& where, const std::string& what, unsigned line = no_line);
  bool empty() const { return entries_.empty(); }

  // Throws one Error(config) with all of them when there are any: by line first, then in the order they were found.
  void throw_if_any(const std::string& subject, const std::string& advice) const;

 private:
  std::vector<std::pair<unsigned, std::string>> entries_;
};

// ", did you mean 'x'?" where a known word is near enough, else nothing.
std::string did_you_mean(const std::string& word, const std::vector<std::string>& known);

}  // namespace plotwatch::config
