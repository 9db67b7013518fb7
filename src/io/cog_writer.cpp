#include "io/cog_writer.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cpl_string.h>
#include <fmt/format.h>
#include <ogr_spatialref.h>

#include "core/error.hpp"
#include "io/atomic_file.hpp"
#include "io/gdal_dataset.hpp"
#include "io/pyramid.hpp"
#include "io/raster.hpp"

namespace plotwatch::io {
namespace fs = std::filesystem;
namespace {

constexpr int block = 512;

// Scores are close to noise: ZSTD 1 makes them as small as DEFLATE 6 does, in a tenth of the time.
void set_compression(CPLStringList& options, CogCompression compression) {
  const bool zstd = compression == CogCompression::zstd;
  options.SetNameValue("COMPRESS", zstd ? "ZSTD" : "DEFLATE");
  options.SetNameValue("LEVEL", zstd ? "1" : "6");
}

Error unwritable(const fs::path& path, const std::string& why) {
  return Error(ExitCode::output, fmt::format("cannot be written: {}", why), path.string(),
               "Check free disk space and write permission.");
}

// Rows as they come, uncompressed, in an unlinked file beside the target: on the same disk, gone with the process.
class RowFile {
 public:
  RowFile(const fs::path& target, std::size_t bytes) : target_(target), bytes_(bytes) {
    const fs::path folder = target.has_parent_path() ? target.parent_path() : fs::path(".");
    std::string name = (folder / ".rows-XXXXXX").string();
    fd_ = ::mkostemp(name.data(), O_CLOEXEC);
    if (fd_ < 0) throw unwritable(target_, std::strerror(errno));
    ::unlink(name.c_str());
  }
  ~RowFile() {
    if (mapped_ != MAP_FAILED) ::munmap(mapped_, bytes_);
    ::close(fd_);
  }
  RowFile(const RowFile&) = delete;
  RowFile& operator=(const RowFile&) = delete;

  void append(const std::uint8_t* row, std::size_t bytes) {
    while (bytes > 0) {
      const ssize_t written = ::write(fd_, row, bytes);
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) throw unwritable(target_, std::strerror(errno));
      row += written;
      bytes -= static_cast<std::size_t>(written);
    }
  }

  void* map() {
    mapped_ = ::mmap(nullptr, bytes_, PROT_READ, MAP_SHARED, fd_, 0);
    if (mapped_ == MAP_FAILED) throw unwritable(target_, std::strerror(errno));
    return mapped_;
  }

  // Gives memory that holds pages of the file back to the system, which reads them again when they are asked for.
  void let_go() const { ::madvise(mapped_, bytes_, MADV_DONTNEED); }

