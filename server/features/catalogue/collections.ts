import type { CollectionRecord } from './catalogue.store.ts';

export const FEATURED = 'featured';

/** Collections a new service starts with, out of the first-party packages; from then on they belong to the staff. */
export const SEED_COLLECTIONS: readonly CollectionRecord[] = [
  {
    id: FEATURED,
    name: 'Featured',
    description: 'Picked by the staff.',
    agents: ['@coditect/review-board', '@coditect/test-author', '@coditect/secret-sweeper', '@coditect/sql-tuner'],
    position: 0,
  },
  {
    id: 'starter-kit',
    name: 'Starter kit',
    description: 'Review, tests, docs and releases: the first four for a new repository.',
    agents: ['@coditect/review-board', '@coditect/test-author', '@coditect/doc-keeper', '@coditect/release-captain'],
    position: 1,
  },
  {
    id: 'safe-shipping',
    name: 'Ship safely',
    description: 'Find leaked secrets, risky dependencies and dangerous migrations before they leave the branch.',
    agents: ['@coditect/secret-sweeper', '@coditect/dependency-auditor', '@coditect/migration-guard', '@coditect/flaky-hunter'],
    position: 2,
  },
  {
    id: 'data-and-research',
    name: 'Data and research',
    description: 'Ask tables, tune queries, read metrics and collect sources.',
    agents: ['@coditect/csv-lens', '@coditect/sql-tuner', '@coditect/metrics-analyst', '@coditect/research-desk'],
    position: 3,
  },
];
