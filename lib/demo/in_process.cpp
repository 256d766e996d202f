// SPDX-License-Identifier: MIT
#include "demo/in_process.hpp"

#include <optional>
#include <utility>

#include "base/result.hpp"
#include "demo/server.hpp"

namespace claribi::demo {

namespace {

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
  CLARIBI_TRY_ASSIGN(auto data, open_dataset(options, clock.now(), progress));
  return Server(std::move(data.store), std::move(data.project), clock);
}

std::unique_ptr<net::Transport> make_demo_transport(
    DemoOptions options, const Clock& clock,
    std::function<void(std::string_view)> progress) {
  return std::make_unique<DemoTransport>(std::move(options), clock,
                                         std::move(progress));
}

}  // namespace claribi::demo
