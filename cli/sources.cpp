// SPDX-License-Identifier: MIT
#include "cli/sources.hpp"

#include <algorithm>
#include <utility>

#include <fmt/core.h>

#include "base/file.hpp"
#include "base/result.hpp"
#include "base/text.hpp"
#include "json/reader.hpp"
#include "json/writer.hpp"

namespace claribi::cli {
namespace {

constexpr uint64_t size_limit = 1 << 20;
constexpr int file_version = 1;
constexpr size_t longest_name = 64;

std::filesystem::path file_in(const std::filesystem::path& folder) {
  return folder / "sources.json";
}

Source read_source(const json::Value& entry) {
  return {
      .name = entry["name"].text_or(""),
      .vendor = entry["vendor"].text_or(""),
      .url = entry["url"].text_or(""),
      .project = entry["project"].text_or(""),
      .organization = entry["organization"].text_or(""),
      .time_zone = entry["time_zone"].text_or("UTC"),
      .weeks_start_on_sunday = entry["week_start"].text_or("") == "sunday",
  };
}

json::Value entry_of(const Source& source) {
  json::Value entry;
  entry.set("name", source.name).set("vendor", source.vendor);
  entry.set("url", source.url);
  if (!source.project.empty()) entry.set("project", source.project);
  if (!source.organization.empty()) {
    entry.set("organization", source.organization);
  }
  entry.set("time_zone", source.time_zone);
  entry.set("week_start", source.weeks_start_on_sunday ? "sunday" : "monday");
  return entry;
}

}  // namespace

const Source* SourceList::find(std::string_view name) const {
  const auto found = std::ranges::find(sources, name, &Source::name);
  return found == sources.end() ? nullptr : &*found;
}

void SourceList::put(Source source) {
  remove(source.name);
  sources.push_back(std::move(source));
  std::ranges::sort(sources, {}, &Source::name);
}

void SourceList::remove(std::string_view name) {
  std::erase_if(sources,
                [&](const Source& source) { return source.name == name; });
}

Result<const Source*> SourceList::named(std::string_view name) const {
  if (const Source* source = find(name)) return source;
  std::vector<std::string> names;
  names.reserve(sources.size());
  for (const Source& source : sources)
    names.push_back(source.name);
  std::vector<std::string> hints;
  const auto alike = nearest(name, names, 1);
  if (!alike.empty()) hints.push_back("did you mean " + alike.front() + "?");
  hints.emplace_back("see the sources: claribi sources");
  return fail(
      ErrorKind::usage,
      fmt::format("no data source is named '{}'", escape_terminal_line(name)),
      std::move(hints));
}

Result<void> check_source_name(std::string_view name) {
  const bool plain = std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
  });
  if (plain && !name.empty() && name.size() <= longest_name) return {};
  return fail(
      ErrorKind::usage,
      fmt::format("a source cannot be named '{}'", escape_terminal_line(name)),
      {"use 1 to 64 letters, digits, dots, dashes and underscores"});
}

Result<SourceList> read_sources(const std::filesystem::path& config_folder) {
  const auto path = file_in(config_folder);
  CLARIBI_TRY_ASSIGN(auto text, read_file(path, size_limit));
  SourceList list;
  if (!text) return list;
  auto parsed = json::parse(*text);
  if (!parsed || !(*parsed)["sources"].is_array()) {
    return fail(ErrorKind::file, path.string() + " is not a list of sources",
                {"mend or delete it, then connect again"});
  }
  list.default_name = (*parsed)["default"].text_or("");
  for (const json::Value& entry : (*parsed)["sources"].items()) {
    list.put(read_source(entry));
  }
  return list;
}

Result<void> write_sources(const std::filesystem::path& config_folder,
                           const SourceList& list) {
  json::Value entries = json::Array{};
  for (const Source& source : list.sources)
    entries.push(entry_of(source));
  json::Value document;
  document.set("version", file_version).set("default", list.default_name);
  document.set("sources", std::move(entries));
  CLARIBI_TRY(make_private_folder(config_folder));
  return write_file(file_in(config_folder), json::pretty(document),
                    Privacy::owner_only);
}

}  // namespace claribi::cli
