#include "io/cog_writer.hpp"
