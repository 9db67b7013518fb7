# What a person who builds plotwatch may choose.
include(GNUInstallDirs)

option(PLOTWATCH_TESTS "Build the tests and benchmarks" ON)
option(PLOTWATCH_WERROR "Treat compiler warnings as errors" ON)
set(PLOTWATCH_SANITIZE "" CACHE STRING "Sanitizers, as given to -fsanitize= (for example address,undefined)")
option(PLOTWATCH_FUZZ "Build the libFuzzer targets; clang alone has the engine" OFF)
option(PLOTWATCH_COVERAGE "Instrument for line and branch coverage" OFF)

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Build type" FORCE)
endif()

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CCACHE_PROGRAM}")
endif()

# Every target links this one; flags live on a target, never in global variables.
add_library(plotwatch_flags INTERFACE)
target_compile_options(plotwatch_flags INTERFACE
  $<$<COMPILE_LANGUAGE:CXX>:-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion
    $<$<BOOL:${PLOTWATCH_WERROR}>:-Werror>
    # One multiply and one add round twice on every processor: the same bytes with and without FMA.
    -ffp-contract=off>)
if(PLOTWATCH_SANITIZE)
  target_compile_options(plotwatch_flags INTERFACE -fsanitize=${PLOTWATCH_SANITIZE} -fno-omit-frame-pointer -g)
  target_link_options(plotwatch_flags INTERFACE -fsanitize=${PLOTWATCH_SANITIZE})
  # Function multiversioning resolves before the sanitizer's runtime is up.
  target_compile_definitions(plotwatch_flags INTERFACE PLOTWATCH_NO_MULTIVERSION)
endif()
if(PLOTWATCH_FUZZ)
  target_compile_options(plotwatch_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(PLOTWATCH_COVERAGE)
  target_compile_options(plotwatch_flags INTERFACE --coverage -fprofile-update=atomic -O0 -g)
  target_link_options(plotwatch_flags INTERFACE --coverage)
  target_compile_definitions(plotwatch_flags INTERFACE PLOTWATCH_NO_MULTIVERSION)
endif()
