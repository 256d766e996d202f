#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""tests/e2e/run.py over a shell script in place of the binary: it passes what
agrees, fails what differs, and rewrites what it is asked to."""
import os
import pathlib
import subprocess
import sys
import tempfile

RUN = pathlib.Path(__file__).resolve().parent / "e2e/run.py"
FAKE = r"""#!/bin/sh
case $1 in
  say) shift; printf '%s\n' "$@" ;;
  bare) printf 'no line feed' ;;
  fail) echo 'claribi: error: no' >&2; exit 4 ;;
  home) echo "$HOME/x"; pwd ;;
  env) env | grep -c SECRET_OF_CALLER ;;
  markdown) printf '# head\n\n$ line\n[3]\n\n' ;;
esac
"""
GOOD = r"""# A file, a pipe, an error, a guarded line and wildcards.
-- in/words.txt --
one
two

$ claribi say a "" b
a

b
$ cat in/words.txt | head -1
one

$ claribi fail
! claribi: error: no
[4]
$ claribi home
$HOME/x
$HOME
$ claribi env
0
[1]
$ claribi markdown
\# head

\$ line
\[3]
\
$ claribi bare
no line feed\c
$ claribi say "took 31 ms" x y z
took {*} ms
...
z
$ claribi say "$(cat <<END
> inner
> END
> )"
inner
"""
# (what is changed, into what): each must turn the script red.
BREAKS = [
    ("[4]\n", ""), ("[4]", "[5]"), ("! claribi: error: no\n", ""),
    ("a\n\nb\n", "a\nb\n"), ("...\nz", "...\ny"), ("took {*} ms", "took {*} s"),
    ("line feed\\c", "line feed"), ("\\# head", "head"), ("$HOME/x\n", ""),
    ("\\\n$ claribi bare", "$ claribi bare"), ("inner\n", "inner\ninner\n"),
]


def main():
    failures = []
    with tempfile.TemporaryDirectory() as folder:
        binary = pathlib.Path(folder) / "claribi"
        binary.write_text(FAKE)
        binary.chmod(0o755)
        script = pathlib.Path(folder) / "topic.txt"

        def run(text, **env):
            script.write_text(text)
            return subprocess.run(
                [sys.executable, RUN, binary, script], text=True, check=False,
                env={**os.environ, "SECRET_OF_CALLER": "1", **env},
                capture_output=True)

        good = run(GOOD, UPDATE="0")
        if good.returncode != 0:
            failures.append(f"a good script fails:\n{good.stdout}")
        for before, after in BREAKS:
            at = GOOD.rindex(before)
            broken = GOOD[:at] + after + GOOD[at + len(before):]
            if run(broken, UPDATE="0").returncode == 0:
                failures.append(f"not seen: {before!r} became {after!r}")
        run(GOOD.replace("[4]", "[5]"), UPDATE="1")
        if script.read_text() != GOOD:
            failures.append(f"not mended by UPDATE=1:\n{script.read_text()}")
    print("\n".join(failures) or f"{len(BREAKS)} planted faults were found")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
