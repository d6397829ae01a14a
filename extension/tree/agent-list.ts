import type { SearchPage, SearchQuery } from '../../contract/agents.ts';
import { commandLink } from '../platform/commands.ts';
import { plural, t } from '../platform/text-core.ts';
import type { InstalledFact } from './agent-text-core.ts';
import type { TreeNode } from './node.ts';
import { ActionNode } from './nodes/action-node.ts';
import { AgentNode } from './nodes/agent-node.ts';

const PAGE_SIZE = 30;

export interface AgentListOptions {
  readonly group: string;
  readonly query: Partial<SearchQuery>;
  readonly search: (query: Partial<SearchQuery>) => Promise<SearchPage>;
  readonly installedFact: (name: string) => InstalledFact | undefined;
  /** Rows were added: draw the list again. */
  readonly onGrow: () => void;
}

/** Rows of one query, page by page: a "show more" row stands at the end while there are more. */
export class AgentList {
  private readonly pages: SearchPage[] = [];

  constructor(private readonly options: AgentListOptions) {}

  get total(): number | undefined {
    return this.pages[0]?.total;
  }

  async rows(): Promise<readonly TreeNode[]> {
    if (this.pages.length === 0) this.pages.push(await this.load(undefined));
    const agents = this.pages.flatMap((page) => page.items);
    const rows: TreeNode[] = agents.map(
      (agent) => new AgentNode(agent, this.options.group, this.options.installedFact(agent.name)),
    );
    const left = (this.total ?? 0) - agents.length;
    if (this.pages.at(-1)?.nextCursor !== undefined) {
      const title = left > 0 ? plural(left, 'Show 1 more', 'Show {0} more') : t('Show more');
      rows.push(new ActionNode(title, 'ellipsis', commandLink('runRow', title, this)));
    }
    return rows;
  }

  async proceed(): Promise<void> {
    const cursor = this.pages.at(-1)?.nextCursor;
    if (cursor === undefined) return;
    this.pages.push(await this.load(cursor));
    this.options.onGrow();
  }

  private load(cursor: string | undefined): Promise<SearchPage> {
    return this.options.search({ ...this.options.query, limit: PAGE_SIZE, ...(cursor === undefined ? {} : { cursor }) });
  }
}
