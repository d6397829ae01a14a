const URL_PATTERN = /\b(?:https?|wss?):\/\/[^\s"'`<>\\)\]},;|]+/gi;
/** Identifiers that look like addresses and are never fetched, and the names reserved for examples (RFC 2606). */
const NOT_CONTACTED =
  /^(?:www\.w3\.org|openoffice\.org|purl\.org|ns\.adobe\.com|json-schema\.org|(?:.*\.)?schemastore\.org|agent-plugins\.org|schemas\.[\w.-]+|(?:.*\.)?example(?:\.(?:com|org|net))?|.*\.(?:test|invalid|localhost))$/;
const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[::1\]|0\.0\.0\.0)$/;
const COMMENT = /^\s*(?:\/\/|\/\*|\*|#(?!!)|--|REM\b|;)/i;

export interface HostUse {
  readonly host: string;
  /** From 1. */
  readonly line: number;
}

/** Host of one URL in lower case, undefined when it is a placeholder, loopback or an identifier. */
export function hostOf(url: string): string | undefined {
  if (/^\w+:\/\/[^/]*[${]/.test(url)) return undefined;
  let host: string;
  try {
    host = new URL(url).hostname;
  } catch {
    return undefined; // not an address after all, such as `http://` in a message
  }
  return host === '' || LOOPBACK.test(host) || NOT_CONTACTED.test(host) ? undefined : host;
}

/** Hosts of the URLs in a program's text, comment lines left out; each host once, at its first line. */
export function findHosts(text: string): HostUse[] {
  const found = new Map<string, number>();
  if (!text.includes('://')) return [];
  text.split('\n').forEach((line, index) => {
    // Names of XML vocabularies look like addresses.
    if (!line.includes('://') || COMMENT.test(line) || /\bxmlns\b|<!DOCTYPE/i.test(line)) return;
    for (const [url] of line.matchAll(URL_PATTERN)) {
      const host = hostOf(url);
      if (host !== undefined && !found.has(host)) found.set(host, index + 1);
    }
  });
  return [...found].map(([host, line]) => ({ host, line }));
}

/** Whether a host is in a list of declared hosts; `*.acme.dev` stands for the subdomains. */
export function isHostDeclared(host: string, declared: readonly string[]): boolean {
  return declared.some((entry) => {
    const wanted = entry
      .toLowerCase()
      .replace(/^\w+:\/\//, '')
      .replace(/[/:].*$/, '');
    return wanted.startsWith('*.') ? host.endsWith(wanted.slice(1)) : host === wanted;
  });
}
