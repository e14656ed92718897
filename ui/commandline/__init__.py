"""What may be typed: the commands' declarations. The work is done in `ui.commands`."""
