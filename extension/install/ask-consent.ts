import * as vscode from 'vscode';
import { hostName } from '../../contract/hosts.ts';
import type { InstallPlan } from '../../installer/install-plan.ts';
import type { TextDocuments } from '../panels/text-documents.ts';
import { t } from '../platform/text-core.ts';
import { listText } from '../tree/agent-text-core.ts';
import { type ConsentLine, consentText, wrapForRows } from './consent-core.ts';
import { planDocument } from './plan-document-core.ts';

export type ConsentAnswer = 'install' | 'withoutHooks' | 'cancel';

interface Row extends vscode.QuickPickItem {
  readonly answer?: ConsentAnswer;
}

/**
 * The consent screen. Facts stand above the buttons, and the first row, not a button, has the focus: pressing Enter once too often
 * opens the plan and does not install. It stays open while the plan is read.
 */
export function askConsent(plan: InstallPlan, documents: TextDocuments): Promise<ConsentAnswer> {
  const { title, sections, canGoWithoutHooks } = consentText(plan);
  const isUpdate = plan.fromVersion !== undefined && plan.fromVersion !== plan.version;
  const go = isUpdate ? t('Update') : t('Install');
  const showPlan: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('list-unordered'), tooltip: t('Show the plan') };
  const rows: Row[] = sections.flatMap((section) => [
    { label: section.title, kind: vscode.QuickPickItemKind.Separator },
    ...section.lines.flatMap((line) => factRows(line, showPlan)),
  ]);
  const hosts = listText(plan.hosts.map((host) => hostName(host.host)));
  rows.push(
    { label: t('Decide'), kind: vscode.QuickPickItemKind.Separator },
    { label: `$(check) ${go}`, description: t('for {0}', hosts), answer: 'install', alwaysShow: true },
    ...(canGoWithoutHooks
      ? [{ label: `$(circle-slash) ${withoutHookText(plan, go)}`, answer: 'withoutHooks' as const, alwaysShow: true }]
      : []),
    {
      label: `$(list-unordered) ${t('Show the plan')}`,
      description: t('every file, before anything is written'),
      alwaysShow: true,
    },
    { label: `$(close) ${t('Cancel')}`, answer: 'cancel', alwaysShow: true },
  );

  return new Promise((resolve) => {
    const pick = vscode.window.createQuickPick<Row>();
    let answer: ConsentAnswer = 'cancel';
    const document = documents.put('plan', `${plan.displayName} ${plan.version}: plan.txt`, planDocument(plan));
    const open = () => void documents.show(document, { keepsFocus: true });
    pick.title = title;
    pick.placeholder = t('Read what it does, then decide');
    pick.ignoreFocusOut = true;
    pick.items = rows;
    const first = rows.find((row) => row.kind !== vscode.QuickPickItemKind.Separator);
    pick.activeItems = first === undefined ? [] : [first];
    pick.onDidTriggerItemButton(open);
    pick.onDidAccept(() => {
      const chosen = pick.selectedItems[0];
      if (chosen?.answer === undefined) {
        open();
        return;
      }
      answer = chosen.answer;
      pick.hide();
    });
    pick.onDidHide(() => {
      pick.dispose();
      void documents.close(document);
      resolve(answer);
    });
    pick.show();
  });
}

/** A fact in as many rows as it needs; where it is proved stands with its first one. */
function factRows(line: ConsentLine, showPlan: vscode.QuickInputButton): Row[] {
  const notes = [...(line.isNew ? [t('new')] : []), ...(line.proof === undefined ? [] : [line.proof])];
  const [first = '', ...rest] = wrapForRows(line.text, notes.length === 0 ? 76 : 60);
  return [
    { label: `$(${line.icon}) ${first}`, description: notes.join(' · '), buttons: [showPlan] },
    ...rest.map((text) => ({ label: `$(blank) ${text}` })),
  ];
}

function withoutHookText(plan: InstallPlan, go: string): string {
  const hooks = plan.components.filter((component) => component.kind === 'hook').length;
  return hooks === 1 ? t('{0} without the hook', go) : t('{0} without the hooks', go);
}
