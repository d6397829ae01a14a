/**
 * A Claude command's body as a VS Code prompt: arguments become inputs, `@file` a file reference. Claude
 * counts `$0` and `$ARGUMENTS[0]` from zero, VS Code's inputs have names. Inline shell has no counterpart: the prompt asks for it.
 */
export function vscodePromptBody(body: string): string {
  return body
    .split(/(^```[\s\S]*?^```[ \t]*$)/m)
    .map((part) => (part.startsWith('```') ? fencedShell(part) : inlineParts(part)))
    .join('');
}

function fencedShell(block: string): string {
  if (!/^```!\s*\n/.test(block)) return block;
  return `Run this first and use its output:\n\n${block.replace('```!', '```sh')}`;
}

function inlineParts(text: string): string {
  return text
    .replace(
      /(^|\s)!`([^`\n]+)`/g,
      (_, before: string, command: string) => `${before}(run \`${command.trim()}\` and use its output)`,
    )
    .replace(/\$ARGUMENTS\[(\d+)\]/g, (_, index: string) => input(Number(index)))
    .replace(/\$ARGUMENTS\b/g, '$${input:args}')
    .replace(/\$(\d)\b/g, (_, index: string) => input(Number(index)))
    .replace(/(^|\s)@([\w./-]*[\w/-])/g, (_, before: string, path: string) => `${before}#file:${path}`);
}

function input(index: number): string {
  return `\${input:arg${index + 1}}`;
}
