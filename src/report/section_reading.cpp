#include "report/number_format.hpp"
#include "report/sections.hpp"

namespace plotwatch::report {

Html reading_section(const ScanResult& scan) {
  Html out = html("<section id=\"reading-section\">\n{}<ul>\n",
                  heading("reading", "如何读这些数字", "How to read the figures"));
  put(out, "<li>{}</li>\n",
      both("得分 = d / (d + 2)，d 为虚警概率的负常用对数：0.5 相当于百分之一，0.6 相当于千分之一，0.75 "
           "相当于百万分之一。",
           "Score = d / (d + 2), where d is minus the decimal logarithm of the false-alarm probability: 0.5 is 1 in "
           "100, "
           "0.6 is 1 in 1,000, 0.75 is 1 in a million."));
  put(out, "<li>{}</li>\n",
      both("“疑似变化”是图斑最常见的类型，“类型占比”是该类型所占像元的比例。",
           "The suspected change is the most frequent one inside the patch; its share is of the patch's pixels."));
  put(out, "<li>{}</li>\n",
      both("面积按椭球面计算；“占地块”是图斑面积与地块面积之比。",
           "Areas are on the ellipsoid; “of plot” is the patch's area over the plot's."));
  put(out, "<li>{}</li>\n",
      both(
          "“未经核实”的依据尚无人对照法律原文确认，不得直接引用。",
          "A basis marked “not verified” has not been confirmed in the text of the law by a person: do not quote it."));
  put(out, "<li>{}</li>\n",
      both("经纬度为 CGCS2000（与 WGS 84 一致），未加偏移；按 GCJ-02 显示的地图软件会偏离数百米。",
           "Degrees are CGCS2000 (the same as WGS 84 here), not shifted: map programs that expect GCJ-02 show the "
           "place some "
           "hundred metres off."));
  put(out,
      "</ul>\n<p class=\"fine\">{} <span class=\"num\">{}</span> · {} <span class=\"code\">{}</span></p>\n</section>\n",
      both("虚警率", "false-alarm rate"), fmt::format("{:g}", scan.false_alarm_rate), both("规则文件", "rules"),
      scan.rules_source);
  return out;
}

}  // namespace plotwatch::report
