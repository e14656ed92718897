"""What every command needs: settings, the log, errors as one sentence, the terminal."""
