// Tells the address and thread sanitizers when a fiber takes over; nothing without them.
#pragma once

#include <cstddef>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/common_interface_defs.h>
#endif
#if defined(__SANITIZE_THREAD__)
#include <sanitizer/tsan_interface.h>
#endif

namespace simt {

// One fiber and whoever resumes it. A leave_... comes right before a switch, the arrive_... of the other side right
// after.
class SwitchNotes {
 public:
  SwitchNotes() = default;
  SwitchNotes(const SwitchNotes&) = delete;
  SwitchNotes& operator=(const SwitchNotes&) = delete;
#if defined(__SANITIZE_THREAD__)
  ~SwitchNotes() {
    if (fiber_) __tsan_destroy_fiber(fiber_);
  }
#endif

  void set_stack([[maybe_unused]] const void* bottom, [[maybe_unused]] std::size_t bytes) {
#if defined(__SANITIZE_ADDRESS__)
    bottom_ = bottom;
    bytes_ = bytes;
#endif
  }
  void leave_outside() {
#if defined(__SANITIZE_ADDRESS__)
    __sanitizer_start_switch_fiber(&outside_fake_, bottom_, bytes_);
#elif defined(__SANITIZE_THREAD__)
    if (!fiber_) fiber_ = __tsan_create_fiber(0);
    outside_ = __tsan_get_current_fiber();
    __tsan_switch_to_fiber(fiber_, 0);
#endif
  }
  void arrive_inside() {
#if defined(__SANITIZE_ADDRESS__)
    __sanitizer_finish_switch_fiber(inside_fake_, &outside_bottom_, &outside_bytes_);
#endif
  }
  // for_good: the fiber never runs again.
  void leave_inside([[maybe_unused]] bool for_good) {
#if defined(__SANITIZE_ADDRESS__)
    __sanitizer_start_switch_fiber(for_good ? nullptr : &inside_fake_, outside_bottom_, outside_bytes_);
#elif defined(__SANITIZE_THREAD__)
    __tsan_switch_to_fiber(outside_, 0);
#endif
  }
  void arrive_outside() {
#if defined(__SANITIZE_ADDRESS__)
    __sanitizer_finish_switch_fiber(outside_fake_, nullptr, nullptr);
#endif
  }

 private:
#if defined(__SANITIZE_ADDRESS__)
  const void *bottom_ = nullptr, *outside_bottom_ = nullptr;
  std::size_t bytes_ = 0, outside_bytes_ = 0;
  void *inside_fake_ = nullptr, *outside_fake_ = nullptr;
#elif defined(__SANITIZE_THREAD__)
  void *fiber_ = nullptr, *outside_ = nullptr;
#endif
};

}  // namespace simt
