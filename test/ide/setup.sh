#!/usr/bin/env bash
# A real VS Code (code-server) for UI tests, once per machine, in the user's cache folder. Takes two to four minutes the first time.
set -euo pipefail
version=4.139.1
root=$(cd "$(dirname "$0")/../.." && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/coditect-ide
server=$cache/ide/node_modules/code-server
log=$cache/setup.log

bash "$root/test/web/setup.sh"
if [ -f "$server/out/node/entry.js" ] && [ -d "$server/lib/vscode/node_modules" ] && [ -d "$server/lib/vscode/extensions/node_modules" ] &&
  [ "$(node -p "require('$server/package.json').version")" = "$version" ]; then
  exit 0
fi

missing=()
for package in libkrb5-dev libsecret-1-dev libx11-dev libxkbfile-dev build-essential python3; do
  dpkg -s "$package" >/dev/null 2>&1 || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "the editor's native modules need: apt-get install ${missing[*]}" >&2
    exit 1
  fi
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq && apt-get install -y -qq "${missing[@]}" >/dev/null
fi

echo "installing code-server $version into $cache (once, some minutes)"
mkdir -p "$cache/ide"
# Node's headers come with the platform package of our own runtime; without nodedir they would be fetched from nodejs.org.
export npm_config_nodedir="$root/node_modules/node-$(node -p 'process.platform')-$(node -p 'process.arch')"
export PATH="$root/node_modules/.bin:$PATH"
{
  cd "$cache/ide" && [ -f package.json ] || npm init -y
  npm install --ignore-scripts "code-server@$version"
  cd "$server/lib/vscode" && npm install --omit=dev
  cd extensions && npm install --omit=dev
} >"$log" 2>&1 || {
  tail -n 30 "$log" >&2
  echo "code-server could not be installed; the whole log is in $log" >&2
  exit 1
}
