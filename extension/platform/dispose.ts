/** Base of what lives as long as the extension or a panel: whatever is passed to `keep` ends with it. */
export abstract class Disposable {
  private readonly kept: { dispose(): unknown }[] = [];
  protected isDisposed = false;

  protected keep<T extends { dispose(): unknown }>(item: T): T {
    if (this.isDisposed) item.dispose();
    else this.kept.push(item);
    return item;
  }

  dispose(): void {
    this.isDisposed = true;
    for (const item of this.kept.splice(0).reverse()) item.dispose();
  }
}
