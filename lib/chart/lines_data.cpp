// SPDX-License-Identifier: MIT
#include "chart/lines_data.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "chart/series.hpp"
#include "chart/stamp.hpp"

namespace claribi::chart {
namespace {

// The mean of the values that are there.
class Mean {
 public:
  void add(const std::optional<double>& value) {
    if (!value) return;
    sum_ += *value;
    ++count_;
  }
  [[nodiscard]] std::optional<double> take() {
    if (count_ == 0) return std::nullopt;
    return std::exchange(sum_, 0) /
           static_cast<double>(std::exchange(count_, 0));
  }

 private:
  double sum_ = 0;
  size_t count_ = 0;
};

LineData::Curve curve_of(const Series& series,
                         const std::map<std::string_view, size_t>& index,
                         size_t size) {
  LineData::Curve curve{std::vector<std::optional<double>>(size),
                        std::vector<bool>(size)};
  for (const Point& point : series.points) {
    const size_t at = index.at(point.x);
    curve.y[at] = point.y;
    curve.partial[at] = point.partial;
  }
  return curve;
}

std::vector<double> places_of(const std::vector<std::string>& x) {
  std::vector<double> places;
  const auto first = read_stamp(x.front());
  const auto last = read_stamp(x.back());
  for (size_t i = 0; i < x.size() && first && last; ++i) {
    const auto stamp = read_stamp(x[i]);
    const auto span = static_cast<double>((last->at - first->at).count());
    if (!stamp || span <= 0) break;
    places.push_back(static_cast<double>((stamp->at - first->at).count()) /
                     span);
  }
  if (places.size() == x.size()) return places;
  places.clear();
  for (size_t i = 0; i < x.size(); ++i) {
    places.push_back(static_cast<double>(i) /
                     static_cast<double>(std::max<size_t>(x.size() - 1, 1)));
  }
  return places;
}

bool partial_at(const LineData& data, size_t index) {
  return std::ranges::any_of(data.curves, [&](const LineData::Curve& curve) {
    return curve.partial[index];
  });
}

LineData merge(const LineData& all, size_t count) {
  LineData few{.merged = count};
  few.curves.resize(all.curves.size());
  for (size_t start = 0; start < all.x.size();) {
    size_t end = start + 1;
    while (end < all.x.size() && end - start < count &&
           partial_at(all, end) == partial_at(all, start)) {
      ++end;
    }
    few.x.push_back(all.x[start]);
    for (size_t c = 0; c < all.curves.size(); ++c) {
      Mean mean;
      for (size_t i = start; i < end; ++i)
        mean.add(all.curves[c].y[i]);
      few.curves[c].y.push_back(mean.take());
      few.curves[c].partial.push_back(all.curves[c].partial[start]);
    }
    start = end;
  }
  return few;
}

}  // namespace

LineData line_data(const Chart& chart, size_t most) {
  LineData data{.x = all_x(chart)};
  std::map<std::string_view, size_t> index;
  for (size_t i = 0; i < data.x.size(); ++i)
    index.emplace(data.x[i], i);
  for (const Series& series : chart.series)
    data.curves.push_back(curve_of(series, index, data.x.size()));
  most = std::max<size_t>(most, 2);
  if (data.x.size() > most) {
    data = merge(data, (data.x.size() + most - 1) / most);
  }
  data.place = places_of(data.x);
  return data;
}

}  // namespace claribi::chart