 private:
  fs::path target_;
  std::size_t bytes_;
  int fd_ = -1;
  void* mapped_ = MAP_FAILED;
};

// GDAL tells of its progress after every few rows of blocks: what was compressed need not stay.
int give_back_rows(double, const char*, void* rows) {
  static_cast<const RowFile*>(rows)->let_go();
  return TRUE;
}

void set_categories(GDALRasterBand& band, const CogBand& info) {
  if (info.categories.empty()) return;
  GDALColorTable colours(GPI_RGB);
  for (int i = 0; i < 256; ++i) {
    const GDALColorEntry clear{0, 0, 0, 0};
    colours.SetColorEntry(i, &clear);
  }
  for (const CogBand::Category& c : info.categories) {
    const GDALColorEntry entry{c.r, c.g, c.b, 255};
    colours.SetColorEntry(c.value, &entry);
    // GeoTIFF keeps category names only in a side-car file; as band metadata they stay inside.
    band.SetMetadataItem(fmt::format("CATEGORY_{}", int{c.value}).c_str(), c.label.c_str());
  }
  band.SetColorTable(&colours);
  band.SetColorInterpretation(GCI_PaletteIndex);
}

GDALColorInterp interpretation(CogBand::Colour colour) {
  switch (colour) {
    case CogBand::Colour::red: return GCI_RedBand;
    case CogBand::Colour::green: return GCI_GreenBand;
    case CogBand::Colour::blue: return GCI_BlueBand;
    case CogBand::Colour::none: break;
  }
  return GCI_Undefined;
}

void describe_band(GDALRasterBand& band, const CogBand& info) {
  band.SetDescription(info.description.c_str());
  band.SetNoDataValue(info.nodata);
  if (info.scale != 1 || info.offset != 0) {
    band.SetScale(info.scale);
    band.SetOffset(info.offset);
  }
  if (!info.unit.empty()) band.SetUnitType(info.unit.c_str());
  if (info.colour != CogBand::Colour::none) band.SetColorInterpretation(interpretation(info.colour));
  set_categories(band, info);
}

// The samples of one band in the row file: line after line, in each line band after band.
kernels::View<const std::uint8_t> band_of(const void* samples, const Grid& grid, std::size_t bands, std::size_t b) {
  const auto width = static_cast<std::size_t>(grid.width);
  return {static_cast<const std::uint8_t*>(samples) + b * width, grid.width, grid.height,
          static_cast<std::ptrdiff_t>(bands * width)};
}

// A dataset over the mapped rows: nothing is copied.
Dataset over_memory(void* samples, const Grid& grid, const std::vector<CogBand>& bands, const fs::path& path) {
  Dataset dataset(
      GetGDALDriverManager()->GetDriverByName("MEM")->Create("", grid.width, grid.height, 0, GDT_Byte, nullptr));
  if (!dataset) throw unwritable(path, "no memory dataset");
  for (std::size_t b = 0; b < bands.size(); ++b) {
    const auto view = band_of(samples, grid, bands.size(), b);
    char pointer[32] = {};
    CPLPrintPointer(pointer, const_cast<std::uint8_t*>(view.data), sizeof pointer);
    CPLStringList options;
    options.SetNameValue("DATAPOINTER", pointer);
    options.SetNameValue("PIXELOFFSET", "1");
    options.SetNameValue("LINEOFFSET", std::to_string(view.stride).c_str());
    if (dataset->AddBand(GDT_Byte, options.List()) != CE_None) throw unwritable(path, "no memory dataset");
    describe_band(*dataset->GetRasterBand(static_cast<int>(b) + 1), bands[b]);
  }
  double transform[6] = {grid.left, grid.pixel_width, 0, grid.top, 0, -grid.pixel_height};
  dataset->SetGeoTransform(transform);
  OGRSpatialReference reference;
  reference.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  if (!grid.crs.empty() && reference.SetFromUserInput(grid.crs.wkt.c_str()) == OGRERR_NONE)
    dataset->SetSpatialRef(&reference);
  return dataset;
}

void fill_overviews(GDALRasterBand& band, kernels::View<const std::uint8_t> finer, const CogBand& info, int levels,
                    const fs::path& path) {
  const Halving how = info.categorical ? Halving::mode : Halving::average;
  std::vector<std::uint8_t> level, coarser;
  for (int i = 0; i < levels; ++i) {
    coarser = halve(finer, info.nodata, how);
    const int width = (finer.width + 1) / 2, height = (finer.height + 1) / 2;
    GDALRasterBand* overview = band.GetOverview(i);
    if (overview == nullptr || overview->GetXSize() != width || overview->GetYSize() != height ||
        overview->RasterIO(GF_Write, 0, 0, width, height, coarser.data(), width, height, GDT_Byte, 0, 0, nullptr) !=
            CE_None)
      throw unwritable(path, "overviews cannot be stored");
    level = std::move(coarser);
    finer = {level.data(), width, height, width};
  }
}

// Overviews of our own making: GDAL's take several times as long as all the rest of the file.
void add_overviews(GDALDataset& dataset, const void* samples, const Grid& grid, const std::vector<CogBand>& bands,
                   const fs::path& path) {
  std::vector<int> factors;
  for (int f = 2; (std::max(grid.width, grid.height) - 1) / (f / 2) + 1 > block; f *= 2) factors.push_back(f);
  if (factors.empty()) return;
  const int levels = static_cast<int>(factors.size());
  if (dataset.BuildOverviews("NONE", levels, factors.data(), 0, nullptr, nullptr, nullptr) != CE_None)
    throw unwritable(path, "no room for overviews");
  for (std::size_t b = 0; b < bands.size(); ++b)
    fill_overviews(*dataset.GetRasterBand(static_cast<int>(b) + 1), band_of(samples, grid, bands.size(), b), bands[b],
                   levels, path);
}

}  // namespace

