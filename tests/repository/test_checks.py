"""The checks of `make check` that are our own: each is shown what it must refuse."""

from __future__ import annotations

import subprocess
from email.message import Message
from pathlib import Path

import pytest

from tools import addresses, check, licences, suite, translations


@pytest.mark.parametrize(
    ("expression", "verdict"),
    [
        ("MIT", True),
        ("BSD-3-Clause", True),
        ("MPL-2.0", True),
        ("LGPL-3.0-only", True),
        ("GNU Lesser General Public License v2 or later (LGPLv2+)", True),
        ("Apache-2.0 OR GPL-3.0-only", True),
        ("(MIT AND BSD-3-Clause) OR GPL-2.0-only", True),
        ("MIT AND GPL-3.0-or-later", False),
        ("MIT AND (GPL-3.0-only OR AGPL-3.0-only)", False),
        ("GPL-3.0-only", False),
        ("AGPL-3.0-or-later", False),
        ("GNU General Public License v3 (GPLv3)", False),
        ("GNU Affero General Public License v3", False),
        ("SSPL-1.0", False),
        ("a licence of our own", False),
        ("", False),
    ],
)
def test_which_licences_may_be_imported(expression: str, verdict: bool) -> None:
    assert licences.allowed(expression) is verdict


def _package(**headers: str | list[str]) -> Message:
    package = Message()
    for name, values in headers.items():
        for value in [values] if isinstance(values, str) else values:
            package[name.replace("_", "-")] = value
    return package


def test_a_package_under_a_choice_of_licences_counts_as_the_freest() -> None:
    classifiers = [
        "License :: OSI Approved :: GNU General Public License v2 or later (GPLv2+)",
        "License :: OSI Approved :: Mozilla Public License 1.1 (MPL 1.1)",
    ]
    both = licences.licences(_package(Classifier=classifiers))
    only_gpl = licences.licences(_package(Classifier=classifiers[:1], License="MIT"))
    found = list(licences.findings([("both", both), ("planted", only_gpl)], []))
    assert len(found) == 1
    assert "Python package planted" in found[0]


def test_a_package_that_names_no_licence_is_refused() -> None:
    silent = licences.licences(_package(Name="silent"))
    assert list(licences.findings([], [("silent", silent)])) == ["npm package silent: licence unknown is not one that Kumppani may import"]


def test_the_packages_that_are_installed_may_be_used() -> None:
    python, npm = list(licences.installed_python()), list(licences.locked_npm())
    assert {"Django", "psycopg"} <= {name for name, _ in python}
    assert {"hds-core", "axe-core"} <= {name for name, _ in npm}
    assert list(licences.findings(python, npm)) == []


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    monkeypatch.setattr(addresses, "ROOT", tmp_path)
    return tmp_path


# In two halves: this file is looked through as well.
HOST = "registry" + ".npmjs.org"


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("package-lock.json", f'  "x": "https://{HOST}/x.tgz"'),
        ("package-lock.json", '  "resolved' + '": "anything"'),
        ("Makefile", "pip install --extra-" + "index-url=somewhere x"),
        ("requirements.lock", "x @ https://example.fi/x.whl"),
        ("bootstrap.lock", "uv @ file:///home/x/uv.whl"),
    ],
)
def test_an_address_of_a_registry_is_found(checkout: Path, name: str, line: str) -> None:
    (checkout / name).write_text(f"# first line\n{line}\n")
    assert [finding.partition(": ")[0] for finding in addresses.findings()] == [f"{name}:2"]


def test_other_addresses_are_not_meant(checkout: Path) -> None:
    (checkout / "README.md").write_text("See https://tem.fi/ekosysteemisopimukset and pip install x.\n")
    (checkout / ".gitignore").write_text("var\n")
    (checkout / "var").mkdir()
    (checkout / "var/log").write_text(f"https://{HOST}/x.tgz\n")
    assert list(addresses.findings()) == []


@pytest.fixture
def interface(tmp_path: Path) -> Path:
    (tmp_path / "kumppani").mkdir()
    (tmp_path / "kumppani/acts.py").write_text('_("Good day")\n_("Not before {start}.")\nngettext("%(n)s city", "%(n)s cities", n)\n')
    (tmp_path / "kumppani/page.html").write_text('{% load i18n %}{% translate "Agreements" %}\n')
    return tmp_path


