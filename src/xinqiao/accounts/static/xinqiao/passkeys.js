/* Passkeys: asks the browser for one and sends its answer as an ordinary form. Without this file codes still work. */
(function () {
  "use strict";
  if (!window.PublicKeyCredential || !navigator.credentials) return;
  function bytes(text) {
    var plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, function (c) { return c.charCodeAt(0); });
  }
  function text(buffer) {
    var plain = String.fromCharCode.apply(null, new Uint8Array(buffer));
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }
  function wanted(options) {
    var asked = options.publicKey;
    asked.challenge = bytes(asked.challenge);
    if (asked.user) asked.user.id = bytes(asked.user.id);
    ["excludeCredentials", "allowCredentials"].forEach(function (name) {
      (asked[name] || []).forEach(function (known) { known.id = bytes(known.id); });
    });
    return { publicKey: asked };
  }
  function answer(made) {
    var response = {};
    ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"].forEach(function (name) {
      if (made.response[name]) response[name] = text(made.response[name]);
    });
    return JSON.stringify({
      id: made.id, rawId: text(made.rawId), type: made.type, response: response,
      clientExtensionResults: made.getClientExtensionResults()
    });
  }
  function options(form) {
    if (form.dataset.options) return Promise.resolve(JSON.parse(form.dataset.options));
    return fetch(form.dataset.from, { headers: { Accept: "application/json" }, credentials: "same-origin" })
      .then(function (reply) { return reply.json(); });
  }
  document.querySelectorAll("form[data-passkey]").forEach(function (form) {
    form.hidden = false;
    form.addEventListener("submit", function (event) {
      if (form.elements.credential.value) return;
      event.preventDefault();
      var failed = form.querySelector("[data-passkey-failed]");
      failed.hidden = true;
      options(form).then(wanted).then(function (asked) {
        return form.dataset.passkey === "make" ? navigator.credentials.create(asked) : navigator.credentials.get(asked);
      }).then(function (made) {
        form.elements.credential.value = answer(made);
        form.submit();
      }).catch(function () { failed.hidden = false; });
    });
  });
})();
