"""Invented pairs of measures: the same thing in other words, and other things in the same words."""

from qiplatform.measures.models import MeasureType
from qiplatform.measures.rules.alike import Words

OUTCOME, PROCESS = MeasureType.OUTCOME, MeasureType.PROCESS
Pair = tuple[Words, Words, bool]


def _same(one: str, other: str, *, chart: str = "xmr", other_chart: str = "", unit: str = "") -> Pair:
    return Words(one, chart=chart, unit=unit), Words(other, chart=other_chart or chart, unit=unit), True


def _apart(one: str, other: str, *, chart: str = "xmr", unit: str = "") -> Pair:
    return Words(one, chart=chart, unit=unit), Words(other, chart=chart, unit=unit), False


CHOSEN_ON: tuple[Pair, ...] = (
    _same("Falls per 1,000 bed days", "Patient falls per 1000 occupied bed days", chart="u"),
    _same("Seen within four hours in A&E", "Emergency department: seen within 4 hours", chart="p"),
    _same("Pressure ulcers on the ward", "New bed sores", chart="c"),
    _same("Did not attend clinic", "Clinic DNA rate", chart="p"),
    _same("Length of stay", "Average LOS in days", unit="days"),
    _same("Medicines reconciled within 24 hours", "Medication reconciliation in 24 hours", chart="p"),
    _same("Hand hygiene", "Hands washed at the right moment", chart="p"),
    _same("Staff sickness absence", "Sick days of staff"),
    _same("Ambulance handover within 15 minutes", "Ambulances handed over within fifteen minutes", chart="p"),
    _same("Operations cancelled on the day", "Theatre cancellations on the day", chart="p"),
    _same("Complaints", "Complaints in a month", chart="c"),
    _same("Waiting time", "Waiting time", unit="minutes"),
    (
        Words(
            "Door to doctor", "Minutes from arrival in A&E until a doctor sees the patient", unit="minutes"
        ),
        Words(
            "Wait for a clinician",
            "Minutes from arrival in the emergency department to the first clinician",
            unit="minutes",
        ),
        True,
    ),
    _apart("Falls per 1,000 bed days", "Pressure ulcers per 1,000 bed days", chart="u"),
    _apart("Discharge summary sent within 24 hours", "Medicines reconciled within 24 hours", chart="p"),
    _apart("Seen within four hours", "Antibiotic within one hour", chart="p"),
    _apart("Length of stay", "Staff sickness", unit="days"),
    _apart("Complaints", "Compliments", chart="c"),
    _apart("Waiting time for the memory clinic", "Waiting time for theatre", unit="weeks"),
    _apart("Days between falls with harm", "Days between line infections", chart="run", unit="days"),
    _apart("Hand hygiene", "Oral hygiene", chart="p"),
    _apart("Skin to skin after birth", "Skin checked on arrival", chart="p"),
    _apart("Blood pressure at target", "Lying and standing blood pressure taken", chart="p"),
    _apart("Left before being seen", "Left the ward before noon", chart="p"),
    _apart("Calls answered", "Call bells answered", chart="p"),
    (
        Words("Sepsis six complete", "All six parts of the bundle within an hour", type=PROCESS, chart="p"),
        Words("Stroke bundle complete", "All parts of the stroke bundle on arrival", type=PROCESS, chart="p"),
        False,
    ),
)
"""What the threshold was chosen on."""

KEPT_ASIDE: tuple[Pair, ...] = (
    _same("Inpatient falls", "Falls on the ward", chart="c"),
    _same("Readmission within 30 days", "Patients readmitted in thirty days", chart="p"),
    _same("Missed doses", "Doses missed without a reason", chart="p"),
    _same("Catheter UTI rate", "Urinary infections with a catheter", chart="u"),
    _same("Home before noon", "Discharged before noon", chart="p"),
    _same("VTE assessment done", "Thromboprophylaxis assessed", chart="p"),
    _same("Observations on time", "Vital signs taken on time", chart="p"),
    _same("Physical restraint per 1,000 bed days", "Use of restraint", chart="u"),
    _same("Hypos on insulin", "Days with low blood sugar on insulin", chart="p", other_chart="c"),
    _same("Staff overtime", "Overtime hours worked by staff", unit="hours"),
    (
        Words(
            "Antibiotics for sepsis",
            "First dose within one hour of suspected sepsis",
            type=PROCESS,
            chart="p",
        ),
        Words("Sepsis: antibiotic within an hour", "Given within 60 minutes", type=OUTCOME, chart="p"),
        True,
    ),
    (
        Words("Blood loss at birth", "Births with 1,500 ml or more", chart="p"),
        Words("Postpartum haemorrhage", "Measured blood loss of 1,500 ml or more at birth", chart="p"),
        True,
    ),
    _apart("Readmission within 30 days", "Follow-up within 30 days", chart="p"),
    _apart("Missed doses", "Missed meals", chart="p"),
    _apart("First operation on time", "First appointment on time", chart="p"),
    _apart("Overtime hours", "Visiting hours", unit="hours"),
    _apart("Smoking at birth", "Breastfeeding at birth", chart="p"),
    _apart("Falls with harm", "Medicine errors with harm", chart="c"),
    _apart("Cost per case", "Length of stay per case"),
    _apart("Care plan agreed", "Advance care plan shared with the ambulance", chart="p"),
    _apart("Interpreter provided", "Chaperone provided", chart="p"),
    _apart("Ambulance response minutes", "Call bell minutes", unit="minutes"),
    _apart("Antibiotic days per 100 bed days", "Catheter days per 100 bed days", chart="u"),
    (
        Words("Yearly diabetes checks", "All checks in twelve months", type=PROCESS, chart="p"),
        Words("Yearly asthma reviews", "All reviews in twelve months", type=PROCESS, chart="p"),
        False,
    ),
)
"""What it is judged by."""
