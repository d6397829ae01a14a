import * as vscode from 'vscode';
import type { AgentSummary } from '../../contract/agents.ts';
import { runCommand } from '../platform/commands.ts';
import { explainError } from '../platform/errors-core.ts';
import type { AgentRef } from '../platform/ids.ts';
import { plural, t } from '../platform/text-core.ts';
import { detailLine } from '../tree/agent-text-core.ts';
import type { CommandContext } from './context.ts';
import { completionsOf, parseSearch } from './filter-core.ts';

interface Row extends vscode.QuickPickItem {
  readonly summary?: AgentSummary;
  /** Becomes the search text. */
  readonly text?: string;
  readonly run?: () => Promise<void>;
}

const DEBOUNCE_MS = 120;
const RESULTS = 30;

/** The search QuickPick: results while typing, stale questions cancelled, filters as text with completion. */
export class SearchPicker {
  private readonly pick = vscode.window.createQuickPick<Row>();
  private readonly installButton = button('cloud-download', t('Install'));
  private readonly openButton = button('open-preview', t('Open'));
  private timer: NodeJS.Timeout | undefined;
  private controller = new AbortController();
  /** The last query that was answered, for the count of searches without results. */
  private answered: { query: string; results: number } | undefined;

  constructor(
    private readonly context: CommandContext,
    private readonly purpose: 'open' | 'choose',
  ) {}

  /** Resolves with the chosen agent; undefined when the picker was left, or a button took over. */
  show(text: string): Promise<AgentRef | undefined> {
    const { pick } = this;
    pick.title = this.purpose === 'open' ? t('Search agents') : t('Which agent?');
    pick.placeholder = t('What should the agent do? Narrow with @category: @price: @host: @sort:');
    // The service has ranked the results; the editor must not reorder them by how the label matches.
    keepOrder(pick);
    pick.value = text;
    void this.search(text);
    return new Promise((resolve) => {
      let chosen: AgentRef | undefined;
      pick.onDidChangeValue((value) => this.schedule(value));
      pick.onDidTriggerItemButton(({ item, button: pressed }) => {
        if (item.summary === undefined) return;
        const ref = refOf(item.summary);
        pick.hide();
        void runCommand(pressed === this.installButton ? 'installAgent' : 'openAgent', ref);
      });
      pick.onDidAccept(() => {
        const row = pick.selectedItems[0];
        if (row?.text !== undefined) {
          pick.value = row.text;
          this.schedule(row.text, 0);
        } else if (row?.run !== undefined) void row.run();
        else if (row?.summary !== undefined) {
          chosen = refOf(row.summary);
          pick.hide();
        }
      });
      pick.onDidHide(() => {
        clearTimeout(this.timer);
        this.controller.abort();
        this.recordSearch();
        pick.dispose();
        resolve(chosen);
      });
      pick.show();
    });
  }

  private schedule(text: string, delayMs: number = DEBOUNCE_MS): void {
    clearTimeout(this.timer);
    this.controller.abort();
    this.timer = setTimeout(() => void this.search(text), delayMs);
  }

  private async search(text: string): Promise<void> {
    this.controller = new AbortController();
    const { signal } = this.controller;
    const { query, open, problems } = parseSearch(text);
    if (open !== undefined) {
      this.pick.busy = false;
      this.pick.items = completionsOf(text, open).map((each) => ({ ...each, iconPath: icon('filter'), alwaysShow: true }));
      return;
    }
    this.pick.busy = true;
    try {
      const page = await this.context.service.catalogue.search({ ...query, limit: RESULTS }, signal);
      if (signal.aborted) return;
      this.answered = query.q === undefined ? this.answered : { query: query.q, results: page.total };
      this.pick.items = [
        ...problems.map((problem) => ({ label: problem, iconPath: icon('warning'), alwaysShow: true })),
        ...page.items.map((summary) => this.row(summary)),
        ...(page.total === 0 ? this.nothingFound(text, page.didYouMean) : []),
        ...(page.total > page.items.length ? [this.more(page.total - page.items.length)] : []),
      ];
    } catch (error) {
      if (!signal.aborted) this.showFailure(error, text);
    } finally {
      if (!signal.aborted) this.pick.busy = false;
    }
  }

  private row(summary: AgentSummary): Row {
    const installed = this.context.agents.factOf(summary.name);
    const buttons =
      installed === undefined && this.purpose === 'open' ? [this.installButton, this.openButton] : [this.openButton];
    const mark =
      installed === undefined ? '' : ` · ${installed.latest === undefined ? t('installed') : t('update {0}', installed.latest)}`;
    return {
      label: summary.displayName,
      description: summary.summary,
      detail: `${detailLine(summary)}${mark}`,
      buttons,
      alwaysShow: true,
      summary,
    };
  }

  private nothingFound(text: string, didYouMean: string | undefined): Row[] {
    const rows: Row[] = [{ label: t('Nothing found for “{0}”', text.trim()), iconPath: icon('info'), alwaysShow: true }];
    if (didYouMean !== undefined) {
      rows.push({ label: t('Search for “{0}”', didYouMean), text: didYouMean, iconPath: icon('search'), alwaysShow: true });
    }
    rows.push({ label: t('Clear the search'), text: '', iconPath: icon('clear-all'), alwaysShow: true });
    return rows;
  }

  private more(count: number): Row {
    return {
      label: plural(count, '1 more: narrow the search', '{0} more: narrow the search'),
      iconPath: icon('ellipsis'),
      alwaysShow: true,
    };
  }

  private showFailure(error: unknown, text: string): void {
    const explanation = explainError(error);
    if (explanation === undefined) return;
    if (explanation.isUnexpected) this.context.log.error(error instanceof Error ? error : String(error));
    const settings = async () => {
      this.pick.hide();
      await runCommand('openSettings');
    };
    this.pick.items = [
      { label: explanation.message, iconPath: icon('warning'), alwaysShow: true },
      { label: t('Try again'), iconPath: icon('refresh'), run: () => this.search(text), alwaysShow: true },
      ...(explanation.action === 'openSettings'
        ? [{ label: t('Open settings'), iconPath: icon('gear'), run: settings, alwaysShow: true }]
        : []),
    ];
  }

  private recordSearch(): void {
    if (this.answered === undefined) return;
    const { query, results } = this.answered;
    this.context.usage({ name: 'Search Performed', properties: { query, results } });
  }
}

function refOf(summary: AgentSummary): AgentRef {
  return { agent: summary.name, displayName: summary.displayName };
}
function button(codicon: string, tooltip: string): vscode.QuickInputButton {
  return { iconPath: icon(codicon), tooltip };
}
function icon(name: string): vscode.ThemeIcon {
  return new vscode.ThemeIcon(name);
}

/** `sortByLabel` is in every editor since 2020 but not in the typings. Where it is missing, the order of equal matches may differ. */
function keepOrder(pick: vscode.QuickPick<Row>): void {
  try {
    Object.assign(pick, { sortByLabel: false });
  } catch {
    // An editor that guards it keeps its own order.
  }
}
