#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Charts of every kind, drawn by Vega from our specification and by us.

usage: tests/charts/charts_test.py CHART_SAMPLES

Holds against each other how many marks both have and which words stand in
both; Vega must not warn of anything. Status 77 if there is no npm, but a
failure where CLARIBI_REQUIRE_POSTHOG asks for everything.
"""
import collections
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree

HERE = pathlib.Path(__file__).resolve().parent
SAMPLES = pathlib.Path(sys.argv.pop(1)).resolve()
FOLDER = tempfile.TemporaryDirectory()
SVG = "{http://www.w3.org/2000/svg}"
# Charts whose labels do not all fit: we leave some out, Vega does not.
CROWDED = {"hostile"}


def draw():
    """Everything is drawn once; returns what Vega warned of."""
    for tool in ("node", "npm"):
        if shutil.which(tool) is None:
            print("charts are not drawn by Vega: there is no " + tool)
            sys.exit(1 if os.environ.get("CLARIBI_REQUIRE_POSTHOG") else 77)
    subprocess.run([HERE.parent / "npm-install", HERE], check=True)
    subprocess.run([SAMPLES, FOLDER.name], check=True)
    done = subprocess.run(["node", HERE / "draw.mjs", FOLDER.name], check=True,
                          capture_output=True, text=True)
    return json.loads(done.stdout)


def parsed(name):
    path = pathlib.Path(FOLDER.name, name)
    return xml.etree.ElementTree.fromstring(path.read_text("utf-8"))


def our_marks(root):
    """How many elements of each class."""
    return collections.Counter(element.get("class") for element in root.iter()
                               if element.get("class"))


def vega_marks(root):
    """How many drawn items in the groups of each kind of mark. Marks outside
    the plot (axes, legends, titles) have other roles."""
    found = collections.Counter()
    for group in root.iter(SVG + "g"):
        kind = re.match(r"mark-(\w+) role-mark (\S*)", group.get("class") or "")
        if not kind:
            continue
        for item in group:
            # Without a path or a text nothing is seen.
            if item.tag == SVG + "text" and not "".join(item.itertext()):
                continue
            if item.tag == SVG + "path" and not item.get("d"):
                continue
            found[kind.group(1)] += 1
    return found


def texts(root):
    """Every line of every text."""
    found = set()
    for element in root.iter(SVG + "text"):
        lines = list(element.iter(SVG + "tspan")) or [element]
        found.update("".join(line.itertext()) for line in lines)
    return found


def values(name):
    spec = json.loads(pathlib.Path(FOLDER.name, name + ".json").read_text())
    return spec["data"]["values"]


WARNINGS = draw()
NAMES = sorted(WARNINGS)


class Charts(unittest.TestCase):
    def test_vega_warns_of_nothing(self):
        self.assertGreater(len(NAMES), 15)
        for name in NAMES:
            self.assertEqual(WARNINGS[name], [], name)

    def test_both_have_the_same_marks(self):
        for name in NAMES:
            with self.subTest(name):
                ours = our_marks(parsed(name + ".svg"))
                theirs = vega_marks(parsed(name + ".vega.svg"))
                # Cells and bars are rectangles in both, points symbols there.
                self.assertEqual(ours["bar"] + ours["cell"], theirs["rect"])
                self.assertEqual(ours["point"], theirs["symbol"])
                if ours["value"]:
                    self.assertEqual(ours["value"], theirs["text"])

    def test_every_row_with_a_value_is_drawn(self):
        for name in NAMES:
            if name.startswith("number"):
                continue
            with self.subTest(name):
                rows = [row for row in values(name) if row["v"] is not None]
                ours = our_marks(parsed(name + ".svg"))
                self.assertEqual(
                    ours["bar"] + ours["cell"] + ours["point"], len(rows))

    def test_both_say_the_same_words(self):
        for name in NAMES:
            if name in CROWDED:
                continue
            with self.subTest(name):
                ours = texts(parsed(name + ".svg"))
                theirs = texts(parsed(name + ".vega.svg"))
                labels = {row["l"] for row in values(name)}
                labelled = our_marks(parsed(name + ".svg"))["value"] > 0
                if labelled and not name.startswith("number"):
                    missing = {label for label in labels if label}
                    self.assertLessEqual(missing, ours | {""})
                    self.assertLessEqual(missing, theirs | {""})
                title = json.loads(pathlib.Path(
                    FOLDER.name, name + ".json").read_text())["title"]
                for words in [title["text"], *title["subtitle"]]:
                    self.assertIn(words, ours)
                    self.assertIn(words, theirs)

    def test_a_picture_is_whole_and_harmless(self):
        for name in NAMES:
            with self.subTest(name):
                root = parsed(name + ".svg")
                self.assertEqual(root.get("role"), "img")
                self.assertTrue(root.get("viewBox"))
                self.assertTrue(root.find(SVG + "title").text)
                self.assertTrue(root.find(SVG + "desc").text)
                for element in root.iter():
                    self.assertIn(element.tag.removeprefix(SVG),
                                  {"svg", "title", "desc", "rect", "line",
                                   "circle", "path", "text"})
                    for attribute in element.keys():
                        self.assertFalse(attribute.startswith("on"))
                        self.assertNotIn("href", attribute)

    def test_nothing_stands_outside_of_the_picture(self):
        for name in NAMES:
            with self.subTest(name):
                root = parsed(name + ".svg")
                _, _, width, height = map(float, root.get("viewBox").split())
                for element in root.iter():
                    if element.get("x") is None:
                        continue
                    x, y = float(element.get("x")), float(element.get("y"))
                    right = x + float(element.get("width") or 0)
                    self.assertTrue(0 <= x and right <= width, element.attrib)
                    bottom = y + float(element.get("height") or 0)
                    self.assertTrue(0 <= y and bottom <= height,
                                    element.attrib)


if __name__ == "__main__":
    unittest.main()
