// The .vsix in a real VS Code, driven through its UI: npm run test:vscode
import { build, must, runSuite } from '../run-suite.mjs';

must('vscode', 'bash', ['test/ide/setup.sh']);
build('vscode');
process.exitCode = runSuite('vscode');
