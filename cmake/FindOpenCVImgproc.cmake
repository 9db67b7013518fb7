# OpenCV's core and imgproc by themselves. OpenCV's own package file comes with all of its modules, whose packages bring
# Qt and VTK with them: 239 packages more, for modules that plotwatch has no use for.
#
# Defines OpenCV::core and OpenCV::imgproc.
find_path(OpenCVImgproc_INCLUDE_DIR opencv2/imgproc.hpp PATH_SUFFIXES opencv4)
find_library(OpenCVImgproc_LIBRARY opencv_imgproc)
find_library(OpenCVImgproc_CORE_LIBRARY opencv_core)

if(EXISTS "${OpenCVImgproc_INCLUDE_DIR}/opencv2/core/version.hpp")
  file(STRINGS "${OpenCVImgproc_INCLUDE_DIR}/opencv2/core/version.hpp" lines
       REGEX "#define CV_VERSION_(MAJOR|MINOR|REVISION) +[0-9]+")
  list(TRANSFORM lines REPLACE ".* " "")
  list(JOIN lines "." OpenCVImgproc_VERSION)
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(OpenCVImgproc
  REQUIRED_VARS OpenCVImgproc_LIBRARY OpenCVImgproc_CORE_LIBRARY OpenCVImgproc_INCLUDE_DIR
  VERSION_VAR OpenCVImgproc_VERSION)
mark_as_advanced(OpenCVImgproc_INCLUDE_DIR OpenCVImgproc_LIBRARY OpenCVImgproc_CORE_LIBRARY)

if(OpenCVImgproc_FOUND AND NOT TARGET OpenCV::imgproc)
  add_library(OpenCV::core UNKNOWN IMPORTED)
  set_target_properties(OpenCV::core PROPERTIES
    IMPORTED_LOCATION "${OpenCVImgproc_CORE_LIBRARY}" INTERFACE_INCLUDE_DIRECTORIES "${OpenCVImgproc_INCLUDE_DIR}")
  add_library(OpenCV::imgproc UNKNOWN IMPORTED)
  set_target_properties(OpenCV::imgproc PROPERTIES
    IMPORTED_LOCATION "${OpenCVImgproc_LIBRARY}" INTERFACE_LINK_LIBRARIES OpenCV::core)
endif()
