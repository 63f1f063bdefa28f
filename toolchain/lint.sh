#!/usr/bin/env bash
# Every static check there is; all run, and the exit code tells whether one of them found something.
set -uo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/.toolchain/bin:$PATH"
failed=()

check() { # title, command...
    local title=$1
    shift
    printf '\033[1m%-34s\033[0m' "$title"
    if output=$("$@" 2>&1); then
        echo ok
    else
        echo FAILED
        printf '%s\n' "$output" | tail -n 60
        failed+=("$title")
    fi
}

forge_lint() { # forge lint exits 0 whatever it finds
    local findings
    findings=$(forge lint contracts 2>&1)
    printf '%s\n' "$findings"
    ! grep -qE '^(warning|note|error)' <<<"$findings"
}

check "forge fmt" forge fmt --check
check "forge lint" forge_lint
check "ruff format" .venv/bin/ruff format --check .
check "ruff" .venv/bin/ruff check .
check "mypy --strict" .venv/bin/mypy
check "slither" .venv-tools/bin/slither . --config-file toolchain/slither.json
check "contract sizes" .venv/bin/python -m phemexia.artifacts

if [ ${#failed[@]} -gt 0 ]; then
    echo "failed: ${failed[*]}" >&2
    exit 1
fi
