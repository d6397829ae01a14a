import { hostName } from '../../contract/hosts.ts';
import type { InstallPlan, PlannedFile } from '../../installer/install-plan.ts';
import { plural, t } from '../platform/text-core.ts';
import { consentText } from './consent-core.ts';

const ACTIONS: Record<PlannedFile['action'], string> = {
  create: 'creates',
  update: 'changes',
  unchanged: 'leaves',
  conflict: 'in conflict',
  kept: 'keeps yours',
  remove: 'removes',
};

/** The whole plan as plain text that reads well in an editor: what is asked, then every file with what happens to it. */
export function planDocument(plan: InstallPlan): string {
  const { title, sections } = consentText(plan);
  const lines = [title, '='.repeat(title.length), ''];
  for (const section of sections) {
    lines.push(section.title);
    for (const line of section.lines) {
      lines.push(`  - ${line.text}${line.isNew ? ` [${t('new')}]` : ''}${line.proof === undefined ? '' : `   (${line.proof})`}`);
    }
    lines.push('');
  }
  for (const host of plan.hosts) {
    const files = plan.files.filter((file) => file.hosts.includes(host.host));
    lines.push(`${hostName(host.host)}: ${plural(files.length, '1 entry', '{0} entries')}`);
    const width = Math.max(...files.map((file) => placeOf(file).length), 0);
    for (const file of files) {
      const notes = [
        t(ACTIONS[file.action]),
        file.component,
        ...(file.isExecutable ? [t('executable')] : []),
        conflictText(file),
      ];
      lines.push(`  ${placeOf(file).padEnd(width)}  ${notes.filter((note) => note !== '').join(' · ')}`);
    }
    lines.push('');
  }
  lines.push(`${plan.agent}@${plan.version}`, plan.integrity, '');
  return lines.join('\n');
}

function placeOf(file: PlannedFile): string {
  return file.pointer === undefined ? file.path : `${file.path} ${file.pointer}`;
}

function conflictText(file: PlannedFile): string {
  switch (file.conflict?.reason) {
    case undefined:
      return '';
    case 'edited':
      return t('you changed it');
    case 'unmanaged':
      return t('a file of yours is there');
    case 'other_agent':
      return t('belongs to {0}', file.conflict?.otherAgent ?? t('another agent'));
    case 'invalid_json':
      return t('not valid JSON');
  }
}
