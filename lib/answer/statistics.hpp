// SPDX-License-Identifier: MIT
// The tests that a claim has to pass before it is made. Each was chosen for
// its rate of false claims on data that do not change.
#pragma once

#include <cstddef>
#include <span>

namespace claribi::answer {

// A value and its place on the time axis; places may be missing.
struct Sample {
  size_t at = 0;
  double value = 0;
};

// Two-sided bounds of the standard normal distribution.
inline constexpr double z_5_percent = 1.96;
inline constexpr double z_1_percent = 2.58;

// z of the Mann-Kendall test with ties, within each phase of a season of that
// many places (7 for days; 1 for none), so that a weekly rhythm is no trend.
double mann_kendall_z(std::span<const Sample> samples, size_t season);

// Theil-Sen slope between samples of the same phase, per place.
double theil_sen_slope(std::span<const Sample> samples, size_t season);

// The change over the whole stretch along that slope, relative to where the
// fitted line begins; 0 where it begins at zero or below.
double relative_change(std::span<const Sample> samples, size_t season);

// Whether counts come from one and the same rate: z of the difference of the
// totals of two stretches whose buckets correspond (same weekday, say). The
// variance is that of counts, or the observed one of the bucket differences
// where that is larger. 0 if nothing was counted.
double counts_z(std::span<const double> before, std::span<const double> after);

// z of the difference between two shares, pooled.
double proportions_z(double hits_a, double of_a, double hits_b, double of_b);

struct Interval {
  double low = 0;
  double high = 0;
};
// The 95 % Wilson interval of a share; `of` is positive.
Interval wilson(double hits, double of);

}  // namespace claribi::answer
