#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""claribi against PostHog's published tool code of September 2026, and
against the dialect of October 2025.

Usage: run.py CLARIBI FOLDER     FOLDER is for what npm installs.
"""
import json
import pathlib
import subprocess
import sys

from harness import HERE, Claribi, Servers, install

CASES = []


def case(function):
    CASES.append(function)
    return function


def equal(found, wanted):
    if found != wanted:
        raise AssertionError("found  %r\nwanted %r" % (found, wanted))


def holds(text, *parts):
    for part in parts:
        if part not in text:
            raise AssertionError("%r is not in\n%s" % (part, text))


def column(rows, name):
    return [row[name] for row in rows]


# The canonical tools, one after the other, on both servers.

def trends(claribi, server):
    rows, said = claribi.table(server, "call", "query-trends", "--event",
                               "note saved", "--date-from", "2026-09-01")
    equal(list(rows[0]), ["date", "series", "value", "partial"])
    equal(column(rows, "value"), [str(50 + 10 * i) for i in range(8)])
    equal(rows[7], {"date": "2026-09-08", "series": "note saved",
                    "value": "120", "partial": "true"})
    holds(said, "2026-09-08 is not over yet")


def funnel(claribi, server):
    rows, _ = claribi.table(server, "call", "query-funnel", "--steps",
                            "note saved,page viewed,paid")
    equal(column(rows, "event"), ["note saved", "page viewed", "paid"])
    equal(column(rows, "count"), ["1000", "400", "90"])
    equal(column(rows, "conversion_rate"), ["1", "0.4", "0.09"])
    equal(column(rows, "average_seconds"), ["", "30.5", "61"])


def sql(claribi, server):
    rows, _ = claribi.table(server, "call", "query-run", "--sql",
                            "select event from events")
    names = list(rows[0])
    # The early server sends no names.
    equal(names, ["event", "total", "note"] if server == "new" else
          ["column_1", "column_2", "column_3"])
    equal(rows[0][names[1]], "9007199254740993")
    equal(rows[0][names[2]], "")
    equal(rows[1][names[2]], "é")


def dashboards(claribi, server):
    rows, _ = claribi.table(server, "call", "dashboards-get-all")
    equal(column(rows, "id"), ["60", "61", "62"])
    equal(rows[1]["name"], 'Growth, "Q3"\nboard')


def dashboard(claribi, server):
    rows, _ = claribi.table(server, "call", "dashboard-get", "--id", "61")
    equal(len(rows), 1)
    equal(rows[0]["name"], 'Growth, "Q3"\nboard')
    equal(rows[0]["insights"], '["Notes a day","Readers | writers"]')


def flags(claribi, server):
    rows, said = claribi.table(server, "call", "feature-flag-get-all")
    equal(rows[1]["key"], 'new-menu, "beta"|x')
    if server == "new":
        equal(len(rows), 100)
        holds(said, "100 of 137 are listed")
    else:
        equal(len(rows), 137)


def flag(claribi, server):
    rows, _ = claribi.table(server, "call", "feature-flag-get-definition",
                            "id:=2002")
    equal((rows[0]["key"], rows[0]["rollout"]), ("dark-mode", "25"))
    rows, _ = claribi.table(server, "call", "feature-flag-get-definition",
                            'key=new-menu, "beta"|x')
    equal(rows[0]["id"], "2001")


def errors(claribi, server):
    rows, _ = claribi.table(server, "call", "query-error-tracking-issues-list",
                            'dateRange:={"date_from":"2026-08-01"}')
    equal(column(rows, "name"), ["TypeError", 'Timeout, "late"', "Lost|found"])
    equal(column(rows, "occurrences"), ["400", "310", "220"])


def docs(claribi, server):
    rows, _ = claribi.table(server, "call", "docs-search", "query=cohorts")
    equal(column(rows, "title"), ["Cohorts", "Funnels"])
    equal(rows[0]["url"], "https://posthog.com/docs/data/cohorts")


def schema(claribi, server):
    rows, said = claribi.table(server, "call", "hogql-schema")
    if server == "new":
        holds(said, "hogql-schema is called execute-sql on this server")
        equal(rows[0], {"table_name": "events", "column_name": "event",
                        "data_type": "String"})
    else:
        holds(said, "hogql-schema is called event-definitions-list")
        equal(column(rows, "name"), ["note saved", "page viewed"])


# Tools that came after October 2025: (tool, arguments, column, values).
LATER = [
    ("cohorts-list", [], "name", ["Writers", "Ñandú 日本", 'Trial, "old"|x']),
    ("cohorts-list", [], "count", ["321", "", "0"]),
    ("cohorts-retrieve", ["id:=500"], "query",
     ['{"kind":"HogQLQuery","query":"select 1"}']),
    ("persons-list", [], "country", ["NZ", "SE", "NZ", "SE", "NZ"]),
    ("persons-list", [], "email",
     ["reader%d@harbour.example" % i for i in range(5)]),
    ("persons-retrieve", ["id=r-2"], "name", ["reader2@harbour.example"]),
    ("query-session-recordings-list", ["limit:=4"], "click_count",
     ["7", "8", "9", "10"]),
    ("query-session-recordings-list", ["limit:=4"], "person_name",
     ["reader%d@harbour.example" % i for i in range(4)]),
]

CANONICAL = [trends, funnel, sql, dashboards, dashboard, flags, flag, errors,
             docs, schema]


@case
def every_canonical_tool_of_september_2026(claribi):
    for check in CANONICAL:
        check(claribi, "new")
    for tool, arguments, name, wanted in LATER:
        rows, _ = claribi.table("new", "call", tool, *arguments)
        equal(column(rows, name), wanted)


@case
def every_canonical_tool_of_october_2025(claribi):
    for check in CANONICAL:
        check(claribi, "old")
    claribi.servers.log()
    for tool in sorted({row[0] for row in LATER}):
        result = claribi.run("old", "call", tool, "id=1")
        equal(result.returncode, 5)
        holds(result.stderr, "has no tool '%s'" % tool, "the scope ")
    equal([row for row in claribi.servers.log()["requests"]
           if row.get("method") == "tools/call"], [])


@case
def every_page_of_a_list(claribi):
    rows, said = claribi.table("new", "call", "feature-flag-get-all", "--all")
    equal([row["id"] for row in rows], [str(2000 + i) for i in range(137)])
    equal(said, "")
    claribi.servers.log()
    rows, said = claribi.table("new", "call", "persons-list", "--all",
                               "limit:=2")
    equal(len(rows), 5)
    equal([row["arguments"] for row in claribi.servers.log()["requests"]
           if row.get("method") == "tools/call"],
          [{"limit": 2}, {"limit": 2, "offset": 2}, {"limit": 2, "offset": 4}])
    rows, _ = claribi.table("new", "call", "query-error-tracking-issues-list",
                            "--all", "limit:=1")
    equal(len(rows), 3)
    rows, _ = claribi.table("new", "call", "feature-flag-get-all", "--all",
                            "limit:=10", "--limit", "15")
    equal(len(rows), 15)
    rows, said = claribi.table("new", "call", "persons-list", "limit:=2")
    holds(said, "the first 2 are listed; more exist: --all")
    rows, said = claribi.table("new", "call", "cohorts-list", "offset:=1")
    equal((len(rows), said), (2, ""))


@case
def shapes_of_a_trend(claribi):
    rows, said = claribi.table("new", "call", "query-trends", "--event", "a",
                               "--breakdown", "$browser")
    equal(len({row["breakdown"] for row in rows}), 25)
    holds(said, "only the top 25 values of the breakdown are listed")
    rows, _ = claribi.table("new", "call", "query-trends", "--event", "a",
                            "--compare", "-1w")
    previous = [row for row in rows if row["period"] == "previous"]
    equal(previous[0]["date"], "2026-08-24")
    rows, _ = claribi.table("new", "call", "query-trends", "--event", "a",
                            "--display", "BoldNumber")
    equal(rows, [{"series": "a", "value": "680"}])


@case
def the_servers_own_text_says_the_same_numbers(claribi):
    words = ["call", "query-trends", "--event", "a", "--event", "b"]
    rows, _ = claribi.table("new", *words)
    raw = claribi.run("new", *words, "output_format=optimized", "-f", "raw")
    holds(raw.stdout, "Date|a|b")
    text = [line.split("|") for line in
            raw.stdout.replace("\\n", "\n").split("\n")
            if line[:4] == "2026" and "|" in line]
    said = sorted((cells[0].split(" ")[0], series, float(cell))
                  for cells in text
                  for series, cell in zip(("a", "b"), cells[1:]))
    equal(said, sorted((row["date"], row["series"], float(row["value"]))
                       for row in rows))
    equal(len(said), 16)


def raw(claribi, tool, arguments):
    """The text that the server sent, and what it says as JSON."""
    result = claribi.run("new", "call", tool, "--args", json.dumps(arguments),
                         "-f", "raw")
    equal((result.returncode, result.stderr), (0, ""))
    return result.stdout


def raw_results(claribi, tool, arguments):
    arguments = {"output_format": "json", **arguments}
    return json.loads(raw(claribi, tool, arguments))["results"]


EVENT = {"id": "note saved", "type": "events"}
RETENTION = {"retentionFilter": {"period": "Week", "totalIntervals": 3,
                                 "retentionType": "retention_first_time",
                                 "targetEntity": EVENT,
                                 "returningEntity": EVENT}}


@case
def retention_as_posthog_sends_it(claribi):
    rows = raw_results(claribi, "query-retention", RETENTION)
    equal([row["label"] for row in rows], ["Week %d" % i for i in range(4)])
    equal(rows[1]["date"], "2026-09-02T00:00:00Z")
    equal([cell["count"] for cell in rows[2]["values"]], [118, 58, 0])
    text = raw(claribi, "query-retention",
               {**RETENTION, "output_format": "optimized"})
    holds(text, "Time interval: Week", "Date|Number of persons on date|Week 0")


@case
def stickiness_as_posthog_sends_it(claribi):
    series = raw_results(claribi, "query-stickiness", {
        "series": [{"kind": "EventsNode", "event": "a"}], "interval": "week"})
    equal(series[0]["data"], [200, 150, 100, 50])
    equal(series[0]["days"], [1, 2, 3, 4])
    equal(series[0]["labels"][:2], ["1 week", "2 weeks"])


@case
def paths_as_posthog_sends_them(claribi):
    edges = raw_results(claribi, "query-paths", {"pathsFilter": {
        "startPoint": "signed up", "includeEventTypes": ["custom_event"],
        "stepLimit": 3, "edgeLimit": 2}})
    equal([edge["target"] for edge in edges],
          ["2_note saved", '2_note, "shared"|x'])
    equal(edges[0]["source"], "1_signed up")
    equal(edges[0]["average_conversion_time"], 42000)


@case
def the_time_to_convert_as_posthog_sends_it(claribi):
    result = raw_results(claribi, "query-funnel", {
        "series": [{"kind": "EventsNode", "event": name} for name in "ab"],
        "funnelsFilter": {"funnelVizType": "time_to_convert"}})
    equal(result, {"bins": [[0, 12], [60, 30], [120, 5]],
                   "average_conversion_time": 71.5})


@case
def bad_queries_are_refused_by_posthogs_schemas(claribi):
    for tool, needed in [("query-retention", "retentionFilter"),
                         ("query-paths", "pathsFilter"),
                         ("query-stickiness", "series")]:
        result = claribi.run("new", "call", tool, "--args", "{}")
        if result.returncode == 0:
            raise AssertionError("%s takes anything" % tool)
        holds(result.stderr.replace("-", "").lower(), needed.lower())


@case
def saved_insights(claribi):
    rows, _ = claribi.table("new", "call", "insights-list")
    equal(column(rows, "short_id"),
          ["kL9mN0pQ", "rS1tU2vW", "aB3cD4eF", "gH5iJ6kL"])
    one = claribi.run("new", "call", "insight-get", "id=aB3cD4eF", "-f", "raw")
    holds(one.stdout, "Who comes back", "RetentionQuery")
    answer = json.loads(raw(claribi, "insight-query", {
        "insightId": "aB3cD4eF", "output_format": "json"}))
    equal(answer["query"]["kind"], "RetentionQuery")
    equal(answer["insight"]["name"], "Who comes back")
    equal(len(answer["results"][0]["values"]), 3)
    answer = json.loads(raw(claribi, "insight-query", {
        "insightId": 903, "output_format": "json"}))
    equal(answer["results"]["columns"], ["event", "total", "note"])
    result = claribi.run("new", "call", "insight-query", "insightId:=777")
    if result.returncode == 0:
        raise AssertionError("an insight that is not there was run")
    holds(result.stderr, "insight-query found nothing of that id")


@case
def the_schema_in_posthogs_words(claribi):
    def read(kind, **rest):
        return raw(claribi, "read-data-schema",
                   {"query": {"kind": kind, **rest}})
    holds(read("events"), "- `note saved`", "- `page viewed` - A page was")
    holds(read("event_properties", event_name="note saved"),
          "Results:\n<String>\n- $browser \u2013 Name", "<Numeric>\n- words")
    holds(read("entity_properties", entity="person"), "- email\n- plan")
    holds(read("event_property_values", event_name="note saved",
               property_name="$browser"), '"Chrome", "Fire, fox"')
    holds(read("entity_property_values", entity="person",
               property_name="plan"), "1 more distinct value.")


@case
def other_queries(claribi):
    rows, _ = claribi.table("new", "call", "query-lifecycle", "--args",
                            '{"series":[{"kind":"EventsNode","event":"a"}]}')
    equal(rows[24]["series"], "dormant")
    equal(rows[24]["value"], "-50")
    rows, _ = claribi.table("new", "call", "query-funnel", "--steps", "a,b",
                            "--breakdown", "country")
    equal(column(rows, "breakdown"), ["NZ", "NZ", "SE", "SE"])


@case
def sql_is_never_cut_in_silence(claribi):
    rows, said = claribi.table("new", "call", "execute-sql", "--sql",
                               "select many")
    equal(len(rows), 100)
    holds(said, "the first 100 rows; more may exist")
    rows, said = claribi.table("new", "call", "execute-sql", "--sql",
                               "select many limit 60000")
    equal(len(rows), 50000)
    holds(said, "the first 50000 rows")
    rows, said = claribi.table("new", "call", "execute-sql", "--sql",
                               "select many limit 100")
    equal(said, "")


@case
def sql_with_bars_in_it_is_not_guessed_at(claribi):
    result = claribi.run("new", "call", "execute-sql", "--sql", "select odd",
                         "-f", "csv")
    equal((result.returncode, result.stdout), (11, ""))
    holds(result.stderr, "a value holds a bar or a line break", "--format raw")
    result = claribi.run("new", "call", "execute-sql", "--sql", "select odd",
                         "-f", "raw")
    equal(result.stdout, "event|note\na|b|x\nc|y\nz\n")


@case
def a_project_does_not_show_its_token(claribi):
    for server in ("new", "old"):
        result = claribi.run(server, "call", "projects-get", "-f", "json")
        equal(result.returncode, 0)
        holds(result.stdout, "Harbour app")
        if "phc_secret" in result.stdout:
            raise AssertionError("the token of a project is printed")


@case
def a_flag_that_is_not_there(claribi):
    result = claribi.run("new", "call", "feature-flag-get-definition",
                         "key=nope")
    equal(result.returncode, 6)
    holds(result.stderr, "nope")


# The table of errors: (server, key, words, status, parts of what is said).
TREND = ["call", "query-trends", "--event"]
ERRORS = [
    ("new", "", ["tools"], 9, ["No token provided"]),
    ("old", "", ["tools"], 9, ["No token provided"]),
    ("new", "phx_wrong", ["tools"], 9, ["Invalid API key"]),
    ("old", "phx_wrong", ["tools"], 9, ["INVALID_API_KEY"]),
    ("new", "pha_expired", ["tools"], 9, ["OAuth token is inactive"]),
    ("new", "phx_nouser", ["tools"], 9, ["user:read"]),
    ("new", "phx_dashonly", TREND + ["a"], 5, ["query:read"]),
    ("new", "phx_noqueryscope", TREND + ["a"], 9,
     ["the key lacks the scope query:read"]),
    ("new", "phx_projectscoped", ["call", "dashboards-get-all", "--project",
                                  "102"], 9,
     ["may not read that project", "ID 102"]),
    ("new", "phx_noproject", ["call", "dashboards-get-all"], 2,
     ["knows no project", "--project ID"]),
    ("new", "phx_good", ["call", "query-paths", "--args", "{}"], 2,
     ["needs --paths-filter"]),
    ("new", "phx_good", TREND + ["invalid"], 6,
     ["Unable to resolve field: foo"]),
    ("old", "phx_good", TREND + ["invalid"], 6,
     ["(400): Unable to resolve field: foo"]),
    ("new", "phx_good", ["call", "execute-sql", "--sql", "boom"], 6,
     ["Query validation failed: Unable to resolve field: boom"]),
    ("new", "phx_good", TREND + ["boom"], 10, ["PostHog failed (500)"]),
    ("old", "phx_good", TREND + ["boom"], 10, ["PostHog failed (500)"]),
    ("new", "phx_good", ["call", "dashboard-get", "id:=9999"], 6,
     ["found nothing of that id"]),
    ("old", "phx_good", ["call", "dashboard-get", "id:=9999"], 6,
     ["found nothing of that id"]),
    ("new", "phx_throttled", ["call", "dashboards-get-all"], 10,
     ["limits how often", "retry after 40 s"]),
    ("new", "phx_burst", ["tools"], 10, ["retry after 7 s"]),
    ("new", "phx_draining", ["tools"], 10, ["unavailable (503)"]),
    ("new", "phx_crash", ["tools"], 10, ["unavailable (500)"]),
    ("new", "phx_good", ["call", "agent-feedback"], 5, ["not offered"]),
    ("old", "phx_good", ["call", "dashboard-delete", "id=1"], 5,
     ["not offered"]),
]


@case
def every_row_of_the_table_of_errors(claribi):
    for server, key, words, status, parts in ERRORS:
        result = claribi.run(server, *words, key=key)
        what = "%s %s %s" % (server, key, " ".join(words))
        if result.returncode != status:
            raise AssertionError("%s: status %d, not %d\n%s" % (
                what, result.returncode, status, result.stderr))
        equal(result.stdout, "")
        for part in parts:
            if part not in result.stderr:
                raise AssertionError("%s: %r is not in\n%s" % (
                    what, part, result.stderr))


@case
def arguments_that_the_server_refuses(claribi):
    words = ["call", "query-trends", "--args", '{"series":[{"kind":"nope"}]}']
    result = claribi.run("new", *words)
    equal(result.returncode, 6)
    holds(result.stderr, "error: query-trends: ")
    result = claribi.run("old", "call", "query-run", "query:={}")
    equal(result.returncode, 6)
    holds(result.stderr, "query-run: Invalid input at query.source")


@case
def a_project_key_goes_nowhere(claribi):
    claribi.servers.log()
    result = claribi.run("new", "tools", key="phc_project")
    equal(result.returncode, 9)
    holds(result.stderr, "project key (phc_)")
    claribi.run("new", "tools", key="Bearer phx_good")
    sent = [row["headers"].get("authorization", "")
            for row in claribi.servers.log()["requests"]]
    if any("phc_" in one or "Bearer Bearer" in one for one in sent):
        raise AssertionError(sent)


@case
def a_lost_session_is_opened_anew_once(claribi):
    rows, _ = claribi.table("old", "call", "dashboards-get-all",
                            key="phx_readonly")
    equal(len(rows), 3)


@case
def a_server_that_ignores_the_mode(claribi):
    how = {"path": "/pinless/mcp"}
    rows, _ = claribi.table("new", "tools", **how)
    holds(" ".join(column(rows, "name")), "query-trends", "cohorts-list")
    rows, _ = claribi.table("new", "call", "dashboard-get", "--id", "61",
                            **how)
    equal(rows[0]["name"], 'Growth, "Q3"\nboard')
    rows, _ = claribi.table("new", "call", "query-trends", "--event", "a",
                            **how)
    equal(len(rows), 8)
    rows, _ = claribi.table("new", "call", "query-run", "--sql",
                            "select event from events", **how)
    equal(rows[0]["total"], "9007199254740993")
    claribi.servers.log()
    result = claribi.run("new", "call", "agent-feedback", **how)
    equal(result.returncode, 5)
    result = claribi.run("new", "call", "exec", "command=tools", **how)
    equal(result.returncode, 5)
    commands = [row["arguments"]["command"]
                for row in claribi.servers.log()["requests"]
                if row.get("tool") == "exec"]
    equal([one for one in commands if one != "tools"], [])
    result = claribi.run("new", "call", "dashboard-get", "id:=9999", **how)
    equal(result.returncode, 6)
    holds(result.stderr, "found nothing of that id")


@case
def what_is_sent(claribi):
    claribi.servers.log()
    claribi.table("new", "call", "cohorts-list", "--project", "101")
    requests = claribi.servers.log()["requests"]
    equal([row["method"] for row in requests if row.get("method") in
           ("initialize", "tools/list", "tools/call")],
          ["initialize", "tools/list", "tools/call"])
    for row in requests:
        equal(row["headers"]["x-posthog-mcp-mode"], "tools")
        equal(row["headers"]["x-posthog-read-only"], "true")
        equal(row["headers"]["x-posthog-project-id"], "101")
        holds(row["url"], "mode=tools", "readonly=true", "project_id=101")
    equal([row["arguments"] for row in requests
           if row.get("method") == "tools/call"], [{}])


@case
def a_tool_that_changed_since_it_was_pinned(claribi):
    words = ["call", "dashboards-get-all", "-f", "csv"]
    result = claribi.run("new", *words, "--locked")
    equal((result.returncode, result.stdout), (8, ""))
    holds(result.stderr, "the tools of this server are not pinned")
    result = claribi.run("new", "connect", "posthog")
    equal(result.returncode, 0)
    stored = {"stored": True}
    result = claribi.run("new", *words, "--locked", **stored)
    equal((result.returncode, result.stderr), (0, ""))
    claribi.servers.change("dashboards-get-all")
    try:
        rows, _ = claribi.table("new", "tools", "pin", **stored)
        equal([row for row in rows if row["state"] != "as pinned"],
              [{"name": "dashboards-get-all", "state": "changed",
                "changed": "description"}])
        result = claribi.run("new", *words, **stored)
        equal(result.returncode, 0)
        holds(result.stderr, "dashboards-get-all has changed since it was "
              "pinned: description")
        claribi.servers.log()
        result = claribi.run("new", *words, "--locked", **stored)
        equal((result.returncode, result.stdout), (8, ""))
        holds(result.stderr, "pinned: description", "tools pin --update")
        equal([row for row in claribi.servers.log()["requests"]
               if row.get("method") == "tools/call"], [])
        result = claribi.run("new", "tools", "pin", "--update",
                             "dashboards-get-all", **stored)
        equal(result.returncode, 0)
        result = claribi.run("new", *words, "--locked", **stored)
        equal((result.returncode, result.stderr), (0, ""))
    finally:
        claribi.servers.change("")


@case
def questions_about_a_real_server(claribi):
    result = claribi.run("new", "ask", "note saved by day in the last 7 days",
                         "-f", "json")
    equal(result.returncode, 0)
    holds(result.stdout, '"series":', "note saved")
    result = claribi.run("old", "ask", "What dashboards exist?", "-f", "csv")
    equal(result.returncode, 0)
    holds(result.stdout, "Board 0")


def main():
    binary, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    modules = install(folder)
    subprocess.run(["node", str(HERE / "toon_check.mjs"), str(modules),
                    str(folder), str(HERE.parent / "vectors" / "toon.json")],
                   check=True)
    servers = Servers(modules, folder)
    failed = 0
    try:
        for check in CASES:
            try:
                check(Claribi(binary, servers))
            except AssertionError as error:
                failed += 1
                print("FAILED %s\n%s\n" % (check.__name__, error))
        refused = servers.log()["refused"]
        if refused:
            failed += 1
            print("connections to the outside were tried: %s" % refused)
    finally:
        servers.close()
    print("%d of %d passed" % (len(CASES) - failed, len(CASES)))
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
