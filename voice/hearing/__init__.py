"""From sound to utterances: speech found, turns ended, what was said put to the recogniser."""
