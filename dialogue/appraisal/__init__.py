"""What a turn of the trainee does: its findings (`appraise`), the case that it moves (`settling`), what it sets off."""
