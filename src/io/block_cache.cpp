#include "io/block_cache.hpp"
