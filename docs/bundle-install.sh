#!/bin/sh
# Installs Coolhead from this folder, with no network, into ~/.local/share/coolhead-app (or the folder given).
# Same operating system, processor and Python version as where `make bundle` ran.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
target=${1:-${XDG_DATA_HOME:-$HOME/.local/share}/coolhead-app}
python3 -m venv "$target"
"$target/bin/pip" install --quiet --disable-pip-version-check --no-index --find-links "$here/wheels" "coolhead[espeak]"
echo "Installed. Start it with: $target/bin/coolhead call"
