"""Tests of the pages of measures."""
