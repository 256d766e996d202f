// SPDX-License-Identifier: MIT
#include "source/posthog/pipes.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <span>
#include <utility>

#include <fmt/core.h>

#include "base/result.hpp"
#include "base/text.hpp"
#include "json/reader.hpp"
#include "source/posthog/insights.hpp"
#include "table/build.hpp"

namespace claribi::source::posthog {
namespace {

using table::Shape;
using table::Table;
using table::Type;

using Cells = std::vector<std::string>;

constexpr std::string_view no_data = "No data recorded for this time period.";

std::unexpected<Error> fail_shape(std::string_view what) {
  return fail(ErrorKind::protocol, fmt::format("the table has {}", what),
              {"see it as it came: --format raw"});
}

// A block of lines with bars: the header and the rows, all of one length.
struct Block {
  Cells header;
  std::vector<Cells> rows;
};

Result<Block> read_block(std::span<const std::string> lines) {
  Block block;
  for (size_t i = 0; i < lines.size(); ++i) {
    Cells cells = split(lines[i], '|');
    if (i == 0) {
      block.header = std::move(cells);
      continue;
    }
    if (cells.size() != block.header.size()) {
      return fail_shape(fmt::format(
          "{} columns but {} cells in row {}: a value holds a bar or a line "
          "break",
          block.header.size(), cells.size(), i));
    }
    block.rows.push_back(std::move(cells));
  }
  return block;
}

// Notices of the backend stand before the table, each with an empty line
// behind it.
std::string_view without_notices(std::string_view text,
                                 std::vector<std::string>& notes) {
  while (text.starts_with("[Access control]") || text.starts_with('<')) {
    const size_t end = text.find("\n\n");
    if (end == std::string_view::npos) return text;
    notes.push_back(
        "PostHog says: " +
        fit_width(escape_terminal_line(text.substr(0, end)), 300, true));
    text.remove_prefix(end + 2);
  }
  return text;
}

// A last line says when only a part is shown.
std::string_view without_preview(std::string_view text, Table& table) {
  constexpr std::string_view mark = "[SQL result preview:";
  const size_t line = text.rfind(mark);
  if (line == std::string_view::npos || (line > 0 && text[line - 1] != '\n')) {
    return text;
  }
  table.truncated = true;
  table.notes.push_back(
      "PostHog says: " +
      fit_width(escape_terminal_line(text.substr(line)), 300, true));
  text = text.substr(0, line);
  while (text.ends_with('\n'))
    text.remove_suffix(1);
  return text;
}

// How the cells of a column are to be read: as what all of them are.
enum class Reading { text, number, boolean };

Reading reading_of(const std::vector<Cells>& rows, size_t column) {
  bool numbers = true;
  bool booleans = true;
  bool any = false;
  for (const Cells& row : rows) {
    const std::string& cell = row[column];
    if (cell == "(null)") continue;
    any = true;
    const auto parsed = json::parse(cell);
    numbers &= parsed && parsed->is_number();
    booleans &= cell == "True" || cell == "False";
  }
  if (!any) return Reading::text;
  if (numbers) return Reading::number;
  return booleans ? Reading::boolean : Reading::text;
}

json::Value sql_cell(const std::string& cell, Reading reading) {
  if (cell == "(null)") return {};
  if (cell == "\"(null)\"") return "(null)";
  if (reading == Reading::number) return json::Number{cell};
  if (reading == Reading::boolean) return cell == "True";
  return cell;
}

void note_cut_cells(Table& table, const Block& block) {
  const bool cut = std::ranges::any_of(block.rows, [](const Cells& row) {
    return std::ranges::any_of(row, [](const std::string& cell) {
      return cell.ends_with("...truncated");
    });
  });
  if (!cut) return;
  table.truncated = true;
  table.notes.emplace_back("long values are cut: they end in ...truncated");
}

std::string iso_date(std::string_view cell) {
  std::string date(cell);
  if (date.size() > 10 && date[10] == ' ') date[10] = 'T';
  return date;
}

json::Value number_cell(std::string_view cell) {
  if (cell == "N/A" || cell.empty()) return {};
  auto parsed = json::parse(cell);
  return parsed && parsed->is_number() ? std::move(*parsed) : json::Value(cell);
}

// What the header of a series says: "Chrome breakdown for the value `Chrome`"
// names the value of a breakdown.
struct SeriesName {
  std::string name;
  std::optional<std::string> breakdown;
};

SeriesName series_name(std::string_view header) {
  constexpr std::string_view mark = " breakdown for the value `";
  const size_t at = header.find(mark);
  if (at == std::string_view::npos || !header.ends_with('`')) {
    return {std::string(header), std::nullopt};
  }
  std::string_view value = header.substr(at + mark.size());
  value.remove_suffix(1);
  return {std::string(header.substr(0, at)), std::string(value)};
}

struct Period {
  std::string_view title;
  std::string_view name;
};
constexpr std::array<Period, 2> periods{{
    {"Previous period:", "previous"},
    {"Current period:", "current"},
}};

// The table lines of a trend's text by period; the period is empty where
// nothing is compared.
struct TrendBlock {
  std::string_view period;
  Block block;
};

Result<std::vector<TrendBlock>> trend_blocks(std::string_view text) {
  std::vector<TrendBlock> blocks;
  std::string_view period;
  std::vector<std::string> lines;
  const auto finish = [&]() -> Result<void> {
    if (lines.empty()) return {};
    CLARIBI_TRY_ASSIGN(Block block, read_block(lines));
    blocks.push_back({period, std::move(block)});
    lines.clear();
    return {};
  };
  for (const std::string& line : split(text, '\n')) {
    const auto* title = std::ranges::find(periods, line, &Period::title);
    if (title != periods.end()) {
      CLARIBI_TRY(finish());
      period = title->name;
    } else if (line.empty() || line.starts_with("Note: ")) {
      CLARIBI_TRY(finish());
    } else {
      lines.push_back(line);
    }
  }
  CLARIBI_TRY(finish());
  return blocks;
}

void add_trend_rows(Table& table, const TrendBlock& part, bool breakdown,
                    bool compared) {
  constexpr std::string_view partial_mark = " (partial)";
  const bool dated = table.shape == Shape::time_series;
  for (size_t i = 1; i < part.block.header.size(); ++i) {
    const SeriesName series = series_name(part.block.header[i]);
    for (const Cells& cells : part.block.rows) {
      std::string_view date = cells[0];
      const bool partial = date.ends_with(partial_mark);
      if (partial) date.remove_suffix(partial_mark.size());
      table::Row row;
      if (dated) row.emplace_back(iso_date(date));
      row.emplace_back(series.name);
      if (breakdown) row.emplace_back(series.breakdown.value_or(""));
      if (compared) row.emplace_back(part.period);
      row.push_back(number_cell(cells[i]));
      if (dated) row.emplace_back(partial);
      table.rows.push_back(std::move(row));
    }
  }
}

// "1m 15s", "2d 3h", "38s"; null for anything else.
json::Value seconds_of(std::string_view text) {
  double seconds = 0;
  bool any = false;
  for (const std::string& part : split(text, ' ')) {
    double amount = 0;
    const char* end = part.data() + part.size();
    const auto [stop, error] = std::from_chars(part.data(), end, amount);
    if (error != std::errc() || stop + 1 != end) return {};
    const size_t unit = std::string_view("smhd").find(*stop);
    if (unit == std::string_view::npos) return {};
    constexpr std::array<double, 4> lengths{1, 60, 3600, 86400};
    seconds += amount * lengths.at(unit);
    any = true;
  }
  return any ? json::Value(seconds) : json::Value();
}

json::Value share(const json::Value& part, const json::Value& whole) {
  const auto a = part.number();
  const auto b = whole.number();
  return a && b && *b != 0 ? json::Value(*a / *b) : json::Value();
}

const Cells* find_metric(const Block& block, std::string_view name) {
  const auto row = std::ranges::find_if(
      block.rows, [&](const Cells& cells) { return cells[0] == name; });
  return row == block.rows.end() ? nullptr : &*row;
}

Result<void> add_funnel_rows(Table& table, const Block& block,
                             const std::optional<std::string>& breakdown) {
  const Cells* counts = find_metric(block, "Total person count");
  if (counts == nullptr) return fail_shape("no counts");
  const Cells* average = find_metric(block, "Average conversion time");
  const Cells* median = find_metric(block, "Median conversion time");
  const json::Value first = number_cell(counts->at(1));
  for (size_t i = 1; i < block.header.size(); ++i) {
    const json::Value count = number_cell((*counts)[i]);
    const json::Value before = number_cell((*counts)[i == 1 ? 1 : i - 1]);
    table::Row row;
    row.emplace_back(i);
    row.emplace_back(block.header[i]);
    if (breakdown) row.emplace_back(*breakdown);
    row.push_back(count);
    row.push_back(share(count, first));
    row.push_back(share(count, before));
    row.emplace_back(before.integer().value_or(0) -
                     count.integer().value_or(0));
    for (const Cells* times : {average, median})
      row.push_back(times != nullptr ? seconds_of((*times)[i]) : json::Value());
    table.rows.push_back(std::move(row));
  }
  return {};
}

}  // namespace

Result<Table> decode_sql_text(std::string_view text) {
  Table table;
  std::vector<std::string> notes;
  text = without_notices(text, notes);
  text = without_preview(text, table);
  while (text.ends_with('\n'))
    text.remove_suffix(1);
  if (text.empty() || text == no_data) {
    table.notes = std::move(notes);
    return table;
  }
  CLARIBI_TRY_ASSIGN(const Block block, read_block(split(text, '\n')));
  json::Array rows;
  std::vector<Reading> readings;
  readings.reserve(block.header.size());
  for (size_t i = 0; i < block.header.size(); ++i)
    readings.push_back(reading_of(block.rows, i));
  for (const Cells& cells : block.rows) {
    json::Array row;
    for (size_t i = 0; i < cells.size(); ++i)
      row.push_back(sql_cell(cells[i], readings[i]));
    rows.emplace_back(std::move(row));
  }
  Table filled = table::from_rows(block.header, rows);
  filled.truncated = table.truncated;
  filled.notes = std::move(notes);
  filled.notes.insert(filled.notes.end(), table.notes.begin(),
                      table.notes.end());
  note_cut_cells(filled, block);
  return filled;
}

Result<Table> decode_trends_text(std::string_view text) {
  Table table{.shape = Shape::time_series};
  if (trim(text) == no_data) text = "Date|value";
  CLARIBI_TRY_ASSIGN(const auto blocks, trend_blocks(text));
  if (blocks.empty()) return fail_shape("no lines");
  const Cells& header = blocks.front().block.header;
  if (header[0] == "Date range") table.shape = Shape::totals;
  if (header.size() < 2 || !header[0].starts_with("Date")) {
    return fail_shape("no dates");
  }
  const bool compared = !blocks.front().period.empty();
  const bool breakdown = series_name(header[1]).breakdown.has_value();
  const bool dated = table.shape == Shape::time_series;
  if (dated) table.columns.push_back({"date", Type::date});
  table.columns.push_back({"series", Type::string});
  if (breakdown) table.columns.push_back({"breakdown", Type::string});
  if (compared) table.columns.push_back({"period", Type::string});
  table.columns.push_back({"value", Type::number});
  if (dated) table.columns.push_back({"partial", Type::boolean});
  for (const TrendBlock& part : blocks)
    add_trend_rows(table, part, breakdown, compared);
  if (dated && !table.rows.empty() &&
      table.rows.front().front().text_or("").size() > 10) {
    table.columns.front().type = Type::datetime;
  }
  return table;
}

Result<Table> decode_funnel_text(std::string_view text) {
  const bool breakdown = text.contains("\n---");
  Table table = funnel_table(breakdown);
  if (trim(text) == no_data) return table;
  std::optional<std::string> value;
  std::vector<std::string> lines;
  for (const std::string& line : split(std::string(text) + "\n", '\n')) {
    if (line.starts_with("---")) value = line.substr(3);
    const bool inside =
        line.starts_with("Metric|") || (!lines.empty() && !line.empty());
    if (inside) lines.push_back(line);
    if (inside || lines.empty()) continue;
    CLARIBI_TRY_ASSIGN(const Block block, read_block(lines));
    CLARIBI_TRY(add_funnel_rows(table, block, value));
    lines.clear();
  }
  if (table.rows.empty()) return fail_shape("no steps");
  return table;
}

}  // namespace claribi::source::posthog
