// SPDX-License-Identifier: MIT
#include "cli/cache.hpp"

#include <system_error>
#include <utility>

#include "base/digest.hpp"
#include "base/file.hpp"

namespace claribi::cli {
namespace {

constexpr uint64_t most_bytes = 64ULL << 20;

}  // namespace

std::optional<std::string> FileCache::read(std::string_view name) {
  auto text = read_file(folder_ / name, most_bytes);
  return text ? std::move(*text) : std::nullopt;
}

// A cache that cannot be written is no reason to fail.
void FileCache::write(std::string_view name, std::string_view text) {
  if (!key_.empty() && text.contains(key_.view())) return;
  if (!make_private_folder(folder_)) return;
  (void)write_file(folder_ / name, text, Privacy::owner_only);
}

void FileCache::forget(std::string_view name) {
  std::error_code error;
  std::filesystem::remove(folder_ / name, error);
}

std::filesystem::path cache_folder_of(const std::filesystem::path& cache,
                                      std::string_view url,
                                      std::string_view pins,
                                      const Secret& key) {
  // Each part is hashed by itself, so that no two endpoints can meet; the key
  // has too much chance in it to be found again from its hash.
  const std::string name =
      sha256_hex(sha256_hex(url) + sha256_hex(pins) + sha256_hex(key.view()));
  return cache / "endpoints" / name.substr(0, 32);
}

}  // namespace claribi::cli
