import { resolve } from 'node:path';
import { PackageError } from '../packaging/model.ts';
import { type PackedAgent, packDirectory } from '../packaging/pack.ts';
import { CliError } from './cli-error.ts';
import type { CommandContext } from './command.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { findingLines, findingSummary } from './findings-text.ts';

/** Packs the folder given on the command line. @throws CliError `package_refused` with the findings when it cannot even be packed */
export async function packFolder(context: CommandContext, exit: ExitCode): Promise<PackedAgent> {
  const folder = resolve(context.cwd, context.args[0] ?? '.');
  try {
    return await packDirectory(folder);
  } catch (error) {
    if (!(error instanceof PackageError)) throw error;
    if (error.findings.some((finding) => finding.code === 'folder_missing')) {
      throw new CliError('no_such_folder', `${folder} is not a folder.`, { exit: EXIT.usage, cause: error });
    }
    throw refused(context, error.findings, exit);
  }
}

export function refused(context: CommandContext, findings: PackedAgent['inspection']['findings'], exit: ExitCode): CliError {
  return new CliError('package_refused', `The package is refused: ${findingSummary(findings)}.`, {
    exit,
    next: 'Mend what is refused, then try again.',
    lines: findingLines(findings, context.style),
    details: { findings },
  });
}
