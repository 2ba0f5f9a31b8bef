"""Applies the reference set through acts, as the account `reference`: enters what is missing, corrects what it entered itself, and leaves alone
what a person has corrected since. One transaction: when an act refuses, nothing has happened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from kumppani.access.viewer import SYSTEM, Viewer, viewer_of
from kumppani.domain.agreements.models import AgreementVersion
from kumppani.domain.parties.models import Person
from kumppani.domain.parties.permissions import Permission
from kumppani.domain.programmes.models import Programme
from kumppani.domain.publishing.models import Figure as FigureRow
from kumppani.domain.sources.rules import Cited
from kumppani.imports.reference import wanted
from kumppani.imports.reference.enter import Entering, at, enter_programme
from kumppani.imports.reference.facts import Agreement, Figure, Organisation, Place, ReferenceSet
from kumppani.imports.reference.read import Problem, ReferenceRefused
from kumppani.imports.reference.standing import Standing, wanted_value
from kumppani.imports.reference.wanted import Wanted, cited
from kumppani.kernel.errors import RuleBroken
from kumppani.kernel.periods import Period
from kumppani.kernel.text import Text
from kumppani.workflow._record import together
from kumppani.workflow.citations import cite_again
from kumppani.workflow.corrections import correct_fact
from kumppani.workflow.people import admit_person, define_role, grant_role

ACCOUNT = "reference"
MAY = frozenset(
    {
        Permission.CREATE_PROGRAMME,
        Permission.REGISTER_PLACE,
        Permission.STATE_CATEGORY,
        Permission.STATE_DISQUALIFICATION,
        Permission.REGISTER_ORGANISATION,
        Permission.RECORD_SIGNED_ELSEWHERE,
        Permission.STATE_PRIORITY,
        Permission.PUBLISH_FIGURE,
        Permission.CORRECT_FACT,
        Permission.PUBLISH,
    }
)
"""What loading takes, and nothing more."""

NO_SUCH_ACT = frozenset({"no-such-field", "not-correctable"})
"""Codes by which `correct_fact` says that it does not correct such a field."""

NO_ACT_ADDS = "nobody (no act adds one to an agreement that is recorded)"
NEVER_ALTERED = f"{ACCOUNT} (a published figure is never altered: state the new one under a new key)"


@dataclass(frozen=True, slots=True)
class Difference:
    """Where the files and the database differ and were left so: the file's value, the value that stands, and who entered that."""

    place: Place
    kind: str
    key: str
    field: str
    wanted: str
    standing: str
    entered_by: str

    def __str__(self) -> str:
        at_file = f"{self.place.file}:{self.place.line}: {self.kind} {self.key} {self.field}".rstrip()
        return f"{at_file}: the file says {self.wanted}; {self.standing} stands, entered by {self.entered_by}"


@dataclass(slots=True)
class Outcome:
    """What loading did. `conflicts`: a person's edits, which are never overwritten. `unapplied`: changes for which there is no act."""

    entered: Counter[str] = field(default_factory=Counter)
    corrected: int = 0
    conflicts: list[Difference] = field(default_factory=list)
    unapplied: list[Difference] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        """Whether the database now says what the files say."""
        return not self.conflicts and not self.unapplied


def account() -> Viewer:
    """The system account that loads the reference facts; admitted when it acts for the first time."""
    person = Person.objects.filter(key=ACCOUNT).first() or _admit_account()
    return viewer_of(person)


def _admit_account() -> Person:
    title = Text(fi="Viitetietojen lataaja", sv="Laddare av referensfakta", en="Loader of reference facts")
    define_role(by=SYSTEM, key=ACCOUNT, title=title, permissions=MAY)
    person = admit_person(by=SYSTEM, key=ACCOUNT, name="kumppani load-reference", programme=None, is_system=True)
    grant_role(by=SYSTEM, person=person, role=ACCOUNT, programme=None)
    return person


def apply(reference: ReferenceSet) -> Outcome:
    """Makes the database say what the files say. Doing it again changes nothing."""
    with together():
        by = account()
        outcome = Outcome()
        programme = Programme.objects.filter(key=reference.programme.key).first()
        if programme is None:
            programme = enter_programme(by, reference)
            outcome.entered["programme"] += 1
        _Application(by, programme, reference, outcome, Standing(programme), Entering(by, programme, reference)).run()
    return outcome