def _translate(root: Path, language: str, **sentences: str) -> None:
    """Fills a catalogue in: every sentence with itself, but those given."""
    catalogue = root / translations.CATALOGUE.format(language)
    head, *entries = catalogue.read_text().split("\n\n")
    filled = []
    for entry in entries:
        words = entry.partition('msgid "')[2].partition('"')[0]
        answer = sentences.get(words.split(maxsplit=1)[0], words)
        one, many = f'msgstr[0] "{words}"', f'msgstr[1] "{words}"'
        filled.append(entry.replace('msgstr ""', f'msgstr "{answer}"').replace('msgstr[0] ""', one).replace('msgstr[1] ""', many))
    catalogue.write_text("\n\n".join([head.replace("#, fuzzy\n", ""), *filled]) + "\n")


def test_a_sentence_without_a_translation_is_named(interface: Path) -> None:
    found = list(translations.findings(interface))
    assert len(found) == 8
    assert any("fi/LC_MESSAGES/django.po: missing: “Agreements” (kumppani/page.html)" in line for line in found)
    assert not (interface / "locale").exists()


def test_translated_sentences_are_well(interface: Path) -> None:
    translations.extract(interface)
    for language in translations.LANGUAGES:
        _translate(interface, language)
    assert list(translations.findings(interface)) == []


def test_a_changed_sentence_is_named_though_it_looks_like_the_old_one(interface: Path) -> None:
    translations.extract(interface)
    for language in translations.LANGUAGES:
        _translate(interface, language)
    (interface / "kumppani/page.html").write_text('{% load i18n %}{% translate "Agreements." %}\n')
    found = list(translations.findings(interface))
    assert [line.partition(":")[2].split(maxsplit=1)[0] for line in found] == ["fuzzy:", "fuzzy:"]


def test_half_a_plural_is_missing(interface: Path) -> None:
    translations.extract(interface)
    for language in translations.LANGUAGES:
        _translate(interface, language)
    catalogue = interface / translations.CATALOGUE.format("sv")
    catalogue.write_text(catalogue.read_text().replace('msgstr[1] "%(n)s city"', 'msgstr[1] ""'))
    assert [line for line in translations.findings(interface) if "missing: “%(n)s city”" in line]


def test_a_translation_that_loses_a_value_is_named(interface: Path) -> None:
    translations.extract(interface)
    _translate(interface, "fi", Not="Ei ennen.")
    _translate(interface, "sv", Not="Inte före {starten}.")
    found = "\n".join(translations.findings(interface))
    assert "fi/LC_MESSAGES" in found
    assert "sv/LC_MESSAGES" in found
    assert "start" in found


REPORT = '<testsuites><testsuite tests="{tests}" failures="{failures}" errors="{errors}" skipped="{skipped}"/></testsuites>'


@pytest.mark.parametrize(
    ("report", "exit_code", "line", "good"),
    [
        (REPORT.format(tests=9, failures=0, errors=0, skipped=0), 0, "sqlite: 9 passed, 0 failed", True),
        (REPORT.format(tests=9, failures=1, errors=2, skipped=0), 1, "sqlite: 6 passed, 3 failed", False),
        (REPORT.format(tests=9, failures=0, errors=0, skipped=1), 0, "sqlite: 8 passed, 0 failed, 1 skipped", True),
        # A run that was killed after its last test.
        (REPORT.format(tests=9, failures=0, errors=0, skipped=0), 3, "sqlite: 9 passed, 0 failed", False),
        (REPORT.format(tests=0, failures=0, errors=0, skipped=0), 0, "sqlite: 0 passed, 0 failed", False),
        ("<testsuites>", 0, "sqlite: 0 passed, 0 failed", False),
        (None, 0, "sqlite: 0 passed, 0 failed", False),
    ],
)
def test_the_counts_of_a_run(report: str | None, exit_code: int, line: str, good: bool, tmp_path: Path) -> None:
    if report is not None:
        (tmp_path / "report.xml").write_text(report)
    counted = suite.counts("sqlite", tmp_path / "report.xml", exit_code)
    assert (str(counted), counted.good) == (line, good)


def test_a_failed_check_does_not_hide_the_next(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    planted = [check.Check("bad", ["python", "-c", "raise SystemExit('bad news')"]), check.Check("good", ["python", "-c", "print('good news')"])]
    monkeypatch.setattr(check, "checks", lambda: planted)
    assert check.main([]) == 1
    shown = capfd.readouterr()
    assert "bad news" in shown.err
    assert shown.out.splitlines() == ["==> bad", "==> good", "good news", "check: failed: bad"]
    assert check.main(["good"]) == 0
    assert check.main(["no such"]) == 2
