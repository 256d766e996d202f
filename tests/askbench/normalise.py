# SPDX-License-Identifier: MIT
"""Calls of tools in one form, so that two of them can be compared.

What does not change the answer goes: spellings of dates, the wrapping of
query-run, labels, defaults, the interval of a question that names none.
"""
import datetime
import json
import re
import zoneinfo

CLOCK = datetime.datetime(2026, 11, 18, 10, 30, tzinfo=datetime.timezone.utc)
TYPED = {"TrendsQuery": "query-trends", "FunnelsQuery": "query-funnel",
         "RetentionQuery": "query-retention", "PathsQuery": "query-paths",
         "LifecycleQuery": "query-lifecycle",
         "StickinessQuery": "query-stickiness", "HogQLQuery": "execute-sql"}
RENAMED = {"list-errors": "query-error-tracking-issues-list",
           "feature-flag-get-definition-by-key": "feature-flag-get-definition",
           "insights-get-all": "insights-list", "insight-get": "insight-query"}
TOTALS = {"BoldNumber", "ActionsBarValue", "ActionsPie", "ActionsTable"}
NO_MATTER = {"kind", "output_format", "name", "custom_name", "version",
             "filter_test_accounts", "truncate", "samplingFactor"}
GRANULAR = re.compile(
    r"\b(hourly|daily|weekly|monthly|quarterly|yearly|annual(ly)?|dau|wau|mau|"
    r"(per|each|every|by|an?|for each) (single )?(hour|day|week|month|quarter|"
    r"year)|day by day|week by week|month by month|hour by hour|w/w)\b", re.I)
NUMBERS = ["one", "two", "three", "four", "five", "six", "seven", "eight",
           "nine", "ten", "eleven", "twelve"]
DEFAULTS = [("math", "total"), ("funnelVizType", "steps"),
            ("funnelOrderType", "ordered"), ("funnelWindowInterval", 14),
            ("funnelWindowIntervalUnit", "day"), ("breakdown_limit", 25),
            ("orderBy", "occurrences"), ("status", "active"),
            ("filterTestAccounts", True), ("order", "start_time"),
            ("orderDirection", "DESC"), ("order_direction", "DESC")]


def call(sent, question, project):
    """The call with its arguments in the common form."""
    tool, arguments = typed(sent["tool"], sent["arguments"])
    tool = RENAMED.get(tool, tool)
    arguments = json.loads(json.dumps(arguments))
    if tool == "hogql-schema":
        tool, arguments = "read-data-schema", {"query": {"kind": "events"}}
    if tool == "read-data-schema":
        arguments["query"] = {key: value for key, value in
                              arguments["query"].items()
                              if key not in ("limit", "offset", "search")}
        return {"tool": tool, "arguments": arguments}
    if tool == "execute-sql":
        return {"tool": tool, "arguments":
                {"query": " ".join(arguments["query"].rstrip("; ").split())}}
    if tool == "feature-flag-get-definition":
        return {"tool": tool, "arguments": {"id": flag_id(arguments, project)}}
    if tool == "docs-search":
        return {"tool": tool, "arguments": {}}
    arguments = without_noise(arguments, question)
    order_lists(arguments)
    move_filters(arguments)
    dates(arguments, project)
    interval(tool, arguments, question)
    for key, value in DEFAULTS:
        drop(arguments, key, value)
    return {"tool": tool, "arguments": without_empty(arguments)}


def typed(tool, arguments):
    if tool != "query-run":
        return tool, arguments
    query = arguments["query"]
    query = query.get("source", query)
    name = TYPED[query["kind"]]
    values = re.match(r"select properties\.`(.+?)` as value, count\(\) as count "
                      r"from events where event = '(.+?)'",
                      str(query.get("query", "")))
    if values:
        return "read-data-schema", {"query": {
            "kind": "event_property_values", "event_name": values.group(2),
            "property_name": values.group(1)}}
    return name, query if name != "execute-sql" else {"query": query["query"]}


def flag_id(arguments, project):
    wanted = next(iter(arguments.values()))
    for flag in project.get("feature_flags", []):
        if str(wanted) in (str(flag["id"]), flag["key"]):
            return flag["id"]
    return wanted


def without_noise(value, question):
    if isinstance(value, list):
        return [without_noise(item, question) for item in value]
    if not isinstance(value, dict):
        return value
    out = {}
    for key, item in value.items():
        # The name of a class of queries says nothing that the tool does not.
        noise = key in NO_MATTER and not (key == "name" and "id" not in value
                                          and "kind" not in value)
        counted = key in ("limit", "offset", "breakdown_limit")
        if noise or (counted and not states(question, item)):
            continue
        if key == "totalIntervals":
            continue
        out[key] = without_noise(item, question)
    return out


def states(question, number):
    """Whether the question has that number, in digits or as a word."""
    words = re.findall(r"[a-z]+|\d+", question.lower())
    return str(number) in words or (
        isinstance(number, int) and 0 < number <= len(NUMBERS) and
        NUMBERS[number - 1] in words)


def plain(value):
    """Numbers and texts of numbers are one."""
    if isinstance(value, bool) or value is None:
        return str(value).lower()
    if isinstance(value, float) and value == int(value):
        value = int(value)
    return str(value)


def order_lists(arguments):
    """Lists whose order means nothing."""
    for holder in [arguments, *arguments.get("series", [])]:
        filters = holder.get("properties")
        for one in filters or []:
            if "value" in one:
                given = one["value"]
                given = given if isinstance(given, list) else [given]
                one["value"] = sorted(plain(item) for item in given)
        if filters:
            filters.sort(key=lambda one: json.dumps(one, sort_keys=True))
    breakdowns = arguments.get("breakdownFilter", {}).get("breakdowns")
    if breakdowns:
        breakdowns.sort(key=lambda one: json.dumps(one, sort_keys=True))
    formula = "formulaNodes" in arguments.get("trendsFilter", {})
    if "trendsFilter" in arguments or "interval" in arguments:
        if not formula and "funnelsFilter" not in arguments:
            arguments.get("series", []).sort(
                key=lambda one: json.dumps(one, sort_keys=True))


