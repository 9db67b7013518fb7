#include "simt/fibers.hpp"

#include <boost/context/protected_fixedsize_stack.hpp>
#include <utility>

namespace simt {
namespace {

constexpr std::size_t stack_bytes = 128 << 10;

}  // namespace

Fiber::Fiber() {
  inside_ = boost::context::fiber(std::allocator_arg, boost::context::protected_fixedsize_stack(stack_bytes),
                                  [this](boost::context::fiber&& outside) {
                                    outside_ = std::move(outside);
                                    for (;;) {
                                      (*code_)();
                                      ended_ = true;
                                      outside_ = std::move(outside_).resume();
                                    }
                                    return std::move(outside_);
                                  });
}

bool Fiber::resume(const std::function<void()>& code) {
  if (ended_) code_ = &code;
  ended_ = false;
  inside_ = std::move(inside_).resume();
  return ended_;
}

void Fiber::give_way() { outside_ = std::move(outside_).resume(); }

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
