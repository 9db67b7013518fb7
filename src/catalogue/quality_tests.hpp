// Private to catalogue: which values of the known quality bands make a pixel unusable.
#pragma once

#include <vector>

#include "model/scene.hpp"

namespace plotwatch::catalogue {

// Landsat Collection 2 Level-1 and Level-2: USGS LSDS-1619, table of QA_PIXEL bits.
std::vector<QualityTest> landsat_qa_pixel_tests();
// Landsat Collection 1: USGS LSDS-1656, BQA bits.
std::vector<QualityTest> landsat_collection1_bqa_tests();
// Landsat 8 before the collections (MTL without COLLECTION_NUMBER): cloud in bits 14-15, no shadow.
std::vector<QualityTest> landsat_precollection_bqa_tests();
// Sentinel-2 level 2A scene classification.
std::vector<QualityTest> sentinel2_scl_tests();
// A mask of ours or the user's: 0 is unusable.
std::vector<QualityTest> zero_is_unusable();

}  // namespace plotwatch::catalogue
