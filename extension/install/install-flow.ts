import * as vscode from 'vscode';
import type { HostId } from '../../contract/hosts.ts';
import type { Engine, InstalledAgent, InstallResult } from '../../installer/engine-types.ts';
import type { InstallPlan, PlanRequest } from '../../installer/install-plan.ts';
import type { CommandContext } from '../commands/context.ts';
import { Cancelled } from '../platform/errors-core.ts';
import { readPreferredHosts } from '../platform/settings.ts';
import { t } from '../platform/text-core.ts';
import { announceInstall } from './announce.ts';
import { askConflicts } from './ask-conflicts.ts';
import { askConsent } from './ask-consent.ts';
import { needsQuestion } from './consent-core.ts';
import { hostChoices, hostOfEditor } from './host-choice-core.ts';
import { pickHosts } from './pick-hosts.ts';
import { chooseFolder } from './workspace-guard.ts';

const REMEMBERED_HOSTS = 'hosts';

export interface InstallWish {
  readonly agent: string;
  readonly displayName?: string;
  readonly version?: string;
  readonly folder?: string;
  /** The view that shows the progress. */
  readonly view: string;
  /** Asked once in an install; an update and an undo keep the hosts they have. */
  readonly hosts?: readonly HostId[];
}

/** What the flow needs of the extension's services. */
export type InstallServices = Pick<
  CommandContext,
  'agents' | 'documents' | 'names' | 'activity' | 'usage' | 'workspaceMemory' | 'log'
>;

/** Installs, asking what must be asked. Throws Cancelled when the user steps back at any question; then nothing was written. */
export function runInstall(services: InstallServices, wish: InstallWish): Promise<InstallResult | undefined> {
  return new InstallFlow(services).run(wish);
}

/** Everything between "install" and the files: folder, hosts, conflicts, consent, the change itself, one quiet line at the end. */
class InstallFlow {
  constructor(private readonly options: InstallServices) {}

  async run(wish: InstallWish): Promise<InstallResult | undefined> {
    const { agents, names } = this.options;
    const folder = await chooseFolder(wish.folder);
    return this.options.activity.during(wish.agent, async (report) => {
      const engine = await agents.engine(folder);
      const before = (await engine.list()).find((each) => each.agent === wish.agent);
      const plan = await this.agree(wish, engine, before, report);
      await names.remember([{ name: plan.agent, displayName: plan.displayName }]);
      if (plan.isNoop) {
        void vscode.window.showInformationMessage(t('{0} {1} is installed already.', plan.displayName, plan.version));
        return undefined;
      }
      const result = await this.write(plan, engine, wish.view, report);
      agents.invalidate();
      this.record(result);
      announceInstall({ plan, result, before, engine, options: this.options });
      return result;
    });
  }

  private async agree(
    wish: InstallWish,
    engine: Engine,
    before: InstalledAgent | undefined,
    report: (step: string) => void,
  ): Promise<InstallPlan> {
    report(t('Reading the package'));
    let request = await this.chooseHosts(wish, engine, before);
    for (;;) {
      report(t('Planning'));
      const plan = await planTrusting(engine, request);
      if (plan.hasConflicts) {
        request = { ...request, onConflict: await askConflicts(plan, engine, this.options.documents) };
        continue;
      }
      if (plan.isNoop || !needsQuestion(plan)) return plan;
      report(t('Waiting for your answer'));
      const answer = await askConsent(plan, this.options.documents);
      if (answer === 'install') return plan;
      if (answer === 'cancel') throw new Cancelled();
      // The same install without its hooks is another plan, but what is asked was a part of what was just read.
      const without = await engine.planInstall({ ...request, withoutHooks: true });
      if (!without.hasConflicts) return without;
      request = { ...request, withoutHooks: true };
    }
  }

  private async chooseHosts(wish: InstallWish, engine: Engine, before: InstalledAgent | undefined): Promise<PlanRequest> {
    const base = { agent: wish.agent, ...(wish.version === undefined ? {} : { version: wish.version }) };
    if (wish.hosts !== undefined) {
      const acceptLosses = before?.options.acceptLosses ?? [];
      return { ...base, hosts: wish.hosts, acceptLosses, withoutHooks: before?.options.withoutHooks ?? false };
    }
    const editor = hostOfEditor(vscode.env.appName);
    const found = await engine.detectHosts();
    const first = await this.firstPlan(engine, base, [editor, 'vscode', 'claude-code', ...found.map((each) => each.host)]);
    const choices = hostChoices(first, {
      installed: before?.hosts ?? [],
      remembered: this.options.workspaceMemory.get<HostId[]>(REMEMBERED_HOSTS, []),
      preferred: readPreferredHosts(),
      found,
      editor,
    });
    const hosts = await pickHosts(first.displayName, choices);
    await this.options.workspaceMemory.update(REMEMBERED_HOSTS, hosts);
    // Ticking a host that says it drops a restriction is the acceptance; the consent screen repeats it.
    const lossy = [...first.hosts, ...first.otherHosts].filter((host) => !host.isFaithful && hosts.includes(host.host));
    return { ...base, hosts, acceptLosses: lossy.map((host) => host.host) };
  }

  /** A plan for any one host tells what all of them would get. */
  private async firstPlan(
    engine: Engine,
    base: { agent: string; version?: string },
    candidates: readonly HostId[],
  ): Promise<InstallPlan> {
    let failure: unknown;
    for (const host of new Set(candidates)) {
      try {
        return await planTrusting(engine, { ...base, hosts: [host], acceptLosses: [host] });
      } catch (error) {
        failure = error;
        if (!isAboutHost(error)) throw error;
      }
    }
    throw failure;
  }

  private write(plan: InstallPlan, engine: Engine, view: string, report: (step: string) => void): Promise<InstallResult> {
    const title = t('Installing {0}', plan.displayName);
    return Promise.resolve(
      vscode.window.withProgress({ location: { viewId: view }, title }, async () => {
        report(t('Writing files'));
        return engine.apply(plan);
      }),
    );
  }

  private record(result: InstallResult): void {
    const { agent, version, fromVersion, durationMs } = result;
    const hosts = [...result.hosts];
    this.options.log.info(`${result.kind} ${agent}@${version} for ${hosts.join(', ')} in ${Math.round(durationMs)} ms`);
    if (result.kind === 'installed') {
      this.options.usage({ name: 'Agent Installed', properties: { agent, version, hosts, durationMs: Math.round(durationMs) } });
    } else if (result.kind === 'updated' && fromVersion !== undefined && fromVersion !== version) {
      this.options.usage({ name: 'Agent Updated', properties: { agent, version, fromVersion, hosts } });
    }
  }
}

/** Plans; when the service signs with a key it did not have before, a person decides whether to believe it. */
async function planTrusting(engine: Engine, request: PlanRequest): Promise<InstallPlan> {
  try {
    return await engine.planInstall(request);
  } catch (error) {
    if (codeOf(error) !== 'signature_key_changed') throw error;
    const trust = t('Trust the new key');
    const detail = t('Trust it only if the operator of the service announced a new key. Nothing was changed so far.');
    const message = t('The service signs its packages with another key than before.');
    if ((await vscode.window.showWarningMessage(message, { modal: true, detail }, trust)) !== trust) throw new Cancelled();
    return engine.planInstall({ ...request, trustNewKeys: true });
  }
}

function isAboutHost(error: unknown): boolean {
  return codeOf(error) === 'host_not_supported' || codeOf(error) === 'nothing_to_install';
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
