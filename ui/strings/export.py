"""What goes out: exports and certificates."""

EXPORT_NOBODY = "trainee"
EXPORTED = "Written to {path}: {calls}."
EXPORT_SENT = "In the record store at {where}: {taken}."
EXPORT_KEPT = " Already there, and kept as they were: {kept}."
CERTIFICATE_WRITTEN = "The certificate is in {path}; it is signed with the key {fingerprint}."
CERTIFICATE_SELF = "It says self-attested: it is signed with your own key. With --key a trainer signs it."
CERTIFICATE_KEY = "The key is in {path}: keep it to yourself. Tell this to those who check certificates: {fingerprint}"
CERTIFICATE_GOOD = "Genuine: nothing in it was changed since it was signed with the key {fingerprint}."
CERTIFICATE_CHANGED = "Not genuine: this is no certificate, or something in it was changed."
CERTIFICATE_OTHER_KEY = "But not signed with the key {key}."
CERTIFICATE_KNOWN_KEY = "It is the key that you gave."
CERTIFICATE_WHO = {
    "trainer": "Signed by a trainer: compare the key with what the trainer has told you of theirs.",
    "self": "Self-attested: the holder signed it.",
}
CERTIFICATE_LINE = "{name}, {date}: {title}, seed {seed}, {outcome}, scorecard {score}"
