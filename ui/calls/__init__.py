"""A live call: put through, driven, heard and answered; and what a screen knows of it."""
