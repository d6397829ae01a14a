// happy-dom has no element internals, which @vscode-elements ask for when they are constructed.
if (typeof HTMLElement !== 'undefined' && HTMLElement.prototype.attachInternals === undefined) {
  HTMLElement.prototype.attachInternals = function attachInternals(this: HTMLElement): ElementInternals {
    const internals = {
      shadowRoot: this.shadowRoot,
      form: null,
      labels: [],
      states: new Set<string>(),
      setFormValue: () => {},
      setValidity: () => {},
      checkValidity: () => true,
      reportValidity: () => true,
    };
    return internals as unknown as ElementInternals;
  };
}
