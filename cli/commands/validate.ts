import { describeCapability } from '../../contract/capabilities.ts';
import { summarizeComponents } from '../../contract/components.ts';
import type { CommandContext, Outcome } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { findingLines, findingSummary } from '../findings-text.ts';
import { packFolder, refused } from '../pack-folder.ts';

/** Packs and checks a folder exactly as publishing does. Exit 1 when something is refused. */
export async function validate(context: CommandContext): Promise<Outcome> {
  const { inspection, files, tarball } = await packFolder(context, EXIT.failed);
  const { findings, pkg, components, capabilityManifest, hosts } = inspection;
  if (pkg === undefined || findings.some((finding) => finding.level === 'refused')) throw refused(context, findings, EXIT.failed);
  return {
    json: {
      name: pkg.manifest.name,
      version: pkg.manifest.version,
      fileCount: files.size,
      packedBytes: tarball.length,
      findings,
      components,
      capabilityManifest,
      hosts,
    },
    lines: [
      ...findingLines(findings, context.style),
      `${pkg.manifest.name} ${pkg.manifest.version}: ${summarizeComponents(components)}`,
      ...capabilityManifest.capabilities.map((use) => `  can ${describeCapability(use)}`),
      ...hosts.flatMap((host) => host.losses.map((loss) => `  ${host.host}: ${loss.component}: ${loss.what}`)),
      `${files.size} files, ${Math.ceil(tarball.length / 1024)} KiB packed, ${inspection.checkCount} checks: ${findingSummary(findings)}.`,
    ],
  };
}
