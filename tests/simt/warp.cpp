#include "simt/warp.hpp"

#include "simt/fault.hpp"

namespace simt {

unsigned lane() { return static_cast<unsigned>(Block::running()->current().number) % 32; }

const std::uint64_t* meet(unsigned mask, std::uint64_t value, const char* file, int line) {
  Block& block = *Block::running();
  Thread& me = block.current();
  if ((mask >> lane() & 1) == 0) fault("a warp operation whose mask leaves out the lane that calls it");
  me.mask = mask;
  me.given = value;
  block.wait_here(Wait::warp, file, line);
  return me.lanes;
}

}  // namespace simt
