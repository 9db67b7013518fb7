#include "simt/block.hpp"

#include <algorithm>
#include <cstring>
#include <exception>
#include <numeric>

#include "simt/fault.hpp"

namespace simt {
namespace {

constexpr std::size_t shared_limit = 48 << 10;  // what every device gives without being asked
thread_local Block* running_block = nullptr;

std::string text(const uint3& v) {
  std::string s(1, '(');
  s += std::to_string(v.x);
  s += ',';
  s += std::to_string(v.y);
  s += ',';
  s += std::to_string(v.z);
  s += ')';
  return s;
}

std::string where(const Thread& t) {
  return "thread " + text(t.index) + " at " + (t.file ? t.file : "?") + ":" + std::to_string(t.line);
}

}  // namespace

std::string here() {
  Block* block = running_block;
  if (!block) return "";
  return std::string("kernel ") + block->kernel() + ", block " + text(place.block) + ", thread " + text(place.thread);
}

void fault(const std::string& what) { throw Fault(here() + ": " + what); }

Block* Block::running() { return running_block; }

Block::Block(const char* kernel, dim3 size, std::size_t shared_bytes)
    : kernel_(kernel), size_(size), shared_bytes_(shared_bytes) {
  threads_.resize(std::size_t{size.x} * size.y * size.z);
  for (std::size_t i = 0; i < threads_.size(); ++i) {
    const auto n = static_cast<unsigned>(i);
    threads_[i].index = {n % size.x, n / size.x % size.y, n / (size.x * size.y)};
    threads_[i].number = static_cast<int>(i);
  }
}

SharedArray& Block::shared(const void* key, const char* name, std::size_t element, std::size_t count) {
  for (const auto& a : arrays_)
    if (a->key == key) return *a;
  if (key) static_bytes_ += element * count;
  if (static_bytes_ + shared_bytes_ > shared_limit)
    fault(std::string("more than 48 KiB of shared memory with ") + name);
  auto array = std::make_unique<SharedArray>();
  array->key = key;
  array->name = name;
  array->bytes.resize(element * count);
  array->touches.resize(count);
  std::memset(array->bytes.data(), 0xFA, array->bytes.size());
  arrays_.push_back(std::move(array));
  return *arrays_.back();
}

void Block::run(const std::function<void()>& thread, uint3 index, dim3 grid, std::mt19937& order) {
  place.block = index;
  place.block_size = {size_.x, size_.y, size_.z};
  place.grid_size = {grid.x, grid.y, grid.z};
  for (Thread& t : threads_) t.done = false, t.wait = Wait::none;
  for (const auto& a : arrays_) {  // a block finds nothing of another's
    std::memset(a->bytes.data(), 0xFA, a->bytes.size());
    std::fill(a->touches.begin(), a->touches.end(), SharedArray::Touch{});
  }
  order_ = &order;
  epoch_ = 1;
  done_ = 0;
  ready_.resize(threads_.size());
  std::iota(ready_.begin(), ready_.end(), std::size_t{0});
  struct Running {
    explicit Running(Block* block) { running_block = block; }
    ~Running() { running_block = nullptr; }
  } const running(this);
  const std::function<void()> code = [&] {
    try {
      thread();
    } catch (const Fault& f) {
      failure_ = f.what();
    }
  };
  while (done_ < threads_.size()) {
    std::shuffle(ready_.begin(), ready_.end(), order);
    const std::vector<std::size_t> now = std::move(ready_);
    ready_.clear();
    for (const std::size_t t : now) resume(threads_[t], code);
    if (done_ < threads_.size() && !release_warps() && !release_barrier() && ready_.empty()) throw_deadlock();
  }
}

void Block::resume(Thread& thread, const std::function<void()>& code) {
  FiberPool& pool = FiberPool::mine();
  if (!thread.fiber) thread.fiber = pool.take();
  current_ = &thread;
  place.thread = thread.index;
  thread.wait = Wait::none;
  if (thread.fiber->resume(code)) {
    pool.give_back(thread.fiber);
    thread.fiber = nullptr;
    thread.done = true;
    ++done_;
  }
  if (!failure_.empty()) {
    pool.drop_all();
    throw Fault(failure_);
  }
}

void Block::wait_here(Wait wait, const char* file, int line) {
  Thread& t = *current_;
  t.wait = wait;
  t.file = file;
  t.line = line;
  t.fiber->give_way();
}

void Block::let_others_run() {
  if (((*order_)() & 1) == 0) return;
  ready_.push_back(static_cast<std::size_t>(current_->number));
  current_->fiber->give_way();
}

// A warp goes on when all lanes of the mask wait in one line with the same mask.
bool Block::release_warps() {
  bool any = false;
  for (Thread& first : threads_) {
    if (first.wait != Wait::warp) continue;
    const std::size_t base = static_cast<std::size_t>(first.number) / 32 * 32;
    std::uint64_t given[32] = {};
    bool all = true;
    for (unsigned lane = 0; lane < 32 && all; ++lane) {
      if ((first.mask >> lane & 1) == 0) continue;
      if (base + lane >= threads_.size()) {
        all = false;
        break;
      }
      const Thread& t = threads_[base + lane];
      all = t.wait == Wait::warp && t.mask == first.mask && t.file == first.file && t.line == first.line;
      given[lane] = t.given;
    }
    if (!all) continue;
    any = true;
    const unsigned mask = first.mask;
    for (unsigned lane = 0; lane < 32; ++lane) {
      if ((mask >> lane & 1) == 0) continue;
      Thread& t = threads_[base + lane];
      std::memcpy(t.lanes, given, sizeof given);
      t.wait = Wait::none;
      ready_.push_back(base + lane);
    }
  }
  return any;
}

bool Block::release_barrier() {
  const Thread& first = threads_[0];
  for (const Thread& t : threads_)
    if (t.done || t.wait != Wait::barrier || t.line != first.line || t.file != first.file) return false;
  ++epoch_;
  for (std::size_t i = 0; i < threads_.size(); ++i) ready_.push_back(i);
  return true;
}

void Block::throw_deadlock() {
  const Thread* waiting = nullptr;
  for (const Thread& t : threads_)
    if (!t.done && !waiting) waiting = &t;
  std::string what = std::string("kernel ") + kernel_ + ", block " + text(place.block) + ": " + where(*waiting) +
                     " waits for threads that never come";
  for (const Thread& t : threads_) {
    if (t.done) {
      what += "; thread " + text(t.index) + " has ended";
      break;
    }
    if (t.wait != waiting->wait || t.line != waiting->line || t.file != waiting->file) {
      what += "; " + where(t) + " waits elsewhere";
      break;
    }
  }
  FiberPool::mine().drop_all();
  for (Thread& t : threads_) t.fiber = nullptr;
  throw Fault(what);
}

void barrier(const char* file, int line) { Block::running()->wait_here(Wait::barrier, file, line); }

}  // namespace simt
