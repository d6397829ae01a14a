/** `/` anywhere outside a field leads to the search field, as on most sites with a search. */
export function onSlash(): void {
  document.addEventListener('keydown', (event) => {
    const isTyping = (event.target as Element | null)?.closest('input, textarea, select, [contenteditable]') != null;
    if (event.key !== '/' || isTyping || event.metaKey || event.ctrlKey || event.altKey) return;
    const field = document.querySelector<HTMLInputElement>('.search-field');
    if (field === null) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
}
