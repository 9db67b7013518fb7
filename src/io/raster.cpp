#include "io/raster.hpp"
