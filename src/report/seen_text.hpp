// What was seen of a candidate, in words and as text of one cell.
#pragma once

#include <string>
#include <string_view>

#include "model/candidate.hpp"

namespace plotwatch::report {

// "清表或开挖（植被→裸地）"; the transition alone where the stage is unclear, the stage alone where the transition says
// nothing of its own.
std::string seen_zh(const Candidate& candidate);
std::string seen_en(const Candidate& candidate);  // "clearing (vegetation->bare)"

// "blue=0.0812 green=0.1034", five digits; back again words that are no band are left out.
std::string spectrum_text(const GroundSeen& ground);
void read_spectrum(std::string_view text, GroundSeen& ground);

// "vegetation=0.92 bare=0.08": shares of at least a hundredth.
std::string cover_text(const GroundSeen& ground);
void read_cover(std::string_view text, GroundSeen& ground);

// "ndvi 0.58 → 0.05; ndbi 0.12 → 0.06; brightness 0.2 → 1.9": what both dates have; empty where nothing was kept.
std::string evidence_text(const Candidate& candidate);

std::string_view index_zh(GroundIndex index);  // "植被指数 NDVI"

}  // namespace plotwatch::report
