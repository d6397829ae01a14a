import type { HostId } from '../../contract/hosts.ts';
import type { Comparison } from '../engine-types.ts';
import type { InstallOptions, InstallPlan } from '../install-plan.ts';
import { addEntry, MergeProblem } from '../merge/json-text.ts';
import type { VerifiedPackage } from '../package-source.ts';
import { translate } from '../planning/make-plan.ts';
import { decode, readDisk, readLockfile } from '../planning/snapshot.ts';
import type { MergedTarget } from '../planning/targets.ts';
import { type EngineContext, installedOf } from './context.ts';

/** Mine and theirs of a planned path, for a diff editor. */
export async function comparePlanned(context: EngineContext, plan: InstallPlan, path: string): Promise<Comparison> {
  const source = await context.source.loadLocked(plan, {});
  return compare(context, source, { hosts: plan.hosts.map((each) => each.host), options: plan.options, path });
}

/** Mine and theirs of an installed path. @throws InstallError `not_installed` */
export async function compareInstalled(context: EngineContext, agent: string, path: string): Promise<Comparison> {
  const installed = installedOf(await readLockfile(context.reader), agent);
  const source = await context.source.loadLocked({ agent, ...installed }, {});
  const options = { withoutHooks: installed.withoutHooks ?? false, acceptLosses: installed.acceptLosses ?? [] };
  return compare(context, source, { hosts: installed.hosts, options, path });
}

async function compare(
  context: EngineContext,
  source: VerifiedPackage,
  given: { readonly hosts: readonly HostId[]; readonly options: InstallOptions; readonly path: string },
): Promise<Comparison> {
  const { path } = given;
  const { targets } = translate(source, { hosts: given.hosts, areDefault: false }, given.options);
  const disk = await readDisk(context.reader, path);
  const mine = disk === undefined ? undefined : decode(disk.bytes);
  const theirs = theirsOf(
    targets.filter((each) => each.target.path === path),
    mine,
  );
  return { path, ...(mine === undefined ? {} : { mine }), ...(theirs === undefined ? {} : { theirs }) };
}

function theirsOf(targets: readonly MergedTarget[], mine: string | undefined): string | undefined {
  const file = targets.find((each) => each.target.kind === 'file')?.target;
  if (file?.kind === 'file') return decode(file.bytes);
  let text = mine;
  for (const { target } of targets) {
    if (target.kind !== 'json-entry') continue;
    try {
      text = addEntry(text ?? '', target);
    } catch (error) {
      // an unreadable settings file has no version of ours; the plan already says so
      if (error instanceof MergeProblem) return undefined;
      throw error;
    }
  }
  return text;
}
