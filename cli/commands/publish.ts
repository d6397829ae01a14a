import { ApiError } from '../../contract/client.ts';
import { publishVersion } from '../../installer/registry/publish-version.ts';
import { CliError, usageError } from '../cli-error.ts';
import type { CommandContext, Outcome } from '../command.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { findingLines, findingSummary } from '../findings-text.ts';
import { packFolder, refused } from '../pack-folder.ts';

/** Packs a folder and puts it through the npm protocol, as `npm publish` would. */
export async function publish(context: CommandContext): Promise<Outcome> {
  const packed = await packFolder(context, EXIT.refused);
  const { findings, pkg } = packed.inspection;
  if (pkg === undefined || findings.some((finding) => finding.level === 'refused'))
    throw refused(context, findings, EXIT.refused);
  const { name, version } = pkg.manifest;
  const summary = {
    name,
    version,
    integrity: packed.integrity,
    fileCount: packed.files.size,
    packedBytes: packed.tarball.length,
    findings,
  };
  const notes = findingLines(findings, context.style);
  if (context.options['dry-run'] === true)
    return { json: summary, lines: [...notes, `${name} ${version} would be published. Nothing was sent.`] };
  const token = await context.session.token(context.serviceUrl);
  if (token === undefined) {
    throw new CliError('unauthenticated', `Sign in to publish at ${context.serviceUrl}.`, {
      exit: EXIT.signIn,
      next: 'Sign in with: coditect-agents login',
    });
  }
  const tag = tagOption(context);
  context.say(`Publishing ${name} ${version}…`);
  const { tarball, integrity, shasum } = packed;
  const target = { serviceUrl: context.serviceUrl, token, signal: context.io.signal };
  await publishVersion(target, { name, version, manifest: pkg.manifest, tarball, integrity, shasum, tag }).catch(
    (error: unknown) => {
      throw publishError(context, error);
    },
  );
  const page = `${context.serviceUrl}/agents/${name}`;
  return { json: { ...summary, page }, lines: [...notes, `Published ${name} ${version} (${findingSummary(findings)}).`, page] };
}

function tagOption(context: CommandContext): string {
  const { tag } = context.options;
  if (tag === undefined) return 'latest';
  if (typeof tag === 'string' && /^[a-z][a-z0-9-]{0,39}$/.test(tag)) return tag;
  throw usageError('--tag takes a word such as next.');
}

const EXITS: Readonly<Record<string, ExitCode>> = {
  unauthenticated: EXIT.signIn,
  forbidden: EXIT.signIn,
  scope_taken: EXIT.signIn,
  package_refused: EXIT.refused,
  integrity_mismatch: EXIT.refused,
  version_exists: EXIT.conflict,
  payload_too_large: EXIT.refused,
};
const NEXT: Readonly<Record<string, string>> = {
  unauthenticated: 'Sign in with: coditect-agents login',
  version_exists: 'Raise the version in package.json, then publish again.',
  scope_taken: 'Publish under the scope of your own name.',
};

/** What went wrong with the upload, in the words of this command; anything else is passed on as it is. */
function publishError(context: CommandContext, error: unknown): unknown {
  if (context.io.signal.aborted)
    return new CliError('cancelled', 'Cancelled. Look whether it was published.', { exit: EXIT.cancelled, cause: error });
  if (!(error instanceof ApiError)) return error;
  const { code, message: text, details } = error;
  if (code === 'unreachable')
    return new CliError(code, `${context.serviceUrl} does not answer.`, {
      exit: EXIT.unreachable,
      next: 'Check the address and the network, then try again.',
      cause: error,
    });
  if (code === 'unexpected_answer')
    return new CliError(code, `${context.serviceUrl} answered ${details.status} without a reason.`, { exit: EXIT.unreachable });
  const findings = details.problem?.findings ?? [];
  const next = NEXT[code];
  return new CliError(code, text, {
    exit: EXITS[code] ?? EXIT.failed,
    lines: findingLines(findings, context.style),
    ...(next === undefined ? {} : { next }),
    ...(findings.length === 0 ? {} : { details: { findings } }),
  });
}
