"""What an author is told of a pack: slips, lines that nobody will ever hear, what cannot be followed by ear."""
