#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""How well `claribi ask --plan` understands questions.

Asks every question of the sets over demo sources, brings what came and what
should have come to one form (normalise.py), and prints the figures with their
Wilson 95 % intervals and the questions that went wrong. Questions that are
held back ("split": "held") are counted apart, and their texts are not shown:
nobody is to tune on them.

  score.py CLARIBI                            the sets of this folder
  score.py CLARIBI --set FILE --project FILE  any other set and its project
  score.py CLARIBI --assert                   fail below the floors
"""
import argparse
import collections
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import normalise  # noqa: E402

HERE = pathlib.Path(__file__).parent
CLOCK = "2026-11-18T10:30:00Z"
STATUS = {"clarify": 3, "abstain": 4, "refuse": 5}
# Of the part that is not held back.
FLOORS = {"tool": 97.0, "arguments": 90.0, "clarify recall": 95.0}
MOST_SILENT = 1.0


class Session:
    """The binary with a home of its own."""

    def __init__(self, binary):
        self.binary = os.path.abspath(binary)
        self.home = tempfile.TemporaryDirectory(prefix="askbench-")
        self.environment = {
            "HOME": self.home.name, "PATH": os.environ["PATH"], "CI": "1",
            "LANG": "C.UTF-8",
        }

    def run(self, words, text=None):
        return subprocess.run(
            [self.binary, *words, "--now", CLOCK, "--no-input"],
            env=self.environment, input=text, capture_output=True, text=True,
            check=False)

    def connect(self, name, project):
        done = self.run(["connect", "demo", "--quiet", "--name", name,
                         "--project", str(project)])
        if done.returncode != 0:
            sys.exit(f"cannot connect {project}: {done.stderr}")

    def ask_all(self, name, questions):
        """The documents of many questions, one process for all of them."""
        lines = "".join(q.replace("\n", " ") + "\n" for q in questions)
        done = self.run(["ask", "--plan", "--quiet", "--engine", "builtin",
                         "--source", name], lines)
        documents = [json.loads(line) for line in done.stdout.splitlines()]
        if len(documents) != len(questions):
            sys.exit(f"{len(documents)} answers to {len(questions)} questions: "
                     f"{done.stderr}")
        return documents

    def ask_after(self, name, first, second):
        words = ["ask", "--plan", "--quiet", "--engine", "builtin",
                 "--source", name]
        self.run([*words, first])
        done = self.run([*words, "--continue", second])
        if not done.stdout.strip():
            return {"outcome": "error", "message": done.stderr}
        return json.loads(done.stdout)


AFTER = re.compile(r"^\[after: (.*)\] (.*)$", re.S)
BRACKET = re.compile(r"^\(.*?\) (.*)$", re.S)


def ask(session, name, cases):
    plain = [case for case in cases if not AFTER.match(case["question"])]
    texts = [BRACKET.sub(r"\1", case["question"]) for case in plain]
    documents = dict(zip((case["id"] for case in plain),
                         session.ask_all(name, texts)))
    for case in cases:
        after = AFTER.match(case["question"])
        if after:
            documents[case["id"]] = session.ask_after(name, *after.groups())
    return documents


class Verdict:
    """What became of one question."""

    def __init__(self, case, document, project):
        gold = case["gold"]
        self.case, self.document = case, document
        self.wanted = ("answer" if "tool" in gold or "partial" in gold else
                       next(kind for kind in STATUS if kind in gold))
        self.came = document["outcome"]
        self.slots = (0, 0, 0)
        self.tool = self.arguments = False
        self.difference = ""
        if self.wanted == "answer":
            self.compare(gold, project)
        elif self.came == self.wanted:
            self.compare_outcome(gold)
        else:
            self.difference = f"{self.came} instead of {self.wanted}"

    def compare_outcome(self, gold):
        document = self.document
        missing = [name for name in gold.get("candidates", [])
                   if name not in json.dumps(document["candidates"])]
        wrong = {"clarify": missing or len(document["candidates"]) > 3 or
                 (isinstance(gold["clarify"], str) and
                  gold["clarify"] != document.get("slot"))
                 if self.wanted == "clarify" else False,
                 "abstain": self.wanted == "abstain" and
                 gold["abstain"] != document.get("reason"),
                 "refuse": bool(document["calls"])}[self.wanted]
        self.tool = True
        self.arguments = not wrong
        if wrong:
            self.difference = (f"slot {document.get('slot')}, reason "
                               f"{document.get('reason')}, offered "
                               f"{document['candidates']}")

    def compare(self, gold, project):
        if self.came != "answer":
            message = self.document.get("message", "")
            self.difference = f"{self.came}: {message}"
            return
        call = self.document["calls"][-1]
        if "partial" in gold:
            self.tool = self.arguments = call["tool"] == gold["partial"]
            self.difference = "" if self.tool else call["tool"]
            return
        got = normalise.call(call, self.case["question"], project)
        choices = [gold, *[{**gold, **other} for other in gold.get("or", [])]]
        wanted = [normalise.call({"tool": choice["tool"],
                                  "arguments": choice["args"]},
                                 self.case["question"], project)
                  for choice in choices]
        if "alt" in gold and self.document["warnings"]:
            # Selecting by an event: left out, and said so.
            wanted += [{"tool": want["tool"], "arguments": {
                key: value for key, value in want["arguments"].items()
                if key != "properties"}} for want in wanted]
        names = {choice["tool"] for choice in choices}
        names |= set(gold.get("aliases", []))
        self.tool = any(normalise.same_tool(got["tool"], name, call)
                        for name in names)
        self.arguments = self.tool and any(
            got["arguments"] == want["arguments"] for want in wanted)
        self.slots = max((normalise.slot_counts(got, want) for want in wanted),
                         key=lambda counts: counts[0] - counts[1] - counts[2])
        if not self.arguments:
            self.difference = normalise.difference(got, wanted[0])

    @property
    def silent(self):
        """Answered, wrong, and no word of doubt."""
        return (self.came == "answer" and not self.arguments and
                not self.document["warnings"])


def rate(good, all_of):
    """A rate in per cent with its Wilson 95 % interval."""
    if all_of == 0:
        return "   –"
    z, share = 1.96, good / all_of
    middle = (share + z * z / (2 * all_of)) / (1 + z * z / all_of)
    half = (z / (1 + z * z / all_of) *
            ((share * (1 - share) / all_of + z * z / (4 * all_of ** 2)) ** 0.5))
    return (f"{100 * share:5.1f} %  [{max(0, 100 * (middle - half)):.1f}, "
            f"{min(100, 100 * (middle + half)):.1f}]  {good} of {all_of}")


def precision_and_recall(verdicts, kind):
    said = [v for v in verdicts if v.came == kind]
    wanted = [v for v in verdicts if v.wanted == kind]
    right = sum(v.wanted == kind for v in said)
    return (right, len(said)), (right, len(wanted))


def figures(verdicts):
    total = len(verdicts)
    hits = sum(v.slots[0] for v in verdicts)
    extra = sum(v.slots[1] for v in verdicts)
    missing = sum(v.slots[2] for v in verdicts)
    rows = {
        "tool": (sum(v.tool for v in verdicts), total),
        "arguments": (sum(v.arguments for v in verdicts), total),
        "silent wrong": (sum(v.silent for v in verdicts), total),
    }
    for kind in STATUS:
        precision, recall = precision_and_recall(verdicts, kind)
        rows[f"{kind} precision"], rows[f"{kind} recall"] = precision, recall
    slot_f1 = 200 * hits / max(1, 2 * hits + extra + missing)
    return rows, slot_f1


def show(title, verdicts):
    print(f"\n{title}: {len(verdicts)} questions")
    rows, slot_f1 = figures(verdicts)
    for name, (good, all_of) in rows.items():
        print(f"  {name:18} {rate(good, all_of)}")
    print(f"  {'slot F1':18} {slot_f1:5.1f} %")
    by_category = collections.defaultdict(list)
    for verdict in verdicts:
        by_category[verdict.case["category"]].append(verdict)
    for category, some in sorted(by_category.items()):
        print(f"    {category:16} {sum(v.arguments for v in some):3} of "
              f"{len(some):3}")
    return rows


def show_failures(verdicts):
    for verdict in verdicts:
        if verdict.arguments:
            continue
        mark = " SILENT" if verdict.silent else ""
        print(f"\n  {verdict.case['id']}{mark}: {verdict.case['question']}\n"
              f"    {verdict.difference}")


def floors_hold(rows):
    held = True
    for name, floor in FLOORS.items():
        good, all_of = rows[name]
        if all_of and 100 * good / all_of < floor:
            print(f"below the floor: {name} {rate(good, all_of)}, "
                  f"wanted {floor} %")
            held = False
    silent, all_of = rows["silent wrong"]
    if 100 * silent / max(1, all_of) > MOST_SILENT:
        print(f"too many answers that are silently wrong: "
              f"{rate(silent, all_of)}")
        held = False
    return held


def read_lines(path):
    return [json.loads(line) for line in
            path.read_text(encoding="utf-8").splitlines() if line.strip()]


def sets_of(arguments):
    if arguments.set:
        return [(arguments.set, arguments.project)]
    return [(HERE / "questions" / f"{name}.jsonl",
             HERE / "projects" / f"{name}.json")
            for name in ("saas", "shop", "mobile")]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("claribi")
    parser.add_argument("--set", type=pathlib.Path)
    parser.add_argument("--project", type=pathlib.Path)
    parser.add_argument("--skip", default="",
                        help="categories to leave out, with commas")
    parser.add_argument("--assert", dest="check", action="store_true")
    parser.add_argument("--figures-only", action="store_true")
    arguments = parser.parse_args()
    skipped = set(filter(None, arguments.skip.split(",")))
    session = Session(arguments.claribi)
    verdicts = []
    for questions, project_file in sets_of(arguments):
        project = json.loads(project_file.read_text(encoding="utf-8"))
        cases = [case for case in read_lines(questions)
                 if case["category"] not in skipped]
        name = re.sub(r"[^a-z0-9]", "", project["name"].lower()) or "bench"
        session.connect(name, project_file)
        documents = ask(session, name, cases)
        verdicts += [Verdict(case, documents[case["id"]], project)
                     for case in cases]
    tuned = [v for v in verdicts if v.case.get("split") != "held"]
    held = [v for v in verdicts if v.case.get("split") == "held"]
    rows = show("development", tuned)
    if held:
        show("held back", held)
    if not arguments.figures_only:
        show_failures(tuned)
    return 1 if arguments.check and not floors_hold(rows) else 0


if __name__ == "__main__":
    sys.exit(main())
