import type * as vscode from 'vscode';
import type { PublishedAgent } from '../../contract/publishing.ts';
import { type Account, withAccount } from '../account/account.ts';
import type { Service } from '../api/service.ts';
import type { DisplayNames } from '../install/display-names.ts';
import { setContext } from '../platform/commands.ts';
import { VIEWS } from '../platform/ids.ts';
import type { Log } from '../platform/log.ts';
import type { TreeNode } from './node.ts';
import { NodeTree } from './node-tree.ts';
import { PublishedNode } from './nodes/published-node.ts';

const PUBLISHER_KEY = 'isPublisher';

/** The Publishing view: my agents with their versions, review states and findings. */
export class PublishingTree extends NodeTree {
  constructor(
    private readonly options: {
      readonly service: Service;
      readonly account: Account;
      readonly names: DisplayNames;
      readonly log: Log;
      readonly memory: vscode.Memento;
    },
  ) {
    super(VIEWS.publishing, options.log);
    this.keep(options.account.onDidChangeSessions(() => this.refresh()));
    this.keep(options.service.onDidChangeAddress(() => this.refresh()));
    this.keep(options.service.connection.onChange((state) => state === 'online' && this.refresh()));
  }

  protected override async roots(): Promise<readonly TreeNode[]> {
    return (await this.mine()).map((agent) => new PublishedNode(agent));
  }

  /** Offers the view to people who have published; asks the service only when somebody is signed in. */
  async probe(): Promise<void> {
    const { account, memory, log } = this.options;
    await setContext('isPublisher', memory.get(PUBLISHER_KEY, false));
    if ((await account.current()) === undefined) return;
    await this.mine().catch((error: unknown) => log.info(`my agents are not known: ${String(error)}`));
  }

  /** My agents; empty when signed out, which the view's welcome text explains. */
  async mine(): Promise<readonly PublishedAgent[]> {
    const { account, service, names, memory } = this.options;
    if ((await account.current()) === undefined) return [];
    const items = await withAccount(account, () => service.catalogue.myAgents());
    await memory.update(PUBLISHER_KEY, items.length > 0);
    await setContext('isPublisher', items.length > 0);
    await names.remember(items);
    return items;
  }
}
