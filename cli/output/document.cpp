// SPDX-License-Identifier: MIT
#include "cli/output/document.hpp"

#include <utility>

namespace claribi::cli {

Document document_of(std::string source, source::Outcome outcome,
                     const chart::Labels& labels) {
  Document document{.source = std::move(source),
                    .call = std::move(outcome.sent),
                    .table = std::move(outcome.table),
                    .fetched_at = outcome.fetched_at};
  document.raw = outcome.raw.text();
  document.chart = chart::choose(document.table, labels);
  return document;
}

}  // namespace claribi::cli
