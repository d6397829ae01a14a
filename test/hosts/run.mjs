// Real clients against the running service: npm run test:hosts
import { build, must, runSuite } from '../run-suite.mjs';

must('hosts', 'bash', ['test/hosts/setup.sh']);
build('hosts');
process.exitCode = runSuite('hosts');
