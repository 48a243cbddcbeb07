"""Laws that hold for every series, whatever the chart and the profile."""
