// What a kernel did that no kernel may do.
#pragma once

#include <stdexcept>
#include <string>

namespace simt {

class Fault : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Throws a Fault that also says which kernel, block and thread it was.
[[noreturn]] void fault(const std::string& what);

// " block (1,0,0), thread (3,2,0)" of the running thread.
std::string here();

}  // namespace simt
