import type { AgentPackage, McpServer } from '../../packaging/model.ts';

/** A value that a server's definition wants from its user: `${NAME}`, `${NAME:-default}` or `${user_config.key}`. */
export interface WantedVariable {
  /** As it stands in the text. */
  readonly text: string;
  readonly name: string;
  readonly fallback?: string;
  /** From the package's own configuration options. */
  readonly isOption: boolean;
  /** Name in the environment: options are written in capitals there. */
  readonly environmentName: string;
}

const VARIABLE = /\$\{(user_config\.)?([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}/g;
const HOST_OWN = /^(?:CLAUDE_\w+|workspaceFolder\w*|userHome|HOME|PATH|PWD)$/;
const SECRET = /(?:TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIALS?|KEY|AUTH|PAT)$/i;

export function replaceVariables(text: string, replace: (variable: WantedVariable) => string): string {
  return text.replace(VARIABLE, (whole, option: string | undefined, name: string, fallback: string | undefined) => {
    if (HOST_OWN.test(name)) return whole;
    return replace({
      text: whole,
      name,
      isOption: option !== undefined,
      environmentName: option === undefined ? name : name.toUpperCase(),
      ...(fallback === undefined ? {} : { fallback }),
    });
  });
}

/** Secrets are never written anywhere: the host asks for them or reads the environment. */
export function isSecretName(name: string): boolean {
  return SECRET.test(name);
}

function textsOf(server: McpServer): string[] {
  const { command, args, url, env, headers } = server;
  return [command ?? '', ...args, url ?? '', ...Object.values(env), ...Object.values(headers)];
}

/** Environment variables that the servers cannot do without: those that have no default. */
export function configurationNames(pkg: AgentPackage, servers: readonly McpServer[]): string[] {
  const names = new Set<string>();
  const defaults = new Map(pkg.manifest.agent.configuration.map((option) => [option.key, option.default]));
  for (const text of servers.flatMap(textsOf)) {
    replaceVariables(text, (variable) => {
      const hasDefault = variable.fallback !== undefined || (variable.isOption && defaults.get(variable.name) !== undefined);
      if (!hasDefault) names.add(variable.environmentName);
      return variable.text;
    });
  }
  return [...names].sort();
}
