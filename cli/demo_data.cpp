// SPDX-License-Identifier: MIT
#include "cli/demo_data.hpp"

namespace claribi::cli {

demo::DemoOptions demo_options(const Environment& environment,
                               const Settings& settings) {
  return {.folder = environment.cache_folder / "demo",
          .project_file = settings.project.value_or(""),
          .loaded_file = environment.data_folder / "demo" / "events.db"};
}

}  // namespace claribi::cli
