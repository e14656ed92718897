"""What tests and benchmarks share. Tests may also ask benchmarks how something is measured; benchmarks ask no test."""
