#include "io/pixel_buffer.hpp"
