#include "simt/fibers.hpp"

#include <boost/context/protected_fixedsize_stack.hpp>
#include <utility>

namespace simt {
namespace {

constexpr std::size_t stack_bytes = 128 << 10;

}  // namespace

Fiber::Fiber() {
  boost::context::protected_fixedsize_stack allocator(stack_bytes);
  const auto stack = allocator.allocate();
  notes_.set_stack(static_cast<char*>(stack.sp) - stack.size, stack.size);
  inside_ = boost::context::fiber(std::allocator_arg, boost::context::preallocated(stack.sp, stack.size, stack),
                                  allocator, [this](boost::context::fiber&& outside) {
                                    // Also when the stack is unwound because the fiber is destroyed.
                                    struct AtEnd {
                                      SwitchNotes& notes;
                                      ~AtEnd() { notes.leave_inside(true); }
                                    } const at_end{notes_};
                                    notes_.arrive_inside();
                                    outside_ = std::move(outside);
                                    for (;;) {
                                      (*code_)();
                                      ended_ = true;
                                      leave();
                                    }
                                    return std::move(outside_);
                                  });
}

// What has started is unwound, which is a switch there and back.
Fiber::~Fiber() {
  if (!inside_ || !code_) return;
  notes_.leave_outside();
  inside_ = {};
  notes_.arrive_outside();
}

bool Fiber::resume(const std::function<void()>& code) {
  if (ended_) code_ = &code;
  ended_ = false;
  notes_.leave_outside();
  inside_ = std::move(inside_).resume();
  notes_.arrive_outside();
  return ended_;
}

void Fiber::leave() {
  struct Back {
    SwitchNotes& notes;
    ~Back() { notes.arrive_inside(); }
  } const back{notes_};
  notes_.leave_inside(false);
  outside_ = std::move(outside_).resume();
}

void Fiber::give_way() { leave(); }

Fiber* FiberPool::take() {
  if (idle_.empty()) {
    all_.push_back(std::make_unique<Fiber>());
    return all_.back().get();
  }
  Fiber* fiber = idle_.back();
  idle_.pop_back();
  return fiber;
}

void FiberPool::drop_all() {
  idle_.clear();
  all_.clear();
}

FiberPool& FiberPool::mine() {
  thread_local FiberPool pool;
  return pool;
}

}  // namespace simt
