# Everything here is a Debian 12 package; scripts/setup installs what is missing.
find_package(Threads REQUIRED)
find_package(GDAL 3.6 REQUIRED)
find_package(TBB REQUIRED)
find_package(Eigen3 3.4 REQUIRED NO_MODULE)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(CLI11 REQUIRED)
find_package(OpenCV 4.6 REQUIRED COMPONENTS core imgproc)
find_package(PkgConfig REQUIRED)
pkg_check_modules(TOMLPLUSPLUS REQUIRED IMPORTED_TARGET tomlplusplus)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)

# OpenCV's own targets carry no namespace.
add_library(plotwatch_opencv INTERFACE)
target_link_libraries(plotwatch_opencv INTERFACE opencv_core opencv_imgproc)
target_include_directories(plotwatch_opencv SYSTEM INTERFACE ${OpenCV_INCLUDE_DIRS})

if(PLOTWATCH_TESTS)
  find_package(GTest REQUIRED)
  find_package(benchmark REQUIRED)
  include(GoogleTest)
endif()
