// SPDX-License-Identifier: MIT
#include "cli/commands/connect_cards.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/number.hpp"
#include "base/text.hpp"
#include "chart/letters.hpp"

namespace claribi::cli {
namespace {

constexpr size_t text_width = 76;

std::string scope_lines(const source::Vendor& vendor) {
  std::vector<std::string> scopes(vendor.base_scopes.begin(),
                                  vendor.base_scopes.end());
  for (const source::CatalogTool& tool : vendor.catalog) {
    if (std::ranges::find(scopes, tool.scope) == scopes.end()) {
      scopes.emplace_back(tool.scope);
    }
  }
  std::ranges::sort(scopes);
  return paragraph(join(scopes, " "), 4);
}

}  // namespace

std::string menu(std::string_view title, const std::vector<MenuItem>& items) {
  size_t widest = 0;
  for (const MenuItem& item : items)
    widest = std::max(widest, display_width(item.name));
  std::string text = fmt::format("\n{}\n\n", title);
  for (size_t i = 0; i < items.size(); ++i) {
    text += fmt::format(
        "  {}  {}  {}\n", i + 1,
        chart::pad_right(escape_terminal_line(items[i].name), widest),
        escape_terminal_line(items[i].about));
  }
  return text + "\n";
}

std::optional<size_t> menu_number(std::string_view text, size_t count) {
  const auto number = number_in<size_t>(text);
  if (!number || *number < 1 || *number > count) return std::nullopt;
  return *number - 1;
}

std::string paragraph(std::string_view text, size_t indent) {
  const std::string space(indent, ' ');
  std::string out = space;
  for (const char c : chart::wrap(escape_terminal(text), text_width - indent)) {
    out += c;
    if (c == '\n') out += space;
  }
  return out + "\n";
}

std::string key_card(const source::Vendor& vendor) {
  if (vendor.key_page.empty()) return "\n";
  return fmt::format(
      "\n{0} needs a personal API key:\n\n"
      "  1. open {1}\n"
      "     (in {0}: Settings, Personal API keys, Create personal API key)\n"
      "  2. keep the preset \"MCP Server\" (read access is all that is used)\n"
      "  3. create the key and copy it; it begins with phx_\n\n"
      "  At least these scopes, if you tick them yourself:\n{2}\n",
      vendor.title, vendor.key_page, scope_lines(vendor));
}

}  // namespace claribi::cli
