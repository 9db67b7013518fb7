#include "report/checklist.hpp"

namespace plotwatch::report {
namespace {

void by_change(const Candidate& c, std::vector<CheckItem>& items) {
  if (c.stage == Stage::cover_net) {
    items.push_back({"苫盖网下是什么：土堆、基坑、建筑垃圾，何时苫盖",
                     "What lies under the net: soil, a pit, rubble? Since when?"});
    return;
  }
  if (c.stage == Stage::crop) {
    items.push_back(
        {"是否仅为作物、季节变化；有无开挖、硬化、堆放", "Crop or season only? Any digging, paving, heaps?"});
    return;
  }
  if (c.stage == Stage::earthwork) {
    items.push_back({"是否翻动、堆土、平整，还是仅为干湿变化", "Moved, heaped or levelled soil, or only wet and dry?"});
    return;
  }
  if (name(c.transition) == "other change") {
    items.push_back(
        {"影像上的变化是什么？是否为季节、光照或影像错位造成", "What changed? Season, light or image shift?"});
    return;
  }
  if (c.transition.after == Cover::built) {
    items.push_back({"是否有新建房屋、基础、围挡或硬化地面，施工到哪一步",
                     "New building, foundation, hoarding or hard surface? How far?"});
    items.push_back({"施工单位、开工日期，有无施工许可", "Who builds, since when, with which permit?"});
  } else if (c.transition.after == Cover::bare) {
    items.push_back({"是否开挖、平整、堆土或拆除，土方从哪里来、到哪里去",
                     "Digging, levelling, heaps or demolition? Where does soil go?"});
    items.push_back({"有无苫盖、异味、异常颜色或渗出液", "Cover, smell, odd colour or seepage?"});
  } else if (c.transition.after == Cover::vegetation) {
    items.push_back({"种植的是什么，是否为禁止种植的作物", "What grows there? A crop that is not allowed?"});
  } else {
    items.push_back({"是否为积水、坑塘或新挖水面", "Standing water, a pit or a new pond?"});
  }
}

void by_status(const Candidate& c, std::vector<CheckItem>& items) {
  const std::string& s = c.plot_status;
  if (s == "listed" || s == "staged")
    items.push_back({"修复或管控方案及备案、分期验收情况", "Filed plan; which stages are accepted?"});
  else if (s == "survey_pending" || s == "use_change" || s == "acquisition" || s == "priority_idle")
    items.push_back(
        {"土壤污染状况调查、风险评估是否完成并通过评审", "Survey and risk assessment finished and accepted?"});
  else if (s == "aftercare")
    items.push_back({"覆盖层、监测井、围栏是否完好", "Cover, wells and fences whole?"});
  else if (s == "key_unit")
    items.push_back({"拆除活动污染防治方案及应急预案是否备案", "Plan against pollution by demolition filed?"});
  else if (s == "cleanup_site" || s == "reclamation")
    items.push_back({"整治或复垦是否按期完成", "Clean-up or reclamation done in time?"});
}

}  // namespace

std::vector<CheckItem> checklist(const Candidate& candidate) {
  std::vector<CheckItem> items;
  by_change(candidate, items);
  by_status(candidate, items);
  if (!candidate.verdict.permit.empty())
    items.push_back({"现场内容、范围、时间是否与“" + candidate.verdict.permit + "”一致",
                     "Does the work keep to the document named, in content, extent and time?"});
  items.push_back(
      {"四个方向及全景照片，含拍摄时间和坐标", "Photos in four directions and overall, with time and place"});
  return items;
}

}  // namespace plotwatch::report
