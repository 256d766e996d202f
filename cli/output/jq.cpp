// SPDX-License-Identifier: MIT
#include "cli/output/jq.hpp"

#include <dlfcn.h>

#include <algorithm>
#include <climits>
#include <utility>

#include <fmt/core.h>

#include "base/bind_symbol.hpp"
#include "base/result.hpp"
#include "base/text.hpp"

// The header is C's and does not say so.
extern "C" {
#include <jq.h>
}

namespace claribi::cli {
namespace {

// The functions of libjq that are used.
struct Library {
  decltype(&::jq_init) init = nullptr;
  decltype(&::jq_set_error_cb) set_error_cb = nullptr;
  decltype(&::jq_compile) compile = nullptr;
  decltype(&::jq_start) start = nullptr;
  decltype(&::jq_next) next = nullptr;
  decltype(&::jq_format_error) format_error = nullptr;
  decltype(&::jq_teardown) teardown = nullptr;
  decltype(&::jv_parse_sized) parse = nullptr;
  decltype(&::jv_dump_string) dump = nullptr;
  decltype(&::jv_get_kind) kind = nullptr;
  decltype(&::jv_string_value) text = nullptr;
  decltype(&::jv_string_length_bytes) length = nullptr;
  decltype(&::jv_copy) copy = nullptr;
  decltype(&::jv_free) free = nullptr;
  decltype(&::jv_invalid_has_msg) has_message = nullptr;
  decltype(&::jv_invalid_get_msg) message = nullptr;
};

Result<Library> load() {
  void* handle = dlopen("libjq.so.1", RTLD_NOW | RTLD_LOCAL);
  Library jq;
  const bool whole =
      handle != nullptr && bind_symbol(handle, "jq_init", jq.init) &&
      bind_symbol(handle, "jq_set_error_cb", jq.set_error_cb) &&
      bind_symbol(handle, "jq_compile", jq.compile) &&
      bind_symbol(handle, "jq_start", jq.start) &&
      bind_symbol(handle, "jq_next", jq.next) &&
      bind_symbol(handle, "jq_format_error", jq.format_error) &&
      bind_symbol(handle, "jq_teardown", jq.teardown) &&
      bind_symbol(handle, "jv_parse_sized", jq.parse) &&
      bind_symbol(handle, "jv_dump_string", jq.dump) &&
      bind_symbol(handle, "jv_get_kind", jq.kind) &&
      bind_symbol(handle, "jv_string_value", jq.text) &&
      bind_symbol(handle, "jv_string_length_bytes", jq.length) &&
      bind_symbol(handle, "jv_copy", jq.copy) &&
      bind_symbol(handle, "jv_free", jq.free) &&
      bind_symbol(handle, "jv_invalid_has_msg", jq.has_message) &&
      bind_symbol(handle, "jv_invalid_get_msg", jq.message);
  if (whole) return jq;
  return fail(ErrorKind::usage, "--jq needs libjq, which is not installed",
              {"install it (Debian: apt install libjq1)",
               "or pipe into jq: claribi ... -f json | jq ..."});
}

// Takes the value, as libjq's own functions do.
std::string taken_text(const Library& jq, jv value) {
  std::string text(jq.text(value),
                   static_cast<size_t>(jq.length(jq.copy(value))));
  jq.free(value);
  return text;
}

// jq's words without its name and its place in the program's text.
std::string plain_words(std::string text) {
  text.erase(std::min(text.size(), text.find(" at <top-level>")));
  text.erase(std::min(text.size(), text.find(" (Unix shell quoting")));
  if (text.starts_with("jq: error: ")) text.erase(0, 11);
  if (text.starts_with("jq: error (at ")) text.erase(0, text.find("): ") + 3);
  return std::string(trim(text.substr(0, text.find('\n'))));
}

}  // namespace

struct JqProgram::State {
  Library jq;
  jq_state* machine = nullptr;
  std::string complaint = {};  // The first one.

  explicit State(const Library& library) : jq(library), machine(jq.init()) {}
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  State(State&&) = delete;
  State& operator=(State&&) = delete;
  ~State() { jq.teardown(&machine); }

  static void complain(void* data, jv message) {
    auto& state = *static_cast<State*>(data);
    std::string words = taken_text(state.jq, state.jq.format_error(message));
    if (state.complaint.empty()) state.complaint = plain_words(words);
  }
  // One result as a line.
  void write(std::string& out, jv value) const {
    const bool is_text = jq.kind(value) == JV_KIND_STRING;
    out += taken_text(jq, is_text ? value : jq.dump(value, 0));
    out += '\n';
  }
};

JqProgram::JqProgram(std::unique_ptr<State> state) : state_(std::move(state)) {
}
JqProgram::JqProgram(JqProgram&&) noexcept = default;
JqProgram& JqProgram::operator=(JqProgram&&) noexcept = default;
JqProgram::~JqProgram() = default;

Result<JqProgram> JqProgram::compile(const std::string& program) {
  CLARIBI_TRY_ASSIGN(const Library jq, load());
  auto state = std::make_unique<State>(jq);
  jq.set_error_cb(state->machine, &State::complain, state.get());
  if (jq.compile(state->machine, program.c_str()) == 0) {
    return fail(ErrorKind::usage,
                fmt::format("--jq '{}': {}", escape_terminal_line(program),
                            escape_terminal_line(state->complaint)),
                {"for example --jq '.rows[] | .event'"});
  }
  return JqProgram(std::move(state));
}

Result<std::string> JqProgram::run(std::string_view json) {
  const Library& jq = state_->jq;
  if (json.size() > INT_MAX) {
    return fail(ErrorKind::limit_reached, "the result is too big for libjq");
  }
  jq.start(state_->machine,
           jq.parse(json.data(), static_cast<int>(json.size())), 0);
  std::string out;
  jv value = jq.next(state_->machine);
  for (; jq.kind(value) != JV_KIND_INVALID; value = jq.next(state_->machine)) {
    state_->write(out, value);
  }
  if (jq.has_message(jq.copy(value)) == 0) {
    jq.free(value);
    return out;
  }
  jv message = jq.message(value);
  const std::string words = taken_text(
      jq, jq.kind(message) == JV_KIND_STRING ? message : jq.dump(message, 0));
  return fail(ErrorKind::usage,
              "--jq: " + escape_terminal_line(plain_words(words)),
              {"see what there is to select from: leave out --jq"});
}

}  // namespace claribi::cli
