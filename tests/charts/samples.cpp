// SPDX-License-Identifier: MIT
// Writes a chart of every kind, as NAME.svg, NAME.json (Vega-Lite) and
// NAME.txt, into a folder: chart_samples FOLDER
#include <fstream>
#include <iostream>
#include <string>

#include "chart/svg.hpp"
#include "chart/text.hpp"
#include "chart/vega_lite.hpp"
#include "json/writer.hpp"
#include "tests/unit/chart/sample.hpp"

namespace {

using namespace claribi;
using namespace claribi::chart;

struct Sample {
  std::string name;
  table::Table table;
  std::string title;
};

std::vector<int> month(int from) {
  std::vector<int> values;
  for (int i = 0; i < 30; ++i)
    values.push_back(from + (i * 37) % 23 - (i % 7 > 4 ? 12 : 0));
  return values;
}

table::Table hourly() {
  table::Table table = test::days(month(900), true);
  for (size_t i = 0; i < table.rows.size(); ++i) {
    const std::string hour = std::to_string(i % 24);
    table.rows[i][0] = std::string(i < 24 ? "2026-11-17T" : "2026-11-18T") +
                       (hour.size() < 2 ? "0" : "") + hour + ":00:00";
  }
  table.columns[0].type = table::Type::datetime;
  return table;
}

// Three lines of people by country over a month; a long name among them.
table::Table countries() {
  table::Table table;
  const std::vector<std::string> names{
      "DE", "United Kingdom of Great Britain and Northern Ireland", "FR", "US"};
  for (size_t i = 0; i < names.size(); ++i) {
    table::Table one = test::days(month(30 + 25 * static_cast<int>(i)), true);
    one.columns.insert(one.columns.begin() + 2,
                       {"breakdown", table::Type::string});
    for (table::Row& row : one.rows)
      row.insert(row.begin() + 2, names[i]);
    if (table.columns.empty()) {
      table = one;
    } else {
      table.rows.insert(table.rows.end(), one.rows.begin(), one.rows.end());
    }
  }
  return table;
}

table::Table compared_total() {
  table::Table table = test::totals({{"signed_up", 1234567}});
  table.columns.insert(table.columns.begin() + 1, {"period"});
  table.rows[0].insert(table.rows[0].begin() + 1, "current");
  table.rows.push_back({"signed_up", "previous", 1100000});
  return table;
}

table::Table compared_days() {
  table::Table table = test::days(month(40), true);
  table.columns.insert(table.columns.begin() + 2, {"period"});
  const size_t size = table.rows.size();
  for (table::Row& row : table.rows)
    row.insert(row.begin() + 2, "current");
  for (size_t i = 0; i < size; ++i) {
    table::Row row = table.rows[i];
    row[0] = "2026-10-" + std::string(i < 9 ? "0" : "") + std::to_string(i + 1);
    row[2] = "previous";
    row[3] = static_cast<int>(35 + (i * 11) % 17);
    row[4] = false;
    table.rows.push_back(row);
  }
  return table;
}

table::Table funnel_groups() {
  table::Table table = test::funnel();
  table.columns.insert(table.columns.begin() + 2, {"breakdown"});
  const auto rows = table.rows;
  table.rows.clear();
  for (const char* browser : {"Chrome", "Firefox", "Safari"}) {
    for (table::Row row : rows) {
      row.insert(row.begin() + 2, browser);
      table.rows.push_back(row);
    }
  }
  return table;
}

table::Table two_cohorts() {
  table::Table table = test::retention(5, 5);
  table.rows.resize(10);
  return table;
}

table::Table two_stickinesses() {
  table::Table table =
      test::stickiness({250, 120, 70, 40, 22, 9, 4}, "signed_up");
  for (const table::Row& row :
       test::stickiness({90, 80, 75, 60, 50, 40, 35}, "$pageview").rows) {
    table.rows.push_back(row);
  }
  return table;
}

// What a name must not do to a document.
table::Table hostile() {
  return test::totals({{"<script>alert(1)</script>", 30},
                       {"datum.v & \"quotes\" ' \x1b[31m \u202e", 20},
                       {"a]]>b<!--", 10},
                       {"日本語のとても長いイベント名であるかもしれない", 5}});
}

std::vector<Sample> samples() {
  return {
      {"number", test::totals({{"signed_up", 1234567}}), "signed_up"},
      {"number_compared", compared_total(), "signed_up"},
      {"line", test::days(month(50), true), "signed_up per day"},
      {"line_hours", hourly(), "$pageview per hour"},
      {"lines", countries(), "people with $pageview per day by country"},
      {"lines_compared", compared_days(), "signed_up per day"},
      {"bars", test::days({18, 17, 10, 9, 8, 23, 26, 5}, true),
       "signed_up per day"},
      {"bars_large", test::days({123456, 99000, 150000, 40500}, false),
       "$pageview per week"},
      {"stacked", test::breakdowns(9), "$pageview per day by browser"},
      {"lifecycle", test::lifecycle(), "Lifecycle of $pageview per day"},
      {"retention", test::retention(14, 8), "Retention of signed_up by day"},
      {"retention_many", test::retention(40, 15),
       "Retention of signed_up by day"},
      {"retention_curves", two_cohorts(), "Retention of signed_up by day"},
      {"stickiness", test::stickiness({250, 120, 70, 40, 22, 9, 4}),
       "On how many days people did $pageview"},
      {"stickiness_two", two_stickinesses(),
       "On how many days people did signed_up"},
      {"times", test::times({3, 20, 45, 30, 10, 5, 2, 1, 0, 1}, 5400),
       "Time from signed_up to paid_bill"},
      {"times_many", test::times(std::vector<int>(24, 13), 45),
       "Time from signed_up to paid_bill"},
      {"paths", test::paths(14), "Paths after /page-0"},
      {"ranking",
       test::totals({{"Chrome", 900}, {"Firefox", 400}, {"Safari", 90}}),
       "$pageview by $browser"},
      {"funnel", test::funnel(),
       "Funnel: signed_up → uploaded_file → upgraded_plan"},
      {"funnel_groups", funnel_groups(),
       "Funnel: signed_up → uploaded_file → upgraded_plan by $browser"},
      {"hostile", hostile(), "</title><script>alert(2)</script> & \"more\""},
  };
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: chart_samples FOLDER\n";
    return 2;
  }
  const std::string folder = std::string(argv[1]) + "/";
  for (const Sample& sample : samples()) {
    const auto chart =
        choose(sample.table,
               {sample.title, "2026-10-20 to 2026-11-18 (Europe/Berlin)"});
    if (!chart) {
      std::cerr << sample.name << " has no chart\n";
      return 1;
    }
    std::ofstream(folder + sample.name + ".svg") << to_svg(*chart);
    std::ofstream(folder + sample.name + ".json")
        << json::pretty(to_vega_lite(*chart));
    std::ofstream text(folder + sample.name + ".txt");
    for (size_t width : {60U, 80U, 120U})
      text << to_text(*chart, {.width = width}) << '\n';
    text << to_text(*chart, {.width = 80, .unicode = false});
  }
  return 0;
}
