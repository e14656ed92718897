"""The customer's voice in the trainee's microphone: detected during a call, and cancelled where there is no headset."""
