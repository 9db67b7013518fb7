#include "io/zip_archive.hpp"

#include <memory>
#include <optional>

#include <fmt/format.h>
#include <zip.h>

#include "core/error.hpp"
#include "io/text_encoding.hpp"

namespace plotwatch::io {
namespace {

struct Discard {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
using Archive = std::unique_ptr<zip_t, Discard>;

struct CloseFile {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};

Error refused(const std::string& what, const std::string& where) {
  return Error(ExitCode::input, what, where, "Pack the files again as a plain ZIP archive without a password.");
}

std::string text_of(zip_error_t& error) {
  std::string text = zip_error_strerror(&error);
  zip_error_fini(&error);
  return text;
}

Archive open(std::string_view bytes, const std::string& where) {
  if (bytes.empty())
    throw refused("cannot be read as a ZIP archive: the file is empty", where);  // libzip would make one
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  if (!source) throw refused("cannot be read as a ZIP archive: " + text_of(error), where);
  zip_t* archive = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error);
  if (!archive) {
    zip_source_free(source);
    throw refused("cannot be read as a ZIP archive: " + text_of(error), where);
  }
  zip_error_fini(&error);
  return Archive(archive);
}

// Chinese tools write names in GBK without saying so.
ZipEntry named(zip_t* archive, zip_uint64_t index, const std::string& where) {
  const char* raw = zip_get_name(archive, index, ZIP_FL_ENC_RAW);
  if (!raw) throw refused(fmt::format("the name of file {} cannot be read", index + 1), where);
  const std::string_view name(raw);
  ZipEntry entry;
  entry.name_was_utf8 = is_utf8(name);
  if (entry.name_was_utf8) {
    entry.name = name;
  } else if (std::optional<std::string> decoded = utf8_from_gb18030(name)) {
    entry.name = std::move(*decoded);
  } else {
    throw refused(fmt::format("the name of file {} is neither UTF-8 nor GB18030", index + 1), where);
  }
  for (char& c : entry.name)
    if (c == '\\') c = '/';
  const std::string padded = "/" + entry.name + "/";
  if (entry.name.empty() || entry.name.front() == '/' || padded.find("/../") != std::string::npos)
    throw refused(fmt::format("file {} has a name that leads out of the archive", index + 1), where);
  return entry;
}

std::string contents(zip_t* archive, zip_uint64_t index, const std::string& name, std::uint64_t room,
                     const std::string& where) {
  const std::unique_ptr<zip_file_t, CloseFile> file(zip_fopen_index(archive, index, 0));
  if (!file) throw refused(fmt::format("\"{}\" cannot be unpacked: {}", name, zip_strerror(archive)), where);
  // The size that the directory states is a claim; what comes out counts.
  std::string bytes;
  constexpr std::size_t piece = std::size_t{1} << 16;
  for (;;) {
    const std::size_t at = bytes.size();
    bytes.resize(at + piece);
    const zip_int64_t got = zip_fread(file.get(), bytes.data() + at, piece);
    if (got < 0)
      throw refused(fmt::format("\"{}\" is damaged: {}", name, zip_error_strerror(zip_file_get_error(file.get()))),
                    where);
    bytes.resize(at + static_cast<std::size_t>(got));
    if (got == 0) return bytes;
    if (bytes.size() > room)
      throw Error(ExitCode::input, fmt::format("\"{}\" unpacks to more than is allowed", name), where,
                  "A register of plots is far smaller; check where the archive comes from.");
  }
}

}  // namespace

std::vector<ZipEntry> read_zip(std::string_view bytes, const std::string& where, const ZipLimits& limits) {
  const Archive archive = open(bytes, where);
  const zip_int64_t count = zip_get_num_entries(archive.get(), 0);
  if (count > static_cast<zip_int64_t>(limits.entries))
    throw Error(ExitCode::input, fmt::format("the archive holds {} files, more than {}", count, limits.entries), where,
                "Pack only the files of the register.");
  std::vector<ZipEntry> entries;
  std::uint64_t room = limits.bytes;
  for (zip_int64_t i = 0; i < count; ++i) {
    const auto index = static_cast<zip_uint64_t>(i);
    ZipEntry entry = named(archive.get(), index, where);
    if (entry.name.back() == '/') continue;
    entry.bytes = contents(archive.get(), index, entry.name, room, where);
    room -= entry.bytes.size();
    entries.push_back(std::move(entry));
  }
  return entries;
}

std::string make_zip(const std::vector<ZipEntry>& entries) {
  // The end record of an archive without files, which libzip does not write.
  if (entries.empty()) return std::string("PK\5\6", 4) + std::string(18, '\0');
  zip_error_t error;
  zip_error_init(&error);
  const auto fail = [](const std::string& why) {
    return Error(ExitCode::internal, "a ZIP archive cannot be made: " + why, "", "Please report this.");
  };
  zip_source_t* memory = zip_source_buffer_create(nullptr, 0, 0, &error);
  if (!memory) throw fail(text_of(error));
  zip_source_keep(memory);  // outlives the archive, to be read
  const std::unique_ptr<zip_source_t, decltype(&zip_source_free)> kept(memory, &zip_source_free);
  Archive archive(zip_open_from_source(memory, ZIP_TRUNCATE, &error));
  if (!archive) throw fail(text_of(error));
  for (const ZipEntry& entry : entries) {
    zip_source_t* source = zip_source_buffer(archive.get(), entry.bytes.data(), entry.bytes.size(), 0);
    if (!source) throw fail(zip_strerror(archive.get()));
    const zip_int64_t index = zip_file_add(archive.get(), entry.name.c_str(), source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
      zip_source_free(source);
      throw fail(zip_strerror(archive.get()));
    }
    const auto at = static_cast<zip_uint64_t>(index);
    // 1980-01-01, the first moment that the format knows, whenever and wherever the archive is made.
    zip_file_set_dostime(archive.get(), at, 0, (0 << 9) | (1 << 5) | 1, 0);
    zip_set_file_compression(archive.get(), at, ZIP_CM_DEFLATE, 6);
  }
  if (zip_close(archive.get()) != 0) throw fail(zip_strerror(archive.get()));
  static_cast<void>(archive.release());  // closed
  if (zip_source_open(memory) != 0) throw fail("it cannot be read back");
  zip_source_seek(memory, 0, SEEK_END);
  const zip_int64_t size = zip_source_tell(memory);
  zip_source_seek(memory, 0, SEEK_SET);
  std::string bytes(static_cast<std::size_t>(std::max<zip_int64_t>(size, 0)), '\0');
  const zip_int64_t got = zip_source_read(memory, bytes.data(), bytes.size());
  zip_source_close(memory);
  if (got != size) throw fail("it cannot be read back");
  return bytes;
}

}  // namespace plotwatch::io
