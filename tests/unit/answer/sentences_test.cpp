// SPDX-License-Identifier: MIT
// Every number in every sentence is worked out a second time here, straight
// from the table and in floating point, for many random tables.
#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "doctest/doctest.h"
#include "tables.hpp"

using namespace claribi;
using namespace claribi::answer;
using namespace claribi::answer::test;

namespace {

// What each numeric fact must be.
using Oracle = std::map<std::string, double>;

struct Case {
  std::string kind;
  plan::Plan plan;
  table::Table table;
  Oracle oracle = {};
};

class Dice {
 public:
  explicit Dice(unsigned seed) : random_(seed) {}
  int upto(int most) {
    return std::uniform_int_distribution<int>(0, most)(random_);
  }
  int between(int least, int most) { return least + upto(most - least); }
  bool once_in(int n) { return upto(n - 1) == 0; }
  // Small, middling or large, so that every rule about bases is met.
  int level() {
    static constexpr std::array levels{0, 2, 9, 40, 900, 25'000};
    return levels[static_cast<size_t>(upto(5))];
  }
  int count(int level) {
    return level == 0 ? 0 : std::poisson_distribution<int>(level)(random_);
  }

 private:
  std::mt19937 random_;
};

double sum(const std::vector<double>& values) {
  double total = 0;
  for (double value : values)
    total += value;
  return total;
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half]
                                : (values[half - 1] + values[half]) / 2;
}

double percent_change(double before, double after) {
  return (after - before) / before * 100;
}

// The finished values of a line, in the order of the table.
std::vector<double> finished(const table::Table& table,
                             const std::string& column = "",
                             const std::string& name = "") {
  std::vector<double> values;
  for (size_t row = 0; row < table.rows.size(); ++row) {
    const auto value = table.cell(row, "value").number();
    if (!value || table.cell(row, "partial").boolean() == true) continue;
    if (!column.empty() && table.cell(row, column).text_or("") != name) {
      continue;
    }
    values.push_back(*value);
  }
  return values;
}

// The rise along the median slope between equal weekdays, in per cent.
double theil_sen(const std::vector<double>& values, size_t season) {
  std::vector<double> slopes;
  for (size_t i = 0; i < values.size(); ++i) {
    for (size_t j = i + season; j < values.size(); j += season) {
      slopes.push_back((values[j] - values[i]) / static_cast<double>(j - i));
    }
  }
  const double slope = median(slopes);
  const auto length = static_cast<double>(values.size() - 1);
  return slope * length / (median(values) - slope * length / 2) * 100;
}

void expect_level(Oracle& oracle, const std::vector<double>& values) {
  oracle["complete_buckets"] = static_cast<double>(values.size());
  if (values.empty()) return;
  oracle["total"] = sum(values);
  oracle["average"] = sum(values) / static_cast<double>(values.size());
  oracle["latest"] = values.back();
  oracle["peak"] = *std::max_element(values.begin(), values.end());
  oracle["low"] = *std::min_element(values.begin(), values.end());
}

void expect_comparison(Oracle& oracle, const std::vector<double>& before,
                       const std::vector<double>& after, bool additive) {
  if (before.empty()) return;
  const double size = additive ? 1 : static_cast<double>(before.size());
  oracle["current"] = sum(after) / size;
  oracle["previous"] = sum(before) / size;
  if (sum(before) >= 30) {
    oracle["change_percent"] = percent_change(sum(before), sum(after));
  }
}

Case random_series(Dice& dice) {
  static constexpr std::array maths{plan::Math::total, plan::Math::total,
                                    plan::Math::dau, plan::Math::sum,
                                    plan::Math::p95};
  const plan::Math math = maths[static_cast<size_t>(dice.upto(4))];
  Case made{"series", trend_plan("step_2_done", math), {}};
  if (math == plan::Math::sum || math == plan::Math::p95) {
    made.plan.series[0].property = "amount";
  }
  const int size = dice.between(1, 45);
  const int level = dice.level();
  const double growth = dice.once_in(3) ? 1.0 / 20 : 0;
  std::vector<json::Value> values;
  for (int i = 0; i < size; ++i) {
    const int grown = static_cast<int>(level * (1 + growth * i));
    const int count = dice.count(grown);
    values.emplace_back(
        math == plan::Math::sum
            ? json::Value(json::Number{std::to_string(count) + ".25"})
            : json::Value(count));
  }
  const bool today = dice.once_in(2);
  add_days(made.table, values, today, {.series = "step_2_done"});
  const std::vector<double> done = finished(made.table);
  const bool additive = math == plan::Math::total || math == plan::Math::sum;
  const bool counts = math == plan::Math::total || math == plan::Math::dau;
  expect_level(made.oracle, done);
  if (!additive) made.oracle.erase("total");
  if (today) made.oracle["so_far"] = values.back().number().value_or(-1);
  if (done.size() >= 28) {
    made.oracle["trend_change"] = std::round(theil_sen(done, 7));
  } else if (done.size() >= 14 && counts) {
    made.oracle["window"] = 7;
    expect_comparison(made.oracle, {done.end() - 14, done.end() - 7},
                      {done.end() - 7, done.end()}, additive);
  }
  return made;
}

Case random_comparison(Dice& dice) {
  const bool people = dice.once_in(2);
  Case made{
      "comparison",
      trend_plan("signed_up", people ? plan::Math::dau : plan::Math::total),
      {}};
  const int size = dice.between(1, 10);
  const int level = dice.level();
  std::vector<json::Value> now;
  std::vector<json::Value> then;
  for (int i = 0; i < size; ++i) {
    now.emplace_back(dice.count(level));
    then.emplace_back(dice.count(level + dice.upto(5)));
  }
  const bool today = dice.once_in(2);
  add_days(made.table, now, today, {.period = "current"});
  add_days(made.table, then, false, {.period = "previous"}, size);
  std::vector<double> after = finished(made.table, "period", "current");
  std::vector<double> before = finished(made.table, "period", "previous");
  before.resize(after.size());
  expect_level(made.oracle, after);
  if (people) made.oracle.erase("total");
  if (today) made.oracle["so_far"] = now.back().number().value_or(-1);
  expect_comparison(made.oracle, before, after, !people);
  return made;
}

// Names and sums, largest first; ties by name.
std::vector<std::pair<double, std::string>> ranked(
    std::vector<std::pair<double, std::string>> groups) {
  std::sort(groups.begin(), groups.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  });
  return groups;
}

