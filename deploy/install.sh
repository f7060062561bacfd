#!/bin/sh
# Makes .venv and installs the locked requirements named as arguments; does nothing when they are there already.
#   sh deploy/install.sh requirements.txt
set -eu
cd "$(dirname "$0")/.."

find_python() {
    for candidate in "${PYTHON:-python3}" python3.14 python3.13 python3.12 python3.11; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
    echo "需要 Python 3.11 或更新的版本；这台机器上的是：$("${PYTHON:-python3}" --version 2>&1 || true)" >&2
    echo "装好以后再来一次；装在别处的，这样指明：PYTHON=/路径/python3.12 make run" >&2
    exit 1
}

make_venv() {
    python=$(find_python)
    echo "正在建立 .venv（$("$python" --version)）……"
    rm -rf .venv
    if ! "$python" -m venv .venv; then
        rm -rf .venv
        echo "建不成虚拟环境：缺少 Python 的 venv 模块。" >&2
        echo "在 Debian、Ubuntu 上先执行：apt-get install python3-venv" >&2
        exit 1
    fi
}

install_locked() {
    fingerprint=$(.venv/bin/python -c 'import hashlib, sys; print(hashlib.sha256(open(sys.argv[1], "rb").read()).hexdigest())' "$1")
    stamp=".venv/installed-$1"
    if [ "$(cat "$stamp" 2>/dev/null || true)" = "$fingerprint" ]; then
        return
    fi
    echo "正在安装 $1 里的软件包，第一次要一两分钟……"
    # What is installed is what was locked, byte for byte, and nothing else: the lock names everything already,
    # and older pips stumble over "name[extra]" as soon as a newer release of it appears.
    .venv/bin/python -m pip install --disable-pip-version-check --no-input --progress-bar off --no-deps \
        --require-hashes -r "$1"
    echo "$fingerprint" > "$stamp"
}

# A virtual environment whose Python has gone (an upgrade, a moved folder) is made anew.
.venv/bin/python -m pip --version >/dev/null 2>&1 || make_venv
for requirements in "$@"; do
    install_locked "$requirements"
done
