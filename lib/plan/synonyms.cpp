// SPDX-License-Identifier: MIT
#include "plan/synonyms.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace claribi::plan {
namespace {

struct Spoken {
  std::string_view name;
  std::string_view words;  // Separated by '|'.
};
constexpr std::array<Spoken, 30> spoken{{
    {"$pageview",
     "page view|visit|page visit|web visit|site visit|traffic|hit|page hit|"
     "pageload|page load|page"},
    {"$pageleave", "page leave|page exit"},
    {"$screen", "screen view|screen|screen visit"},
    {"$rageclick", "rage click|rage clicked|angry click|frustrated click|rage"},
    {"$exception",
     "error|exception|crash|js error|javascript error|frontend error"},
    {"$autocapture", "click|autocaptured click|interaction|autocapture"},
    {"$identify", "identification"},
    {"$feature_flag_called", "flag call|flag evaluation|feature flag call"},
    {"$geoip_country_code", "country|country code|nation|market|geography"},
    {"$geoip_country_name", "country|country name|nation"},
    {"$geoip_city_name", "city|town"},
    {"$geoip_continent_name", "continent"},
    {"$geoip_subdivision_1_name", "state|region|province"},
    {"$browser", "web browser"},
    {"$browser_version", "version of the browser"},
    {"$os", "operating system|platform|os"},
    {"$os_version", "operating system version|version of the os"},
    {"$device_type", "device|kind of device|device kind|form factor"},
    {"$app_version", "app version|version|release|build"},
    {"$screen_name", "screen|screen name"},
    {"$current_url", "page|url|page address|page url"},
    {"$pathname", "path|page|page path"},
    {"$referring_domain", "referrer|referer|referral source|traffic source"},
    {"$initial_referring_domain", "first referrer|initial referrer"},
    {"utm_source", "source|utm source|traffic source|acquisition source"},
    {"$utm_source", "source|utm source"},
    {"utm_medium", "medium|channel"},
    {"utm_campaign", "campaign|marketing campaign"},
    {"$initial_utm_source", "first source|acquisition source"},
    {"$lib", "library|sdk"},
}};

// One deed a line; the stems after the first mean the first.
constexpr std::array<std::string_view, 22> close_deeds{{
    "signup registr regist register registration enrol enroll enrolment",
    "login signin logon",
    "logout signout logoff",
    "buy purchas bought",
    "complet finish done",
    "start begin began begun commenc",
    "cancel cancelation cancell churn",
    "delet remov eras",
    "reject declin deni",
    "fail unsuccessful",
    "succeed successful",
    "search look queri",
    "view see seen saw",
    "send sent",
    "receiv recieve reciev got",
    "invit invitation",
    "updat edit modif",
    "export extract",
    "mail email",
    "photo pictur imag",
    "upgrad",
    "teammat member",
}};
constexpr std::array<std::string_view, 3> loose_deeds{{
    "signup subscrib join",
    "creat add new made make",
    "submit send post fil",
}};

constexpr auto verbs_with_particle = std::to_array<std::string_view>(
    {"sign", "log", "check", "opt", "drop", "set", "start"});
constexpr auto particles =
    std::to_array<std::string_view>({"up", "in", "out", "off"});

template <size_t Count>
bool is_in(const std::array<std::string_view, Count>& list,
           std::string_view word) {
  return std::ranges::find(list, word) != list.end();
}

// "sign up" and "signup" are one word.
std::vector<std::string> joined_verbs(const std::vector<std::string>& stems) {
  std::vector<std::string> joined;
  for (const std::string& stem : stems) {
    const bool joins = !joined.empty() && is_in(particles, stem) &&
                       is_in(verbs_with_particle, joined.back());
    if (joins) {
      joined.back() += stem;
    } else {
      joined.push_back(stem);
    }
  }
  return joined;
}

template <size_t Count>
void make_equal(std::vector<std::string>& stems,
                const std::array<std::string_view, Count>& deeds) {
  for (std::string& stem : stems) {
    for (const std::string_view line : deeds) {
      const auto words = split(line, ' ');
      if (std::ranges::find(words, stem) == words.end()) continue;
      stem = words.front();
      break;
    }
  }
}

}  // namespace

std::vector<std::string> spoken_names(std::string_view raw) {
  for (const Spoken& row : spoken) {
    if (row.name == raw) return split(row.words, '|');
  }
  return {};
}

std::vector<std::string> deeds_of(const std::vector<std::string>& stems,
                                  Likeness likeness) {
  auto deeds = joined_verbs(stems);
  make_equal(deeds, close_deeds);
  if (likeness == Likeness::loose) make_equal(deeds, loose_deeds);
  return deeds;
}

}  // namespace claribi::plan
