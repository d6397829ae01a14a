import * as vscode from 'vscode';
import type { SearchQuery } from '../../contract/agents.ts';
import { t } from '../platform/text-core.ts';
import type { CommandContext } from './context.ts';
import { choicesOf, describeQuery, type FilterName } from './filter-core.ts';

interface Row extends vscode.QuickPickItem {
  readonly filter?: FilterName;
  readonly value?: string;
}

const SECTIONS: readonly { readonly filter: FilterName; readonly title: () => string; readonly icon: string }[] = [
  { filter: 'sort', title: () => t('Sort by'), icon: 'sort-precedence' },
  { filter: 'price', title: () => t('Price'), icon: 'tag' },
  { filter: 'host', title: () => t('Works in'), icon: 'device-desktop' },
  { filter: 'category', title: () => t('Category'), icon: 'list-tree' },
  { filter: 'kind', title: () => t('Brings'), icon: 'package' },
];

/** Filter and sort of the Marketplace view: one value of each kind, chosen again to take it away. */
export async function filterMarketplace({ marketplace }: CommandContext): Promise<void> {
  const current = marketplace.currentFilter;
  const rows: Row[] = SECTIONS.flatMap(({ filter, title, icon }) => [
    { label: title(), kind: vscode.QuickPickItemKind.Separator },
    ...choicesOf(filter)
      .filter((choice) => choice.id !== 'relevance')
      .map((choice) => {
        const isOn = current[filter as keyof SearchQuery] === choice.id;
        return {
          label: choice.name,
          iconPath: new vscode.ThemeIcon(isOn ? 'check' : icon),
          ...(isOn ? { description: t('on; choose again to take it away') } : {}),
          filter,
          value: choice.id,
        };
      }),
  ]);
  const picked = await vscode.window.showQuickPick(rows, {
    title: t('Filter and sort'),
    placeHolder: t('Sort, price, host or category'),
  });
  if (picked?.filter === undefined || picked.value === undefined) return;
  const key = picked.filter as keyof SearchQuery;
  const { [key]: before, ...rest } = current;
  const query = before === picked.value ? rest : { ...rest, [key]: picked.value };
  await marketplace.setFilter(query, describeQuery(query));
}
