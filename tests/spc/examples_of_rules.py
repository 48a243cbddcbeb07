"""A short made-up series for each rule, on which that rule speaks and no other of its profile; the manual draws them."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import spc
from tests.spc.worked.montgomery import numbers


@dataclass(frozen=True)
class Fires:
    """Values of a chart, the numbers of the points the rule marks there (from 1), and what one sees.

    `calm` changes single values, by number from 1, so that the rule says nothing any more.
    """

    rule: str
    value: list[float]
    marked: tuple[int, ...]
    calm: Mapping[int, float]
    words: str
    chart: str = "xmr"
    profile: str = "mdc"

    def series(self) -> spc.Series:
        """Return the values as a series."""
        return spc.Series(value=self.value)

    def calmed(self) -> spc.Series:
        """Return the same series with the values changed that made the rule speak."""
        return spc.Series(
            value=[self.calm.get(point, entry) for point, entry in enumerate(self.value, start=1)]
        )


EXAMPLES: Mapping[str, Fires] = MappingProxyType(
    {
        fires.rule: fires
        for fires in (
            Fires(
                "outside_limits",
                numbers("50 52 49 51 48 50 53 49 51 50 48 64 50 52 49 51"),
                (12,),
                {12: 51},
                "Sixteen weeks; in the twelfth the value is above the upper limit.",
            ),
            Fires(
                "shift",
                numbers("46 52 48 45 51 47 50 44 48 53 51 54 52 55 51 53 47 50"),
                (*range(10, 17),),
                {13: 47},
                "Seven points in a row are above the mean, none of them outside the limits.",
            ),
            Fires(
                "trend",
                numbers("50 53 49 52 47 48 49.5 50.5 51.5 53 54 49 52 48 51"),
                (*range(5, 12),),
                {8: 49},
                "From the fifth point to the eleventh every value is higher than the one before.",
            ),
            Fires(
                "two_in_three",
                numbers("48 49.5 48 50 49 50.5 55 50 51.5 54.5 53.5 54.5 48 49.5 51 50 50.5 50"),
                (10, 12),
                {12: 51},
                "The tenth and the twelfth point are close to the upper limit, and the one between them is above the mean.",
            ),
            Fires(
                "four_in_five",
                numbers("49 51 50.5 52.5 49.5 51 51 50.5 50.5 52.5 53 50.5 53 52.5 50.5 49 48.5 49.5 51"),
                (14,),
                {14: 50.5},
                "Of points 10 to 14 four are more than one standard deviation above the mean; the fourteenth completes the pattern.",
                profile="qcc_western_electric",
            ),
            Fires(
                "alternating",
                numbers(
                    "53 52 52 51 47.5 51.5 48.5 55 46 52 45.5 51.5 47.5 54.5 46.5 51 45 50.5 51.5 50.5 48"
                ),
                (17, 18),
                {11: 52},
                "From the fourth point to the eighteenth the values go up and down in turn.",
                profile="qcc_nelson",
            ),
            Fires(
                "within_one_sigma",
                numbers("45 45 50 51 50.5 49 50.5 50 49 50.5 49.5 49 50 49 51 49 50.5 45 54 45 54"),
                (17,),
                {10: 54},
                "From the third point to the seventeenth all values are near the mean; the limits belong to something wilder.",
                profile="qcc_nelson",
            ),
            Fires(
                "outside_one_sigma",
                numbers("49 49 50.5 48.5 50 50.5 53.5 47 53 46 53 46.5 53 54 49.5 50.5 50 50.5 50.5"),
                (14,),
                {10: 50.5},
                "From the seventh point to the fourteenth no value is near the mean; they are high or low.",
                profile="qcc_nelson",
            ),
            Fires(
                "longest_run",
                numbers(
                    "50 51.5 52.5 49.5 48 51.5 49 51 50.5 51 51.5 54 51.5 51 50.5 50.5 47.5 51 46 49 50 48"
                ),
                (*range(8, 17),),
                {12: 48},
                "Nine points in a row are above the mean; on 22 points chance explains up to seven.",
                profile="anhoej",
            ),
            Fires(
                "crossings",
                numbers(
                    "49 48 48 48 49 49.5 51 50 52 52.5 51 52.5 48 47.5 48.5 49.5 48.5 48.5 51.5 51.5 51 50 52 50.5"
                ),
                (),
                {2: 52, 4: 52, 8: 48, 10: 48, 14: 52, 16: 52},
                "The line crosses the mean three times in 24 points: low, high, low, high.",
                profile="anhoej",
            ),
            Fires(
                "ihi_shift",
                numbers("47 48.5 52 48 52.5 45.5 52 53.5 54 51.5 52.5 52.5 51.5 49.5 49 50 47.5 46 50"),
                (*range(7, 14),),
                {10: 48},
                "Seven points in a row are above the median; six are enough.",
                chart="run",
                profile="ihi_run",
            ),
            Fires(
                "ihi_trend",
                numbers("49.5 49.5 47 52.5 53 51.5 48 49 49 50.5 51.5 53 49.5 52 49.5 44 50.5"),
                (7, 8, 10, 11, 12),
                {11: 49},
                "From the seventh point to the twelfth the values go up; the ninth, equal to the eighth, is passed over.",
                chart="run",
                profile="ihi_run",
            ),
            Fires(
                "number_of_runs",
                numbers("49 48 47.5 49 48 52 51 53 53 51.5 48.5 48.5 48 49.5 48 51.5 53.5 51.5 52 51.5"),
                (),
                {3: 53, 8: 48, 13: 53, 18: 48},
                "Twenty points make four runs about the median: low, high, low, high.",
                chart="run",
                profile="ihi_run",
            ),
            Fires(
                "astronomical",
                numbers("50 50.5 50.5 48.5 51.5 51.5 53 48 50 67 51 52.5 48.5 49.5 49 53"),
                (10,),
                {10: 52},
                "The tenth point is far above all the others.",
                chart="run",
                profile="ihi_run",
            ),
        )
    }
)
