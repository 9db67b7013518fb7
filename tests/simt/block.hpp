// One block of threads: who runs, who waits for whom, and its shared memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "simt/fibers.hpp"
#include "simt/language.hpp"

namespace simt {

struct SharedArray {
  const void* key;  // the place in the source that declares it
  const char* name;
  std::vector<unsigned char> bytes;
  // One an element: who touched it since the last barrier. -1 nobody, -2 several.
  struct Touch {
    std::uint32_t epoch = 0;
    int writer = -1, reader = -1;
    bool written = false;  // ever
  };
  std::vector<Touch> touches;
};

enum class Wait : std::uint8_t { none, barrier, warp };

struct Thread {
  uint3 index;
  int number = 0;  // x fastest
  bool done = false;
  Wait wait = Wait::none;
  const char* file = nullptr;  // where it waits
  int line = 0;
  unsigned mask = 0;  // of lanes, for a warp
  std::uint64_t given = 0;
  std::uint64_t lanes[32];  // what all lanes gave, once they all have
  Fiber* fiber = nullptr;
};

class Block {
 public:
  Block(const char* kernel, dim3 size, std::size_t shared_bytes);

  // Runs `thread` as every thread of block `index`. Throws Fault.
  void run(const std::function<void()>& thread, uint3 index, dim3 grid, std::mt19937& order);

  Thread& current() { return *current_; }
  const char* kernel() const { return kernel_; }
  std::uint32_t epoch() const { return epoch_; }
  std::size_t shared_bytes() const { return shared_bytes_; }
  std::vector<Thread>& threads() { return threads_; }
  // Found or made; `bytes` of it in elements of `element`.
  SharedArray& shared(const void* key, const char* name, std::size_t element, std::size_t count);

  // Called from a thread: gives way until the scheduler lets it go on.
  void wait_here(Wait wait, const char* file, int line);
  // Called from a thread before an atomic: every other time, others that can run go first.
  void let_others_run();
  void fail(const std::string& what);

  static Block* running();  // null outside kernels

 private:
  void resume(Thread& thread, const std::function<void()>& code);
  bool release_warps();
  bool release_barrier();
  [[noreturn]] void throw_deadlock();

  const char* kernel_;
  dim3 size_;
  std::size_t shared_bytes_, static_bytes_ = 0;
  std::vector<Thread> threads_;
  std::vector<std::size_t> ready_;
  std::mt19937* order_ = nullptr;
  std::vector<std::unique_ptr<SharedArray>> arrays_;
  Thread* current_ = nullptr;
  std::uint32_t epoch_ = 1;
  std::size_t done_ = 0;
  std::string failure_;
};

}  // namespace simt
