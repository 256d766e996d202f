// SPDX-License-Identifier: MIT
#include "answer/facts.hpp"

#include <utility>

#include "answer/shapes.hpp"
#include "plan/frames/flag_effect.hpp"

namespace claribi::answer {

std::vector<Fact> find_facts(const plan::Plan& plan, const table::Table& table,
                             const Moment& moment) {
  const Subject subject{plan, table, moment};
  if (plan.frame == plan::flag_effect_name) return flag_effect_facts(subject);
  switch (table.shape) {
    case table::Shape::time_series:
      return time_series_facts(subject);
    case table::Shape::lifecycle:
      return lifecycle_facts(subject);
    case table::Shape::distribution:
      return distribution_facts(subject);
    case table::Shape::retention:
      return retention_facts(subject);
    case table::Shape::stickiness:
      return stickiness_facts(subject);
    case table::Shape::paths:
      return paths_facts(subject);
    case table::Shape::totals:
      return totals_facts(subject);
    case table::Shape::funnel:
      return funnel_facts(subject);
    case table::Shape::rows:
      return list_facts(subject);
    case table::Shape::record:
      return record_facts(subject);
    case table::Shape::prose:
      return prose_facts(subject);
  }
  std::unreachable();
}

}  // namespace claribi::answer
