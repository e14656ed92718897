"""Sound in files: read, transcribed, and kept of a call where that was asked for."""
