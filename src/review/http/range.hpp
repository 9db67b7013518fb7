// The Range header of RFC 9110, section 14, as far as a viewer of rasters uses it: one range of bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace plotwatch::review {

struct ByteRange {
  std::uint64_t offset = 0, length = 0;
  bool operator==(const ByteRange&) const = default;
};

enum class RangeKind {
  whole,   // none asked for, or nothing that is understood (several ranges, other units): send all of it, status 200
  part,    // 206
  outside  // 416
};

struct RangeAnswer {
  RangeKind kind = RangeKind::whole;
  ByteRange range;
  bool operator==(const RangeAnswer&) const = default;
};

// `header`: "bytes=0-99", "bytes=100-", "bytes=-100", or empty. `size` of the file in bytes. Several ranges are
// answered with the whole file, as the standard allows: overlapping ranges would let one short request ask for any
// amount of work.
RangeAnswer parse_range(std::string_view header, std::uint64_t size);

}  // namespace plotwatch::review
