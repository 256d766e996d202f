// SPDX-License-Identifier: MIT
#include "plan/values.hpp"

#include <algorithm>
#include <array>

namespace claribi::plan {
namespace {

struct Row {
  std::string_view words;
  BuiltinValue value;
};

constexpr std::string_view browser = "$browser";
constexpr std::string_view os = "$os";
constexpr std::string_view device = "$device_type";
constexpr std::string_view country = "$geoip_country_code";

// The longer words first.
constexpr auto rows = std::to_array<Row>({
    {"=mobile =safari", {browser, "Mobile Safari"}},
    {"=microsoft =edge", {browser, "Microsoft Edge"}},
    {"=chrome", {browser, "Chrome"}},
    {"=safari", {browser, "Safari"}},
    {"=firefox", {browser, "Firefox"}},
    {"=edge", {browser, "Microsoft Edge"}},
    {"=opera", {browser, "Opera"}},
    {"=mac =os =x", {os, "Mac OS X"}},
    {"=macos|=mac", {os, "Mac OS X"}},
    {"=windows", {os, "Windows"}},
    {"=linux", {os, "Linux"}},
    {"=ios", {os, "iOS"}},
    {"=android", {os, "Android"}},
    {"=mobile|=phones|=phone|=smartphones", {device, "Mobile"}},
    {"=desktop|=desktops", {device, "Desktop"}},
    {"=tablet|=tablets", {device, "Tablet"}},
    {"=united =states", {country, "US"}},
    {"=usa|=america", {country, "US"}},
    {"=united =kingdom", {country, "GB"}},
    {"=great =britain", {country, "GB"}},
    {"=uk|=britain|=england", {country, "GB"}},
    {"=germany", {country, "DE"}},
    {"=france", {country, "FR"}},
    {"=spain", {country, "ES"}},
    {"=italy", {country, "IT"}},
    {"=portugal", {country, "PT"}},
    {"=netherlands|=holland", {country, "NL"}},
    {"=belgium", {country, "BE"}},
    {"=switzerland", {country, "CH"}},
    {"=austria", {country, "AT"}},
    {"=poland", {country, "PL"}},
    {"=sweden", {country, "SE"}},
    {"=norway", {country, "NO"}},
    {"=denmark", {country, "DK"}},
    {"=finland", {country, "FI"}},
    {"=ireland", {country, "IE"}},
    {"=canada", {country, "CA"}},
    {"=mexico", {country, "MX"}},
    {"=brazil", {country, "BR"}},
    {"=argentina", {country, "AR"}},
    {"=india", {country, "IN"}},
    {"=japan", {country, "JP"}},
    {"=china", {country, "CN"}},
    {"=south =korea", {country, "KR"}},
    {"=singapore", {country, "SG"}},
    {"=australia", {country, "AU"}},
    {"=new =zealand", {country, "NZ"}},
    {"=south =africa", {country, "ZA"}},
});

}  // namespace

std::optional<FoundValue> find_builtin_value(const Question& question,
                                             size_t from) {
  for (size_t at = from; at < question.tokens.size(); ++at) {
    if (question.tokens[at].used) continue;
    for (const auto& row : rows) {
      if (const auto span = words_at(question, row.words, at)) {
        return FoundValue{row.value, *span};
      }
    }
  }
  return std::nullopt;
}

}  // namespace claribi::plan
