// SPDX-License-Identifier: MIT
#include "cli/prompt.hpp"

#include "base/result.hpp"
#include "base/text.hpp"

namespace claribi::cli {
namespace {

Result<Secret> ask(Context& context, std::string_view text, Echo echo) {
  if (!context.may_ask()) {
    return fail(ErrorKind::usage, "there is nobody to ask");
  }
  return context.io().ask(text, echo);
}

std::unexpected<Error> nothing_typed() {
  return fail(ErrorKind::usage, "nothing was typed");
}

}  // namespace

Result<Secret> ask_secret(Context& context, std::string_view question) {
  CLARIBI_TRY_ASSIGN(Secret secret, ask(context, escape_terminal_line(question),
                                        Echo::hidden));
  if (secret.empty()) return nothing_typed();
  return secret;
}

Result<std::string> ask_line(Context& context, std::string_view question) {
  CLARIBI_TRY_ASSIGN(const Secret typed,
                     ask(context, escape_terminal_line(question), Echo::shown));
  const auto line = trim(typed.view());
  if (line.empty()) return nothing_typed();
  return std::string(line);
}

Result<std::string> ask_below(Context& context, std::string_view text) {
  CLARIBI_TRY_ASSIGN(const Secret typed, ask(context, text, Echo::shown));
  return std::string(trim(typed.view()));
}

Result<bool> ask_yes(Context& context, std::string_view question) {
  CLARIBI_TRY_ASSIGN(const Secret typed,
                     ask(context, escape_terminal_line(question), Echo::shown));
  const std::string answer = lower(trim(typed.view()));
  return answer == "y" || answer == "yes";
}

}  // namespace claribi::cli
