// BokehJS writes <style> elements of its own; our policy allows only those that carry the page's nonce.
// Loaded before BokehJS, this gives each new <style> element the nonce of this very script.
(() => {
  const nonce = document.currentScript?.nonce;
  if (!nonce) return;
  const create = Document.prototype.createElement;
  Document.prototype.createElement = function createWithNonce(name, ...rest) {
    const made = create.call(this, name, ...rest);
    if (String(name).toLowerCase() === "style") made.nonce = nonce;
    return made;
  };
})();
