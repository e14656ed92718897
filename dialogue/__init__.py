import os

# Read when onnxruntime starts: from 1.29 on it else keeps a number of this machine and sends Microsoft what was run.
# Nothing leaves the machine, so it is no setting that the environment could turn back.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
