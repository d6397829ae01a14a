/** Files that a service offers beside its API; absolute paths. */
export const DOWNLOADS = {
  /** The editor extension that fits the service. */
  extension: '/download/coditect-agents.vsix',
  /** The terminal client as an npm tarball: `npx URL …` and `npm i -g URL` run it without a registry. */
  cli: '/download/cli.tgz',
} as const;

/** Where the terminal client looks when it is told nothing else. */
export const DEFAULT_SERVICE_URL = 'http://127.0.0.1:3900';

/** The terminal command that runs the client of a service, such as `npx http://127.0.0.1:3900/download/cli.tgz add @acme/x`. */
export function cliCommand(serviceUrl: string, words: string): string {
  const service = serviceUrl === DEFAULT_SERVICE_URL ? '' : ` --service ${serviceUrl}`;
  return `npx ${serviceUrl}${DOWNLOADS.cli} ${words}${service}`;
}
