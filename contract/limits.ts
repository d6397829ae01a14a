/** Limits both sides enforce. Sizes in bytes. Source: DESIGN section 6 (packages) and the ingest rules of Segment's HTTP API. */
export const LIMITS = {
  packedBytes: 10 * 1024 * 1024,
  unpackedBytes: 50 * 1024 * 1024,
  packageFiles: 2_000,
  readmeBytes: 256 * 1024,
  iconBytes: 2 * 1024 * 1024,
  summaryChars: 100,
  descriptionChars: 1_024,
  displayNameChars: 64,
  categoriesPerAgent: 3,
  keywords: 50,
  keywordChars: 100,
  jsonBodyBytes: 256 * 1024,
  /** Segment's own client miscounts its batches; the largest seen was 1.2 MB. */
  usageBodyBytes: 2 * 1024 * 1024,
  usageBatchItems: 1_000,
  pageDefault: 20,
  pageMax: 100,
  queryChars: 200,
} as const;
