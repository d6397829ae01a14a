import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeTempFolder } from '../lib/temp.ts';

/** A temporary folder with a user's own files, some of them where agents go too. */
export function makeWorkspace(): string {
  const folder = makeTempFolder('shop');
  const files = {
    'README.md': '# Shop\n',
    'src/cart.ts': 'export const total = (prices: number[]) => prices.reduce((sum, price) => sum + price, 0);\n',
    '.claude/agents/mine.md': '---\nname: mine\ndescription: My own agent.\n---\n\nHelp me.\n',
    '.claude/settings.json': '{\n  // mine\n  "permissions": { "allow": [] },\n}\n',
    '.vscode/settings.json': '{\n  "editor.tabSize": 2 // mine\n}\n',
    '.github/copilot-instructions.md': 'Be brief.\n',
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}
