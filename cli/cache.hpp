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
  explicit FileCache(std::filesystem::path folder)
      : folder_(std::move(folder)) {}

  [[nodiscard]] std::optional<std::string> read(std::string_view name) override;
  void write(std::string_view name, std::string_view text) override;
  void forget(std::string_view name) override;

 private:
  std::filesystem::path folder_;
};

// The folder for that endpoint. `pins` is whatever else tells its answers
// apart.
std::filesystem::path cache_folder_of(const std::filesystem::path& cache,
                                      std::string_view url,
                                      std::string_view pins, const Secret& key);

}  // namespace claribi::cli
