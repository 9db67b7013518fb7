#include "io/vector.hpp"