def move_filters(arguments):
    """A filter on every series is one of the query."""
    series = arguments.get("series")
    if not series:
        return
    first = series[0].get("properties")
    if first and all(one.get("properties") == first for one in series):
        for one in series:
            del one["properties"]
        arguments["properties"] = sorted(
            [*arguments.get("properties", []), *first],
            key=lambda one: json.dumps(one, sort_keys=True))


def start_of(unit, moment, project):
    day = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    if unit == "week":
        sunday = project.get("week_start") == "sunday"
        back = (day.weekday() + 1) % 7 if sunday else day.weekday()
        return day - datetime.timedelta(days=back)
    if unit == "month":
        return day.replace(day=1)
    if unit == "year":
        return day.replace(month=1, day=1)
    return day


def months_back(moment, count):
    index = moment.year * 12 + moment.month - 1 - count
    year, month = divmod(index, 12)
    last = (datetime.datetime(year + (month == 11), (month + 1) % 12 + 1, 1) -
            datetime.timedelta(days=1)).day
    return moment.replace(year=year, month=month + 1,
                          day=min(moment.day, last))


def point(text, now, project):
    """A date of an argument as a moment, and whether it is a whole day."""
    iso = re.fullmatch(r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?))?Z?",
                       text)
    if iso:
        when = iso.group(2) or "00:00"
        return (datetime.datetime.fromisoformat(f"{iso.group(1)}T{when}"),
                iso.group(2) is None)
    anchor = re.fullmatch(r"(?:-(\d+))?([dmy])(Start|End)", text)
    if anchor:
        count = int(anchor.group(1) or 0)
        unit = {"d": "day", "m": "month", "y": "year"}[anchor.group(2)]
        begin = start_of(unit, now, project)
        if unit == "day":
            begin -= datetime.timedelta(days=count)
        else:
            begin = months_back(begin, count * (12 if unit == "year" else 1))
        if anchor.group(3) == "Start":
            return begin, True
        after = {"day": begin + datetime.timedelta(days=1),
                 "month": months_back(begin, -1),
                 "year": months_back(begin, -12)}[unit]
        return after - datetime.timedelta(days=1), True
    back = re.fullmatch(r"-(\d+)([hdwmy])", text)
    if not back:
        return None, False
    count, unit = int(back.group(1)), back.group(2)
    if unit == "h":
        return now - datetime.timedelta(hours=count), False
    midnight = start_of("day", now, project)
    if unit in "dw":
        days = count * (7 if unit == "w" else 1)
        return midnight - datetime.timedelta(days=days), True
    return months_back(midnight, count * (12 if unit == "y" else 1)), True


def dates(arguments, project):
    """[from, to) in project time."""
    holder = arguments.get("dateRange", arguments)
    if "date_from" not in holder:
        return
    zone = zoneinfo.ZoneInfo(project.get("timezone", "UTC"))
    now = CLOCK.astimezone(zone).replace(tzinfo=None)
    begin, _ = point(holder.pop("date_from"), now, project)
    given = holder.pop("date_to", None)
    end = now
    if given:
        end, whole_day = point(given, now, project)
        if end and whole_day:
            end += datetime.timedelta(days=1)
    period = arguments.get("interval") or arguments.get(
        "retentionFilter", {}).get("period", "").lower()
    if begin and period in ("week", "month"):
        begin = start_of(period, begin, project)
    arguments.pop("dateRange", None)
    arguments["from"] = begin.isoformat() if begin else "unreadable"
    arguments["to"] = ("now" if end and end >= now else
                       end.isoformat() if end else "unreadable")


def interval(tool, arguments, question):
    display = arguments.get("trendsFilter", {}).pop("display", None)
    if display in TOTALS:
        arguments["display"] = "total"
    always = tool in ("query-stickiness", "query-lifecycle")
    named = GRANULAR.search(question)
    if display in TOTALS or not (always or named):
        arguments.pop("interval", None)


def drop(value, key, default):
    if isinstance(value, list):
        for item in value:
            drop(item, key, default)
    elif isinstance(value, dict):
        if value.get(key) == default:
            del value[key]
        for item in value.values():
            drop(item, key, default)


def without_empty(value):
    if isinstance(value, dict):
        kept = {key: without_empty(item) for key, item in value.items()}
        return {key: item for key, item in kept.items()
                if item not in ({}, [])}
    if isinstance(value, list):
        return [without_empty(item) for item in value]
    return value


def same_tool(got, wanted, sent):
    wanted = RENAMED.get(wanted, wanted)
    return got == wanted or sent["tool"] == wanted


def leaves(value, path=""):
    if isinstance(value, dict):
        return {leaf for key, item in value.items()
                for leaf in leaves(item, f"{path}.{key}")}
    if isinstance(value, list):
        return {leaf for place, item in enumerate(value)
                for leaf in leaves(item, f"{path}[{place}]")}
    return {f"{path[1:]} = {value}"}


def slot_counts(got, want):
    """How many slots agree, are too many, and are missing."""
    a, b = leaves(got["arguments"]), leaves(want["arguments"])
    return len(a & b), len(a - b), len(b - a)


def difference(got, want):
    if got["tool"] != want["tool"]:
        return f"called {got['tool']} instead of {want['tool']}"
    a, b = leaves(got["arguments"]), leaves(want["arguments"])
    return (f"sent {sorted(a - b)}, wanted {sorted(b - a)}")
