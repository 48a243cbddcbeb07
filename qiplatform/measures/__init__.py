"""What is measured: definitions, data points, notes, phases, targets, and the chart of them."""