struct CogWriter::Impl {
  fs::path path;
  Grid grid;
  std::vector<CogBand> bands;
  CogCompression compression;
  RowFile rows;
  int next_row = 0;

  Impl(const std::string& target, const Grid& g, std::vector<CogBand> b, CogCompression c)
      : path(target),
        grid(g),
        bands(std::move(b)),
        compression(c),
        rows(path, bands.size() * static_cast<std::size_t>(g.width) * static_cast<std::size_t>(g.height)) {}
};

CogWriter::CogWriter(const std::string& path, const Grid& grid, const CogBand& band)
    : CogWriter(path, grid, std::vector<CogBand>{band}, CogCompression::zstd) {}

CogWriter::CogWriter(const std::string& path, const Grid& grid, std::vector<CogBand> bands,
                     CogCompression compression) {
  start_gdal();
  if (grid.width <= 0 || grid.height <= 0 || bands.empty())
    throw Error(ExitCode::internal, "a raster without pixels was to be written", path, "");
  impl_ = std::make_unique<Impl>(path, grid, std::move(bands), compression);
}

CogWriter::~CogWriter() = default;

void CogWriter::write_rows(kernels::View<const std::uint8_t> rows) {
  write_rows(kernels::Planes<const std::uint8_t>{rows.data, rows.width, rows.height, 1, rows.stride, 0});
}

void CogWriter::write_rows(kernels::Planes<const std::uint8_t> rows) {
  Impl& w = *impl_;
  if (rows.width != w.grid.width || rows.height < 0 || w.next_row + rows.height > w.grid.height ||
      static_cast<std::size_t>(rows.bands) != w.bands.size())
    throw Error(
        ExitCode::internal,
        fmt::format("rows {}..{} of {} pixels and {} bands do not fit a raster of {} x {} and {}", w.next_row,
                    w.next_row + rows.height, rows.width, rows.bands, w.grid.width, w.grid.height, w.bands.size()),
        w.path.string(), "");
  const auto width = static_cast<std::size_t>(rows.width);
  if (rows.bands == 1 && rows.stride == rows.width)
    w.rows.append(rows.data, width * static_cast<std::size_t>(rows.height));
  else
    for (int y = 0; y < rows.height; ++y)
      for (int b = 0; b < rows.bands; ++b) w.rows.append(rows.band(b).row(y), width);
  w.next_row += rows.height;
}

void CogWriter::finish(int threads) {
  Impl& w = *impl_;
  if (w.next_row != w.grid.height)
    throw Error(ExitCode::internal, fmt::format("{} of {} rows were written", w.next_row, w.grid.height),
                w.path.string(), "");
  const GdalMessages messages;
  void* samples = w.rows.map();
  const Dataset source = over_memory(samples, w.grid, w.bands, w.path);
  add_overviews(*source, samples, w.grid, w.bands, w.path);
  w.rows.let_go();

  CPLStringList options;
  set_compression(options, w.compression);
  options.SetNameValue("BLOCKSIZE", std::to_string(block).c_str());
  options.SetNameValue("OVERVIEWS", "FORCE_USE_EXISTING");
  options.SetNameValue("NUM_THREADS", std::to_string(std::max(threads, 1)).c_str());
  options.SetNameValue("BIGTIFF", "IF_SAFER");
  AtomicFile file(w.path);
  {
    GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("COG");
    if (driver == nullptr) throw unwritable(w.path, "this GDAL has no COG driver");
    const Dataset written(
        driver->CreateCopy(file.temporary().c_str(), source.get(), TRUE, options.List(), give_back_rows, &w.rows));
    if (!written) throw unwritable(w.path, messages.text());
  }
  if (messages.failed()) throw unwritable(w.path, messages.text());
  file.commit();
}

}  // namespace plotwatch::io
