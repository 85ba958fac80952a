/* Enhancements only: every page works without this file. */
(function () {
  "use strict";
  var store = "xinqiao-keys-off";
  function off() { try { return localStorage.getItem(store) === "1"; } catch (e) { return false; } }
  function setOff(value) { try { localStorage.setItem(store, value ? "1" : "0"); } catch (e) { return; } }
  function writing(el) { return el && (el.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(el.tagName)); }
  function words(el) {
    var copy = el.cloneNode(true);
    copy.querySelectorAll("kbd, svg").forEach(function (part) { part.remove(); });
    return copy.textContent.trim() || el.placeholder || el.getAttribute("aria-label") || "";
  }
  function help(dialog) {
    var list = dialog.querySelector("[data-keys-list]");
    list.textContent = "";
    document.querySelectorAll("[data-key], [data-keyhint]").forEach(function (el) {
      var key = document.createElement("dt"), what = document.createElement("dd"), kbd = document.createElement("kbd");
      kbd.textContent = (el.dataset.keyhint || el.getAttribute("aria-keyshortcuts") || el.dataset.key).replace("Control", "Ctrl").replace(/\+/g, " ").toUpperCase();
      key.append(kbd);
      what.textContent = words(el);
      list.append(key, what);
    });
    dialog.querySelector("[data-keys-on]").checked = !off();
    dialog.showModal();
  }
  var dialog = document.getElementById("keys");
  if (dialog && dialog.showModal) {
    document.querySelectorAll("[data-keys]").forEach(function (link) {
      link.hidden = false;
      link.addEventListener("click", function (event) { event.preventDefault(); help(dialog); });
    });
    dialog.querySelector("[data-keys-on]").addEventListener("change", function (event) { setOff(!event.target.checked); });
  }
  function keyed(key) {
    return Array.prototype.find.call(document.querySelectorAll("[data-key]"), function (el) {
      return el.dataset.key === key && el.getAttribute("aria-disabled") !== "true" && !el.disabled;
    });
  }
  document.addEventListener("keydown", function (event) {
    if (event.defaultPrevented || event.isComposing || event.keyCode === 229 || event.altKey || event.metaKey) return;
    if (document.querySelector("dialog[open]:not(.static)")) return;
    var key = event.key.toLowerCase();
    if (event.ctrlKey) key = "ctrl+" + (event.shiftKey ? "shift+" : "") + key;
    else if (off() || writing(document.activeElement)) return;
    if (key === "?" && dialog && dialog.showModal) { event.preventDefault(); help(dialog); return; }
    var found = keyed(key);
    if (found) { event.preventDefault(); if (writing(found)) found.focus(); else found.click(); return; }
    if (!event.ctrlKey && !document.dispatchEvent(new CustomEvent("xinqiao:key", { detail: key, cancelable: true }))) event.preventDefault();
  });
  document.querySelectorAll("textarea[data-count]").forEach(function (field) {
    var shown = document.getElementById(field.id + "-c");
    if (!shown) return;
    field.addEventListener("input", function () {
      shown.textContent = field.dataset.count.replace("{n}", Array.from(field.value).length.toLocaleString("en"));
    });
  });
})();
