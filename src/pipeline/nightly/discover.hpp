// Which scenes lie where scenes arrive, and whether each is all there.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/utc_time.hpp"
#include "model/nightly.hpp"
#include "pipeline/nightly/archive.hpp"

namespace plotwatch::pipeline::nightly {

struct Arrival {
  std::string id;                    // of a STAC item its id, else the name of the product's folder or file
  std::string path;                  // as the catalogue takes it
  std::string place;                 // name of the source
  std::string fingerprint;           // SHA-256 of names, sizes and times of its files
  UtcTime changed;                   // the newest of these times
  std::vector<std::string> files;    // those at hand, sorted
  std::vector<std::string> missing;  // that its metadata name and that are not there
};

struct Discovered {
  std::vector<Arrival> arrivals;      // by id; the same id in two places: the first place's
  std::vector<std::string> problems;  // a place that cannot be listed, JSON that cannot be read
};

// A place is
//   a folder: every product in it, three levels deep (SAFE, Landsat folder, STAC item, folder of single bands, file);
//   a pattern with * ? [] : each match is a product or a folder of such;
//   a STAC item, or an item collection as an API search gives it: its items are written to the archive's items/ with
//   whole addresses (unless `write` is false: then those that are not there yet are left out).
Discovered discover(const SourceOptions& sources, const Archive& archive, bool write);

// Why an arrival is not to be read yet; empty when it is. `known`: the fingerprint that an earlier night saw, which
// tells that nothing changes any more where the clock or the files' times cannot.
std::string still_arriving(const Arrival& arrival, const std::optional<std::string>& known, UtcTime now,
                           int settle_minutes);

// Of the contents of its files, read once; of its fingerprint where they are remote (/vsi…).
std::string content_hash(const Arrival& arrival);

}  // namespace plotwatch::pipeline::nightly
