// A stream: tasks in order, none done before somebody waits.
#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "simt/runtime_api.hpp"

struct CUstream_st {
 public:
  void add(std::function<void()> task);
  cudaError_t run();

 private:
  std::mutex mutex_;
  std::vector<std::function<void()>> tasks_;
  bool failed_ = false;
  std::string fault_;
};
