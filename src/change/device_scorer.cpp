#include "change/device_scorer.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "change/device_lane.hpp"
#include "core/error.hpp"
#include "kernels/device/device.hpp"

namespace plotwatch::change {
namespace {

using kernels::DeviceError;

constexpr int smallest_part = 8;  // rows of a core; below this the halo is all that is left

}  // namespace

// A lane for as long as a tile needs it.
class DeviceScorer::Use {
 public:
  Use(DeviceScorer& scorer, const PairSource& source, const PixelWindow& core)
      : scorer_(scorer), lane_(scorer.take_lane(source, core)) {}
  Use(const Use&) = delete;
  Use& operator=(const Use&) = delete;
  ~Use() {
    if (lane_) scorer_.give_back(std::move(lane_));
  }
  DeviceLane& lane() { return *lane_; }

  // Gives the lane up for good, with its memory, unless it is the only one.
  bool retire() {
    const std::lock_guard lock(scorer_.mutex_);
    if (scorer_.made_ < 2) return false;
    lane_.reset();
    scorer_.most_lanes_ = --scorer_.made_;
    return true;
  }

 private:
  DeviceScorer& scorer_;
  std::unique_ptr<DeviceLane> lane_;
};

DeviceScorer::DeviceScorer(const ChangeModel& model, const DeviceScorerOptions& options)
    : model_(model), options_(options), most_lanes_(std::max(1, options.lanes)) {
  idle_.push_back(std::make_unique<DeviceLane>(kernels::make_queue(options.backend, options.device)));
  made_ = 1;
}

DeviceScorer::~DeviceScorer() = default;

std::size_t DeviceScorer::parts_for_want_of_memory() const {
  const std::lock_guard lock(mutex_);
  return parts_;
}

int DeviceScorer::lanes() const {
  const std::lock_guard lock(mutex_);
  return made_;
}

// A lane is made only where its first tile fits beside those that are there; from then on tiles wait for one of them.
std::unique_ptr<DeviceLane> DeviceScorer::take_lane(const PairSource& source, const PixelWindow& core) {
  std::unique_lock lock(mutex_);
  const std::size_t bytes = device_bytes(model_, source, core, counting_);
  if (bytes > options_.memory)
    throw DeviceError(DeviceError::Kind::out_of_memory, "one tile needs more device memory than the budget allows");
  const auto fitting = static_cast<int>(std::min<std::size_t>(options_.memory / bytes, 1u << 10));
  for (;;) {
    if (!idle_.empty()) {
      auto lane = std::move(idle_.back());
      idle_.pop_back();
      return lane;
    }
    if (made_ < std::min(most_lanes_, fitting)) {
      ++made_;
      lock.unlock();
      try {
        auto lane = std::make_unique<DeviceLane>(kernels::make_queue(options_.backend, options_.device));
        lane->reserve(model_, source, core);
        return lane;
      } catch (const DeviceError& e) {
        lock.lock();
        --made_;
        lane_free_.notify_one();
        if (e.kind() != DeviceError::Kind::out_of_memory || made_ == 0) throw;
        most_lanes_ = std::max(1, made_);
        continue;
      }
    }
    lane_free_.wait(lock);
  }
}

void DeviceScorer::give_back(std::unique_ptr<DeviceLane> lane) {
  const std::lock_guard lock(mutex_);
  idle_.push_back(std::move(lane));
  lane_free_.notify_one();
}

void DeviceScorer::detect(const Fetch& fetch, const PixelWindow& core, TileOutput& output, TileMasks& masks) {
  try {
    detect_part(fetch, core, output, masks);
  } catch (const DeviceError& e) {
    const bool memory = e.kind() == DeviceError::Kind::out_of_memory;
    throw Error(ExitCode::resources, e.what(),
                fmt::format("tile of {} x {} pixels at column {}, row {}", core.width, core.height, core.x, core.y),
                memory ? "Lower --tile-size, or free memory of the device; --device cpu needs none of it."
                       : "Go on with --resume; --device cpu does without the device.");
  }
}

void DeviceScorer::detect_part(const Fetch& fetch, const PixelWindow& core, TileOutput& output, TileMasks& masks) {
  const PairSource& source = fetch(core.expanded(model_.halo()));
  for (bool fewer_lanes = true; fewer_lanes;) {
    try {
      Use use(*this, source, core);
      try {
        return use.lane().detect(model_, source, core, output, masks);
      } catch (const DeviceError& e) {
        fewer_lanes = e.kind() == DeviceError::Kind::out_of_memory && use.retire();
        if (!fewer_lanes) throw;
      }
    } catch (const DeviceError& e) {
      if (e.kind() != DeviceError::Kind::out_of_memory || core.height < 2 * smallest_part) throw;
      fewer_lanes = false;
    }
  }
  detect_in_halves(fetch, core, output, masks);
}

// Upper and lower half of the core, each with its own halo. A pixel does not know its tile, and runs lie in rows.
void DeviceScorer::detect_in_halves(const Fetch& fetch, const PixelWindow& core, TileOutput& output, TileMasks& masks) {
  {
    const std::lock_guard lock(mutex_);
    parts_ += 2;
  }
  const int upper = core.height / 2;
  detect_part(fetch, {core.x, core.y, core.width, upper}, output, masks);
  TileOutput lower;
  TileMasks lower_masks;
  detect_part(fetch, {core.x, core.y + upper, core.width, core.height - upper}, lower, lower_masks);
  const auto append = [](auto& to, const auto& from) { to.insert(to.end(), from.begin(), from.end()); };
  append(output.score, lower.score);
  append(output.transition, lower.transition);
  append(output.rarity, lower.rarity);
  append(output.runs, lower.runs);
  append(masks.before_usable, lower_masks.before_usable);
  append(masks.after_usable, lower_masks.after_usable);
  append(masks.usable, lower_masks.usable);
  append(masks.cloudless, lower_masks.cloudless);
  append(masks.unshadowed, lower_masks.unshadowed);
}

}  // namespace plotwatch::change
