"""What a trainer may hear of a call: both voices tapped, and made small for the way."""
