#include <array>

#include "report/number_format.hpp"
#include "report/sections.hpp"
#include "report/tie_point_map.hpp"

namespace plotwatch::report {
namespace {

Html model_words(RegistrationQuality::Model model) {
  switch (model) {
    case RegistrationQuality::Model::identity: return both("不改正", "identity");
    case RegistrationQuality::Model::shift: return both("平移", "shift");
    case RegistrationQuality::Model::affine: return both("仿射", "affine");
    case RegistrationQuality::Model::local: return both("仿射加局部改正", "affine with a local part");
  }
  return {};
}

std::string pixels(const std::optional<double>& value) { return value ? fixed(*value, 3) + " px" : "–"; }

void put_verdict(Html& out, const RegistrationQuality& q) {
  if (q.failed)
    put(out, "<p class=\"caution\">{}</p>\n",
        both("配准失败：两景影像未能对齐，不能比较，所有地块按“未能观测”处理。请检查影像坐标；确认坐标无误时可关闭配准"
             "后重新运行。",
             "Failed: the scenes do not lie on each other and cannot be compared, so every plot counts as not "
             "observable. "
             "Check their coordinates; if these are known to be right, scan again with registration switched off."));
  else if (q.applied)
    put(out, "<p class=\"good\">{}</p>\n",
        both("已作配准改正：用未参与拟合的连接点检验，两景影像更为吻合。",
             "Applied: by points that were not fitted, the scenes agree better with it."));
  else
    put(out, "<p class=\"caution\">{}</p>\n",
        both("未作配准改正：影像按各自的坐标直接比较，边缘处的变化可信度较低。",
             "Not applied: the scenes are compared as they are georeferenced, and change along edges deserves less "
             "trust."));
  if (!q.reason.empty()) put(out, "<p>{}</p>\n", q.reason);
}

void put_errors(Html& out, const RegistrationQuality& q) {
  put(out, "<dl>\n<dt>{}</dt><dd>{}</dd>\n", both("模型", "model"), model_words(q.model));
  put(out, "<dt>{}</dt><dd class=\"num\">{} → {}</dd>\n",
      both("检验点均方根误差 改正前 → 后", "held-out RMSE, before → after"), pixels(q.held_out_rmse_before),
      pixels(q.held_out_rmse_after));
  put(out, "<dt>{}</dt><dd class=\"num\">{}</dd>\n", both("检验点 90% 分位", "held-out 90th percentile"),
      pixels(q.held_out_p90_after));
  put(out, "<dt>{}</dt><dd class=\"num\">{}</dd>\n", both("拟合均方根误差", "fit RMSE"), pixels(q.fit_rmse));
  put(out, "<dt>{}</dt><dd class=\"num\">{}</dd>\n</dl>\n",
      both("残余错位（标准差）", "residual misregistration (standard deviation)"), pixels(q.residual_px));
}

void put_fates(Html& out, const RegistrationQuality& q) {
  struct Fate {
    std::string_view css, zh, en;
    int count;
  };
  const std::array<Fate, 5> fates{{
      {"t-used", "用于拟合", "used in the fit", q.used},
      {"t-held", "留作检验", "held out for the check", q.held_out},
      {"t-unreliable", "不可靠（纹理不足或被云遮挡）", "unreliable: little texture, or cloud", q.unreliable},
      {"t-inconsistent", "往返不一致", "inconsistent when matched back", q.inconsistent},
      {"t-outlier", "粗差", "outliers of the robust fit", q.outliers},
  }};
  put(out,
      "<table class=\"fates\"><caption>{}: <span class=\"num\">{}</span></caption><thead><tr><th scope=\"col\">{}</th>"
      "<th scope=\"col\" class=\"num\">{}</th></tr></thead><tbody>\n",
      both("匹配窗口", "matching windows tried"), q.windows, both("连接点去向", "tie points by fate"),
      both("数量", "count"));
  for (const Fate& f : fates)
    put(out, "<tr><th scope=\"row\"><i class=\"key {}\"></i>{}</th><td class=\"num\">{}</td></tr>\n", f.css,
        both(f.zh, f.en), f.count);
  put(out, "</tbody></table>\n");
}

}  // namespace

Html registration_section(const ScanResult& scan) {
  const RegistrationQuality& q = scan.registration.quality;
  Html out = html("<section id=\"registration-section\">\n{}",
                  heading("registration", "影像配准质量", "How well the scenes lie on each other"));
  put_verdict(out, q);
  put(out, "<div class=\"columns\"><div>\n");
  put_errors(out, q);
  put_fates(out, q);
  put(out, "</div>\n{}</div>\n</section>\n", tie_point_map(scan.grid, scan.registration));
  return out;
}

}  // namespace plotwatch::report
