const HEADING = /^(#{1,3})\s+(.*)$/;

function versionOf(title: string): string | undefined {
  return /^\[?v?(\d+\.\d+\.\d+[\w.+-]*)\]?/.exec(title.trim())?.[1];
}

/**
 * The section of one version from a CHANGELOG.md with Keep a Changelog headings (`## [1.2.0] - 2026-01-31`, `## 1.2.0`, `## v1.2.0`):
 * its Markdown without the heading, undefined when there is none or it is empty.
 */
export function changelogSection(changelog: string, version: string): string | undefined {
  const lines = changelog.split(/\r?\n/);
  let depth = 0;
  const section: string[] = [];
  let fence = '';
  for (const line of lines) {
    const marker = /^ {0,3}(```+|~~~+)/.exec(line)?.[1] ?? '';
    if (marker !== '') fence = fence === '' ? marker : line.trim().startsWith(fence) ? '' : fence;
    const heading = fence === '' ? HEADING.exec(line) : null;
    const level = heading?.[1]?.length ?? 0;
    if (depth > 0 && heading !== null && level <= depth) break;
    // Link definitions at the end of the file belong to no version.
    if (depth > 0 && fence === '' && /^\[[^\]]+\]:\s/.test(line)) continue;
    if (depth > 0) section.push(line);
    else if (heading !== null && versionOf(heading[2] ?? '') === version) depth = level;
  }
  const text = section.join('\n').trim();
  return text === '' ? undefined : text;
}
