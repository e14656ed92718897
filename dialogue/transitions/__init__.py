"""How a call moves on: each function moves a `CallState` and returns the events that say so, in order."""
