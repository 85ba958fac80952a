/* Enhancements of the desk only: every page works without this file. */
(function () {
  "use strict";
  function all(selector, root) { return Array.prototype.slice.call((root || document).querySelectorAll(selector)); }

  /* Lists: J and K move from row to row, X marks the row, Enter opens it as it opens any link. */
  function rows() { return all(".list tbody tr").filter(function (row) { return row.querySelector("a.t"); }); }
  function move(step) {
    var list = rows(), at = list.indexOf(document.activeElement.closest("tr"));
    var next = list[at < 0 ? (step > 0 ? 0 : list.length - 1) : at + step];
    if (next) next.querySelector("a.t").focus();
  }
  document.addEventListener("xinqiao:key", function (event) {
    var box = document.activeElement.closest("tr") && document.activeElement.closest("tr").querySelector("input[name=m]");
    if (event.detail === "j") move(1);
    else if (event.detail === "k") move(-1);
    else if (event.detail === "x" && box) box.click();
    else return;
    event.preventDefault();
  });

  /* Marking: how many rows are marked; the buttons for them rest while there is none. */
  function count() {
    var marks = document.querySelector("[data-marks]");
    if (!marks) return;
    var boxes = all("input[name=m]"), n = boxes.filter(function (box) { return box.checked; }).length;
    marks.querySelector("[data-marked]").textContent = marks.dataset.marks.replace("{n}", n);
    all("button", marks).forEach(function (button) { button.disabled = !n; });
    var every = document.querySelector("[data-mark-all]");
    if (every) { every.checked = n > 0 && n === boxes.length; every.indeterminate = n > 0 && n < boxes.length; }
  }
  document.addEventListener("change", function (event) {
    if (event.target.matches("[data-mark-all]")) {
      all("input[name=m]").forEach(function (box) { box.checked = event.target.checked; });
    }
    if (event.target.matches("[data-mark-all], input[name=m]")) count();
  });
  function ready() {
    all("[data-mark-all]").forEach(function (box) { box.hidden = false; });
    count();
  }
  document.addEventListener("htmx:afterSettle", ready);
  ready();

  /* Drafts: some seconds after the last stroke the form is kept; the server says when. Files are kept by name only. */
  all("form[data-draft]").forEach(function (form) {
    var said = document.querySelector("[data-draft-said]"), timer = 0, changed = false, running = null, sent = false;
    function save() {
      if (!changed || running || sent) return;
      var data = new FormData();
      new FormData(form).forEach(function (value, name) {
        if (!(value instanceof File)) data.append(name, value);
        else if (value.name) data.append("file_names", value.name);
      });
      data.append("save_draft", "timer");
      changed = false;
      running = new AbortController();
      fetch(location.href, { method: "POST", body: data, signal: running.signal, redirect: "error" })
        .then(function (answer) { return /^text\/plain/.test(answer.headers.get("Content-Type")) ? answer.text() : ""; })
        .then(function (words) { if (words && said) said.textContent = words; changed = changed || !words; })
        .catch(function () { changed = true; })
        .finally(function () { running = null; if (changed && !sent) later(20000); });
    }
    function later(ms) { clearTimeout(timer); timer = setTimeout(save, ms); }
    if (document.querySelector(".errors")) { changed = true; later(4000); }  // What came back with mistakes is kept nowhere.
    form.addEventListener("input", function () { changed = true; later(4000); });
    form.addEventListener("submit", function (event) {
      if (event.submitter && event.submitter.formTarget === "_blank") return;
      if (sent) { event.preventDefault(); return; }
      sent = true;
      clearTimeout(timer);
      if (running) running.abort();
      setTimeout(function () { sent = false; }, 8000);
    });
    document.addEventListener("visibilitychange", function () { if (document.hidden) save(); });
  });
})();
