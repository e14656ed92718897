"""Replies become sound that can be cut off at once, with the words heard so far known; and the sounds beside them."""
