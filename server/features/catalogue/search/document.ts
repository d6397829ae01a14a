import { CAPABILITY_IDS, type CapabilityId } from '../../../../contract/capabilities.ts';
import { CATEGORIES, type CategoryId } from '../../../../contract/categories.ts';
import { COMPONENT_KINDS, type ComponentKind } from '../../../../contract/components.ts';
import { HOST_IDS, type HostId } from '../../../../contract/hosts.ts';

/** What the index knows of an agent. Texts are only read while it is being built. */
export interface SearchDocument {
  /** `@scope/slug`, unique. */
  readonly name: string;
  readonly displayName: string;
  readonly summary: string;
  /** Keywords, category names, component names: everything that should weigh like a keyword. */
  readonly keywords: readonly string[];
  readonly categories: readonly CategoryId[];
  readonly hosts: readonly HostId[];
  readonly kinds: readonly ComponentKind[];
  readonly capabilities: readonly CapabilityId[];
  readonly isPaid: boolean;
  /** Deprecated or not reviewed: below all others of its tier. */
  readonly isSunk: boolean;
  /** Static rank (rank.ts), higher first; reorders only inside a tier. */
  readonly rank: number;
  readonly installs: number;
  readonly trending: number;
  /** Milliseconds since 1970. */
  readonly updatedAt: number;
}

export interface SearchFilters {
  readonly category?: CategoryId | undefined;
  readonly host?: HostId | undefined;
  readonly kind?: ComponentKind | undefined;
  readonly capability?: CapabilityId | undefined;
  readonly price?: 'free' | 'paid' | undefined;
  /** `@scope`. */
  readonly scope?: string | undefined;
}

/** The order of ids in each list gives an id its bit. */
export const FACET_IDS = {
  categories: CATEGORIES.map((category) => category.id) as readonly string[],
  hosts: HOST_IDS as readonly string[],
  kinds: COMPONENT_KINDS as readonly string[],
  capabilities: CAPABILITY_IDS as readonly string[],
} as const;

/** Bits of the ids that the list knows; unknown ids have none. */
export function maskOf(all: readonly string[], ids: readonly string[]): number {
  let mask = 0;
  for (const id of ids) {
    const bit = all.indexOf(id);
    if (bit >= 0) mask |= 1 << bit;
  }
  return mask;
}

/** Places of the facets in the traits of a document: first bit and number of bits. 32 bits in all. */
export const TRAITS = {
  categories: { shift: 0, bits: 10 },
  hosts: { shift: 10, bits: 8 },
  kinds: { shift: 18, bits: 6 },
  capabilities: { shift: 24, bits: 7 },
  isPaid: { shift: 31, bits: 1 },
} as const;

/** Everything of a document that is filtered and counted, in one number: one load for each hit instead of five. */
export function traitsOf(document: SearchDocument): number {
  const place = (trait: keyof typeof TRAITS, mask: number) => mask * 2 ** TRAITS[trait].shift;
  return (
    place('categories', maskOf(FACET_IDS.categories, document.categories)) +
    place('hosts', maskOf(FACET_IDS.hosts, document.hosts)) +
    place('kinds', maskOf(FACET_IDS.kinds, document.kinds)) +
    place('capabilities', maskOf(FACET_IDS.capabilities, document.capabilities)) +
    place('isPaid', document.isPaid ? 1 : 0)
  );
}

/** Fields of a posting, one bit each; a higher bit is a stronger field. */
export const FIELD = { summary: 1, publisher: 2, keywords: 4, name: 8 } as const;
export const FIELD_BITS = 4;
