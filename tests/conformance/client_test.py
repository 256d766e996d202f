#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs the client scenarios of the MCP conformance suite through claribi.

usage: client_test.py CLARIBI

Every scenario that applies to a client with a static key runs alone, in each
version that has it: once with the version found out by claribi, once pinned.
Then each frozen set of requirements runs as a whole; its scenarios of OAuth
and of elicitation, which claribi does not offer, are in a baseline file beside
this one. Exits with 77, "skipped", where npm is not installed.
"""
import os
import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
LEGACY, STATELESS = "2025-11-25", "2026-07-28"
SCENARIOS = [
    ("initialize", LEGACY),
    ("tools_call", LEGACY),
    ("tools_call", STATELESS),
    ("sse-retry", LEGACY),
    ("request-metadata", STATELESS),
    ("http-standard-headers", STATELESS),
    ("http-custom-headers", STATELESS),
    ("http-invalid-tool-headers", STATELESS),
    ("sep-2322-client-request-state", STATELESS),
    ("json-schema-ref-no-deref", STATELESS),
    ("json-schema-2020-12-preservation", LEGACY),
    ("json-schema-2020-12-preservation", STATELESS),
]


def suite(arguments, claribi, protocol=""):
    """What the suite says, and its status."""
    path = f"{HERE}/node_modules/.bin:{os.environ['PATH']}"
    done = subprocess.run(
        ["conformance", "client", "--command", "./client", *arguments],
        cwd=HERE, env={**os.environ, "PATH": path, "CLARIBI": claribi,
                       "CLARIBI_PROTOCOL": protocol},
        text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        check=False)
    return done.stdout, done.returncode


def passed(output, status):
    """A scenario that did not run at all must not look like a pass."""
    return status == 0 and "OVERALL: PASSED" in output and "SUCCESS" in output


def main():
    claribi = str(pathlib.Path(sys.argv[1]).resolve())
    if shutil.which("npm") is None:
        print("npm is not installed: skipped")
        return 77
    subprocess.run([HERE.parent / "npm-install", HERE], check=True)
    bad = 0
    for name, version in SCENARIOS:
        for protocol in ("", version):
            output, status = suite(
                ["--scenario", name, "--spec-version", version],
                claribi, protocol)
            good = passed(output, status)
            bad += not good
            print(f"{'ok' if good else 'FAILED'}: {name} {version}"
                  f"{' pinned' if protocol else ''}")
            if not good:
                print(output)
    for version in (LEGACY, STATELESS):
        output, status = suite(
            ["--requirements", version, "--expected-failures",
             f"baseline-{version}.yml"], claribi)
        bad += status != 0
        print(f"{'ok' if status == 0 else 'FAILED'}: frozen set {version}")
        if status != 0:
            print(output)
    print(f"{len(SCENARIOS) * 2 + 2} runs, {bad} failed")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
