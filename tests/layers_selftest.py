#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Plants faults in a copy of the sources and sees scripts/check-layers find
each of them, and nothing in the copy as it is."""
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
CHECK = ROOT / "scripts/check-layers"

# (file, line put in front of it, words of the fault)
PLANTS = [
    ("lib/base/text.cpp", '#include "json/value.hpp"', "does not use json"),
    ("lib/json/value.hpp", '#include "net/url.hpp"', "does not use net"),
    ("lib/vault/vault.cpp", '#include "mcp/tool.hpp"', "does not use mcp"),
    ("lib/source/vendors.cpp", '#include "plan/plan.hpp"', "not use plan"),
    ("lib/plan/plan.cpp", '#include "source/vendor.hpp"', "may see only"),
    ("lib/answer/facts.cpp", '#include "source/connection.hpp"', "may see only"),
    ("lib/demo/tools.cpp", '#include "table/table.hpp"', "not use table"),
    ("lib/source/connection.cpp", '#include "demo/server.hpp"', "only cli/"),
    ("lib/net/url.cpp", '#include "cli/io.hpp"', "knows cli/"),
    ("lib/net/url.cpp", "#include <curl/curl.h>", "outside its home"),
    ("lib/json/writer.cpp", "#include <simdjson.h>", "outside its home"),
    ("lib/vault/vault.cpp", "#include <sodium.h>", "outside its home"),
    ("lib/demo/tools.cpp", "#include <sqlite3.h>", "outside its home"),
    ("lib/base/calendar.cpp", "#include <date/tz.h>", "outside its home"),
    ("lib/base/file.cpp", "#include <utf8proc.h>", "outside its home"),
    ("cli/help.cpp", "#include <CLI/CLI.hpp>", "outside its home"),
    ("cli/help.cpp", "  #  include <simdjson.h>", "outside its home"),
    ("lib/base/text.hpp", "#include <fmt/format.h>", ".cpp only"),
    ("cli/help.cpp", "#include <doctest/doctest.h>", "outside the tests"),
    ("cli/help.cpp", '#include "tests/unit/cli/fake_table.hpp"', "the tests"),
    ("lib/CMakeLists.txt",
     "claribi_module(early USES base\n  SOURCES a.cpp)", "not a row above"),
]


def check(root):
    done = subprocess.run([sys.executable, CHECK, root], text=True,
                          capture_output=True, check=False)
    return done.returncode, done.stdout


def main():
    failures = []
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder).resolve()
        for part in ("lib", "cli", "tests"):
            shutil.copytree(ROOT / part, copy / part)
        status, clean = check(copy)
        if status != 0:
            failures.append(f"the sources as they are have faults:\n{clean}")
        for name, line, words in PLANTS:
            path = copy / name
            before = path.read_text()
            path.write_text(f"{line}\n{before}")
            status, found = check(copy)
            path.write_text(before)
            if status != 1 or f"{name}:1: " not in found or words not in found:
                failures.append(f"{name}: {line!r} was not found: {found!r}")
    print("\n".join(failures) or f"{len(PLANTS)} planted faults were found")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
