#!/usr/bin/env bash
# Brings the working copy to the state that the lock files describe. Does nothing when it is there already:
# each part leaves a stamp with the checksum of what it was made from.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '\033[1m%s\033[0m\n' "$*"; }
need() { command -v "$1" >/dev/null || { echo "$1 is missing: install $2 and run 'make setup' again." >&2; exit 2; }; }
stamped() { [ -f "$1" ] && [ "$(cat "$1")" = "$2" ]; }

mkdir -p .toolchain/bin
python=${PYTHON:-python3}
need "$python" "Python 3.11 or newer"
need node "Node.js 20 or newer"
need npm "Node.js 20 or newer"

"$python" - <<'PY' || exit 2
import sys
if sys.version_info < (3, 11):
    sys.exit(f"Python 3.11 or newer is needed, this is {sys.version.split()[0]}: set PYTHON=/path/to/python3.12")
PY

npm_sum=$(cat package.json package-lock.json | cksum)
if ! stamped node_modules/.stamp "$npm_sum"; then
    say "installing npm packages (contract libraries, compiler, anvil, forge)"
    npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
    echo "$npm_sum" >node_modules/.stamp
fi

# Foundry's own npm packages hold the real programs; the usual wrappers start them as children that outlive them.
for tool in anvil forge; do
    packed=node_modules/@foundry-rs/$tool-linux-amd64
    if [ -x "$packed/bin/$tool" ]; then
        ln -sfn "../../$packed/bin/$tool" ".toolchain/bin/$tool"
    else
        need "$tool" "Foundry 1.7.1 (npm carries it ready-made for Linux on x86-64 only)"
    fi
done
ln -sfn ../../toolchain/solc.js .toolchain/bin/solc
ln -sfn ../../toolchain/solc.js .toolchain/bin/solc-v0.8.37

environment() { # directory, lock file
    local sum
    sum=$(cksum <"$2")
    stamped "$1/.stamp" "$sum" && return
    say "installing $2 into $1"
    [ -x "$1/bin/python" ] || "$python" -m venv "$1"
    if [ ! -x .venv/bin/uv ]; then
        # uv installs the locked set about ten times as fast as pip; it comes from the same lock, by the same hashes.
        awk '/^uv==/ {on = 1} on {print} on && !/\\$/ {exit}' requirements.txt >.toolchain/uv.txt
        .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r .toolchain/uv.txt
    fi
    .venv/bin/uv pip sync --quiet --python "$1/bin/python" --require-hashes "$2"
    echo "$sum" >"$1/.stamp"
}
environment .venv requirements.txt
environment .venv-tools requirements-tools.txt

site=$(echo .venv/lib/python3*/site-packages)
printf '%s\nimport phemexia.toolchain; phemexia.toolchain.activate()\n' "$PWD" >"$site/phemexia.pth"
