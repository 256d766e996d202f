// SPDX-License-Identifier: MIT
#pragma once

#include "cli/environment.hpp"
#include "cli/settings.hpp"
#include "demo/dataset.hpp"

namespace claribi::cli {

// Where the demo's data are for this user: generated ones in the cache, own
// events among what is to be kept. --project names a file that describes
// another product.
demo::DemoOptions demo_options(const Environment& environment,
                               const Settings& settings);

}  // namespace claribi::cli
