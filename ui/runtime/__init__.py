"""What every command needs of its process: settings, the log, trouble told in a sentence, the terminal."""
