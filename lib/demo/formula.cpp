// SPDX-License-Identifier: MIT
#include "demo/formula.hpp"

#include <cctype>
#include <charconv>

#include <fmt/core.h>

#include "base/result.hpp"

namespace claribi::demo {

class Formula::Parser {
 public:
  Parser(std::string_view text, size_t series_count)
      : text_(text), rest_(text), series_count_(series_count) {}

  Result<Formula> run() {
    CLARIBI_TRY(sum(0));
    if (!peek()) return std::move(formula_);
    return refuse();
  }

 private:
  static constexpr int deepest = 50;

  [[nodiscard]] std::unexpected<Error> refuse() const {
    return fail(ErrorKind::tool_error,
                fmt::format("Validation error: Invalid formula: {} (field: "
                            "query.trendsFilter.formula)",
                            text_));
  }

  // The next character that is not a blank; 0 at the end.
  char peek() {
    while (!rest_.empty() && rest_.front() == ' ')
      rest_.remove_prefix(1);
    return rest_.empty() ? '\0' : rest_.front();
  }

  bool take(char wanted) {
    if (peek() != wanted) return false;
    rest_.remove_prefix(1);
    return true;
  }

  void push(Step::Kind kind) { formula_.steps_.push_back({.kind = kind}); }

  Result<void> sum(int depth) {
    CLARIBI_TRY(product(depth));
    while (true) {
      const bool plus = take('+');
      if (!plus && !take('-')) return {};
      CLARIBI_TRY(product(depth));
      push(plus ? Step::Kind::add : Step::Kind::subtract);
    }
  }

  Result<void> product(int depth) {
    CLARIBI_TRY(factor(depth));
    while (true) {
      const bool times = take('*');
      if (!times && !take('/')) return {};
      CLARIBI_TRY(factor(depth));
      push(times ? Step::Kind::multiply : Step::Kind::divide);
    }
  }

  Result<void> factor(int depth) {
    if (depth > deepest) return refuse();
    if (take('-')) {
      CLARIBI_TRY(factor(depth + 1));
      push(Step::Kind::negate);
      return {};
    }
    if (take('(')) {
      CLARIBI_TRY(sum(depth + 1));
      if (!take(')')) return refuse();
      return {};
    }
    const char c = peek();
    if (std::isalpha(static_cast<unsigned char>(c)) != 0) return letter(c);
    return number();
  }

  Result<void> letter(char c) {
    const auto place =
        static_cast<size_t>(std::toupper(static_cast<unsigned char>(c)) - 'A');
    if (place >= series_count_) return refuse();
    rest_.remove_prefix(1);
    formula_.steps_.push_back({.kind = Step::Kind::series, .series = place});
    return {};
  }

  Result<void> number() {
    double value = 0;
    const auto [end, error] =
        std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
    if (error != std::errc()) return refuse();
    rest_.remove_prefix(static_cast<size_t>(end - rest_.data()));
    formula_.steps_.push_back({.kind = Step::Kind::number, .number = value});
    return {};
  }

  std::string_view text_;
  std::string_view rest_;
  size_t series_count_;
  Formula formula_ = {};
};

Result<Formula> Formula::parse(std::string_view text, size_t series_count) {
  return Parser(text, series_count).run();
}

double Formula::value(const std::vector<double>& series) const {
  std::vector<double> stack;
  for (const Step& step : steps_) {
    if (step.kind == Step::Kind::number) {
      stack.push_back(step.number);
      continue;
    }
    if (step.kind == Step::Kind::series) {
      stack.push_back(step.series < series.size() ? series[step.series] : 0);
      continue;
    }
    const double right = stack.back();
    if (step.kind == Step::Kind::negate) {
      stack.back() = -right;
      continue;
    }
    stack.pop_back();
    double& left = stack.back();
    if (step.kind == Step::Kind::add) left += right;
    if (step.kind == Step::Kind::subtract) left -= right;
    if (step.kind == Step::Kind::multiply) left *= right;
    if (step.kind == Step::Kind::divide) left = right == 0 ? 0 : left / right;
  }
  return stack.back();
}

}  // namespace claribi::demo
