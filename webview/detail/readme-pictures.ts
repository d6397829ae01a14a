/**
 * A panel has no network, so a picture from elsewhere would be a broken frame. It becomes a link with the picture's words;
 * inside a link, as badges are, only the words stay.
 */
export function withoutRemotePictures(html: string): string {
  const page = new DOMParser().parseFromString(html, 'text/html');
  for (const picture of page.querySelectorAll('img')) {
    const source = picture.getAttribute('src') ?? '';
    if (source.startsWith('data:')) continue;
    const words = picture.getAttribute('alt')?.trim() || 'Picture';
    if (picture.closest('a') !== null || !/^https?:\/\//i.test(source)) {
      picture.replaceWith(words);
      continue;
    }
    const link = page.createElement('a');
    link.setAttribute('href', source);
    link.textContent = words;
    picture.replaceWith(link);
  }
  return page.body.innerHTML;
}
