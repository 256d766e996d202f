// SPDX-License-Identifier: MIT
#include "plan/time.hpp"

#include <array>
#include <string>

#include "doctest/doctest.h"
#include "plan/frames/queries.hpp"
#include "tests/unit/plan/project.hpp"

namespace claribi::plan {
namespace {

// "2026-11-11..now" or "2026-11-09..2026-11-16": the end is not included.
std::string resolved(std::string_view question, const Moment& at) {
  Question words = read_question(question);
  const auto said = read_time(words);
  if (!said) return "fails: " + said.error().message;
  if (said->range.kind == TimeRange::Kind::unsaid) return "unsaid";
  const ResolvedRange range = resolve(said->range, at);
  return iso_date(range.from) + ".." +
         (range.open ? "now" : iso_date(range.to));
}

struct Row {
  std::string_view phrase;
  std::string_view range;
};

TEST_CASE("time phrases have their dates on Wednesday 18 November 2026") {
  static constexpr auto rows = std::to_array<Row>({
      {"today", "2026-11-18..now"},
      {"yesterday", "2026-11-17..2026-11-18"},
      {"the day before yesterday", "2026-11-16..2026-11-17"},
      {"this week", "2026-11-16..now"},
      {"this month so far", "2026-11-01..now"},
      {"this quarter", "2026-10-01..now"},
      {"this year", "2026-01-01..now"},
      {"month to date", "2026-11-01..now"},
      {"ytd", "2026-01-01..now"},
      {"last week", "2026-11-09..2026-11-16"},
      {"last month", "2026-10-01..2026-11-01"},
      {"last quarter", "2026-07-01..2026-10-01"},
      {"last year", "2025-01-01..2026-01-01"},
      {"previous month", "2026-10-01..2026-11-01"},
      {"past week", "2026-11-11..now"},
      {"in the last month", "2026-10-19..now"},
      {"last 7 days", "2026-11-11..now"},
      {"last seven days", "2026-11-11..now"},
      {"past 30 days", "2026-10-19..now"},
      {"previous 2 weeks", "2026-11-04..now"},
      {"last two weeks", "2026-11-04..now"},
      {"last couple of weeks", "2026-11-04..now"},
      {"last fortnight", "2026-11-04..now"},
      {"last 24 hours", "2026-11-17T10:30:00..now"},
      {"last 24h", "2026-11-17T10:30:00..now"},
      {"last 90d", "2026-08-20..now"},
      {"last 6 months", "2026-05-18..now"},
      {"last hour", "2026-11-18T09:30:00..now"},
      {"3 days ago", "2026-11-15..2026-11-16"},
      {"since yesterday", "2026-11-17..now"},
      {"since last week", "2026-11-09..now"},
      {"since Monday", "2026-11-16..now"},
      {"since October", "2026-10-01..now"},
      {"since 2026-11-03", "2026-11-03..now"},
      {"since 1 November", "2026-11-01..now"},
      {"from 2026-10-05", "2026-10-05..now"},
      {"from 2026-10-01 to 2026-10-07", "2026-10-01..2026-10-08"},
      {"between Nov 3 and Nov 9", "2026-11-03..2026-11-10"},
      {"from 20 December to 5 January", "2025-12-20..2026-01-06"},
      {"from Nov 10 to Nov 25", "2026-11-10..now"},
      {"on November 3rd, 2026", "2026-11-03..2026-11-04"},
      {"on the 3rd of November", "2026-11-03..2026-11-04"},
      {"on 20 November", "2025-11-20..2025-11-21"},
      {"in October", "2026-10-01..2026-11-01"},
      {"in November", "2026-11-01..now"},
      {"in December", "2025-12-01..2026-01-01"},
      {"in may", "2026-05-01..2026-06-01"},
      {"in February 2024", "2024-02-01..2024-03-01"},
      {"in feb 2026", "2026-02-01..2026-03-01"},
      {"in Q3", "2026-07-01..2026-10-01"},
      {"in Q4 2025", "2025-10-01..2026-01-01"},
      {"in Q4", "2026-10-01..now"},
      {"in 2025", "2025-01-01..2026-01-01"},
      {"in 2026", "2026-01-01..now"},
      {"last Tuesday", "2026-11-17..2026-11-18"},
      {"on Wednesday", "2026-11-11..2026-11-12"},
      {"all time", "2015-01-01..now"},
      {"ever", "2015-01-01..now"},
      {"last night", "2026-11-17..2026-11-18"},
      {"over the weekend", "2026-11-14..2026-11-16"},
      {"last weekend", "2026-11-14..2026-11-16"},
      {"the week before last", "2026-11-02..2026-11-09"},
      {"a week ago", "2026-11-09..2026-11-16"},
      {"past few days", "2026-11-15..now"},
      {"last half year", "2026-05-18..now"},
      {"last thirty days", "2026-10-19..now"},
      {"past 24hrs", "2026-11-17T10:30:00..now"},
      {"past 2 full weeks", "2026-11-04..now"},
      {"since the 1st of November", "2026-11-01..now"},
      {"since the beginning of the year", "2026-01-01..now"},
      {"since the start of October", "2026-10-01..now"},
      {"since tues", "2026-11-17..now"},
      {"from Monday to yesterday", "2026-11-16..2026-11-18"},
      {"from September to October", "2026-09-01..2026-11-01"},
      {"from Oct 5 through now", "2026-10-05..now"},
      {"between last Monday and yesterday", "2026-11-16..2026-11-18"},
      {"jan to mar", "2026-01-01..2026-04-01"},
      {"from november to january", "2025-11-01..2026-02-01"},
      {"until 10 November since 1 November", "2026-11-01..2026-11-11"},
      {"Nov 3-9", "2026-11-03..2026-11-10"},
      {"2-5 November", "2026-11-02..2026-11-06"},
      {"from the 3rd to the 9th of November", "2026-11-03..2026-11-10"},
      {"in the first half of October", "2026-10-01..2026-10-16"},
      {"second half of February 2024", "2024-02-16..2024-03-01"},
      {"first week of October", "2026-10-01..2026-10-08"},
      {"the last 3 days of September", "2026-09-28..2026-10-01"},
      {"H1 2026", "2026-01-01..2026-07-01"},
      {"the third quarter", "2026-07-01..2026-10-01"},
      {"the first quarter of 2025", "2025-01-01..2025-04-01"},
      {"in the week of 2 November", "2026-11-02..2026-11-09"},
      {"on 2026-10", "2026-10-01..2026-11-01"},
      {"the month of september", "2026-09-01..2026-10-01"},
      {"13/11", "2025-11-13..2025-11-14"},
      {"", "unsaid"},
      {"may I see it", "unsaid"},
  });
  // 13 November 2026 is five days ago.
  for (const auto& row : rows) {
    CAPTURE(row.phrase);
    const bool slashed = row.phrase == "13/11";
    const std::string_view range =
        slashed ? "2026-11-13..2026-11-14" : row.range;
    CHECK(resolved("signups " + std::string(row.phrase), moment()) == range);
  }
}

TEST_CASE("months end where the calendar says") {
  CHECK(resolved("last month", moment("2026-03-31T08:00:00Z")) ==
        "2026-02-01..2026-03-01");
  CHECK(resolved("last 1 month", moment("2026-03-31T08:00:00Z")) ==
        "2026-02-28..now");
  CHECK(resolved("last month", moment("2024-03-15T08:00:00Z")) ==
        "2024-02-01..2024-03-01");
  CHECK(resolved("since 29 February", moment("2026-11-18T10:30:00Z")) ==
        "2024-02-29..now");
  CHECK(resolved("last month", moment("2026-01-10T08:00:00Z")) ==
        "2025-12-01..2026-01-01");
}

TEST_CASE("weeks begin on the project's day") {
  Moment at = moment();
  at.calendar.weeks_start_on_sunday = true;
  CHECK(resolved("this week", at) == "2026-11-15..now");
  CHECK(resolved("last week", at) == "2026-11-08..2026-11-15");
}

TEST_CASE("dates are those of the project's zone, across the clock changes") {
  // 1 November 2026, 02:00 in New York, clocks go back.
  Moment autumn = moment("2026-11-01T13:00:00Z");  // 08:00 there.
  autumn.calendar.zone = TimeZone::named("America/New_York").value();
  CHECK(resolved("last 24 hours", autumn) == "2026-10-31T09:00:00..now");
  CHECK(resolved("yesterday", autumn) == "2026-10-31..2026-11-01");
  // 8 March 2026 they go forward.
  Moment spring = moment("2026-03-08T16:00:00Z");  // 12:00 there.
  spring.calendar.zone = TimeZone::named("America/New_York").value();
  CHECK(resolved("last 24 hours", spring) == "2026-03-07T11:00:00..now");
  CHECK(resolved("last 7 days", spring) == "2026-03-01..now");
  // In the evening of the day before it is already tomorrow in UTC.
  Moment evening = moment("2026-11-18T02:00:00Z");
  evening.calendar.zone = TimeZone::named("America/New_York").value();
  CHECK(resolved("today", evening) == "2026-11-17..now");
}

TEST_CASE("an interval is read beside the period") {
  struct Said {
    std::string_view question;
    std::optional<Unit> interval;
  };
  static constexpr auto rows = std::to_array<Said>({
      {"signups per day", Unit::day},
      {"signups by week this year", Unit::week},
      {"signups each month", Unit::month},
      {"signups every hour today", Unit::hour},
      {"hourly signups", Unit::hour},
      {"monthly signups", Unit::month},
      {"signups within a week", std::nullopt},
      {"signups last week", std::nullopt},
      {"signups by browser", std::nullopt},
  });
  for (const auto& row : rows) {
    CAPTURE(row.question);
    Question question = read_question(row.question);
    const auto said = read_time(question);
    REQUIRE(said.has_value());
    CHECK(said->interval == row.interval);
  }
}

TEST_CASE("a comparison says how far back the other period lies") {
  static constexpr auto rows = std::to_array<Row>({
      {"signups this week compared to last week", "-1w"},
      {"signups this week vs the week before", "-1w"},
      {"compare this month to last month", "-1m"},
      {"signups today versus yesterday", "-1d"},
      {"signups last 7 days vs the previous 7 days", "-1w"},
      {"signups last 30 days compared to the previous period", "-30d"},
      {"signups this quarter vs last quarter", "-3m"},
      {"signups this month compared to the same period last year", "-1y"},
      {"signups week over week", "-1w"},
      {"signups mom", "-1m"},
      {"more signups than last week", "-1w"},
      {"signups vs logins last week", ""},
      {"signups last week", ""},
  });
  for (const auto& row : rows) {
    CAPTURE(row.phrase);
    Question question = read_question(row.phrase);
    const auto said = read_time(question);
    REQUIRE(said.has_value());
    CHECK(said->compare_to.value_or("") == row.range);
  }
}

TEST_CASE("when only the other period is named, the present one is meant") {
  CHECK(resolved("signups vs last month", moment()) == "2026-11-01..now");
}

TEST_CASE("what cannot be a period fails and says why") {
  const auto kind = [](std::string_view text) {
    Question question = read_question(text);
    const auto said = read_time(question);
    return said ? ErrorKind::internal : said.error().kind;
  };
  CHECK(kind("signups next week") == ErrorKind::not_answerable);
  CHECK(kind("signups tomorrow") == ErrorKind::not_answerable);
  CHECK(kind("signups on 31 February") == ErrorKind::usage);
  CHECK(kind("signups since 2026-02-29") == ErrorKind::usage);
  CHECK(kind("signups on 11/3") == ErrorKind::needs_clarification);
}

TEST_CASE("the interval follows the length of the range") {
  const auto interval = [](std::string_view phrase) {
    Question question = read_question(phrase);
    return default_interval(resolve(read_time(question)->range, moment()));
  };
  CHECK(interval("yesterday") == Unit::hour);
  CHECK(interval("last 24 hours") == Unit::hour);
  CHECK(interval("last 7 days") == Unit::day);
  CHECK(interval("last 90 days") == Unit::day);
  CHECK(interval("last 92 days") == Unit::day);
  CHECK(interval("last 20 weeks") == Unit::week);
  CHECK(interval("last 26 weeks") == Unit::week);
  CHECK(interval("last 12 months") == Unit::month);
}

TEST_CASE("weeks, months and days keep their lengths where clocks change") {
  const auto in_new_york = [](std::string_view at) {
    return Moment{
        .now = parse_instant(at).value(),
        .calendar = {.zone = TimeZone::named("America/New_York").value(),
                     .weeks_start_on_sunday = true}};
  };
  struct Local {
    std::string_view at;
    std::string_view phrase;
    std::string_view range;
  };
  static constexpr auto rows = std::to_array<Local>({
      // Sunday weeks.
      {"2026-11-18T10:30:00Z", "this week", "2026-11-15..now"},
      {"2026-11-18T10:30:00Z", "last week", "2026-11-08..2026-11-15"},
      {"2026-11-18T10:30:00Z", "week of 4 November", "2026-11-01..2026-11-08"},
      // Still the 17th there.
      {"2026-11-18T03:00:00Z", "yesterday", "2026-11-16..2026-11-17"},
      // Clocks go back on 1 November, forward on 8 March.
      {"2026-11-02T15:00:00Z", "yesterday", "2026-11-01..2026-11-02"},
      {"2026-11-01T15:00:00Z", "last 24 hours", "2026-10-31T11:00:00..now"},
      {"2026-03-08T15:00:00Z", "last 24 hours", "2026-03-07T10:00:00..now"},
      {"2026-03-10T15:00:00Z", "last week", "2026-03-01..2026-03-08"},
      // Month ends and leap days.
      {"2026-03-31T15:00:00Z", "last month", "2026-02-01..2026-03-01"},
      {"2026-03-31T15:00:00Z", "last 1 month", "2026-02-28..now"},
      {"2024-03-31T15:00:00Z", "last 1 month", "2024-02-29..now"},
      {"2024-02-29T15:00:00Z", "last year", "2023-01-01..2024-01-01"},
      {"2026-01-01T15:00:00Z", "yesterday", "2025-12-31..2026-01-01"},
  });
  for (const auto& row : rows) {
    CAPTURE(row.at);
    CAPTURE(row.phrase);
    CHECK(resolved("signups " + std::string(row.phrase), in_new_york(row.at)) ==
          row.range);
  }
}

TEST_CASE("what has not begun is no period") {
  for (const auto* phrase : {"next week", "tomorrow", "next 3 months"}) {
    CAPTURE(phrase);
    CHECK(resolved("signups " + std::string(phrase), moment())
              .starts_with("fails: "));
  }
}

}  // namespace
}  // namespace claribi::plan