void expect_ranking(Oracle& oracle,
                    std::vector<std::pair<double, std::string>> groups,
                    bool additive) {
  groups = ranked(std::move(groups));
  oracle["groups"] = static_cast<double>(groups.size());
  if (groups.empty()) return;
  oracle["leader"] = groups[0].first;
  if (groups.size() > 1) oracle["second"] = groups[1].first;
  if (!additive) return;
  double total = 0;
  for (const auto& [value, name] : groups)
    total += value;
  oracle["total"] = total;
  if (total < 30) return;
  oracle["leader_share"] = groups[0].first / total * 100;
  if (groups.size() > 1) oracle["second_share"] = groups[1].first / total * 100;
}

const std::vector<std::string> browsers{"Chrome", "Edge", "Firefox", "Opera",
                                        "Safari"};

Case random_breakdown(Dice& dice) {
  const bool people = dice.once_in(2);
  Case made{
      "breakdown",
      trend_plan("signed_up", people ? plan::Math::dau : plan::Math::total),
      {}};
  const int size = dice.between(1, 9);
  const bool today = dice.once_in(2);
  const int groups = dice.between(2, 5);
  std::vector<std::pair<double, std::string>> sums;
  for (int group = 0; group < groups; ++group) {
    const std::string& name = browsers[static_cast<size_t>(group)];
    const int level = dice.level();
    std::vector<json::Value> values;
    values.reserve(static_cast<size_t>(size));
    for (int i = 0; i < size; ++i)
      values.emplace_back(dice.count(level));
    add_days(made.table, values, today, {.breakdown = name});
    const auto done = finished(made.table, "breakdown", name);
    made.oracle["complete_buckets"] = static_cast<double>(done.size());
    if (done.empty()) continue;
    const double size_of = people ? static_cast<double>(done.size()) : 1;
    sums.emplace_back(sum(done) / size_of, name);
  }
  expect_ranking(made.oracle, sums, !people);
  return made;
}

