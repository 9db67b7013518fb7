#include "simt/shared.hpp"

namespace simt {
namespace {

constexpr int nobody = -1, several = -2;

[[noreturn]] void race(const SharedArray& array, std::size_t element, const char* act, int other,
                       const char* others_act) {
  fault(std::string("shared array ") + array.name + ", element " + std::to_string(element) + ": " + act +
        " without a barrier after " +
        (other == several ? "several threads " : "thread " + std::to_string(other) + " ") + others_act + " it");
}

SharedArray::Touch& since_barrier(SharedArray& array, std::size_t element) {
  SharedArray::Touch& touch = array.touches[element];
  const std::uint32_t now = Block::running()->epoch();
  if (touch.epoch != now) touch.epoch = now, touch.writer = nobody, touch.reader = nobody;
  return touch;
}

void check_write(const SharedArray& array, std::size_t element, const SharedArray::Touch& touch, int me) {
  if (touch.writer != nobody && touch.writer != me) race(array, element, "written", touch.writer, "wrote");
  if (touch.reader != nobody && touch.reader != me) race(array, element, "written", touch.reader, "read");
}

}  // namespace

void note_read(SharedArray& array, std::size_t element) {
  SharedArray::Touch& touch = since_barrier(array, element);
  const int me = Block::running()->current().number;
  if (!touch.written)
    fault(std::string("shared array ") + array.name + ", element " + std::to_string(element) +
          ": read before any thread of the block wrote it");
  if (touch.writer != nobody && touch.writer != me) race(array, element, "read", touch.writer, "wrote");
  touch.reader = touch.reader == nobody || touch.reader == me ? me : several;
}

void note_write(SharedArray& array, std::size_t element) {
  SharedArray::Touch& touch = since_barrier(array, element);
  const int me = Block::running()->current().number;
  check_write(array, element, touch, me);
  touch.writer = me;
  touch.written = true;
}

// Atomics may meet each other, but not plain accesses of others.
void note_atomic(SharedArray& array, std::size_t element) {
  SharedArray::Touch& touch = since_barrier(array, element);
  const int me = Block::running()->current().number;
  if (!touch.written)
    fault(std::string("shared array ") + array.name + ": an atomic on an element that nobody has written");
  if (touch.writer >= 0 && touch.writer != me) race(array, element, "changed", touch.writer, "wrote");
  if (touch.reader != nobody && touch.reader != me) race(array, element, "changed", touch.reader, "read");
  touch.writer = several;
}

}  // namespace simt
