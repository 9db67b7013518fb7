// Text files of assets/, compiled in: a program that is copied without them still writes whole reports.
#pragma once

namespace plotwatch::report::assets {

extern const char* const report_css;
extern const char* const report_js;
extern const char* const sheets_css;      // of the printed inspection sheets
extern const char* const candidates_qml;  // QGIS style of the layer `candidates`
extern const char* const plots_qml;

}  // namespace plotwatch::report::assets