Case random_totals(Dice& dice) {
  Case made{"totals", trend_plan(), {.shape = table::Shape::totals}};
  made.plan.total = true;
  const int variant = dice.upto(2);
  const int level = dice.level();
  if (variant == 0) {
    made.table.columns = {{"series"}, {"value", table::Type::number}};
    made.table.rows = {{"signed_up", dice.count(level)}};
    made.oracle["value"] = made.table.cell(0, "value").number().value_or(-1);
  } else if (variant == 1) {
    made.table.columns = {{"series"}, {"period"}, {"value"}};
    const int now = dice.count(level);
    const int then = dice.count(level + dice.upto(level));
    made.table.rows = {{"signed_up", "current", now},
                       {"signed_up", "previous", then}};
    made.oracle["value"] = now;
    made.oracle["previous"] = then;
    if (then >= 30) made.oracle["change_percent"] = percent_change(then, now);
  } else {
    made.table.columns = {{"series"}, {"breakdown"}, {"value"}};
    std::vector<std::pair<double, std::string>> groups;
    const int size = dice.between(2, 5);
    for (int i = 0; i < size; ++i) {
      const std::string& name = browsers[static_cast<size_t>(i)];
      const int count = dice.count(level);
      made.table.rows.push_back({"signed_up", name, count});
      groups.emplace_back(count, name);
    }
    expect_ranking(made.oracle, groups, true);
    if (size > 2) {
      made.oracle["others"] = size - 2;
      made.oracle["others_total"] =
          made.oracle["total"] - made.oracle["leader"] - made.oracle["second"];
    }
  }
  return made;
}

void expect_funnel(Oracle& oracle, const std::vector<int>& counts,
                   const std::vector<double>& seconds) {
  oracle["entered"] = counts.front();
  oracle["finished"] = counts.back();
  if (counts.front() >= 30) {
    oracle["overall"] = 100.0 * counts.back() / counts.front();
  }
  int lost = 0;
  for (size_t i = 1; i < counts.size(); ++i) {
    if (counts[i - 1] - counts[i] <= lost) continue;
    lost = counts[i - 1] - counts[i];
    oracle["largest_loss"] = lost;
    oracle.erase("largest_loss_rate");
    if (counts[i - 1] >= 30) {
      oracle["largest_loss_rate"] = 100.0 * lost / counts[i - 1];
    }
  }
  double slowest = -1;
  for (size_t i = 1; i < counts.size(); ++i) {
    if (counts[i] > 0) slowest = std::max(slowest, seconds[i]);
  }
  if (slowest >= 0) oracle["median_time"] = slowest;
}

