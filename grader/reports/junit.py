"""junit.xml: a suite a submission, a case an exercise, valid against the strict schema of Ant's JUnit task.

JUnit knows no points, so they stand as properties of the suite and in each failure's message.  An exercise without
all of its points is a failure; what could not be graded is an error, never a failure.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from xml.etree import ElementTree as ET

from .model import ExerciseReport, Report
from .rendering import Rendered, is_complete, number, told, told_of_all, visible

Element = ET.Element
# What XML 1.0 can't hold at all, not even escaped; `visible` has written out most of it.
NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(reports: Sequence[Report], now: dt.datetime) -> Rendered:
    """All submissions in one file.

    Args:
      now: when it is rendered; reports themselves hold no date.
    """
    suites = Element("testsuites")
    for place, report in enumerate(reports):
        suites.append(_suite(report, place, now))
    ET.indent(suites)
    text = ET.tostring(suites, encoding="unicode", xml_declaration=False)
    return Rendered({"junit.xml": f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'})


def _suite(report: Report, place: int, now: dt.datetime) -> Element:
    cases = [_case(report, exercise) for exercise in report.exercises] or [_ungraded(report)]
    seconds = report.run.get("seconds", 0)
    suite = Element(
        "testsuite",
        {
            "name": _text(report.submission.id),
            "package": _text(report.assignment.id),
            "id": str(place),
            "timestamp": now.strftime("%Y-%m-%dT%H:%M:%S"),
            "hostname": "localhost",  # the schema's word for a host that is not told
            "tests": str(len(cases)),
            "failures": _count(cases, "failure"),
            "errors": _count(cases, "error"),
            "skipped": _count(cases, "skipped"),
            "time": f"{seconds if isinstance(seconds, (int, float)) else 0:.3f}",
        },
    )
    properties = ET.SubElement(suite, "properties")
    points = {"status": report.status, "score": number(report.score), "max_score": number(report.max_score)}
    for exercise in report.exercises:
        points[f"score.{exercise.id}"] = number(exercise.score)
        points[f"max_score.{exercise.id}"] = number(exercise.max_score)
    for name, value in points.items():
        ET.SubElement(properties, "property", {"name": _text(name), "value": value})
    suite.extend(cases)
    ET.SubElement(suite, "system-out").text = _text("\n".join(told_of_all(report)))
    ET.SubElement(suite, "system-err")
    return suite


def _case(report: Report, exercise: ExerciseReport) -> Element:
    case = _empty_case(report, exercise.id)
    if exercise.outcome == "skipped" or (not exercise.max_score and not is_complete(exercise)):
        ET.SubElement(case, "skipped")
    elif not is_complete(exercise):
        points = f"{number(exercise.score)} of {number(exercise.max_score)} points"
        told_lines = list(told(exercise))
        failure = ET.SubElement(
            case,
            "failure",
            {"type": _text(exercise.outcome), "message": _text(": ".join([points, *told_lines[:1]]))},
        )
        failure.text = _text("\n".join([points, *told_lines]))
    return case


def _ungraded(report: Report) -> Element:
    case = _empty_case(report, "submission")
    error = ET.SubElement(case, "error", {"type": report.status, "message": _text(report.message)})
    error.text = _text(report.message)
    return case


def _empty_case(report: Report, name: str) -> Element:
    classname = f"{report.assignment.id}.{report.submission.id}"
    return Element("testcase", {"name": _text(name), "classname": _text(classname), "time": "0"})


def _count(cases: Sequence[Element], kind: str) -> str:
    return str(sum(case.find(kind) is not None for case in cases))


def _text(text: str) -> str:
    return NO_XML.sub("�", visible(text))
