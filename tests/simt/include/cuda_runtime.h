// Stands in for the CUDA toolkit's header of this name when the host compiler compiles a .cu file.
#pragma once

#include "simt/atomics.hpp"
#include "simt/language.hpp"
#include "simt/launch.hpp"
#include "simt/runtime_api.hpp"
#include "simt/shared.hpp"
#include "simt/warp.hpp"
