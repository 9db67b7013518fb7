// Files that are compiled in. Private to ledger.
#pragma once

namespace plotwatch::ledger::assets {

extern const char* const cases_qml;  // the style that QGIS opens the cases with

}  // namespace plotwatch::ledger::assets
