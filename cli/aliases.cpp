// SPDX-License-Identifier: MIT
#include "cli/aliases.hpp"

#include <algorithm>
#include <utility>

#include <fmt/core.h>

#include "base/file.hpp"
#include "base/result.hpp"
#include "base/text.hpp"

namespace claribi::cli {
namespace {

using source::NameAlias;

constexpr uint64_t size_limit = 1 << 20;

std::filesystem::path file_in(const std::filesystem::path& config_folder) {
  return config_folder / "aliases";
}

bool is_printable(std::string_view text) {
  return !text.empty() && std::ranges::none_of(text, [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
  });
}

// The file with its words for people; aliases are added at their place below.
Result<std::string> text_of(const std::filesystem::path& config_folder) {
  CLARIBI_TRY_ASSIGN(auto text, read_file(file_in(config_folder), size_limit));
  return text ? std::move(*text) : std::string{};
}

Result<void> write(const std::filesystem::path& config_folder,
                   const std::vector<NameAlias>& aliases) {
  CLARIBI_TRY_ASSIGN(const std::string before, text_of(config_folder));
  std::string text;
  for (const std::string& line : split(before, '\n')) {
    if (trim(line).starts_with('#')) text += line + "\n";
  }
  for (const NameAlias& alias : aliases)
    text += fmt::format("{} = {}\n", alias.words, alias.name);
  return write_file(file_in(config_folder), text, Privacy::owner_only);
}

}  // namespace

Result<NameAlias> parse_alias(std::string_view text) {
  const size_t sign = text.find('=');
  if (sign != std::string_view::npos) {
    NameAlias alias{.words = lower(trim(text.substr(0, sign))),
                    .name = std::string(trim(text.substr(sign + 1)))};
    if (is_printable(alias.words) && is_printable(alias.name)) return alias;
  }
  return fail(ErrorKind::usage,
              fmt::format("'{}' is no alias", escape_terminal_line(text)),
              {"for example: claribi alias signups=signed_up"});
}

Result<std::vector<NameAlias>> read_aliases(
    const std::filesystem::path& config_folder) {
  CLARIBI_TRY_ASSIGN(const std::string text, text_of(config_folder));
  std::vector<NameAlias> aliases;
  size_t number = 0;
  for (const std::string& line : split(text, '\n')) {
    ++number;
    if (trim(line).empty() || trim(line).starts_with('#')) continue;
    auto alias = parse_alias(line);
    if (!alias) {
      return fail(ErrorKind::file,
                  fmt::format("{}: line {} is no alias",
                              file_in(config_folder).string(), number),
                  {"write WORDS = NAME on every line"});
    }
    aliases.push_back(std::move(*alias));
  }
  std::ranges::stable_sort(aliases, {}, &NameAlias::words);
  return aliases;
}

Result<void> put_alias(const std::filesystem::path& config_folder,
                       NameAlias alias) {
  CLARIBI_TRY(make_private_folder(config_folder));
  CLARIBI_TRY_ASSIGN(const FolderLock lock, lock_folder(config_folder));
  CLARIBI_TRY_ASSIGN(auto aliases, read_aliases(config_folder));
  std::erase_if(aliases, [&](const NameAlias& known) {
    return known.words == alias.words;
  });
  aliases.push_back(std::move(alias));
  std::ranges::stable_sort(aliases, {}, &NameAlias::words);
  return write(config_folder, aliases);
}

Result<void> remove_alias(const std::filesystem::path& config_folder,
                          std::string_view words) {
  CLARIBI_TRY_ASSIGN(const FolderLock lock, lock_folder(config_folder));
  CLARIBI_TRY_ASSIGN(auto aliases, read_aliases(config_folder));
  const std::string wanted = lower(trim(words));
  const auto removed = std::erase_if(
      aliases, [&](const NameAlias& known) { return known.words == wanted; });
  if (removed == 0) {
    return fail(
        ErrorKind::usage,
        fmt::format("there is no alias '{}'", escape_terminal_line(words)),
        {"see them: claribi alias"});
  }
  return write(config_folder, aliases);
}

}  // namespace claribi::cli
