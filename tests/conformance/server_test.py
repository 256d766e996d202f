#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Holds `claribi demo serve` against the MCP conformance suite.

usage: tests/conformance/server_test.py BINARY

Runs what each revision requires of a server and looks at every check of the
scenarios that apply to a server with tools only. A check that fails must be
excused below, and an excused one must fail: neither can be forgotten. Status
77 if there is no npm.
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

from served_demo import need_node, node_environment, served_demo

NO_PROMPTS = "the demo has no prompts"
NO_RESOURCES = "the demo has no resources"
NO_TEST_TOOL = "needs a tool that the suite names itself"

# Of each revision the scenarios that apply, with the checks that do not.
APPLY = {
    "2025-03-26": {
        "server-session-lifecycle": {},
    },
    "2025-06-18": {
        "server-initialize": {},
        "server-session-lifecycle": {},
        "ping": {},
        "tools-list": {},
    },
    "2025-11-25": {
        "server-initialize": {},
        "server-session-lifecycle": {},
        "ping": {},
        "tools-list": {},
        "server-sse-multiple-streams": {},
        "dns-rebinding-protection": {},
    },
    "2026-07-28": {
        "server-stateless": {
            "sep-2575-server-rejects-undeclared-capability": NO_TEST_TOOL,
            "sep-2575-missing-capability-http-400": NO_TEST_TOOL,
        },
        "tools-list": {},
        "server-sse-multiple-streams": {},
        "dns-rebinding-protection": {},
        "http-header-validation": {},
        "caching": {
            "sep-2549-prompts-list-caching-hints": NO_PROMPTS,
            "sep-2549-resources-list-caching-hints": NO_RESOURCES,
            "sep-2549-resources-templates-list-caching-hints": NO_RESOURCES,
        },
    },
}
# Revisions that the suite has no list of requirements for.
SINGLY = ("2025-03-26", "2025-06-18")

# The others: a name or its beginning, and why they do not apply.
NOT_APPLICABLE = {
    "completion-": "the demo completes no arguments",
    "elicitation-": "the demo asks its clients nothing",
    "http-custom-header-server-validation":
        "no tool of the demo has an x-mcp-header",
    "input-required-result-": "the demo asks its clients nothing",
    "json-schema-2020-12": NO_TEST_TOOL,
    "logging-": "the demo sends no log",
    "prompts-": NO_PROMPTS,
    "resources-": NO_RESOURCES,
    "sep-2164-resource-not-found": NO_RESOURCES,
    "sep-2640-": "an extension: skills",
    "server-sse-polling": NO_TEST_TOOL,
    "tasks-": "an extension: tasks",
    "tools-call-": NO_TEST_TOOL,
}
RESULT = re.compile(r"server-(.+?)-\d{4}-\d\d-\d\dT[-\dZ]+$")


def run_suite(url, results, *options):
    """What the suite says; its status counts what does not apply, too."""
    done = subprocess.run(
        ["conformance", "server", "--url", url, "-o", results, *options],
        env=node_environment(), text=True, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, cwd=results, timeout=300)
    return done.stdout


def read_checks(results):
    """{scenario: its checks}."""
    checks = {}
    for folder in pathlib.Path(results).iterdir():
        scenario = RESULT.match(folder.name)[1]
        checks[scenario] = json.loads((folder / "checks.json").read_text())
    return checks


def run_revision(url, revision):
    with tempfile.TemporaryDirectory() as results:
        if revision in SINGLY:
            said = "".join(
                run_suite(url, results, "--scenario", scenario,
                          "--spec-version", revision)
                for scenario in APPLY[revision])
        else:
            said = run_suite(url, results, "--requirements", revision)
        return read_checks(results), said


def scenario_faults(checks, excused):
    failed = {check["id"]: check.get("errorMessage", "") for check in checks
              if check["status"] not in ("SUCCESS", "INFO", "SKIPPED")}
    if not any(check["status"] == "SUCCESS" for check in checks):
        yield "no check succeeded"
    for name, message in failed.items():
        if name not in excused:
            yield f"{name}: {message}"
    for name in excused:
        if name not in failed:
            yield f"{name} is excused but did not fail"


def revision_faults(revision, checks):
    for scenario, excused in APPLY[revision].items():
        if scenario not in checks:
            yield f"{scenario}: was not run"
            continue
        for fault in scenario_faults(checks[scenario], excused):
            yield f"{scenario}: {fault}"
    for scenario in checks.keys() - APPLY[revision].keys():
        if not scenario.startswith(tuple(NOT_APPLICABLE)):
            yield f"{scenario}: neither applies nor is excused"


def main():
    need_node()
    faults = 0
    with served_demo(sys.argv[1]) as url:
        for revision in APPLY:
            checks, said = run_revision(url, revision)
            found = list(revision_faults(revision, checks))
            for fault in found:
                print(f"{revision}: {fault}")
            if found:
                print(said)
            faults += len(found)
            print(f"{revision}: {len(APPLY[revision])} scenarios apply")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
