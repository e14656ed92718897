import os

# Read once, when numpy is first imported. What is multiplied here is too small to be shared: BLAS threads would only
# spin on a core that the recogniser needs.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# See dialogue/__init__.py: nothing leaves the machine.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
