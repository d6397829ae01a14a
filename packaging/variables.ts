const REFERENCE = /\$\{(?:env:|input:|user_config\.)?([A-Za-z_][A-Za-z0-9_]*)(?::?-[^}]*)?\}|\$([A-Z_][A-Z0-9_]*)/g;
/** Set by the host or by every shell; nobody has to provide them. */
const GIVEN =
  /^(?:CLAUDE_\w+|PLUGIN_(?:ROOT|DATA)|ARGUMENTS|HOME|PATH|PWD|USER|SHELL|TMPDIR|TEMP|LANG|workspaceFolder|userHome|CLAUDECODE)$/;
const SECRET_NAME = /(?:TOKEN|SECRET|PASSWORD|PASSWD|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|CREDENTIALS?|_KEY|_AUTH|_PAT)$/i;
const PROGRAM_READ =
  /\bprocess\.env(?:\.([A-Za-z_]\w*)|\[\s*["']([A-Za-z_]\w*)["']\s*\])|\bos\.(?:environ(?:\.get\()?|getenv\()\s*\[?\s*["']([A-Za-z_]\w*)["']|\bENV\[["'](\w+)["']\]/g;

/**
 * Names of the variables that a configuration text wants from its user: `${NAME}`, `${env:NAME}`, `${user_config.NAME}`, `$NAME`. Those
 * that a command sets itself are left out.
 */
export function findVariables(text: string): string[] {
  if (!text.includes('$')) return [];
  const assigned = new Set([...text.matchAll(/(?:^|[\s;&|(])([A-Za-z_]\w*)=/g)].map((match) => match[1] ?? ''));
  const names = [...text.matchAll(REFERENCE)].map((match) => match[1] ?? match[2] ?? '');
  return [...new Set(names.filter((name) => name !== '' && !GIVEN.test(name) && !assigned.has(name)))];
}

export interface SecretRead {
  readonly name: string;
  readonly line: number;
}

/** Environment variables with a secret's name that a program reads, each once, at its first line. */
export function findSecretReads(text: string): SecretRead[] {
  const found = new Map<string, number>();
  if (!/env/i.test(text)) return [];
  text.split('\n').forEach((line, index) => {
    for (const match of line.matchAll(PROGRAM_READ)) {
      const name = match.slice(1).find((group) => group !== undefined) ?? '';
      if (SECRET_NAME.test(name) && !GIVEN.test(name) && !found.has(name)) found.set(name, index + 1);
    }
  });
  return [...found].map(([name, line]) => ({ name, line }));
}
