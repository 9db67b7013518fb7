// What GDAL says while an object of this class lives. Private to io: the message that GDAL attaches to a failure is
// the best explanation a user can get, and warnings of one operation must not be taken for those of another.
#pragma once

#include <string>

#include <cpl_error.h>

namespace plotwatch::io {

// For one thread, nested objects allowed: the innermost one hears. Nothing reaches the log.
class GdalMessages {
 public:
  GdalMessages();
  ~GdalMessages();
  GdalMessages(const GdalMessages&) = delete;
  GdalMessages& operator=(const GdalMessages&) = delete;

  bool failed() const { return !failure_.empty(); }
  const std::string& failure() const { return failure_; }  // the first one; empty when there was none
  const std::string& warning() const { return warning_; }  // the first one

  // The first failure, else the first warning, else `otherwise`.
  std::string explanation(const std::string& otherwise) const;

 private:
  static void hear(CPLErr level, CPLErrorNum number, const char* text);
  std::string failure_, warning_;
};

}  // namespace plotwatch::io
