// cuFFT, found when it is first asked for: the library is large and no part of a driver, and a program that does not
// find it runs without.
#pragma once

#include <cufft.h>

#include <cstddef>
#include <string>

#include "kernels/device/launch.cuh"

namespace plotwatch::kernels::PLOTWATCH_BACKEND {

struct TransformLibrary {
  decltype(&cufftCreate) create = nullptr;
  decltype(&cufftDestroy) destroy = nullptr;
  decltype(&cufftSetAutoAllocation) set_auto_allocation = nullptr;
  decltype(&cufftMakePlanMany) make_plan_many = nullptr;
  decltype(&cufftSetWorkArea) set_work_area = nullptr;
  decltype(&cufftSetStream) set_stream = nullptr;
  decltype(&cufftExecC2C) exec_c2c = nullptr;
  std::string why_none;  // a sentence where it is not there
};

const TransformLibrary& transform_library();

// Throws DeviceError when `result` is an error; `doing` starts the message.
void check(cufftResult result, const std::string& doing);

// Complex transforms of one size, so many at once, one after another in memory. Its work area is the caller's.
class TransformPlan {
 public:
  TransformPlan() = default;
  TransformPlan(const TransformPlan&) = delete;
  TransformPlan& operator=(const TransformPlan&) = delete;
  ~TransformPlan() { drop(); }

  // Keeps what is there where it fits.
  void make(int columns, int rows, int count, cudaStream_t stream);
  void drop() noexcept;
  std::size_t work_bytes() const { return work_bytes_; }
  void run(void* samples, void* work, int direction);

 private:
  cufftHandle plan_ = 0;
  bool made_ = false;
  int columns_ = 0, rows_ = 0, count_ = 0;
  std::size_t work_bytes_ = 0;
};

}  // namespace plotwatch::kernels::PLOTWATCH_BACKEND