Case random_funnel(Dice& dice) {
  Case made{"funnel", {}, {.shape = table::Shape::funnel}};
  made.plan.frame = "funnel";
  const bool broken_down = dice.once_in(3);
  made.table.columns = {{"step"}, {"event"}};
  if (broken_down) made.table.columns.push_back({"breakdown"});
  made.table.columns.push_back({"count"});
  made.table.columns.push_back({"median_seconds"});
  const int steps = dice.between(2, 4);
  const std::vector<std::string> events{"opened", "signed_up", "paid", "left"};
  double best = -1;
  double worst = 2;
  bool any = false;
  std::vector<std::string> large;
  for (int group = 0; group < (broken_down ? 3 : 1); ++group) {
    std::vector<int> counts{dice.count(dice.level())};
    std::vector<double> seconds{0};
    for (int step = 1; step < steps; ++step) {
      counts.push_back(dice.upto(counts.back()));
      seconds.push_back(dice.upto(300'000));
    }
    const std::string& name = browsers[static_cast<size_t>(group)];
    for (int step = 0; step < steps; ++step) {
      const auto at = static_cast<size_t>(step);
      table::Row row{step + 1, events[at]};
      if (broken_down) row.emplace_back(name);
      row.emplace_back(counts[at]);
      row.push_back(step == 0 ? json::Value() : json::Value(seconds[at]));
      made.table.rows.push_back(std::move(row));
    }
    made.oracle["steps"] = steps;
    if (!broken_down) {
      expect_funnel(made.oracle, counts, seconds);
      continue;
    }
    made.oracle["groups"] = 3;
    made.oracle["smallest_group"] = 30;
    if (counts.front() < 30) continue;
    large.push_back(name);
    const double rate = static_cast<double>(counts.back()) / counts.front();
    if (rate > best) {
      best = rate;
      made.oracle["best"] = rate * 100;
      made.oracle["best_entered"] = counts.front();
      made.oracle["best_finished"] = counts.back();
    }
    if (rate < worst || (any && rate == worst)) {
      worst = rate;
      made.oracle["worst"] = rate * 100;
      made.oracle["worst_entered"] = counts.front();
      made.oracle["worst_finished"] = counts.back();
    }
    any = true;
  }
  if (large.size() < 2) {
    for (const char* name : {"worst", "worst_entered", "worst_finished"})
      made.oracle.erase(name);
  }
  return made;
}

Case random_errors(Dice& dice) {
  Case made{"errors", {}, {}};
  made.table.columns = {{"name"}, {"occurrences"}, {"users"}};
  const int size = dice.between(0, 8);
  const int level = dice.level();
  double all = 0;
  double most = -1;
  double users = 0;
  for (int i = 0; i < size; ++i) {
    const int occurrences = dice.count(level);
    const int people = dice.upto(occurrences);
    made.table.rows.push_back({"TypeError", occurrences, people});
    all += occurrences;
    if (occurrences > most) {
      most = occurrences;
      users = people;
    }
  }
  made.oracle["count"] = size;
  if (size == 0) return made;
  made.oracle["top_occurrences"] = most;
  made.oracle["top_users"] = users;
  made.oracle["occurrences"] = all;
  if (all >= 30) made.oracle["top_share"] = most / all * 100;
  return made;
}

Case random_list(Dice& dice) {
  Case made{"list", {}, {}};
  const int size = dice.between(1, 9);
  const int variant = dice.upto(3);
  made.table.truncated = dice.once_in(3);
  made.oracle["count"] = size;
  double most = -1;
  for (int i = 0; i < size; ++i) {
    const int number = dice.upto(20'000);
    most = std::max<double>(most, number);
    if (variant == 0) {
      made.table.columns = {{"start_time"}, {"recording_duration"}};
      made.table.rows.push_back({"2026-11-18T09:00:00Z", number});
    } else if (variant == 1) {
      made.table.columns = {{"name"}, {"count"}, {"is_static"}};
      made.table.rows.push_back({"Paying", number, false});
    } else if (variant == 2) {
      made.table.columns = {{"key"}, {"active"}};
      made.table.rows.push_back({"new-pricing", true});
    } else {
      made.table.columns = {{"event"}, {"n"}};
      made.table.rows.push_back({"signed_up", number});
    }
  }
  if (variant == 0) made.oracle["longest"] = most;
  if (variant == 1) made.oracle["largest"] = most;
  if ((variant == 1 || variant == 2) && size > 5) {
    made.oracle["more_names"] = size - 5;
  }
  return made;
}

Case random_object(Dice& dice) {
  Case made{"object", {}, {}};
  if (dice.once_in(2)) {
    made.table = table::from_object(json::Value()
                                        .set("key", "new-pricing")
                                        .set("active", true)
                                        .set("rollout", dice.upto(100)));
    made.plan.object = plan::ObjectRef{.kind = "flag"};
    made.oracle["rollout"] =
        made.table.cell(0, "rollout").number().value_or(-1);
  } else {
    made.table = {.shape = table::Shape::prose,
                  .columns = {{"title"}, {"url"}, {"text"}}};
    const int size = dice.upto(4);
    for (int i = 0; i < size; ++i)
      made.table.rows.push_back({"Feature flags", nullptr, "text"});
    made.oracle["sections"] = size;
  }
  return made;
}

Case random_case(unsigned seed) {
  Dice dice(seed);
  switch (seed % 8) {
    case 0:
      return random_series(dice);
    case 1:
      return random_comparison(dice);
    case 2:
      return random_breakdown(dice);
    case 3:
      return random_totals(dice);
    case 4:
      return random_funnel(dice);
    case 5:
      return random_errors(dice);
    case 6:
      return random_list(dice);
    default:
      return random_object(dice);
  }
}

std::string without(const std::string& text, const std::string& pattern) {
  return std::regex_replace(text, std::regex(pattern), " ");
}

// The numbers of a text, without sign and grouping.
std::vector<std::string> numbers(const std::string& text) {
  static const std::regex number(R"([0-9][0-9,]*(\.[0-9]+)?)");
  std::vector<std::string> found;
  for (std::sregex_iterator it(text.begin(), text.end(), number), end;
       it != end; ++it) {
    std::string digits = it->str();
    std::erase(digits, ',');
    found.push_back(digits);
  }
  return found;
}

// What a sentence may say that is no number of the data: dates, and the names
// that the plan brought.
std::string strip_names(std::string text) {
  text = without(text, R"([0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:]+Z)?)");
  text = without(text, "step_2_done");
  return without(text, "95th percentile");
}

double seconds_of(const std::string& text) {
  const auto number = [](const std::string& part) { return std::stod(part); };
  std::smatch m;
  if (std::regex_match(text, m, std::regex("(.+) min (.+) s"))) {
    return number(m[1]) * 60 + number(m[2]);
  }
  if (std::regex_match(text, m, std::regex("(.+) (s|min|h|days?)"))) {
    const std::string unit = m[2];
    const double size = unit == "s"     ? 1
                        : unit == "min" ? 60
                        : unit == "h"   ? 3600
                                        : 86'400;
    return number(m[1]) * size;
  }
  return -1;
}

// The text of a fact says its value, to the last place that it shows.
void check_text(const Fact& fact, double value) {
  if (fact.unit == "seconds") {
    const double off = std::abs(seconds_of(fact.text) - value);
    CHECK(off <= std::max(0.51, value / 10));
    return;
  }
  if (fact.text == "under 0.1 %") {
    CHECK(std::abs(value) < 0.1);
    return;
  }
  const std::vector<std::string> shown = numbers(fact.text);
  REQUIRE(shown.size() == 1);
  const size_t point = shown[0].find('.');
  const auto places = static_cast<double>(
      point == std::string::npos ? 0 : shown[0].size() - point - 1);
  // Trailing zeros are not shown, and percentages above 999 end in one.
  const double step = std::max(std::pow(10, -places) / 2,
                               fact.unit == "%" ? std::abs(value) / 200 : 0);
  CHECK(std::abs(std::stod(shown[0]) - std::abs(value)) <= step + 1e-6);
}

void check_facts(const Case& made, const Answer& answer) {
  std::set<std::string> names;
  for (const Fact& fact : answer.facts) {
    CAPTURE(fact.name);
    CHECK(names.insert(fact.name).second);
    const auto value = fact.value.number();
    if (!value) continue;
    REQUIRE(made.oracle.contains(fact.name));
    const double expected = made.oracle.at(fact.name);
    CHECK(std::abs(*value - expected) <= 1e-6 * (1 + std::abs(expected)));
    check_text(fact, *value);
  }
  for (const auto& [name, value] : made.oracle) {
    CAPTURE(name);
    // Whether there is a trend is the business of its own tests.
    if (name != "trend_change") CHECK(answer.has(name));
  }
}

void check_sentences(const Answer& answer) {
  std::set<std::string> known;
  for (const Fact& fact : answer.facts) {
    for (const std::string& number : numbers(fact.text))
      known.insert(number);
  }
  CHECK(answer.sentences.size() <= 4);
  CHECK_FALSE(answer.sentences.empty());
  static const std::regex cause("because|due to|caused|thanks to|led to|stable",
                                std::regex_constants::icase);
  for (const std::string& sentence : answer.sentences) {
    CAPTURE(sentence);
    CHECK(sentence.ends_with('.'));
    CHECK_FALSE(sentence.contains("  "));
    CHECK_FALSE(std::regex_search(sentence, cause));
    for (const std::string& number : numbers(strip_names(sentence))) {
      CAPTURE(number);
      CHECK(known.contains(number));
    }
  }
}

}  // namespace

TEST_CASE("every number in a sentence can be recomputed from the table") {
  for (unsigned seed = 0; seed < 1600; ++seed) {
    const Case made = random_case(seed);
    CAPTURE(seed);
    CAPTURE(made.kind);
    const Answer answer = answer_of(made.plan, made.table);
    CAPTURE(answer.prose());
    check_facts(made, answer);
    check_sentences(answer);
  }
}

TEST_CASE("the same table gives the same sentences") {
  for (unsigned seed = 0; seed < 80; ++seed) {
    const Case made = random_case(seed);
    CHECK(answer_of(made.plan, made.table).prose() ==
          answer_of(made.plan, made.table).prose());
  }
}
