// SPDX-License-Identifier: MIT
#include "json/writer.hpp"

#include <random>
#include <string>

#include "doctest/doctest.h"
#include "json/reader.hpp"

using namespace claribi;
using namespace claribi::json;

namespace {

// Random documents, with strings that need every kind of escape.
class Documents {
 public:
  explicit Documents(unsigned seed) : random_(seed) {}

  Value next(int depth = 0) {
    switch (upto(depth > 4 ? 4 : 6)) {
      case 0:
        return {};
      case 1:
        return upto(1) == 1;
      case 2:
        return Number{std::to_string(upto(1'000'000)) + ".50"};
      case 3:
        return static_cast<int64_t>(upto(2'000'000)) - 1'000'000;
      case 4:
        return text();
      case 5: {
        Array items;
        for (int i = upto(5); i > 0; --i)
          items.push_back(next(depth + 1));
        return items;
      }
      default: {
        Value object = Object{};
        for (int i = upto(5); i > 0; --i)
          object.set(text(), next(depth + 1));
        return object;
      }
    }
  }

 private:
  int upto(int most) {
    return std::uniform_int_distribution<int>(0, most)(random_);
  }
  std::string text() {
    static const std::vector<std::string> parts{
        "a",        "\"",     "\\", "\n", "\t",
        "\x01",     "\x7f",   "é",  "日", "🙂",
        "\u202e",   "\u200b", "/",  " ",  std::string(1, '\0'),
        "</script>"};
    std::string made;
    for (int i = upto(6); i > 0; --i)
      made += parts[static_cast<size_t>(upto(15))];
    return made;
  }

  std::mt19937 random_;
};

std::string written(std::string_view text) {
  std::string out;
  append_string(out, text);
  return out;
}

}  // namespace

TEST_CASE("what is written reads back equal, in every layout") {
  Documents documents(7);
  for (int run = 0; run < 2000; ++run) {
    const Value value = documents.next();
    for (const std::string& text :
         {compact(value), pretty(value), canonical(value)}) {
      const auto again = parse(text);
      CAPTURE(text);
      REQUIRE(again.has_value());
      CHECK(*again == value);
    }
  }
}

TEST_CASE("nothing that a terminal acts on is written") {
  Documents documents(8);
  for (int run = 0; run < 500; ++run) {
    for (char c : compact(documents.next())) {
      const auto byte = static_cast<unsigned char>(c);
      CHECK(byte >= 0x20);
      CHECK(byte != 0x7f);
    }
  }
}

TEST_CASE("strings escape what they must") {
  CHECK(written("a\"\\/") == R"("a\"\\/")");
  CHECK(written("\n\r\t") == R"("\n\r\t")");
  CHECK(written(std::string_view("\0\x1b\x7f", 3)) ==
        R"("\u0000\u001b\u007f")");
  CHECK(written("\u202e\ufeff\u0085") == R"("\u202e\ufeff\u0085")");
  CHECK(written("\U000e0041") == R"("\udb40\udc41")");
  CHECK(written("é日🙂") == "\"é日🙂\"");
}

TEST_CASE("each byte of invalid UTF-8 becomes a replacement character") {
  CHECK(written("a\xff") == "\"a\ufffd\"");
  CHECK(written("\xed\xa0\x80") == "\"\ufffd\ufffd\ufffd\"");
  CHECK(written("\xc3") == "\"\ufffd\"");
  CHECK(written("\xc0\xaf") == "\"\ufffd\ufffd\"");
}

TEST_CASE("the pretty layout is stable to the byte") {
  const Value value =
      *parse(R"({"a":[1,2],"b":[{"c":[]},[]],"d":{},"e":{"f":null}})");
  CHECK(pretty(value) == R"({
  "a": [1, 2],
  "b": [
    {
      "c": []
    },
    []
  ],
  "d": {},
  "e": {
    "f": null
  }
}
)");
  CHECK(pretty(1) == "1\n");
}

TEST_CASE("the canonical layout sorts names bytewise at every level") {
  const Value value = *parse(R"({"b":{"z":1,"é":2,"a":3},"a":[{"d":1,"c":2}],
                                 "B":0})");
  CHECK(canonical(value) ==
        R"({"B":0,"a":[{"c":2,"d":1}],"b":{"a":3,"z":1,"é":2}})");
}

TEST_CASE("equal documents have equal canonical bytes") {
  CHECK(canonical(*parse(R"({"a":1,"b":{"c":2,"d":3}})")) ==
        canonical(*parse(R"({"b":{"d":3,"c":2},"a":1})")));
}
