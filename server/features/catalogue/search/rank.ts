import { FIELD } from './document.ts';

/** Text tiers, strongest last. They decide before anything else; docs/search.md explains them. */
export const TIER = { partial: 0, fuzzy: 1, word: 2, prefix: 3, exact: 4 } as const;

/** How a query word met a word of the document. */
export type MatchKind = 'whole' | 'prefix' | 'fuzzy';

const POINTS: Record<MatchKind, { name: number; keywords: number; publisher: number; summary: number }> = {
  whole: { name: 12, keywords: 8, publisher: 6, summary: 4 },
  prefix: { name: 10, keywords: 6, publisher: 5, summary: 2 },
  fuzzy: { name: 5, keywords: 3, publisher: 2, summary: 1 },
};

/** A value of 32 and more met without a typo; the low five bits are the points. */
export const CLEAN_MATCH = 32;
export const POINT_MASK = 31;
/** In the tier `partial` each word that was met counts more than any field. */
export const PARTIAL_WORD_POINTS = 16;

/** Match value for each combination of field bits: the points of the strongest field. */
function valuesOf(kind: MatchKind): Uint8Array {
  const points = POINTS[kind];
  const clean = kind === 'fuzzy' ? 0 : CLEAN_MATCH;
  return Uint8Array.from({ length: 16 }, (_, bits) => {
    if (bits & FIELD.name) return clean + points.name;
    if (bits & FIELD.keywords) return clean + points.keywords;
    if (bits & FIELD.publisher) return clean + points.publisher;
    return bits & FIELD.summary ? clean + points.summary : 0;
  });
}

export const MATCH_VALUES: Record<MatchKind, Uint8Array> = {
  whole: valuesOf('whole'),
  prefix: valuesOf('prefix'),
  fuzzy: valuesOf('fuzzy'),
};

export interface RankSignals {
  readonly installs: number;
  readonly activeInstalls: number;
  readonly hasReadme: boolean;
  readonly hasIcon: boolean;
  readonly hasLongDescription: boolean;
  readonly hasChangelog: boolean;
  readonly isVerifiedPublisher: boolean;
  readonly hasFindings: boolean;
  /** Mean stars, 1 to 5, with their count; absent without reviews. */
  readonly rating?: { readonly average: number; readonly count: number } | undefined;
}

/**
 * Popularity times quality. Popularity is logarithmic and cut to quarters of a doubling, so that a single install
 * seldom moves an agent; quality lies between 0.5 and 1.
 */
export function staticRank(signals: RankSignals): number {
  const popularity = 1 + Math.floor(4 * Math.log2(1 + signals.installs + 4 * signals.activeInstalls)) / 4;
  let quality = 0.5;
  if (signals.hasReadme) quality += 0.1;
  if (signals.hasIcon) quality += 0.03;
  if (signals.hasLongDescription) quality += 0.03;
  if (signals.hasChangelog) quality += 0.04;
  if (signals.isVerifiedPublisher) quality += 0.1;
  if (!signals.hasFindings) quality += 0.1;
  quality += 0.1 * ratingShare(signals.rating);
  return Math.round(popularity * quality * 1000) / 1000;
}

/** Stars as 0 to 1, drawn to the middle while there are few of them (as if five people had given three stars). */
function ratingShare(rating: RankSignals['rating']): number {
  const count = rating?.count ?? 0;
  const mean = ((rating?.average ?? 0) * count + 3 * 5) / (count + 5);
  return Math.min(1, Math.max(0, (mean - 1) / 4));
}
