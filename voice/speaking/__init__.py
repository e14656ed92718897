"""From replies to sound in the headphones, cut off at once and known to the word; and what sounds beside them."""
