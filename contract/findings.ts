import * as z from 'zod/mini';

/**
 * How a finding of the package checks acts:
 * `refused` stops a publish and an install, `review` publishes into review, `notice` only informs the author.
 */
export const FindingLevelSchema = z.enum(['refused', 'review', 'notice']);
export type FindingLevel = z.infer<typeof FindingLevelSchema>;

/** One finding of the package checks. `code` is API, `line` counts from 1 and is absent when the finding is about a whole file. */
export const FindingSchema = z.object({
  code: z.string(),
  level: FindingLevelSchema,
  message: z.string(),
  path: z.optional(z.string()),
  line: z.optional(z.int()),
  fix: z.optional(z.string()),
});
export type Finding = z.infer<typeof FindingSchema>;
