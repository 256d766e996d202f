// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "cli/context.hpp"
#include "json/value.hpp"
#include "plan/plan.hpp"
#include "source/connection.hpp"

namespace claribi::cli {

// Whether a question may go on from the last one.
enum class Follow { no, yes };

// From the words of a question to a plan over the chosen source, which is
// remembered as the last one. Fails as plan::read() and plan::link() do, or
// because the names of the project cannot be read.
[[nodiscard]] Result<plan::Plan> plan_question(Context& context,
                                               std::string_view question,
                                               Follow follow);

// The plan with the calls that it begins with, exactly as they would be sent.
[[nodiscard]] Result<json::Value> plan_document(source::Connection& connection,
                                                const plan::Plan& plan);

// The same for a question that has no plan: what is unclear, missing or
// refused. Nothing for any other failure.
[[nodiscard]] std::optional<json::Value> unsettled_document(const Error& error);

// What was accepted with doubt, a line each: "event: signed_up ('signup' reads
// as ...)".
std::vector<std::string> warnings_of(const plan::Plan& plan);

}  // namespace claribi::cli
