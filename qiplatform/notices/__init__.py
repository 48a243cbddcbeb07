"""What a person is told: new signals, reports to check, work that came back."""
