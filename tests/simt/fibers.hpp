// Stacks that threads of a block run on. A fiber is used again by the next thread as soon as one is done.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include <boost/context/fiber.hpp>

#include "simt/sanitizer.hpp"

namespace simt {

class Fiber {
 public:
  Fiber();
  Fiber(const Fiber&) = delete;
  Fiber& operator=(const Fiber&) = delete;
  ~Fiber();

  // Runs `code` until it ends (true) or calls give_way (false); the next resume goes on from there.
  bool resume(const std::function<void()>& code);
  // From within: back to who resumed.
  void give_way();

 private:
  void leave();

  SwitchNotes notes_;
  boost::context::fiber inside_, outside_;
  const std::function<void()>* code_ = nullptr;
  bool ended_ = true;
};

// The fibers of one processor thread.
class FiberPool {
 public:
  Fiber* take();
  void give_back(Fiber* fiber) { idle_.push_back(fiber); }
  // Unwinds those that never ended, after a fault.
  void drop_all();
  static FiberPool& mine();

 private:
  std::vector<std::unique_ptr<Fiber>> all_;
  std::vector<Fiber*> idle_;
};

}  // namespace simt
