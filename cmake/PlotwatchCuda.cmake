# Whether the CUDA forms of the kernels are built: sets PLOTWATCH_HAS_CUDA.
#   ON    they must be; a toolkit that is missing or too old is an error
#   AUTO  where a toolkit is found that can
#   OFF   never
# A program built with them runs where no driver is: the runtime is linked statically and looks for one when asked.
set(PLOTWATCH_CUDA AUTO CACHE STRING "Build the CUDA forms of the kernels: ON, OFF or AUTO")
set_property(CACHE PLOTWATCH_CUDA PROPERTY STRINGS ON OFF AUTO)
set(PLOTWATCH_HAS_CUDA OFF)
set(oldest_toolkit 12.4)  # the first whose nvcc takes all of C++20 that the headers use

if(NOT PLOTWATCH_CUDA MATCHES "^(ON|OFF|AUTO)$")
  message(FATAL_ERROR "PLOTWATCH_CUDA is \"${PLOTWATCH_CUDA}\"; it must be ON, OFF or AUTO")
endif()

if(NOT PLOTWATCH_CUDA STREQUAL "OFF")
  find_program(PLOTWATCH_NVCC nvcc HINTS ENV CUDACXX ENV CUDA_HOME ENV CUDA_PATH PATHS /usr/local/cuda /opt/cuda
               PATH_SUFFIXES bin)
  mark_as_advanced(PLOTWATCH_NVCC)
  set(why "")
  if(NOT PLOTWATCH_NVCC)
    set(why "nvcc is not found")
  else()
    execute_process(COMMAND "${PLOTWATCH_NVCC}" --version OUTPUT_VARIABLE text ERROR_QUIET)
    string(REGEX MATCH "release ([0-9.]+)" found "${text}")
    if(NOT found)
      set(why "${PLOTWATCH_NVCC} does not run")
    elseif(CMAKE_MATCH_1 VERSION_LESS oldest_toolkit)
      set(why "${PLOTWATCH_NVCC} is of CUDA ${CMAKE_MATCH_1}, older than ${oldest_toolkit}")
    endif()
  endif()
  if(NOT why)
    # One architecture that every later device can take too; the preset "cuda" has the full list.
    if(NOT CMAKE_CUDA_ARCHITECTURES)
      set(CMAKE_CUDA_ARCHITECTURES 75 CACHE STRING "Compute capabilities to compile for")
    endif()
    set(CMAKE_CUDA_COMPILER "${PLOTWATCH_NVCC}" CACHE FILEPATH "CUDA compiler")
    set(CMAKE_CUDA_RUNTIME_LIBRARY Static)
    include(CheckLanguage)
    check_language(CUDA)
    if(NOT CMAKE_CUDA_COMPILER)
      set(why "${PLOTWATCH_NVCC} compiles nothing here")
    endif()
  endif()
  if(NOT why)
    enable_language(CUDA)
    set(CMAKE_CUDA_STANDARD 20)
    set(CMAKE_CUDA_STANDARD_REQUIRED ON)
    if(NOT CMAKE_CUDA20_STANDARD_COMPILE_OPTION)  # CMake 3.25 does not know that nvcc has it
      set(CMAKE_CUDA20_STANDARD_COMPILE_OPTION -std=c++20)
      set(CMAKE_CUDA20_EXTENSION_COMPILE_OPTION -std=c++20)
    endif()
    if(CCACHE_PROGRAM AND NOT CMAKE_CUDA_COMPILER_LAUNCHER)
      set(CMAKE_CUDA_COMPILER_LAUNCHER "${CCACHE_PROGRAM}")
    endif()
    set(PLOTWATCH_HAS_CUDA ON)
    target_compile_options(plotwatch_flags INTERFACE
      # One multiply and one add round twice, as on the processor: both give the same bits.
      "$<$<COMPILE_LANGUAGE:CUDA>:--fmad=false;--expt-relaxed-constexpr;-Xcompiler=-Wall,-Wextra,-ffp-contract=off>"
      $<$<AND:$<COMPILE_LANGUAGE:CUDA>,$<BOOL:${PLOTWATCH_WERROR}>>:--Werror=all-warnings>)
    message(STATUS "CUDA: ${CMAKE_CUDA_COMPILER_VERSION}, for ${CMAKE_CUDA_ARCHITECTURES}")
  elseif(PLOTWATCH_CUDA STREQUAL "ON")
    message(FATAL_ERROR "PLOTWATCH_CUDA is ON, but ${why}. Install the CUDA Toolkit, name its compiler with "
                        "-DPLOTWATCH_NVCC=/path/to/nvcc, or build with -DPLOTWATCH_CUDA=AUTO.")
  else()
    message(STATUS "CUDA: not built, ${why}")
  endif()
endif()
