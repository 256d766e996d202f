// SPDX-License-Identifier: MIT
#include "cli/sources.hpp"

#include <algorithm>
#include <utility>

#include "base/file.hpp"
#include "base/result.hpp"
#include "json/reader.hpp"
#include "json/writer.hpp"

namespace claribi::cli {
namespace {

constexpr uint64_t size_limit = 1 << 20;
constexpr int file_version = 1;

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
