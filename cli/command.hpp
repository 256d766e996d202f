// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/error.hpp"

namespace claribi::cli {

class Context;

// What completes the value of an option or argument.
enum class Completes { nothing, file, source, tool, format, vendor };

// Where a value lands. A bool is a switch and takes no value.
using Landing = std::variant<bool*, std::string*, std::optional<std::string>*,
                             std::optional<int>*, std::vector<std::string>*>;

struct Option {
  std::string_view names;       // "-f,--format" or "--no-input"
  std::string_view value = {};  // What help calls the value: "NAME".
  std::string_view help = {};   // One sentence with a full stop.
  Landing lands = static_cast<bool*>(nullptr);
  std::vector<std::string> choices = {};
  Completes completes = Completes::nothing;
};

struct Argument {
  std::string_view name;  // "TOOL"
  std::string_view help = {};
  Landing lands = static_cast<std::string*>(nullptr);
  bool required = true;
  Completes completes = Completes::nothing;
};

// One parse of one command: fresh landing places and what to do with them.
struct Bound {
  std::vector<Option> options = {};
  std::vector<Argument> arguments = {};
  // Options that the table does not know, with their values, in the order
  // typed; null where such options are refused. `call` takes the flags of a
  // tool's own schema this way.
  std::vector<std::string>* unknown = nullptr;
  std::function<Result<void>(Context&)> run = {};
};

struct Example {
  std::string_view command;
  std::string_view about;
};

// A row of the table of commands. Parsing, help, man pages, completions and
// the reference are made from it.
struct Command {
  std::string_view path = {};         // "connect", "vault status"
  std::string_view summary = {};      // Imperative, no full stop.
  std::string_view description = {};  // Paragraphs parted by an empty line.
  std::vector<Example> examples = {};
  std::function<Bound()> bind = {};
  bool hidden = false;
};

// Binds a command whose arguments are a struct: `describe(args)` says which
// options fill it, `run(context, args)` does the work.
template <typename Args>
std::function<Bound()> bind(Bound (*describe)(Args&),
                            Result<void> (*run)(Context&, const Args&)) {
  return [describe, run] {
    auto args = std::make_shared<Args>();
    Bound bound = describe(*args);
    bound.run = [run, args](Context& context) { return run(context, *args); };
    return bound;
  };
}

}  // namespace claribi::cli
