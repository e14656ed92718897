"""The report of a call, for others to read."""

REPORT_TITLE = "Coolhead report"
REPORT_CUSTOMER = "Customer"
REPORT_TRANSCRIPT = "The call"
REPORT_UNHEARD = "not heard: you spoke"
REPORT_FOOT = (
    "Made by Coolhead on this machine. The customer is simulated. Only words and observable speech were measured, "
    "beside the trainee's own calm voice; no emotion of the trainee is inferred or stored."
)
REPORT_WRITTEN = "The report is in {path}."
