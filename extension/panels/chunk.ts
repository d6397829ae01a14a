// Entry of dist/panels.cjs: what is needed only when something is shown in an editor tab, the Insights view or the search.

export { filterMarketplace } from '../commands/marketplace-filter.ts';
export { SearchPicker } from '../commands/search-picker.ts';
export { useTranslator } from '../platform/text-core.ts';
export { DetailPanel, openPackageFile } from './detail-panel.ts';
export { showInsights } from './insights-page.ts';
