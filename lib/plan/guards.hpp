// SPDX-License-Identifier: MIT
// What is decided before any frame is weighed: questions that are none, that
// would change something, or that look ahead.
#pragma once

#include <string_view>

#include "base/error.hpp"
#include "plan/question.hpp"

namespace claribi::plan {

// The frame that the form of the question decides by itself ("sql", "docs"),
// or "". Fails with usage, refused, not_answerable or needs_clarification.
[[nodiscard]] Result<std::string_view> guard(const Question& question);

}  // namespace claribi::plan
