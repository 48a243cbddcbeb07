"""Runs in which the recorded tool is at fault: listed one by one with the reason, not imitated in the engine."""

KNOWN: dict[tuple[str, str], str] = {
    ("cdi_c", "PowerBI-SPC:mr:part"): (
        "PowerBI-SPC drops the first point of each phase of a moving range chart but leaves the borders between phases"
        " where they were, so that its rules read the first range of a new phase as the last of the old one."
    ),
    ("mont_06_07_i_mr", "PowerBI-SPC:mr:freeze20"): (
        "PowerBI-SPC shows no moving ranges after the baseline of a moving range chart and then flags the empty points."
    ),
}
