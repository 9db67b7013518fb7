// Private to io: GDAL's dataset handle as an owner, and GDAL's messages as values.
#pragma once

#include <memory>
#include <string>

#include <cpl_error.h>
#include <gdal_priv.h>

#include "model/scene.hpp"

namespace plotwatch::io {

struct CloseDataset {
  void operator()(GDALDataset* dataset) const { GDALClose(dataset); }
};
using Dataset = std::unique_ptr<GDALDataset, CloseDataset>;

// Collects what GDAL says on this thread while the object lives; nothing of it reaches the log.
class GdalMessages {
 public:
  GdalMessages();
  ~GdalMessages();
  GdalMessages(const GdalMessages&) = delete;
  GdalMessages& operator=(const GdalMessages&) = delete;

  bool any() const { return worst_ != CE_None; }
  bool failed() const { return worst_ >= CE_Failure; }
  // The first failure, or the first warning where nothing failed; "no reason given" without either.
  std::string text() const;

 private:
  static void CPL_STDCALL collect(CPLErr level, CPLErrorNum, const char* message);
  CPLErr worst_ = CE_None;
  std::string text_;
};

// Opens for reading. Throws Error(input): missing, unreadable, no raster bands.
Dataset open_raster(const std::string& path);

// Throws Error(input) for types that plotwatch does not read (complex and 64-bit integers).
SampleType sample_type(GDALDataType type, const std::string& path);
GDALDataType gdal_type(SampleType type);

// Throws Error(input) when an uncompressed raster's file is shorter than its header says: GDAL reads the missing
// part of an ENVI file as zeros without a word.
void refuse_short_file(GDALDataset& dataset, const std::string& path);

}  // namespace plotwatch::io
