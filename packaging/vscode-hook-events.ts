/** Hook events that VS Code runs (VS Code's documentation of agent hooks). */
export const VSCODE_HOOK_EVENTS: ReadonlySet<string> = new Set([
  'SessionStart',
  'UserPromptSubmit',
  'PreToolUse',
  'PostToolUse',
  'PreCompact',
  'SubagentStart',
  'SubagentStop',
  'Stop',
]);
