// The pages in Chromium: npm run test:web
import { build, must, runSuite } from '../run-suite.mjs';

must('web', 'bash', ['test/web/setup.sh']);
build('web');
process.exitCode = runSuite('web');
