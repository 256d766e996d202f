// SPDX-License-Identifier: MIT
// A small table of commands with one of everything that a row can hold.
#pragma once

#include <memory>
#include <vector>

#include "base/result.hpp"
#include "cli/command.hpp"

namespace claribi::cli {

struct FakeArgs {
  std::string tool;
  std::vector<std::string> rest;
  std::optional<std::string> engine;
  std::optional<std::string> file;
  std::optional<std::string> source;
  std::optional<int> limit;
  bool plan = false;
};

inline Result<void> do_nothing(Context&, const FakeArgs&) {
  return {};
}

inline Bound describe_call(FakeArgs& args) {
  return {.options = {{.names = "--engine",
                       .value = "NAME",
                       .help = "Who reads the question's words.",
                       .lands = &args.engine,
                       .choices = {"builtin", "openai"}},
                      {.names = "--args-file",
                       .value = "FILE",
                       .help = "Arguments [as JSON] from a file: - is stdin.",
                       .lands = &args.file,
                       .completes = Completes::file},
                      {.names = "--plan",
                       .help = "Stop before the call.",
                       .lands = &args.plan}},
          .arguments = {{.name = "TOOL",
                         .help = "The tool to call.",
                         .lands = &args.tool,
                         .completes = Completes::tool},
                        {.name = "KEY=VALUE",
                         .help = "Its arguments.",
                         .lands = &args.rest,
                         .required = false}},
          .run = {}};
}

inline Bound describe_remove(FakeArgs& args) {
  return {.arguments = {{.name = "NAME",
                         .help = "The source.",
                         .lands = &args.tool,
                         .completes = Completes::source}},
          .run = {}};
}

inline Bound describe_nothing(FakeArgs&) {
  return {};
}

inline std::vector<Command> fake_commands() {
  const auto row = [](std::string_view path, std::string_view summary,
                      Bound (*describe)(FakeArgs&)) {
    Command command;
    command.path = path;
    command.summary = summary;
    command.description =
        "One paragraph that is long enough to be wrapped at eighty columns. It "
        "has `two` sentences.\n\n"
        "  kept   as it is\n  .so is this\n\n"
        ".Dots and -dashes- \\ back.";
    command.examples = {{"claribi example -- 'x' | jq .", "Shows it"}};
    command.bind = bind<FakeArgs>(describe, do_nothing);
    return command;
  };
  std::vector<Command> commands{
      row("call", "Call a tool", describe_call),
      row("secret-door", "Never shown", describe_nothing),
      row("sources", "List the sources", describe_nothing),
      row("sources remove", "Forget a source", describe_remove),
      row("vault status", "Show where the keys are", describe_nothing)};
  commands[1].hidden = true;
  return commands;
}

inline std::vector<Option> fake_globals(FakeArgs& args) {
  return {{.names = "-f,--format",
           .value = "FORMAT",
           .help = "How the result is shown.",
           .lands = &args.engine,
           .completes = Completes::format},
          {.names = "--source",
           .value = "NAME",
           .help = "The source to ask.",
           .lands = &args.source,
           .completes = Completes::source},
          {.names = "--no-input",
           .help = "Never ask a person.",
           .lands = &args.plan}};
}

}  // namespace claribi::cli
