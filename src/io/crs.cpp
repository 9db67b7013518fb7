#include "io/crs.hpp"
