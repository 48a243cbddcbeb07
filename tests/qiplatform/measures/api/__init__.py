"""Tests of measures for other machines."""
