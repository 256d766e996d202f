// SPDX-License-Identifier: MIT
#include "generated_world.hpp"

#include "demo/generate.hpp"
#include "demo/life.hpp"
#include "doctest/doctest.h"
#include "json/reader.hpp"

namespace claribi::demo {

Instant generated_now() {
  return *parse_instant("2026-11-24T10:30:00Z");
}

const Project& generated_project() {
  static const Project project = default_project();
  return project;
}

const Store& generated_store() {
  static const Store store = make_store(generated_project(), 5000);
  return store;
}

World generated_world() {
  return {.store = generated_store(),
          .project = generated_project(),
          .moment = {.now = generated_now()}};
}

World generated_world_at(std::string_view iso) {
  return {.store = generated_store(),
          .project = generated_project(),
          .moment = {.now = *parse_instant(iso)}};
}

Store make_store(const Project& project, uint64_t events, uint64_t seed) {
  auto store = Store::create(":memory:");
  REQUIRE(store.has_value());
  REQUIRE(generate(*store, project, {.seed = seed, .events = events},
                   generated_now())
              .has_value());
  return std::move(*store);
}

json::Value scalar(const Store& store, const std::string& sql) {
  const auto rows = store.query(sql);
  REQUIRE(rows.has_value());
  REQUIRE(rows->rows.size() == 1);
  return to_json(rows->rows[0][0]);
}

json::Value arguments(std::string_view text) {
  auto value = json::parse(text);
  REQUIRE(value.has_value());
  return std::move(*value);
}

}  // namespace claribi::demo
