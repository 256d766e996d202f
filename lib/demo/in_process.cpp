// SPDX-License-Identifier: MIT
#include "demo/in_process.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "base/file.hpp"
#include "base/result.hpp"
#include "demo/data_file.hpp"
#include "demo/server.hpp"
#include "json/reader.hpp"

namespace claribi::demo {

namespace {

constexpr uint64_t most_description_bytes = 16U << 20U;

[[nodiscard]] Result<Project> load_project(const std::filesystem::path& path) {
  CLARIBI_TRY_ASSIGN(const auto text, read_file(path, most_description_bytes));
  if (!text) {
    return fail(ErrorKind::file,
                fmt::format("no such file: {}", path.string()));
  }
  auto description = json::parse(*text);
  if (!description) {
    return fail(ErrorKind::usage,
                fmt::format("{} is not JSON: {}", path.string(),
                            description.error().message));
  }
  return read_project(*description);
}

// As many events as the description says for that time, at most `most`.
uint64_t events_of(const Project& project, int days, uint64_t most) {
  double month = 0;
  for (const auto& event : project.events)
    month += event.volume_30d;
  const double all = std::max(1.0, month * (days + 2) / 30);
  return all < static_cast<double>(most) ? static_cast<uint64_t>(all) : most;
}

class DemoTransport final : public net::Transport {
 public:
  DemoTransport(DemoOptions options, const Clock& clock,
                std::function<void(std::string_view)> progress)
      : options_(std::move(options)),
        clock_(clock),
        progress_(std::move(progress)) {}

  [[nodiscard]] Result<net::ReplyHead> exchange(
      const net::Request& request, const net::BodySink& sink) override {
    if (!server_) {
      CLARIBI_TRY_ASSIGN(server_, open_demo(options_, clock_, progress_));
    }
    HttpReply reply = server_->handle(request);
    if (!reply.body.empty()) sink(reply.head, reply.body);
    return std::move(reply.head);
  }

 private:
  DemoOptions options_;
  const Clock& clock_;
  std::function<void(std::string_view)> progress_;
  std::optional<Server> server_ = {};
};

}  // namespace

Result<Server> open_demo(
    const DemoOptions& options, const Clock& clock,
    const std::function<void(std::string_view)>& progress) {
  if (options.days < 1 || options.days > 3650) {
    return fail(
        ErrorKind::usage,
        fmt::format("the demo can hold 1 to 3650 days, not {}", options.days));
  }
  DataSpec spec{
      .seed = options.seed, .days = options.days, .events = options.events};
  Project project = default_project();
  if (!options.project_file.empty()) {
    CLARIBI_TRY_ASSIGN(project, load_project(options.project_file));
    spec.events = events_of(project, options.days, options.events);
  }
  CLARIBI_TRY_ASSIGN(auto store, open_data(options.folder, project, spec,
                                           clock.now(), progress));
  return Server(std::move(store), std::move(project), clock);
}

std::unique_ptr<net::Transport> make_demo_transport(
    DemoOptions options, const Clock& clock,
    std::function<void(std::string_view)> progress) {
  return std::make_unique<DemoTransport>(std::move(options), clock,
                                         std::move(progress));
}

}  // namespace claribi::demo
