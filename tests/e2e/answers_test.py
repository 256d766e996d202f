#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Recomputes answers on the demo's own database.

usage: tests/e2e/answers_test.py BINARY

Asks the real binary, reads the events with plain SQL of its own, and compares
the numbers with the rows and with every number of the sentences. Shares no
code with the product.
"""
import collections
import json
import os
import pathlib
import re
import sqlite3
import subprocess
import sys
import tempfile
import unittest

BINARY = pathlib.Path(sys.argv.pop(1)).resolve()
NOW = "2026-11-18T10:30:00Z"
NOW_MS = 1794997800000
DAY_MS = 86400000
TODAY_MS = NOW_MS - NOW_MS % DAY_MS
HOME = tempfile.TemporaryDirectory()
# Dates and times, which are no numbers of the answer.
DATE = re.compile(r"\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d(\.\d+)?)?Z?)?")
NUMBER = re.compile(r"(?<![\w.])-?\d[\d,]*(?:\.\d+)?")


def claribi(*words):
    environment = {"HOME": HOME.name, "PATH": os.environ["PATH"],
                   "LC_ALL": "C.UTF-8"}
    done = subprocess.run([str(BINARY), *words, "--now", NOW],
                          env=environment, capture_output=True, text=True)
    if done.returncode != 0:
        raise AssertionError(f"{words}: {done.returncode}\n{done.stderr}")
    return done.stdout


def ask(question):
    return json.loads(claribi("ask", question, "-f", "json"))


def numbers_of(text):
    """The numbers of a text as floats, without dates."""
    plain = DATE.sub(" ", text)
    return [float(found.replace(",", "")) for found in NUMBER.findall(plain)]


class Answers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        claribi("connect", "demo")
        folder = pathlib.Path(HOME.name, ".cache/claribi/demo")
        cls.database = sqlite3.connect(next(folder.glob("*.db")))

    def rows(self, sql, *values):
        return self.database.execute(sql, values).fetchall()

    def times(self, event, begin=0):
        """(person, time) of an event, oldest first, up to now."""
        return self.rows(
            "select e.person, e.timestamp from events e join event_names n "
            "on n.id = e.event where n.name = ? and e.timestamp >= ? and "
            "e.timestamp <= ? order by e.timestamp", event, begin, NOW_MS)

    def assert_numbers(self, answer, allowed):
        """Every number of the sentences is one of those recomputed here."""
        for number in numbers_of(answer["answer"]):
            self.assertTrue(
                any(abs(number - value) < 1e-9 for value in allowed),
                f"{number} was not recomputed: {answer['answer']}\n"
                f"allowed: {sorted(allowed)}")

    def test_signups_by_day(self):
        answer = ask("Signups by day for the last 30 days.")
        begin = TODAY_MS - 30 * DAY_MS
        counted = collections.Counter(
            (at - begin) // DAY_MS for _, at in self.times("signed_up", begin))
        days = [counted[i] for i in range(31)]
        self.assertEqual([row["value"] for row in answer["rows"]], days)
        self.assertEqual([row["partial"] for row in answer["rows"]],
                         [False] * 30 + [True])
        whole = days[:-1]
        average = sum(whole) / 30
        self.assert_numbers(answer, {
            30, sum(whole), days[-1], max(whole), min(whole),
            round(average), round(average, 1), round(average, 2),
            *self.trend(whole, answer["answer"])})
        peak = max(whole)
        facts = {fact["name"]: fact for fact in answer["facts"]}
        self.assertEqual(facts["peak"]["value"], peak)

    def trend(self, days, sentences):
        """What a claim of a trend may say: its percentage and its p."""
        if "across the period" not in sentences:
            return set()
        slopes = sorted((days[j] - days[i]) / (j - i)
                        for i in range(len(days))
                        for j in range(i + 7, len(days), 7))
        middle = len(slopes) // 2
        slope = (slopes[middle] if len(slopes) % 2
                 else (slopes[middle - 1] + slopes[middle]) / 2)
        change = 100 * slope * (len(days) - 1) / (sum(days) / len(days))
        return {round(abs(change)), 0.01}

    def test_daily_active_users(self):
        answer = ask("Run the daily active users query.")
        self.assertEqual(answer["tool"], "query-run")
        begin = TODAY_MS - 30 * DAY_MS
        people = collections.defaultdict(set)
        for person, at in self.rows(
                "select person, timestamp from events where timestamp >= ? "
                "and timestamp <= ?", begin, NOW_MS):
            people[(at - begin) // DAY_MS].add(person)
        days = [len(people[i]) for i in range(31)]
        self.assertEqual([row["value"] for row in answer["rows"]], days)
        self.assertNotIn("in all", answer["answer"])  # People are not added.

    def test_conversion(self):
        answer = ask("Signup to first-action conversion?")
        self.assertEqual(answer["tool"], "query-funnel")
        first, second = [row["event"] for row in answer["rows"]]
        self.assertEqual(first, "signed_up")
        begin = TODAY_MS - 30 * DAY_MS
        window = 14 * DAY_MS
        entered = collections.defaultdict(list)
        for person, at in self.times(first, begin):
            entered[person].append(at)
        done = collections.defaultdict(list)
        for person, at in self.times(second, begin):
            done[person].append(at)
        waits = {}
        for person, starts in entered.items():
            found = [at - start for start in starts for at in done[person]
                     if 0 <= at - start <= window]
            if found:
                waits[person] = min(found)
        counts = [row["count"] for row in answer["rows"]]
        self.assertEqual(counts, [len(entered), len(waits)])
        share = len(waits) / len(entered)
        lost = len(entered) - len(waits)
        text = answer["answer"]
        self.assertIn(f"{len(entered):,}", text)
        self.assertIn(f"{len(waits):,}", text)
        self.assertIn(f"{round(100 * share)} %", text)
        self.assertIn(f"{lost:,} people", text)

    def test_cohort_size(self):
        answer = ask("Show me the paying users cohort.")
        [(paying,)] = self.rows(
            "select count(*) from persons where created_at <= ? and "
            "json_extract(properties, '$.plan') in "
            "('starter', 'pro', 'business')", NOW_MS)
        self.assertEqual(answer["rows"][0]["count"], paying)
        self.assertIn(f"{paying:,}", answer["answer"])

    def test_top_errors(self):
        answer = ask("Top errors in the last 24 hours.")
        self.assertEqual(answer["tool"], "query-error-tracking-issues-list")
        begin = NOW_MS - DAY_MS
        counted = collections.Counter()
        people = collections.defaultdict(set)
        for person, properties in self.rows(
                "select e.person, e.properties from events e join event_names "
                "n on n.id = e.event where n.name = '$exception' and "
                "e.timestamp >= ? and e.timestamp <= ?", begin, NOW_MS):
            issue = json.loads(properties)["$exception_issue_id"]
            counted[issue] += 1
            people[issue].add(person)
        shown = {row["id"]: row for row in answer["rows"]}
        self.assertGreater(len(shown), 0)
        for issue, row in shown.items():
            self.assertEqual(row["occurrences"], counted[issue])
            self.assertEqual(row["users"], len(people[issue]))
        top = answer["rows"][0]
        total = sum(row["occurrences"] for row in answer["rows"])
        self.assert_numbers(answer, {
            len(shown), 24, top["occurrences"], top["users"],
            round(100 * top["occurrences"] / total)})

    def test_events_by_sql(self):
        document = json.loads(claribi(
            "call", "query-run", "--sql", "select event, count() from events "
            "group by event order by 2 desc, 1", "-f", "json"))
        expected = self.rows(
            "select n.name, count(*) from events e join event_names n on "
            "n.id = e.event where e.timestamp <= ? group by 1 order by 2 desc, "
            "1", NOW_MS)
        self.assertEqual([tuple(row.values()) for row in document["rows"]],
                         expected)

    def test_the_same_question_gives_the_same_bytes(self):
        words = ("ask", "Signups by day for the last 30 days.", "-f", "json")
        self.assertEqual(claribi(*words), claribi(*words))


if __name__ == "__main__":
    unittest.main(verbosity=1)