@dataclass(frozen=True, slots=True)
class _Application:
    """One run over everything the files want."""

    by: Viewer
    programme: Programme
    reference: ReferenceSet
    outcome: Outcome
    standing: Standing
    entering: Entering

    def run(self) -> None:
        """In the order in which one thing needs another."""
        self.absent(wanted.of_programme(self.reference.programme))
        self.registers()
        for agreement in self.reference.agreements:
            self.agreement(agreement)
        for figure in self.reference.figures:
            self.figure(figure)

    def registers(self) -> None:
        """Classifications, grounds of disqualification, places and organisations."""
        for scheme in self.reference.schemes:
            for category in scheme.categories:
                if self.absent(wanted.of_category(scheme, category)):
                    self.entering.category(scheme, category)
        for ground in self.reference.grounds:
            if self.absent(wanted.of_ground(ground)):
                self.entering.ground(ground)
        for municipality in self.reference.municipalities:
            if self.absent(wanted.of_municipality(self.programme.country, municipality)):
                self.entering.municipality(municipality)
        for organisation in _relatives_first(self.reference.organisations):
            if self.absent(wanted.of_organisation(organisation)):
                self.entering.organisation(organisation)

    def agreement(self, agreement: Agreement) -> None:
        """An agreement with its versions and priorities. What is new is opened to everyone; what somebody withdrew stays withdrawn."""
        new: list[AgreementVersion] = []
        if self.absent(wanted.of_agreement(agreement)):
            new.append(self.entering.agreement(agreement))
        else:
            self.parts(list(wanted.parts_of_agreement(agreement))[1:])
        for version in agreement.versions[len(new) :]:
            if self.absent(wanted.of_version(agreement, version)):
                new.append(self.entering.version(agreement, version))
            else:
                self.parts(list(wanted.parts_of_version(agreement, version))[1:])
        for priority in agreement.priorities:
            if self.absent(wanted.of_priority(agreement, priority)):
                self.entering.priority(agreement, priority)
        for version_row in new:
            self.entering.publish(version_row)

    def parts(self, parts: Sequence[Wanted]) -> None:
        """Parts that are entered together with their whole: the whole is there, and no act adds one to it."""
        for part in parts:
            if not self.standing.knows(part):
                self.outcome.unapplied.append(Difference(part.place, part.kind, part.key, "", "that it is there", "nothing", NO_ACT_ADDS))
                continue
            self.absent(part)

    def figure(self, figure: Figure) -> None:
        """A figure is published once; a statement that has been published is never altered."""
        what = wanted.of_figure(figure)
        if self.absent(what):
            self.entering.figure(figure)
            return
        row = FigureRow.objects.select_related("source", "agreement").get(programme=self.programme, key=figure.key)
        ours, theirs = _statement(figure), _statement_of(row)
        if changed := [name for name in ours if ours[name] != theirs[name]]:
            told = [", ".join(f"{name} {statement[name]}" for name in changed) for statement in (ours, theirs)]
            self.outcome.unapplied.append(Difference(figure.place, what.kind, what.key, "", told[0], told[1], NEVER_ALTERED))

    def absent(self, what: Wanted) -> bool:
        """Whether the object has still to be entered; where it is there, its facts are brought up to date."""
        if not self.standing.knows(what):
            self.outcome.entered[what.kind] += 1
            return True
        for name in what.facts:
            self.compare_fact(what, name)
        return False

    def compare_fact(self, what: Wanted, name: str) -> None:
        """Leaves it, corrects it, cites it again, or tells of a difference."""
        why = cited(what.facts[name], self.reference.sources)
        value, stands = wanted_value(what, name), self.standing.value(what, name)
        chosen = self.standing.chosen(what, name)
        if value == stands and self.standing.cited_alike(what, name, why):
            return
        if chosen is not None and chosen.entered_by != ACCOUNT:
            if value != stands:
                self.outcome.conflicts.append(self.difference(what, name, value, stands, chosen.entered_by))
            return
        if value == stands and chosen is not None:
            with at(what.facts[name].place):
                cite_again(by=self.by, programme=self.programme, kind=what.kind, key=what.key, field=name, cited=why)
        elif not self.corrected(what, name, value, why):
            self.outcome.unapplied.append(self.difference(what, name, value, stands, chosen.entered_by if chosen else ACCOUNT))
            return
        self.outcome.corrected += 1
        self.standing.remember(why)
        self.standing.forget(what)

    def corrected(self, what: Wanted, name: str, value: object, why: Cited) -> bool:
        """Corrects the value; False where the act does not correct such a field."""
        if what.kind == "organisation" and name.startswith("name.") and self.standing.was_renamed(what):
            # The facts speak of its first name, the act corrects the one in use.
            return False
        try:
            correct_fact(by=self.by, programme=self.programme, kind=what.kind, key=what.key, field=name, value=value, cited=why)
        except RuleBroken as error:
            if error.code in NO_SUCH_ACT:
                return False
            raise ReferenceRefused((Problem(what.facts[name].place, str(error)),)) from error
        return True

    def difference(self, what: Wanted, name: str, value: object, stands: object, entered_by: str) -> Difference:
        """What is told of a field that was left as it stands."""
        return Difference(what.facts[name].place, what.kind, what.key, name, _shown(value), _shown(stands), entered_by)


def _shown(value: object) -> str:
    return "“not known”" if value in {None, ""} else f"“{value}”"


def _relatives_first(organisations: tuple[Organisation, ...]) -> list[Organisation]:
    """Parents and successors before those that name them; the checks have found no circles."""
    by_key = {organisation.key: organisation for organisation in organisations}
    ordered: dict[str, Organisation] = {}

    def visit(organisation: Organisation) -> None:
        for relative in (organisation.parent, organisation.successor):
            if relative is not None and relative.value:
                visit(by_key[relative.value])
        ordered.setdefault(organisation.key, organisation)

    for organisation in organisations:
        visit(organisation)
    return list(ordered.values())


def _statement(figure: Figure) -> dict[str, object]:
    return {
        "measures": figure.measures,
        "group": figure.group or figure.key,
        "agreement": figure.agreement,
        "wording": figure.wording,
        "language": figure.language,
        "wording_is_ours": figure.wording_is_ours,
        "amount": figure.amount,
        "basis": dict(figure.basis),
        "period": figure.period,
        "source": figure.fact.source,
        "as_of": figure.fact.as_of,
        "note": dict(figure.fact.note),
    }


def _statement_of(row: FigureRow) -> dict[str, object]:
    return {
        "measures": row.measures,
        "group": row.group,
        "agreement": row.agreement.key if row.agreement else None,
        "wording": row.wording,
        "language": row.wording_language,
        "wording_is_ours": row.wording_is_ours,
        "amount": row.amount,
        "basis": dict(row.basis),
        "period": Period(row.period_from, row.period_to),
        "source": row.source.key,
        "as_of": row.as_of,
        "note": dict(row.note),
    }
