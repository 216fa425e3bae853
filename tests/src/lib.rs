//! Journeys through the real things, the simulator, contract suites, benchmarks
