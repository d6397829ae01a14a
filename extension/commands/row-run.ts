/** Goes on with a row that waits for it: shows more, or tries again. */
export async function runRow(row: unknown): Promise<void> {
  if (typeof row !== 'object' || row === null || !('proceed' in row) || typeof row.proceed !== 'function') return;
  await row.proceed();
}
