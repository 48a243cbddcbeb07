"""qiplatform: plan, measure and share improvement work in health and care."""

__version__ = "0.1.0"
