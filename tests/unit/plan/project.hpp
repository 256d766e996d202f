// SPDX-License-Identifier: MIT
// Three small projects that differ in how they spell their names, and the
// whole way from a question to the calls.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.hpp"
#include "json/reader.hpp"
#include "json/value.hpp"
#include "plan/compile.hpp"
#include "plan/plan.hpp"
#include "plan/read.hpp"
#include "source/dialect.hpp"

namespace claribi::plan {

inline source::Schema snake_project() {
  source::Schema schema;
  schema.events = {{"$pageview", 9000},          {"logged_in", 5200},
                   {"uploaded_file", 4200},      {"downloaded_file", 3900},
                   {"$identify", 2000},          {"shared_file_link", 900},
                   {"signed_up", 800},           {"deleted_file", 500},
                   {"invited_team_member", 300}, {"$exception", 280},
                   {"upgraded_plan", 200},       {"paid_bill", 190},
                   {"$rageclick", 120},          {"downgraded_plan", 40}};
  using Of = source::PropertyOwner;
  schema.properties = {{"$browser", Of::event, "String"},
                       {"$geoip_country_code", Of::event, "String"},
                       {"$device_type", Of::event, "String"},
                       {"plan", Of::event, "String"},
                       {"file_size_b", Of::event, "Numeric"},
                       {"amount_usd", Of::event, "Numeric"},
                       {"company_size", Of::person, "String"},
                       {"plan", Of::person, "String"}};
  schema.flags = {{"11", "New pricing page", "new-pricing"},
                  {"12", "", "dark-mode"}};
  schema.cohorts = {{"1", "Paying users", ""}, {"2", "Power users", ""}};
  schema.dashboards = {{"5", "Activation", ""}, {"6", "Weekly Revenue", ""}};
  schema.insights = {{"wKlyRev1", "Weekly revenue", ""},
                     {"mNthRev1", "Monthly revenue", ""},
                     {"sIgnUpD1", "Signups by day", ""},
                     {"12345678", "Uploads", ""}};
  return schema;
}

inline source::Schema title_project() {
  source::Schema schema;
  schema.events = {{"$pageview", 50000},    {"Product Viewed", 20000},
                   {"Product Added", 6000}, {"Order Completed", 1500},
                   {"Signed Up", 700},      {"Order Refunded", 60}};
  using Of = source::PropertyOwner;
  schema.properties = {{"Store Country", Of::event, "String"},
                       {"Order Value", Of::event, "Numeric"},
                       {"Loyalty Tier", Of::person, "String"}};
  schema.dashboards = {{"31", "Shop Overview", ""}};
  schema.insights = {{"oRdErs01", "Orders Per Country", ""}};
  return schema;
}

inline source::Schema camel_project() {
  source::Schema schema;
  schema.events = {{"$screen", 80000},     {"appOpened", 30000},
                   {"levelStarted", 9000}, {"levelCompleted", 7000},
                   {"coinPurchased", 800}, {"userRegistered", 650}};
  using Of = source::PropertyOwner;
  schema.properties = {{"levelName", Of::event, "String"},
                       {"coinAmount", Of::event, "Numeric"}};
  schema.flags = {{"3", "", "newHomeScreen"}};
  return schema;
}

inline source::Dialect same_words() {
  source::Dialect dialect;
  dialect.translate =
      [](const source::ToolCall& call,
         const source::Dialect&) -> Result<source::Translation> {
    return source::Translation{.call = call};
  };
  return dialect;
}

// Wednesday.
inline Moment moment(std::string_view at = "2026-11-18T10:30:00Z") {
  return {.now = parse_instant(at).value()};
}

inline Result<Plan> plan_of(std::string_view question,
                            const source::Schema& schema) {
  auto reading = read(question);
  if (!reading) return std::unexpected(reading.error());
  return link(std::move(*reading), schema);
}

inline Result<std::vector<source::Translation>> calls_of(
    std::string_view question, const source::Schema& schema) {
  const auto plan = plan_of(question, schema);
  if (!plan) return std::unexpected(plan.error());
  return compile(*plan, same_words(), moment(), {});
}

// The question of a hint `claribi ask "..."`; empty if it is no such hint.
inline std::string question_in(std::string_view hint) {
  const size_t start = hint.find("claribi ask ");
  if (start == std::string_view::npos) return {};
  const std::string_view quoted = hint.substr(start + 12);
  std::string question(quoted.substr(1, quoted.size() - 2));
  for (size_t at = question.find("'\\''"); at != std::string::npos;
       at = question.find("'\\''", at + 1)) {
    question.replace(at, 4, "'");
  }
  return question;
}

}  // namespace claribi::plan
