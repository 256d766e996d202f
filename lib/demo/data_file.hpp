// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <functional>
#include <string_view>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "demo/life.hpp"
#include "demo/project.hpp"
#include "demo/store.hpp"

namespace claribi::demo {

// The file in that folder that holds these data. Its name tells apart
// description, spec and the UTC day of `now`.
std::filesystem::path data_file(const std::filesystem::path& folder,
                                const Project& project, const DataSpec& spec,
                                Instant now);

// Opens that file. If there is none, makes the folder and the file and removes
// the older files of the same description; `progress`, which may be empty, is
// told before that. The file appears when it is whole, whatever happens on the
// way; of several processes that come at once one makes it and the others
// wait. Fails (file).
[[nodiscard]] Result<Store> open_data(
    const std::filesystem::path& folder, const Project& project,
    const DataSpec& spec, Instant now,
    const std::function<void(std::string_view)>& progress);

}  // namespace claribi::demo
