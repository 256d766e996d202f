#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Asks `claribi demo serve` with both official TypeScript clients.

usage: tests/conformance/sdk_clients_test.py BINARY

The checks are in sdk_clients.mjs. Status 77 if there is no npm.
"""
import subprocess
import sys

from served_demo import HERE, need_node, node_environment, served_demo


def main():
    need_node()
    with served_demo(sys.argv[1], "--now", "2026-11-18T10:30:00Z") as url:
        return subprocess.run(
            ["node", HERE / "sdk_clients.mjs", url], timeout=120,
            env=node_environment()).returncode


if __name__ == "__main__":
    sys.exit(main())
