// The harness finds what it is there to find: each kernel here has one fault, and a sound one beside it passes.
#include <cuda_runtime.h>

#include <cub/device/device_scan.cuh>

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "kernels/device/device.hpp"
#include "kernels/device/launch.cuh"
#include "kernels/device/queue.hpp"
#include "simt/simt.hpp"

namespace {

using plotwatch::kernels::Backend;
using plotwatch::kernels::DeviceError;

class Stream {
 public:
  Stream() { cudaStreamCreateWithFlags(&stream_, cudaStreamNonBlocking); }
  ~Stream() { cudaStreamDestroy(stream_); }
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;
  operator cudaStream_t() const { return stream_; }

 private:
  cudaStream_t stream_ = nullptr;
};

// What the harness says of one block of `threads`; empty when nothing is wrong. In several orders.
template <class Kernel>
std::string fault_of(int threads, Kernel kernel, std::size_t shared_bytes = 0) {
  std::string first;
  for (unsigned seed = 1; seed <= 3; ++seed) {
    simt::set_order(seed);
    const Stream stream;
    simt::launch("probe", dim3(2), dim3(static_cast<unsigned>(threads)), shared_bytes, stream, kernel);
    const cudaError_t error = cudaStreamSynchronize(stream);
    if (error != cudaSuccess && first.empty()) first = cudaGetErrorString(error);
    cudaGetLastError();
    if ((error != cudaSuccess) != !first.empty()) return "found in one order and not in another";
  }
  return first;
}

TEST(Simt, FindsAMissingBarrier) {
  const auto reverse = [](bool with_barrier) {
    PLOTWATCH_SHARED(int, value, 64);
    const int thread = static_cast<int>(threadIdx.x);
    value[thread] = thread;
    if (with_barrier) __syncthreads();
    [[maybe_unused]] const int other = value[63 - thread];
  };
  EXPECT_EQ(fault_of(64, [=] { reverse(true); }), "");
  const std::string fault = fault_of(64, [=] { reverse(false); });
  EXPECT_TRUE(fault.find("without a barrier") != std::string::npos || fault.find("read before") != std::string::npos)
      << fault;
}

TEST(Simt, FindsAWriteAfterAReadWithoutABarrier) {
  const auto twice = [](bool with_barrier) {
    PLOTWATCH_SHARED(int, value, 64);
    const int thread = static_cast<int>(threadIdx.x);
    value[thread] = thread;
    __syncthreads();
    const int other = value[63 - thread];
    if (with_barrier) __syncthreads();
    value[thread] = other;
  };
  EXPECT_EQ(fault_of(64, [=] { twice(true); }), "");
  EXPECT_NE(fault_of(64, [=] { twice(false); }).find("without a barrier after"), std::string::npos);
}

TEST(Simt, FindsAnIndexOutsideSharedMemory) {
  const std::string fault = fault_of(32, [] {
    PLOTWATCH_SHARED(float, value, 32);
    value[static_cast<int>(threadIdx.x) + 1] = 0.0f;
  });
  EXPECT_NE(fault.find("shared array value has 32 elements, and the kernel touches number 32"), std::string::npos);
  EXPECT_NE(fault.find("thread (31,0,0)"), std::string::npos);
  const auto dynamic = [] {
    PLOTWATCH_SHARED_DYNAMIC(float, memory);
    const auto second = memory + 16;
    second[static_cast<int>(threadIdx.x)] = 0.0f;
  };
  EXPECT_EQ(fault_of(16, dynamic, 32 * sizeof(float)), "");
  EXPECT_NE(fault_of(17, dynamic, 32 * sizeof(float)).find("touches number 32"), std::string::npos);
}

TEST(Simt, FindsSharedMemoryThatNobodyWrote) {
  EXPECT_NE(fault_of(32,
                     [] {
                       PLOTWATCH_SHARED(int, value, 32);
                       if (threadIdx.x != 5) value[static_cast<int>(threadIdx.x)] = 1;
                       __syncthreads();
                       [[maybe_unused]] const int read = value[5];
                     })
                .find("read before any thread of the block wrote it"),
            std::string::npos);
}

TEST(Simt, FindsBarriersThatNotAllThreadsReach) {
  EXPECT_NE(fault_of(64,
                     [] {
                       if (threadIdx.x < 40) __syncthreads();
                     })
                .find("has ended"),
            std::string::npos);
  EXPECT_NE(fault_of(64,
                     [] {
                       if (threadIdx.x < 40)
                         __syncthreads();
                       else
                         __syncthreads();
                     })
                .find("waits elsewhere"),
            std::string::npos);
  EXPECT_NE(fault_of(64,
                     [] {
                       if (threadIdx.x % 2 == 0) __ballot_sync(0xffffffffu, true);
                     })
                .find("has ended"),
            std::string::npos);
}

TEST(Simt, WarpsExchangeAndVote) {
  const std::string fault = fault_of(96, [] {
    const unsigned lane = threadIdx.x % 32;
    int sum = static_cast<int>(threadIdx.x);
    for (int by = 16; by > 0; by /= 2) sum += __shfl_down_sync(0xffffffffu, sum, by);
    const int warp = static_cast<int>(threadIdx.x / 32);
    if (lane == 0 && sum != 32 * 32 * warp + 31 * 16) simt::fault("wrong sum");
    if (__shfl_xor_sync(0xffffffffu, lane, 1) != (lane ^ 1)) simt::fault("wrong neighbour");
    if (__shfl_up_sync(0xffffffffu, lane, 1) != (lane == 0 ? 0 : lane - 1)) simt::fault("wrong lane before");
    if (__ballot_sync(0xffffffffu, lane % 3 == 0) != 0x49249249u) simt::fault("wrong votes");
    if (__popc(0x49249249u) != 11) simt::fault("wrong count");
    if (lane < 8 && !__all_sync(0xffu, lane < 8)) simt::fault("wrong part of a warp");
  });
  EXPECT_EQ(fault, "");
}

TEST(Simt, AtomicsCountEveryThread) {
  const std::string fault = fault_of(100, [] {
    PLOTWATCH_SHARED(int, count, 1);
    if (threadIdx.x == 0) count[0] = 0;
    __syncthreads();
    atomicAdd(&count[0], 2);
    __syncthreads();
    if (count[0] != 200) simt::fault("lost a count");
  });
  EXPECT_EQ(fault, "");
}

// A thread that takes what it read before its atomic for the truth loses counts; one that asks again does not.
TEST(Simt, OtherThreadsRunBetweenAReadAndAnAtomic) {
  const auto count = [](bool again) {
    return fault_of(100, [again] {
      static int counter;
      if (threadIdx.x == 0) counter = 0;
      __syncthreads();
      for (int seen = counter;;) {
        const int was = atomicCAS(&counter, seen, seen + 1);
        if (was == seen || !again) break;
        seen = was;
      }
      __syncthreads();
      if (threadIdx.x == 0 && counter != 100) simt::fault("lost counts");
    });
  };
  EXPECT_NE(count(false).find("lost counts"), std::string::npos);
  EXPECT_EQ(count(true), "");
}

// What comes back is not there before somebody waited, however late that is.
TEST(Simt, CopiesHappenWhenTheStreamIsWaitedFor) {
  const Stream stream;
  void* memory = nullptr;
  ASSERT_EQ(cudaMalloc(&memory, 4), cudaSuccess);
  int up = 7, down = 0;
  EXPECT_EQ(cudaMemcpy2DAsync(memory, 4, &up, 4, 4, 1, cudaMemcpyHostToDevice, stream), cudaSuccess);
  EXPECT_EQ(cudaMemcpy2DAsync(&down, 4, memory, 4, 4, 1, cudaMemcpyDeviceToHost, stream), cudaSuccess);
  EXPECT_EQ(down, 0);
  up = 8;
  EXPECT_EQ(cudaStreamSynchronize(stream), cudaSuccess);
  EXPECT_EQ(down, 8);
  EXPECT_EQ(cudaMemcpy2DAsync(memory, 8, &up, 8, 8, 1, cudaMemcpyHostToDevice, stream), cudaErrorInvalidValue);
  EXPECT_EQ(cudaFree(memory), cudaSuccess);
  EXPECT_EQ(cudaFree(memory), cudaErrorInvalidValue);
  cudaGetLastError();
}

TEST(Simt, NewDeviceMemoryHoldsPoison) {
  simt::attach();
  const auto queue = plotwatch::kernels::make_queue(Backend::simt);
  void* memory = queue->allocate(100);
  std::vector<unsigned char> host(100, 0);
  queue->download(host.data(), 100, memory, 100, 100, 1);
  queue->wait();
  for (const unsigned char byte : host) ASSERT_EQ(byte, 0xFA);
  queue->release(memory);
}

TEST(Simt, CopiesOnTheDevice) {
  simt::attach();
  const auto queue = plotwatch::kernels::make_queue(Backend::simt);
  void* a = queue->allocate(8);
  void* b = queue->allocate(8);
  const std::vector<char> up = {1, 2, 3, 4, 5, 6, 7, 8};
  std::vector<char> down(8);
  queue->upload(a, 8, up.data(), 8, 8, 1);
  queue->copy(b, a, 8);
  queue->download(down.data(), 8, b, 8, 8, 1);
  queue->wait();
  EXPECT_EQ(down, up);
  EXPECT_THROW(queue->copy(b, up.data(), 8), DeviceError);  // not the device's
  queue->release(a);
  queue->release(b);
}

TEST(Simt, RunsOutOfMemoryWhereItIsTold) {
  simt::attach();
  const auto queue = plotwatch::kernels::make_queue(Backend::simt);
  const std::size_t before = simt::allocated_bytes();
  simt::set_device_memory(before + 1000);
  void* memory = queue->allocate(600);
  try {
    queue->allocate(600);
    ADD_FAILURE() << "1200 of 1000 bytes were given";
  } catch (const DeviceError& e) {
    EXPECT_EQ(e.kind(), DeviceError::Kind::out_of_memory);
    EXPECT_NE(std::string(e.what()).find("600 bytes"), std::string::npos) << e.what();
  }
  EXPECT_EQ(queue->free_memory(), 400u);
  queue->release(memory);
  simt::set_device_memory(std::size_t{2} << 30);
  EXPECT_EQ(simt::allocated_bytes(), before);
}

TEST(Simt, RefusesShapesThatNoDeviceTakes) {
  const Stream stream;
  simt::launch("probe", dim3(1), dim3(1025), 0, stream, [] {});
  EXPECT_EQ(cudaGetLastError(), cudaErrorInvalidConfiguration);
  simt::launch("probe", dim3(1, 65536), dim3(1), 0, stream, [] {});
  EXPECT_EQ(cudaGetLastError(), cudaErrorInvalidConfiguration);
  simt::launch("probe", dim3(1), dim3(32), 49 << 10, stream, [] {});
  EXPECT_EQ(cudaGetLastError(), cudaErrorInvalidConfiguration);
}

TEST(SimtDeathTest, NamesTheThreadThatLeavesDeviceMemory) {
  testing::FLAGS_gtest_death_test_style = "threadsafe";
  const auto beyond = [](std::ptrdiff_t index) {
    const Stream stream;
    void* memory = nullptr;
    cudaMalloc(&memory, 64);
    auto* bytes = static_cast<volatile char*>(memory);
    simt::launch("stray", dim3(1), dim3(32), 0, stream, [=] {
      if (threadIdx.x == 9) bytes[index] = 1;
    });
    cudaStreamSynchronize(stream);
  };
  EXPECT_DEATH(beyond(64), "by kernel stray, block \\(0,0,0\\), thread \\(9,0,0\\)");
  EXPECT_DEATH(beyond(-5000), "by kernel stray");
}

TEST(Simt, ScansLikeCub) {
  const Stream stream;
  std::vector<int> in = {3, 0, 5, 1}, out(4, -1);
  std::size_t bytes = 0;
  int* nothing = nullptr;
  EXPECT_EQ(cub::DeviceScan::ExclusiveSum(nullptr, bytes, nothing, nothing, 4, stream), cudaSuccess);
  ASSERT_GT(bytes, 0u);
  char temporary = 0;
  EXPECT_EQ(cub::DeviceScan::ExclusiveSum(&temporary, bytes, in.data(), out.data(), 4, stream), cudaSuccess);
  EXPECT_EQ(cudaStreamSynchronize(stream), cudaSuccess);
  EXPECT_EQ(out, (std::vector<int>{0, 3, 3, 8}));
}

}  // namespace
