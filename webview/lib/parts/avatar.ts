import { html, type TemplateResult } from 'lit';
import type { ViewContext } from '../context.ts';

export interface AvatarOptions {
  readonly name: string;
  readonly displayName: string;
  readonly size: 24 | 32 | 40 | 64;
  /** URL of the picture; absent: the initials on a tinted tile. */
  readonly src?: string | undefined;
}

/** The agent's picture. Decorative: the name always stands beside it. */
export function avatar({ name, displayName, size, src }: AvatarOptions): TemplateResult {
  if (src !== undefined) {
    return html`<img class="avatar size-${size}" src=${src} width=${size} height=${size} alt="" decoding="async" />`;
  }
  return html`<span class="avatar tile size-${size} tint-${tintOf(name)}" aria-hidden="true">${initials(displayName)}</span>`;
}

/** In an IDE webview there is no network: only pictures that the host turned into data: URIs are shown. */
export function pictureOf(
  agent: { iconPath?: string | undefined },
  serviceUrl: string,
  { surface }: ViewContext,
): string | undefined {
  return surface === 'web' && agent.iconPath !== undefined ? `${serviceUrl}${agent.iconPath}` : undefined;
}

/** "Review Board" -> "RB", "csvlens" -> "C". */
function initials(displayName: string): string {
  const words = displayName.split(/[\s-]+/u).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const letters = words.slice(0, 2).map((word) => [...word][0] ?? '');
  return letters.join('').toUpperCase();
}

/** One of six tints, always the same for the same agent. */
function tintOf(name: string): number {
  let hash = 0;
  for (const character of name) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
  return hash % 6;
}
