"""What a call came to, worked out and put into words; moments tried again, turns corrected, calls compared."""
