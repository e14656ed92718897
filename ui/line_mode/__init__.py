"""The call as lines of text, for screen readers, pipes and simple terminals."""
