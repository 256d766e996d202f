// SPDX-License-Identifier: MIT
#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include "base/secret.hpp"

int main(int argc, char** argv) {
  if (!claribi::start_crypto()) return 1;
  return doctest::Context(argc, argv).run();
}
