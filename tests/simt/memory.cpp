#include "simt/memory.hpp"

#include <csignal>
#include <cstdint>
#include <cstring>
#include <map>
#include <mutex>

#include <sys/mman.h>
#include <unistd.h>

#include "simt/fault.hpp"
#include "simt/simt.hpp"

namespace simt {
namespace {

constexpr std::size_t page = 4096;
constexpr std::size_t alignment = 16;  // a device gives more; the end must lie close to the guard

struct Allocation {
  char* mapping;
  std::size_t mapped, bytes;
};

std::mutex mutex;
std::map<std::uintptr_t, Allocation> allocations_by_start;
std::size_t limit = std::size_t{2} << 30, given = 0, calls = 0;

std::size_t up_to(std::size_t bytes, std::size_t multiple) { return (bytes + multiple - 1) / multiple * multiple; }

// The memory that a wild index reaches is a guard or nothing. All that can be done is to say who did it.
void report_and_die(int signal, siginfo_t* info, void*) {
  const std::string place = here();
  std::string text = "simt: memory that is not there is touched at ";
  char digits[20];
  auto address = reinterpret_cast<std::uintptr_t>(info->si_addr);
  for (int i = 15; i >= 0; --i, address >>= 4) digits[i] = "0123456789abcdef"[address & 15];
  text.append(digits, 16);
  text += place.empty() ? ", outside any kernel" : ", by " + place;
  text += '\n';
  [[maybe_unused]] const auto written = ::write(2, text.data(), text.size());
  ::signal(signal, SIG_DFL);
  ::raise(signal);
}

void install_reporter() {
  struct sigaction action {};
  action.sa_sigaction = report_and_die;
  action.sa_flags = SA_SIGINFO;
  ::sigaction(SIGSEGV, &action, nullptr);
}

}  // namespace

void* allocate_device(std::size_t bytes) {
  const std::lock_guard lock(mutex);
  if (calls++ == 0) install_reporter();
  if (bytes > limit || given > limit - bytes) return nullptr;
  const std::size_t room = up_to(bytes, alignment), mapped = up_to(room, page) + 2 * page;
  void* mapping = ::mmap(nullptr, mapped, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapping == MAP_FAILED) return nullptr;
  char* first = static_cast<char*>(mapping) + page;
  ::mprotect(first, mapped - 2 * page, PROT_READ | PROT_WRITE);
  std::memset(first, 0xFA, mapped - 2 * page);
  char* memory = static_cast<char*>(mapping) + mapped - page - room;
  allocations_by_start[reinterpret_cast<std::uintptr_t>(memory)] = {static_cast<char*>(mapping), mapped, bytes};
  given += bytes;
  return memory;
}

bool free_device(void* memory) {
  const std::lock_guard lock(mutex);
  const auto found = allocations_by_start.find(reinterpret_cast<std::uintptr_t>(memory));
  if (found == allocations_by_start.end()) return false;
  given -= found->second.bytes;
  ::munmap(found->second.mapping, found->second.mapped);
  allocations_by_start.erase(found);
  return true;
}

bool is_device(const void* memory, std::size_t bytes) {
  const std::lock_guard lock(mutex);
  const auto start = reinterpret_cast<std::uintptr_t>(memory);
  auto after = allocations_by_start.upper_bound(start);
  if (after == allocations_by_start.begin()) return false;
  const auto& [first, allocation] = *std::prev(after);
  return start - first <= allocation.bytes && bytes <= allocation.bytes - (start - first);
}

std::size_t device_memory() {
  const std::lock_guard lock(mutex);
  return limit;
}
void set_device_memory(std::size_t bytes) {
  const std::lock_guard lock(mutex);
  limit = bytes;
}
std::size_t allocated_bytes() {
  const std::lock_guard lock(mutex);
  return given;
}
std::size_t allocations() {
  const std::lock_guard lock(mutex);
  return calls;
}

}  // namespace simt
