#include <algorithm>
#include <cstdint>
#include <iterator>
#include <utility>

#include <boost/geometry/geometries/box.hpp>
#include <boost/geometry/geometries/point.hpp>
#include <boost/geometry/index/rtree.hpp>

#include "vectorise/vectorise.hpp"

namespace plotwatch::vectorise {
namespace {

namespace bg = boost::geometry;
using TreePoint = bg::model::point<double, 2, bg::cs::cartesian>;
using TreeBox = bg::model::box<TreePoint>;
using Entry = std::pair<TreeBox, std::uint32_t>;

TreeBox tree_box(const Box& box) { return {{box.min_x, box.min_y}, {box.max_x, box.max_y}}; }

std::vector<Entry> entries(const std::vector<PlotShape>& plots) {
  std::vector<Entry> result;
  result.reserve(plots.size());
  for (std::uint32_t i = 0; i < plots.size(); ++i)
    if (!plots[i].geometry.empty()) result.emplace_back(tree_box(plots[i].box), i);
  return result;
}

}  // namespace

struct PlotIndex::Impl {
  explicit Impl(std::vector<PlotShape> given) : plots(std::move(given)), tree(entries(plots)) {}

  std::vector<PlotShape> plots;
  bg::index::rtree<Entry, bg::index::rstar<16>> tree;  // packed, as it is built at once
};

PlotIndex::PlotIndex(std::vector<PlotShape> plots) : impl_(std::make_unique<Impl>(std::move(plots))) {}
PlotIndex::~PlotIndex() = default;
PlotIndex::PlotIndex(PlotIndex&&) noexcept = default;
PlotIndex& PlotIndex::operator=(PlotIndex&&) noexcept = default;

std::vector<const PlotShape*> PlotIndex::near(const Box& box) const {
  std::vector<std::uint32_t> found;
  for (auto it = impl_->tree.qbegin(bg::index::intersects(tree_box(box))); it != impl_->tree.qend(); ++it)
    found.push_back(it->second);
  std::sort(found.begin(), found.end());
  std::vector<const PlotShape*> plots;
  plots.reserve(found.size());
  for (const std::uint32_t i : found) plots.push_back(&impl_->plots[i]);
  return plots;
}

}  // namespace plotwatch::vectorise
