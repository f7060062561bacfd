"""The test suite: mirrors the code, plus journeys (a browser), architecture and benchmarks."""
