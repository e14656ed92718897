"""After the call: lessons, better words, the scorecard, progress, the customer asked why; a moment tried again."""
