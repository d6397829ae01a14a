import { agreementCheck } from './agreement.ts';
import type { Check } from './check.ts';
import { consistencyCheck } from './consistency.ts';
import { credentialStoresCheck } from './credential-stores.ts';
import { documentationCheck } from './documentation.ts';
import { encodingCheck } from './encoding.ts';
import { executablesCheck } from './executables.ts';
import { hostSettingsCheck } from './host-settings.ts';
import { htmlCommentsCheck } from './html-comments.ts';
import { lifecycleCheck } from './lifecycle.ts';
import { obfuscationCheck } from './obfuscation.ts';
import { permissionsCheck } from './permissions.ts';
import { picturesCheck } from './pictures.ts';
import { promptInjectionCheck } from './prompt-injection.ts';
import { readableCheck } from './readable.ts';
import { readinessCheck } from './readiness.ts';
import { remoteContentCheck } from './remote-content.ts';
import { secretsCheck } from './secrets.ts';
import { shellCheck } from './shell.ts';
import { uncoveredCheck } from './uncovered.ts';
import { unicodeCheck } from './unicode.ts';
import { unpinnedCheck } from './unpinned.ts';

/** Every check that runs over a package, at publish and at install. A new check is one file and one line here. */
export const CHECKS: readonly Check[] = [
  readableCheck,
  readinessCheck,
  agreementCheck,
  consistencyCheck,
  lifecycleCheck,
  executablesCheck,
  encodingCheck,
  picturesCheck,
  documentationCheck,
  secretsCheck,
  unicodeCheck,
  permissionsCheck,
  uncoveredCheck,
  unpinnedCheck,
  shellCheck,
  obfuscationCheck,
  promptInjectionCheck,
  htmlCommentsCheck,
  hostSettingsCheck,
  credentialStoresCheck,
  remoteContentCheck,
];
