// The parts of the page, in the order they appear. Each is a <section> of markup.
#pragma once

#include <cstdint>
#include <vector>

#include "model/scan.hpp"
#include "report/html.hpp"
#include "report/report.hpp"

namespace plotwatch::report {

using Chips = std::vector<std::vector<std::uint8_t>>;

Html overview_section(const ScanResult& scan);  // what was compared, what came out
Html ranking_section(const ScanResult& scan, const Chips& chips, const ReportOptions& options);  // the first candidates
Html candidate_section(const ScanResult& scan, const Chips& chips);  // a card for each candidate with a picture
Html plot_section(const ScanResult& scan);                           // what was seen of every plot
Html limits_section(const ScanResult& scan);                         // what was not seen, and why; register findings
Html registration_section(const ScanResult& scan);
Html reading_section(const ScanResult& scan);  // how scores are to be read

// Small parts that several sections share.
Html severity_badge(Severity severity);
Html seen_words(const Candidate& candidate);  // what seems to have happened
Html status_words(const std::string& code);

}  // namespace plotwatch::report
