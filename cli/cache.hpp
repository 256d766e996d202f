// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>

#include "base/secret.hpp"
#include "mcp/cache.hpp"

namespace claribi::cli {

// What is remembered of an endpoint: a folder of its own below the cache
// folder, mode 0700, named by a hash of the address, the pins and the key,
// from which none of them can be told. Each text is replaced as a whole, so
// that runs at the same time do not harm each other.
class FileCache final : public mcp::Cache {
 public:
  // A text that has the key in it is not kept: a server may send it back. The
  // key, empty if there is none, must outlive the cache.
  FileCache(std::filesystem::path folder, const Secret& key)
      : folder_(std::move(folder)), key_(key) {}

  [[nodiscard]] std::optional<std::string> read(std::string_view name) override;
  void write(std::string_view name, std::string_view text) override;
  void forget(std::string_view name) override;

 private:
  std::filesystem::path folder_;
  const Secret& key_;
};

// The folder for that endpoint. `pins` is whatever else tells its answers
// apart.
std::filesystem::path cache_folder_of(const std::filesystem::path& cache,
                                      std::string_view url,
                                      std::string_view pins, const Secret& key);

}  // namespace claribi::cli
