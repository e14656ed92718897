"""Files of speech models: where they are, and how they are fetched, unpacked, verified and removed."""
