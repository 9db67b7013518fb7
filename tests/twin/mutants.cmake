# Shows that the twin tests can fail: copies of .cu files with one fault each, run against the very tests of the whole
# ones. A test passes when its mutant is caught, for the reason that is expected.
#   plotwatch_mutant(NAME kernel twin what-it-was what-it-becomes what-the-test-says)
function(plotwatch_mutant name kernel twin was becomes says)
  set(source "${PROJECT_SOURCE_DIR}/kernels/${kernel}")
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${source}")
  file(READ "${source}" text)
  string(FIND "${text}" "${was}" first)
  string(FIND "${text}" "${was}" last REVERSE)
  if(first EQUAL -1 OR NOT first EQUAL last)
    message(FATAL_ERROR "mutant ${name}: '${was}' must stand in ${kernel} once; write the mutant anew")
  endif()
  string(REPLACE "${was}" "${becomes}" text "${text}")
  set(mutant "${CMAKE_CURRENT_BINARY_DIR}/mutants/${name}.cpp")
  file(CONFIGURE OUTPUT "${mutant}" CONTENT "@text@" @ONLY)
  add_executable(mutant_${name} "${mutant}" ${twin} on_simt.cpp)
  target_include_directories(mutant_${name} BEFORE PRIVATE ${PROJECT_SOURCE_DIR}/tests/simt/include)
  target_include_directories(mutant_${name} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
  target_link_libraries(mutant_${name} PRIVATE plotwatch_flags plotwatch_simt plotwatch_kernels GTest::gtest
                        GTest::gtest_main)
  # A fault is what it is there for, not a warning about it.
  target_compile_options(mutant_${name} PRIVATE -w)
  add_test(NAME mutant.${name} COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/caught.py
           $<TARGET_FILE:mutant_${name}> ${says})
  set_tests_properties(mutant.${name} PROPERTIES TIMEOUT 120)
endfunction()

find_package(Python3 REQUIRED COMPONENTS Interpreter)

# Barriers
plotwatch_mutant(gaussian_without_barrier gaussian/gaussian_cuda.cu gaussian_twin.cpp
  "    weight[i] = there ? 1.0f : 0.0f;\n  }\n  __syncthreads();\n" "    weight[i] = there ? 1.0f : 0.0f;\n  }\n"
  "without a barrier|read before any thread")
plotwatch_mutant(runs_without_barrier runs/runs_cuda.cu runs_twin.cpp
  "run.strong = true;\n      }\n      __syncthreads();\n" "run.strong = true;\n      }\n" "without a barrier")
plotwatch_mutant(morphology_divergent_barrier morphology/morphology_cuda.cu morphology_twin.cpp
  "      distance(x, y) = static_cast<std::uint16_t>(k);\n    }\n    __syncthreads();\n"
  "      distance(x, y) = static_cast<std::uint16_t>(k);\n      __syncthreads();\n    }\n" "waits for threads that never come")
# Halos
plotwatch_mutant(gaussian_short_halo gaussian/gaussian_cuda.cu gaussian_twin.cpp
  "const int x = left + i % span, y = top + i / span;" "const int x = left + 1 + i % span, y = top + i / span;" "pixel \\(")
plotwatch_mutant(change_vector_short_halo change_vector/change_vector_cuda.cu change_vector_twin.cpp
  "const int left = static_cast<int>(blockIdx.x) * block_width - radius;"
  "const int left = static_cast<int>(blockIdx.x) * block_width - radius + 1;" "pixel \\(")
plotwatch_mutant(morphology_short_halo morphology/morphology_cuda.cu morphology_twin.cpp
  "i < threads + 2 * radius" "i < threads + 2 * radius - 1" "read before any thread of the block wrote it")
# Indices
plotwatch_mutant(resample_wrong_index resample/resample_cuda.cu resample_twin.cpp
  "how.axis_y.weights + phase_y * how.axis_y.taps" "how.axis_y.weights + phase_x * how.axis_y.taps" "pixel \\(")
plotwatch_mutant(runs_wrong_index runs/runs_cuda.cu runs_twin.cpp
  "runs[so_far - 1]" "runs[so_far]" "cpu, twin|cpu == twin|Expected equality|memory that is not there")
plotwatch_mutant(affine_beyond_the_row affine/affine_cuda.cu pointwise_twin.cpp
  "x < out.width && y < out.height" "x <= out.width && y < out.height" "pixel \\(|memory that is not there")
plotwatch_mutant(spectral_angle_wrong_index spectral_angle/spectral_angle_cuda.cu spectral_angle_twin.cpp
  "later + (there ? after.band(b)(qx, qy)" "later + (there ? after.band(b)(x, qy)" "pixel \\(")
plotwatch_mutant(spectral_angle_beyond_the_view spectral_angle/spectral_angle_cuda.cu spectral_angle_twin.cpp
  "qx >= out.width) continue;" "qx > out.width) continue;" "pixel \\(|memory that is not there")
plotwatch_mutant(static_edges_wrong_index static_edges/static_edges_cuda.cu static_edges_twin.cpp
  "usable(x, above) != 0 && usable(x, below) != 0" "usable(x, above) != 0 && usable(x, above) != 0" "pixel \\(")
plotwatch_mutant(static_edges_beyond_the_view static_edges/static_edges_cuda.cu static_edges_twin.cpp
  "y + 1 < out.height;" "y < out.height;" "pixel \\(|memory that is not there")
plotwatch_mutant(components_without_corner components/components_cuda.cu components_twin.cpp
  "is_set(mask, x + 2, y - 1)) unite(" "is_set(mask, x + 1, y - 1)) unite(" "pixel \\(")
plotwatch_mutant(correlate_not_conjugate correlation/correlation_cuda.cu correlation_twin.cpp
  "after, before, i == 0" "before, after, i == 0" "pixel \\(")
plotwatch_mutant(correlate_wrong_window correlation/correlation_cuda.cu correlation_twin.cpp
  "const int sx = corners.at[window].x + x, sy = corners.at[window].y + y;"
  "const int sx = corners.at[0].x + x, sy = corners.at[0].y + y;" "pixel \\(")
plotwatch_mutant(intersect_one_alone intersect/intersect_cuda.cu pointwise_twin.cpp
  "both_set(in(x, y), inout(x, y))" "both_set(in(x, y), in(x, y))" "pixel \\(")
# Races
plotwatch_mutant(components_lost_root components/components_cuda.cu components_twin.cpp
  "if (was == high) return;" "return;" "pixel \\(")
# Reduction and output
plotwatch_mutant(moments_lost_lanes moments/moments_cuda.cu moments_twin.cpp
  "apart = lanes / 2" "apart = lanes / 4" "cpu.weight")
plotwatch_mutant(threshold_unwritten runs/runs_cuda.cu significance_twin.cpp
  "  strong(x, y) = passes(value, strong_cut);\n" "" "pixel \\(")
