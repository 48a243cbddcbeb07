"""Words of measures made comparable: small words left out, endings cut, the field's synonyms said in one way."""

import re
from functools import lru_cache

_PHRASES = {
    "fall": r"slips? and trips?|slips?|trips?|fell|fallen",
    "ed": r"a ?& ?e|accident and emergency|emergency (?:department|room|care)|casualty|er|eds?",
    "pressureulcer": r"pressure (?:ulcers?|sores?|injur(?:y|ies)|damage)|bed ?sores?|decubitus",
    "handhygiene": r"hand (?:hygiene|washing|cleaning)|hands? (?:were )?(?:cleaned|washed)|washed their hands",
    "dna": r"dnas?|did not (?:attend|come)|not attended|no[- ]shows?|missed appointments?|non[- ]attendance",
    "stay": r"length of stay|los|days in hospital|bed days used",
    "readmit": r"re-?admissions?|re-?admitted|(?:came|come) back to hospital|re-?admitting",
    "uti": r"utis?|cautis?|urinary (?:tract )?infections?",
    "vte": r"vtes?|thromboprophylaxis|venous thrombo\w+|blood clots?|clots?",
    "medicine": r"medications?|medicines?|drugs?|meds",
    "antibiotic": r"antimicrobials?|antibiotics?|iv abx|abx",
    "observation": r"obs|vital signs|observations?|early warning scores?|news2?",
    "sickness": r"sick(?:ness)? (?:absence|leave|days?)|sickness|off sick|absence",
    "staff": r"staff|colleagues?|employees?|workforce",
    "operation": r"operations?|surgery|surgeries|surgical|procedures?|theatres?|operating rooms?",
    "clinician": r"doctors?|clinicians?|physicians?|consultants?|medics?",
    "discharge": r"discharges?|discharged|going home|went home|go home|left the ward|sent home",
    "restraint": r"restraints?|restrained|restrictive (?:practice|intervention)s?|physical(?:ly)? (?:held|holds?)",
    "cancel": r"cancell?ations?|cancell?ed|called off",
    "handover": r"hand[- ]?overs?|handed over",
    "wait": r"waits?|waiting|waited|delays?|delayed|door to",
    "hypoglycaemia": r"hypos?|hypogly\w+|low blood (?:sugars?|glucose)",
    "reconcile": r"medicines? reconcil\w+|med(?:ication)?s? reconcil\w+|reconcil\w+",
    "experience": r"satisfaction|satisfied|experience|happy with",
    "carehome": r"care homes?|nursing homes?|residential homes?",
    "haemorrhage": r"haemorrhages?|bleeds?|bleeding|blood loss",
    "smoking": r"smok\w+|tobacco|cigarettes?",
    "practice": r"gps?|general practice|practices?",
    "line": r"central lines?|clabsis?|line infections?|bloodstream infections?",
    "seen": r"see|sees|seen|seeing",
    "hour": r"hours?|hrs?|hourly",
    "minute": r"minutes?|mins?",
    "percent": r"per ?cent|percentage|proportion|share|how many",
}  # fmt: skip
_SYNONYM = re.compile(
    rf"\b(?:{'|'.join(f'(?P<{word}>{pattern})' for word, pattern in _PHRASES.items())})(?!\w)|(?P<sign>%)"
)
_NUMBERS = {
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "ten": "10",
    "twelve": "12", "fifteen": "15", "thirty": "30", "sixty": "60", "half": "30",
}  # fmt: skip
_SMALL_WORDS = (
    "a about above after again all an and any are as at be been before below between both but by can count counted"
    " counts did do does done each end every for from had has have how if in into is it its least less many more most"
    " must no none nor not of off on once only or other our out over own same shown so some than that the their them"
    " then there they this those to too under until up was we were what when where whether which who whom whose will"
    " with without use used you your patient patients people person persons service user users client clients resident"
    " residents given got get had number numbers rate rates total"
)
_SMALL = frozenset(_SMALL_WORDS.split())
_LIGHT_WORDS = (
    "percent time hour minute day week month year per 1000 100 bed within 1 2 3 4 5 6 7 10 12 15 24 30 48 60 72 first"
    " new ward occupi hospital record score date measur averag mean median staff unit team late earli inpatient"
)
_LIGHT = frozenset(_LIGHT_WORDS.split())
LIGHT = 0.25
"""What a word weighs that many measures have."""


@lru_cache(maxsize=8192)
def words_of(text: str) -> frozenset[str]:
    """Return the words of a text that tell measures apart.

    >>> sorted(words_of("Bed sores per 1,000 bed days")) == sorted(
    ...     words_of("pressure ulcers for each 1000 bed days, per")
    ... )
    True
    """
    plain = re.sub(r"(?<=\d),(?=\d{3})", "", text.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"))
    plain = _SYNONYM.sub(_named, plain)
    found = (_NUMBERS.get(one, one) for one in re.findall(r"[a-z0-9]+", plain))
    return frozenset(_stem(one) for one in found if one not in _SMALL and (len(one) > 1 or one.isdigit()))


def _named(found: re.Match[str]) -> str:
    return " percent " if found.lastgroup == "sign" else f" {found.lastgroup} "


def heavy(words: frozenset[str]) -> frozenset[str]:
    """Return the words that few measures have."""
    return words - _LIGHT


def weight(words: frozenset[str]) -> float:
    """Return how much words weigh together."""
    return sum(LIGHT if word in _LIGHT else 1.0 for word in words)


def _stem(word: str) -> str:
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return word[: len(word) - len(ending)] + instead
    return word


_ENDINGS = (
    ("ies", "y"), ("ations", ""), ("ation", ""), ("ings", ""), ("ing", ""), ("ied", "y"), ("ed", ""), ("es", ""),
    ("s", ""), ("ly", ""), ("e", ""),
)  # fmt: skip
_SHORTEST = 3
