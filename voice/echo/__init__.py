"""The customer's voice in the trainee's microphone: found during a call, taken out where there is no headset."""
