#include "io/gdal_messages.hpp"

namespace plotwatch::io {

GdalMessages::GdalMessages() { CPLPushErrorHandlerEx(&GdalMessages::hear, this); }

GdalMessages::~GdalMessages() {
  CPLPopErrorHandler();
  CPLErrorReset();
}

void GdalMessages::hear(CPLErr level, CPLErrorNum, const char* text) {
  auto& self = *static_cast<GdalMessages*>(CPLGetErrorHandlerUserData());
  const std::string said = text && *text ? text : "unknown error";
  if (level >= CE_Failure && self.failure_.empty()) self.failure_ = said;
  if (level == CE_Warning && self.warning_.empty()) self.warning_ = said;
}

std::string GdalMessages::explanation(const std::string& otherwise) const {
  if (!failure_.empty()) return failure_;
  return warning_.empty() ? otherwise : warning_;
}

}  // namespace plotwatch::io
