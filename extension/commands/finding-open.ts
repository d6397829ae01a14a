import { loadPanelsChunk } from '../panels/panels-chunk.ts';
import { FindingNode } from '../tree/nodes/finding-node.ts';
import type { CommandContext } from './context.ts';

/** Opens the file of a published version at the line that a finding is about. */
export async function openFinding({ service, documents, account }: CommandContext, target: unknown): Promise<void> {
  if (!(target instanceof FindingNode) || target.finding.path === undefined) return;
  const { path, line } = target.finding;
  const token = (serviceUrl: string) => account.token(serviceUrl);
  const { openPackageFile } = await loadPanelsChunk();
  await openPackageFile({ service, documents, token }, { ...target.of, path, ...(line === undefined ? {} : { line }) });
}
