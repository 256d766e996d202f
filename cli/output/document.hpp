// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "answer/facts.hpp"
#include "answer/provenance.hpp"
#include "base/clock.hpp"
#include "chart/chart.hpp"
#include "chart/choose.hpp"
#include "json/value.hpp"
#include "plan/plan.hpp"
#include "source/connection.hpp"
#include "source/dialect.hpp"
#include "table/table.hpp"

namespace claribi::cli {

// What `ask` adds to a result.
struct AnswerPart {
  std::vector<std::string> sentences = {};
  std::vector<answer::Fact> facts = {};
  plan::Plan plan = {};
  answer::Provenance provenance = {};
};

// A result on its way out. Every format is made from this and nothing else.
struct Document {
  std::string source = {};     // Name of the data source; may be empty.
  source::ToolCall call = {};  // What was sent; no tool: a local listing.
  table::Table table = {};
  std::optional<chart::Chart> chart = {};
  std::optional<AnswerPart> answer = {};
  Instant fetched_at = {};
  std::string raw = {};  // What the server sent, for --format raw.
};

// The document of a call's result, with the chart that fits it.
Document document_of(std::string source, source::Outcome outcome,
                     const chart::Labels& labels);

}  // namespace claribi::cli
