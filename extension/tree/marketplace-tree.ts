import type { AgentSummary, Facet, SearchQuery, Storefront } from '../../contract/agents.ts';
import type { Answer } from '../api/catalogue-core.ts';
import type { Service } from '../api/service.ts';
import type { DisplayNames } from '../install/display-names.ts';
import type { WorkspaceAgents } from '../install/workspace-agents.ts';
import { commandLink, setContext } from '../platform/commands.ts';
import { isOutOfReach } from '../platform/errors-core.ts';
import { VIEWS } from '../platform/ids.ts';
import type { Log } from '../platform/log.ts';
import { plural, t } from '../platform/text-core.ts';
import { AgentList } from './agent-list.ts';
import { categoryIcon } from './agent-text-core.ts';
import type { TreeNode } from './node.ts';
import { NodeTree } from './node-tree.ts';
import { ActionNode } from './nodes/action-node.ts';
import { AgentNode } from './nodes/agent-node.ts';
import { EmptyNode } from './nodes/empty-node.ts';
import { GroupNode } from './nodes/group-node.ts';
import { UnreachableNode } from './nodes/unreachable-node.ts';

export interface MarketplaceTreeOptions {
  readonly service: Service;
  readonly agents: WorkspaceAgents;
  readonly names: DisplayNames;
  readonly log: Log;
}

/** The Marketplace view: featured, trending, categories, collections; or one filtered list. */
export class MarketplaceTree extends NodeTree {
  private filter: { readonly query: Partial<SearchQuery>; readonly words: string } | undefined;
  private readonly lists = new Map<string, AgentList>();
  private shown: 'online' | 'offline' | undefined;
  private storefront: Promise<Answer<Storefront>> | undefined;
  private knowsInstalled = false;

  constructor(private readonly options: MarketplaceTreeOptions) {
    super(VIEWS.marketplace, options.log);
    const { service, agents } = options;
    this.keep(
      service.connection.onChange((state) => {
        const isStale = state === 'online' ? this.shown === 'offline' : state === 'unreachable' && this.shown === 'online';
        if (isStale) this.reload();
      }),
    );
    this.keep(service.onDidChangeAddress(() => this.reload()));
    this.keep(agents.onDidChange(() => void agents.load().then(() => this.refresh())));
  }

  get currentFilter(): Partial<SearchQuery> {
    return this.filter?.query ?? {};
  }

  /** Shows one filtered list instead of the groups, under `words` that describe it; an empty query brings the groups back. */
  async setFilter(query: Partial<SearchQuery>, words = ''): Promise<void> {
    this.filter = Object.keys(query).length === 0 ? undefined : { query, words };
    this.setDescription(this.filter?.words);
    await setContext('isFiltered', this.filter !== undefined);
    this.reload();
  }

  /** Asks the service again for everything. */
  reload(): void {
    this.lists.clear();
    this.storefront = undefined;
    this.refresh();
  }

  protected override async roots(): Promise<readonly TreeNode[]> {
    const { service } = this.options;
    try {
      if (this.filter !== undefined) {
        const rows = await this.filtered(this.filter);
        this.shown = 'online';
        return rows;
      }
      this.storefront ??= service.catalogue.storefront();
      const answer = await this.storefront;
      this.shown = answer.isOffline ? 'offline' : 'online';
      void this.rememberNames(answer.value);
      if (!this.knowsInstalled) void this.markInstalled();
      return this.groups(answer);
    } catch (error) {
      this.storefront = undefined;
      this.shown = 'offline';
      if (!isOutOfReach(error)) throw error;
      return [new UnreachableNode(service.url, undefined)];
    }
  }

  private groups({ value, isOffline, savedAt }: Answer<Storefront>): TreeNode[] {
    const rows: TreeNode[] = [];
    if (isOffline) rows.push(new UnreachableNode(this.options.service.url, savedAt));
    // An empty catalogue shows the view's welcome text, which says how to fill it.
    if (value.totalAgents === 0) return rows;
    const search = t('Search agents…');
    const total = plural(value.totalAgents, '1 agent', '{0} agents');
    rows.push(new ActionNode(search, 'search', commandLink('searchAgents', search), total));
    rows.push(...this.group('featured', t('Featured'), value.featured, true));
    rows.push(...this.group('trending', t('Trending'), value.trending, true));
    if (value.categories.length > 0) {
      const categories = value.categories.filter((category) => category.count > 0);
      rows.push(
        new GroupNode({
          id: 'categories',
          label: t('Categories'),
          children: () => categories.map((each) => this.category(each)),
        }),
      );
    }
    if (value.collections.length > 0) {
      const children = () =>
        value.collections.map(
          ({ id, name, description, agents }) =>
            new GroupNode({
              id: `collection/${id}`,
              label: name,
              icon: 'library',
              description: agents.length.toLocaleString(),
              tooltip: description,
              children: () => this.agentRows(`collection/${id}`, agents),
            }),
        );
      rows.push(new GroupNode({ id: 'collections', label: t('Collections'), children }));
    }
    return rows;
  }

  private group(id: string, label: string, agents: readonly AgentSummary[], isOpen: boolean): TreeNode[] {
    return agents.length === 0 ? [] : [new GroupNode({ id, label, isOpen, children: () => this.agentRows(id, agents) })];
  }

  private agentRows(group: string, agents: readonly AgentSummary[]): TreeNode[] {
    return agents.map((agent) => new AgentNode(agent, group, this.options.agents.factOf(agent.name)));
  }

  private category(facet: Facet): TreeNode {
    const id = `category/${facet.id}`;
    const node: GroupNode = new GroupNode({
      id,
      label: facet.name,
      icon: categoryIcon(facet.id),
      description: facet.count.toLocaleString(),
      children: () => this.list(id, { category: facet.id as SearchQuery['category'], sort: 'installs' }, () => node).rows(),
    });
    return node;
  }

  private async filtered({
    query,
    words,
  }: {
    readonly query: Partial<SearchQuery>;
    readonly words: string;
  }): Promise<readonly TreeNode[]> {
    const list = this.list('filtered', query, () => undefined);
    const rows = await list.rows();
    const clear = new ActionNode(
      t('Clear filter'),
      'clear-all',
      commandLink('clearFilter', t('Clear filter')),
      plural(list.total ?? rows.length, '1 agent', '{0} agents'),
    );
    return rows.length === 0 ? [new EmptyNode(t('No agent fits {0}', words)), clear] : [clear, ...rows];
  }

  private list(id: string, query: Partial<SearchQuery>, node: () => TreeNode | undefined): AgentList {
    const known = this.lists.get(id);
    if (known !== undefined) return known;
    const list = new AgentList({
      group: id,
      query,
      search: (each) => this.options.service.catalogue.search(each),
      installedFact: (name) => this.options.agents.factOf(name),
      onGrow: () => this.refresh(node()),
    });
    this.lists.set(id, list);
    return list;
  }

  /** The catalogue does not wait for the engine: rows are drawn first, and once more when it is known what is installed. */
  private async markInstalled(): Promise<void> {
    this.knowsInstalled = true;
    const folders = await this.options.agents.load();
    if (folders.some((folder) => folder.rows.length > 0)) this.refresh();
  }

  private async rememberNames(storefront: Storefront): Promise<void> {
    await this.options.names.remember([...storefront.featured, ...storefront.trending, ...storefront.recent]);
  }
}
