// SPDX-License-Identifier: MIT
#include "cli/last_plan.hpp"

#include <filesystem>
#include <string>

#include "base/file.hpp"
#include "json/reader.hpp"
#include "json/writer.hpp"

namespace claribi::cli {
namespace {

constexpr uint64_t size_limit = 1 << 20;

std::filesystem::path folder_of(const Context& context) {
  return context.environment().data_folder / "last";
}

std::filesystem::path file_of(const Context& context, std::string_view source) {
  return folder_of(context) / (std::string(source) + ".json");
}

}  // namespace

void remember_plan(const Context& context, std::string_view source,
                   const plan::Plan& plan) {
  if (!make_private_folder(folder_of(context))) return;
  (void)write_file(file_of(context, source), json::pretty(plan::to_json(plan)),
                   Privacy::owner_only);
}

std::optional<plan::Plan> last_plan(const Context& context,
                                    std::string_view source) {
  const auto text = read_file(file_of(context, source), size_limit);
  if (!text || !*text) return std::nullopt;
  const auto parsed = json::parse(**text);
  if (!parsed) return std::nullopt;
  auto plan = plan::from_json(*parsed);
  if (!plan) return std::nullopt;
  return *std::move(plan);
}

}  // namespace claribi::cli
