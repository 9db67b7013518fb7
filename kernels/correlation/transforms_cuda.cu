#include "kernels/correlation/transforms.cuh"

#if defined(__CUDACC__)
#include <dlfcn.h>
#endif

#include "kernels/device/device.hpp"

namespace plotwatch::kernels::PLOTWATCH_BACKEND {
namespace {

#if defined(__CUDACC__)

// The version whose header this was compiled with, where the loader looks, then where toolkits are installed.
void* open_library() {
  const std::string name = "libcufft.so." + std::to_string(CUFFT_VER_MAJOR);
  for (const std::string& folder : {std::string(), std::string("/usr/local/cuda/lib64/")})
    if (void* library = dlopen((folder + name).c_str(), RTLD_NOW | RTLD_LOCAL)) return library;
  return nullptr;
}

TransformLibrary load() {
  TransformLibrary t;
  void* const library = open_library();
  if (!library) {
    t.why_none = "libcufft.so." + std::to_string(CUFFT_VER_MAJOR) + " of the CUDA toolkit is not found";
    return t;
  }
  bool whole = true;
  const auto find = [&]<class F>(F& function, const char* name) {
    function = reinterpret_cast<F>(dlsym(library, name));
    whole = whole && function;
  };
  find(t.create, "cufftCreate");
  find(t.destroy, "cufftDestroy");
  find(t.set_auto_allocation, "cufftSetAutoAllocation");
  find(t.make_plan_many, "cufftMakePlanMany");
  find(t.set_work_area, "cufftSetWorkArea");
  find(t.set_stream, "cufftSetStream");
  find(t.exec_c2c, "cufftExecC2C");
  if (!whole) t.why_none = "the libcufft that is installed lacks functions of this version";
  return t;
}

#else

TransformLibrary load() {
  TransformLibrary t{cufftCreate,      cufftDestroy,   cufftSetAutoAllocation, cufftMakePlanMany,
                     cufftSetWorkArea, cufftSetStream, cufftExecC2C,           {}};
  return t;
}

#endif

}  // namespace

const TransformLibrary& transform_library() {
  static const TransformLibrary one = load();
  return one;
}

void check(cufftResult result, const std::string& doing) {
  if (result == CUFFT_SUCCESS) return;
  throw DeviceError(result == CUFFT_ALLOC_FAILED ? DeviceError::Kind::out_of_memory : DeviceError::Kind::failed,
                    doing + ": cuFFT reports error " + std::to_string(static_cast<int>(result)));
}

void TransformPlan::make(int columns, int rows, int count, cudaStream_t stream) {
  if (made_ && columns == columns_ && rows == rows_ && count == count_) return;
  drop();
  const TransformLibrary& library = transform_library();
  if (!library.why_none.empty()) throw DeviceError(DeviceError::Kind::unavailable, library.why_none);
  check(library.create(&plan_), "making a transform");
  made_ = true;
  columns_ = columns, rows_ = rows, count_ = count;
  int size[] = {rows, columns};
  try {
    check(library.set_auto_allocation(plan_, 0), "making a transform");
    check(library.make_plan_many(plan_, 2, size, nullptr, 1, 0, nullptr, 1, 0, CUFFT_C2C, count, &work_bytes_),
          "planning transforms");
    check(library.set_stream(plan_, stream), "planning transforms");
  } catch (const DeviceError&) {
    drop();
    throw;
  }
}

void TransformPlan::drop() noexcept {
  if (made_) transform_library().destroy(plan_);
  made_ = false;
  work_bytes_ = 0;
}

void TransformPlan::run(void* samples, void* work, int direction) {
  const TransformLibrary& library = transform_library();
  auto* at = static_cast<cufftComplex*>(samples);
  check(library.set_work_area(plan_, work), "giving a transform its memory");
  check(library.exec_c2c(plan_, at, at, direction), "launching a transform");
}

}  // namespace plotwatch::kernels::PLOTWATCH_BACKEND
