import * as z from 'zod/mini';

/** The fixed list of DESIGN section 5. Authors may write the id or the name; the API always answers ids. */
export const CATEGORIES = [
  { id: 'business-intelligence', name: 'Business Intelligence' },
  { id: 'code-analysis-review', name: 'Code Analysis & Review' },
  { id: 'documentation', name: 'Documentation' },
  { id: 'devops-deployment', name: 'DevOps & Deployment' },
  { id: 'testing-qa', name: 'Testing & QA' },
  { id: 'security-compliance', name: 'Security & Compliance' },
  { id: 'database-data', name: 'Database & Data' },
  { id: 'frontend-ui', name: 'Frontend & UI' },
  { id: 'backend-api', name: 'Backend & API' },
  { id: 'research-analysis', name: 'Research & Analysis' },
] as const;

export type CategoryId = (typeof CATEGORIES)[number]['id'];
export const CategoryIdSchema = z.enum([
  'business-intelligence',
  'code-analysis-review',
  'documentation',
  'devops-deployment',
  'testing-qa',
  'security-compliance',
  'database-data',
  'frontend-ui',
  'backend-api',
  'research-analysis',
]);

/** Finds a category by id or, ignoring case, by name; undefined when there is none. */
export function findCategory(idOrName: string): (typeof CATEGORIES)[number] | undefined {
  const wanted = idOrName.trim().toLowerCase();
  return CATEGORIES.find((category) => category.id === wanted || category.name.toLowerCase() === wanted);
}
