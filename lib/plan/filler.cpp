// SPDX-License-Identifier: MIT
#include <string>

#include "plan/question.hpp"

namespace claribi::plan {
namespace {

// Each between two spaces.
constexpr std::string_view words =
    " & - a about across activity actual actually against all already"
    " also am an and any anyone approximately are as ask at be because"
    " been being best better between both but by can cant change"
    " changed chart come comes compare compared comparison could count"
    " curious current currently customer customers data decrease"
    " decreased did display do does doing down drop dropped during each"
    " entire even event events ever every everybody everyone exactly"
    " fall far fell figure figures find fire fired first folks for from"
    " get getting gimme give go going gone got graph grew grow had"
    " happen happened has have having hello here hey hi high higher how"
    " hows i id if im in increase increased instances into is it its"
    " ive just kind kindly know last latest lemme let like list long"
    " look looking low lower make many me metric metrics most much my"
    " need new no now nr num number numbers occur occurred occurrences"
    " of off often on once ones only or our out over overall overview"
    " people per perform performance performed performing person"
    " persons please plot pls plz qty query quick quickly really"
    " recently right rise rose roughly run s same see show since so"
    " some somebody someone stat stats still take takes tell than thank"
    " thanks that the their them then there these they this those thx"
    " time times to together too total trend trends trigger triggered"
    " until up us usage use used user users using value values versus"
    " visitor visitors vs wanna want was we well went were what whats"
    " when where which while who whole whose why will with within"
    " wondering worse would you your ";

}  // namespace

bool is_filler(const Token& token) {
  return !token.quoted && words.contains(" " + token.folded + " ");
}

}  // namespace claribi::plan
