"""What is kept on this machine: calls, what lists and progress know of them, and what leaves it when asked."""
