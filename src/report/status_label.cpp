#include "report/status_label.hpp"

#include <array>

namespace plotwatch::report {
namespace {

struct Entry {
  std::string_view code, zh, en;
};

constexpr std::array<Entry, 14> entries{{
    {"listed", "名录内地块（未达修复目标）", "on the remediation list, target not met"},
    {"survey_pending", "风险地块（调查评估未完成）", "risk plot, survey or assessment unfinished"},
    {"use_change", "拟变更用途地块", "change of use to housing or public"},
    {"priority_idle", "优先监管地块（未开发）", "priority plot, not being developed"},
    {"acquisition", "拟收储地块", "up for acquisition"},
    {"staged", "分期修复地块", "staged remediation"},
    {"aftercare", "后期管理地块", "after-care"},
    {"key_unit", "重点监管单位（在产）", "key regulated unit in use"},
    {"unused", "未利用地", "unused land"},
    {"strict_farmland", "严格管控类耕地", "strictly controlled farmland"},
    {"key_farmland", "重点耕地", "key farmland"},
    {"cleanup_site", "农村环境整治点位", "rural clean-up site"},
    {"reclamation", "复垦地块", "land under reclamation"},
    {"cleared", "已移出名录地块", "removed from the list, survey passed"},
}};

}  // namespace

StatusLabel status_label(std::string_view code) {
  for (const Entry& e : entries)
    if (e.code == code) return {std::string(e.zh), std::string(e.en)};
  return {std::string(code), std::string(code)};
}

}  // namespace plotwatch::report
