#include "io/raster_writer.hpp"
