"""What the demo's teams tested, as told by them. All of it is invented around real data."""

from datetime import date

from qiplatform.cycles.models import Act, Held, Objective
from qiplatform.demo.tested import Studied, Told

_DOOR = "Senior doctor and nurse meet people at the front door"
_COUNT = (
    "The analyst marks the test's hours; the team counts who was seen within four hours, by hour of arrival."
)

FRONT_DOOR = (
    Told(
        change_idea=_DOOR,
        questions="Does an early decision by somebody senior shorten the wait, and can one pair keep up?",
        prediction="On test days nine in ten people who come between ten and two are out within four hours.",
        plan="One senior doctor and one nurse stand at the entrance from ten to two, Monday to Friday, for two weeks.",
        data_plan=_COUNT,
        starts_on=date(2017, 10, 2),
        ends_on=date(2017, 10, 13),
        did="Nine of ten days took place. The pair saw about six people an hour.",
        problems="From noon on they could not keep up, and people queued at the entrance instead of inside.",
        study=Studied(
            held=Held.PARTLY,
            studied="Better before noon than after. The month as a whole lies where the months before it lay.",
            learned="Four hours are too short to see in a month's number, and one pair is too few after noon.",
            act=Act.ADAPT,
            reason="Longer hours, and a second nurse from noon.",
        ),
    ),
    Told(
        change_idea=_DOOR,
        questions="Is a second nurse enough to keep up after noon, in winter too?",
        prediction="The queue at the entrance never grows longer than ten people.",
        plan="As before, ten to six, with a second nurse from noon, for four weeks.",
        data_plan=_COUNT,
        starts_on=date(2018, 1, 29),
        ends_on=date(2018, 2, 23),
        did="The pair was at the door on 14 of 20 days.",
        problems="On six days the doctor was called to the wards, which were full.",
        study=Studied(
            held=Held.NO,
            studied="On the days without the doctor the queue grew as long as ever. February is lower than the months before.",
            learned="It works only when the doctor cannot be called away.",
            act=Act.ADAPT,
            reason="The doctor at the door has no other duty that day, and it is written on the rota.",
        ),
    ),
    Told(
        change_idea=_DOOR,
        questions="Does it hold when the doctor at the door has no other duty?",
        prediction="Over four weeks the department sees more than 90% within four hours.",
        plan="Ten to six on seven days, the doctor named on the rota with no other duty, for four weeks.",
        data_plan=_COUNT,
        starts_on=date(2018, 4, 16),
        ends_on=date(2018, 5, 11),
        did="It took place on all days.",
        study=Studied(
            held=Held.YES,
            studied="The weeks of the test were above 90%. May as a whole does not show it yet.",
            learned="A named doctor without other duties is what made the difference.",
            act=Act.ADOPT,
            reason="Make it part of the rota from June.",
        ),
    ),
    Told(
        change_idea=_DOOR,
        questions="Does it last when it is everybody's rota and not a test?",
        prediction="From June on, every month lies above the mean of the months before.",
        plan="The front-door team is a line of the rota; new doctors are shown it in their first week.",
        data_plan="The monthly chart.",
        starts_on=date(2018, 5, 21),
        ends_on=date(2018, 8, 31),
        did="The line was filled on all but three days.",
        objective=Objective.IMPLEMENT,
        study=Studied(
            held=Held.YES,
            studied="June, July and August lie above the upper process limit of the months before.",
            learned="It came after the change; whether it came from it, only other places that try it can tell.",
            act=Act.ADOPT,
            reason="It stays. The chart is watched every month.",
        ),
    ),
)
"""One change idea, four cycles."""

BLOODS = Told(
    change_idea="Blood tests and X-ray asked for at arrival",
    questions="Do results come before the doctor does?",
    prediction="For half of the people who need blood tests the result is there when the doctor is.",
    plan="The nurse at the door asks for blood tests from a list of five, for two weeks.",
    data_plan="Time from arrival to result, from the laboratory's list.",
    starts_on=date(2018, 9, 3),
    ends_on=date(2018, 9, 14),
    did="Blood was taken from one in three people who came.",
    problems="The laboratory could not keep up, and the nurses were taken from the door.",
    study=Studied(
        held=Held.NO,
        studied="One result in five was there in time; the others came later than before.",
        learned="Asking earlier only moves the queue when the laboratory is the narrowest place.",
        act=Act.ABANDON,
        reason="Not without more hands in the laboratory. We would ask the laboratory first.",
    ),
)

LATE_SHIFT = Told(
    change_idea="Late shift begins two hours later",
    questions="Are there more doctors when most people come?",
    prediction="In November more than 70% are seen within four hours, as in the autumn before.",
    plan="The late shift begins at four instead of two, on weekdays, for four weeks.",
    data_plan="The monthly chart, and the number of people waiting at eight in the evening.",
    starts_on=date(2018, 11, 5),
    ends_on=date(2018, 11, 30),
    did="The late shift began at four on all weekdays.",
    problems="Between two and four nobody was free to take over.",
    study=Studied(
        held=Held.NO,
        studied="November lies below the months before it. Fewer waited at eight, more at four.",
        learned="The queue moved, it did not become shorter.",
        act=Act.ABANDON,
        reason="The same hands at other hours are not enough.",
    ),
)

CHAIRS = Told(
    change_idea="Chairs for people who are fit to sit",
    questions="Do trolleys become free when people who can sit are given a chair?",
    prediction="In February and March more than 65% are seen within four hours.",
    plan="Eight chairs beside the assessment area; the nurse decides who is fit to sit.",
    data_plan="The monthly chart, and people waiting for a trolley at ten and at four.",
    starts_on=date(2019, 1, 14),
    ends_on=date(2019, 3, 29),
    did="The chairs were used on all days, by about thirty people a day.",
    problems="In the first week they were taken by visitors.",
)
"""Waits to be studied."""
