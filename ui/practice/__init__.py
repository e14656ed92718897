"""Exercises outside a call: drills, swapped chairs, breathing."""
