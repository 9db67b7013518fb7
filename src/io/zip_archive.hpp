// ZIP archives as lists of files, through libzip.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace plotwatch::io {

struct ZipEntry {
  std::string name;            // UTF-8, with its folders; as stored when marked UTF-8, else decoded as GB18030
  bool name_was_utf8 = false;  // marked so, or plain ASCII
  std::string bytes;
};

struct ZipLimits {
  std::size_t entries = 4096;
  std::uint64_t bytes = std::uint64_t{512} << 20;  // of all files, unpacked
};

// Every file of the archive (folders are left out), in the archive's order, checksums verified. Names that lead out of
// the archive ("../", "/") are refused. `where` names the archive in messages.
// Throws Error(input): no ZIP, truncated, encrypted, damaged, more than the limits.
std::vector<ZipEntry> read_zip(std::string_view archive, const std::string& where, const ZipLimits& limits = {});

// An archive with these files in this order, names in UTF-8; the same entries give the same bytes.
std::string make_zip(const std::vector<ZipEntry>& entries);

}  // namespace plotwatch::io
