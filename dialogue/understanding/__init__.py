"""What a trainee's turn is about, and what it gives back of the customer's story. Knows packs, no state of a call."""
