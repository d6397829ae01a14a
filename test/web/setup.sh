#!/usr/bin/env bash
# Chromium for tests in a browser: $CHROMIUM, else Debian's, which root installs when it is missing.
set -euo pipefail
[ -x "${CHROMIUM:-/usr/bin/chromium}" ] && exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
  echo "needs Chromium: apt-get install chromium, or set CHROMIUM to its path" >&2
  exit 1
fi
echo "installing chromium from Debian (once)"
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq && apt-get install -y -qq chromium >/dev/null
