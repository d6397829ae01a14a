const HEADING = /^(#{1,6})\s+(.*?)\s*#*\s*$/;
const MAX_CHARS = 64 * 1024;

function namesVersion(heading: string, version: string): boolean {
  const escaped = version.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?:^|[\\s[(vV])${escaped}(?![\\w.+-])`).test(heading);
}

/**
 * The section of a CHANGELOG.md about one version: what stands between the heading that names it and the next heading of the same or
 * a higher level. Undefined when there is none or it is empty.
 */
export function changelogSection(changelog: string, version: string): string | undefined {
  const lines = changelog.split(/\r?\n/);
  let level = 0;
  let isFenced = false;
  const section: string[] = [];
  for (const line of lines) {
    if (/^\s*(?:```|~~~)/.test(line)) isFenced = !isFenced;
    const heading = isFenced ? null : HEADING.exec(line);
    if (level === 0) {
      if (heading?.[1] !== undefined && namesVersion(heading[2] ?? '', version)) level = heading[1].length;
      continue;
    }
    if (heading?.[1] !== undefined && heading[1].length <= level) break;
    section.push(line);
  }
  const text = section.join('\n').trim().slice(0, MAX_CHARS);
  return text === '' ? undefined : text;
}
