#!/usr/bin/env bash
# Real AI-host clients from npm, once per machine, in the user's cache folder; exact versions, so that a run tests our change and not theirs.
set -euo pipefail
cache=${XDG_CACHE_HOME:-$HOME/.cache}/coditect-clients
clients=(@anthropic-ai/claude-code@2.1.330 skills@1.7.4)
stamp=$cache/installed
[ -f "$stamp" ] && [ "$(cat "$stamp")" = "${clients[*]}" ] && exit 0
echo "installing ${clients[*]} into $cache (once)"
mkdir -p "$cache"
cd "$cache"
[ -f package.json ] || echo '{"private":true,"allowScripts":{"@anthropic-ai/claude-code":true}}' >package.json
if ! npm install --no-audit --no-fund "${clients[@]}" >install.log 2>&1; then
  tail -n 20 install.log >&2
  exit 1
fi
node_modules/.bin/claude --version >/dev/null
echo "${clients[*]}" >"$stamp"
