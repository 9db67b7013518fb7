#include "io/geometry_ops.hpp"
