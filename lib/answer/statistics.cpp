// SPDX-License-Identifier: MIT
#include "answer/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

namespace claribi::answer {
namespace {

// The variance that groups of equal values take from a Mann-Kendall sum.
double term(double n) {
  return n * (n - 1) * (2 * n + 5) / 18;
}

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  const size_t middle = values.size() / 2;
  std::ranges::sort(values);
  return values.size() % 2 == 1 ? values[middle]
                                : (values[middle - 1] + values[middle]) / 2;
}

int sign(double value) {
  return value > 0 ? 1 : value < 0 ? -1 : 0;
}

}  // namespace

double mann_kendall_z(std::span<const Sample> samples, size_t season) {
  std::map<size_t, std::vector<double>> phases;
  for (const Sample& sample : samples)
    phases[sample.at % season].push_back(sample.value);
  double sum = 0;
  double variance = 0;
  for (const auto& [phase, values] : phases) {
    std::map<double, double> ties;
    for (size_t j = 0; j < values.size(); ++j) {
      ties[values[j]] += 1;
      for (size_t i = 0; i < j; ++i)
        sum += sign(values[j] - values[i]);
    }
    variance += term(static_cast<double>(values.size()));
    for (const auto& [value, count] : ties)
      variance -= term(count);
  }
  if (variance <= 0) return 0;
  return (sum - sign(sum)) / std::sqrt(variance);
}

double theil_sen_slope(std::span<const Sample> samples, size_t season) {
  std::vector<double> slopes;
  for (size_t j = 0; j < samples.size(); ++j) {
    for (size_t i = 0; i < j; ++i) {
      const size_t apart = samples[j].at - samples[i].at;
      if (apart % season != 0) continue;
      slopes.push_back((samples[j].value - samples[i].value) /
                       static_cast<double>(apart));
    }
  }
  return median(std::move(slopes));
}

double relative_change(std::span<const Sample> samples, size_t season) {
  if (samples.empty()) return 0;
  std::vector<double> places;
  std::vector<double> values;
  for (const Sample& sample : samples) {
    places.push_back(static_cast<double>(sample.at));
    values.push_back(sample.value);
  }
  const double slope = theil_sen_slope(samples, season);
  const double middle = median(places);
  const double start = median(values) - slope * (middle - places.front());
  if (start <= 0) return 0;
  return slope * (places.back() - places.front()) / start;
}

double counts_z(std::span<const double> before, std::span<const double> after) {
  const size_t size = std::min(before.size(), after.size());
  const auto count = static_cast<double>(size);
  double counted = 0;
  double difference = 0;
  for (size_t i = 0; i < size; ++i) {
    counted += before[i] + after[i];
    difference += after[i] - before[i];
  }
  double squares = 0;
  for (size_t i = 0; i < size; ++i) {
    const double off = after[i] - before[i] - difference / count;
    squares += off * off;
  }
  const double observed = size > 1 ? squares / (count - 1) * count : 0;
  const double variance = std::max(counted, observed);
  return variance > 0 ? difference / std::sqrt(variance) : 0;
}

double proportions_z(double hits_a, double of_a, double hits_b, double of_b) {
  if (of_a <= 0 || of_b <= 0) return 0;
  const double pooled = (hits_a + hits_b) / (of_a + of_b);
  const double variance = pooled * (1 - pooled) * (1 / of_a + 1 / of_b);
  return variance > 0 ? (hits_a / of_a - hits_b / of_b) / std::sqrt(variance)
                      : 0;
}

Interval wilson(double hits, double of) {
  const double z = z_5_percent;
  const double share = hits / of;
  const double scale = 1 + z * z / of;
  const double middle = (share + z * z / (2 * of)) / scale;
  const double reach =
      z * std::sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / scale;
  return {std::max(0.0, middle - reach), std::min(1.0, middle + reach)};
}

}  // namespace claribi::answer
