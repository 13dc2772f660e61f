/* Progressive enhancement only: every page works without this file. */
(function () {
  "use strict";

  var root = document.documentElement;
  root.classList.add("js");

  /* Error summaries and success banners take the focus, after a page load and after a swap. */
  function takeFocus(within) {
    var box = within.matches && within.matches("[data-focus]") ? within : within.querySelector("[data-focus]");
    if (box) box.focus();
  }

  /* data-only-if="name=value" on a field: its row is shown only while that choice is made.
     data-open-if="name=value" on a <details>: making that choice opens it. */
  function showConditional(within) {
    within.querySelectorAll("[data-only-if]").forEach(function (control) {
      var rule = control.dataset.onlyIf.split("=");
      var row = control.closest(".field");
      if (!row || !control.form) return;
      row.classList.add("field-inset");
      row.hidden = new FormData(control.form).get(rule[0]) !== rule[1];
    });
    within.querySelectorAll("[data-open-if]").forEach(function (box) {
      var rule = box.dataset.openIf.split("=");
      var form = box.closest("form");
      if (form && new FormData(form).get(rule[0]) === rule[1]) box.open = true;
    });
  }

  function showAlert(id) {
    var box = document.getElementById(id);
    if (box) box.hidden = false;
  }

  /* The session lasts so many seconds from sign-in, by the server's clock; the warning comes five minutes before. */
  function startSessionClock() {
    var page = document.body.dataset;
    var left = Number(page.sessionSeconds) - (Number(page.now) - Number(page.signedIn));
    if (left > 0 && left < 86400) setTimeout(showAlert, Math.max(left - 300, 0) * 1000, "session-end");
  }

  /* A click anywhere in the row opens the row's first link, unless something else was meant. */
  function openRow(event) {
    var row = event.target.closest(".rows-link tbody tr");
    if (!row || event.target.closest("a, button, input, label, select, summary")) return;
    if (String(window.getSelection())) return;
    var link = row.querySelector("a[href]");
    if (!link) return;
    if (event.ctrlKey || event.metaKey) window.open(link.href, "_blank", "noopener");
    else link.click();
  }

  /* The second press of a send button within five seconds does nothing. */
  function guardSubmit(event) {
    var form = event.target;
    if (form.method !== "post") return;
    if (form.dataset.sent) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    form.dataset.sent = "1";
    var button = event.submitter;
    if (button) button.setAttribute("aria-disabled", "true");
    setTimeout(release, 5000, form);
  }

  function release(form) {
    delete form.dataset.sent;
    form.querySelectorAll("[aria-disabled]").forEach(function (button) {
      button.removeAttribute("aria-disabled");
    });
  }

  /* data-tick-all: ticks, or clears, every box of its table. */
  function tickAll(event) {
    var all = event.target;
    if (!all.matches("[data-tick-all]")) return;
    all.closest("table").querySelectorAll("td input[type=checkbox]").forEach(function (box) {
      box.checked = all.checked;
    });
  }

  function closeAccount(event) {
    var menu = document.querySelector(".account[open]");
    if (!menu) return;
    if (event.type === "keydown" ? event.key === "Escape" : !menu.contains(event.target)) {
      menu.open = false;
      if (event.type === "keydown") menu.querySelector("summary").focus();
    }
  }

  /* data-counts="name" on a button: its words end with how many boxes of that name are ticked. */
  function showCounts() {
    document.querySelectorAll("[data-counts]").forEach(function (button) {
      var words = button.dataset.words || (button.dataset.words = button.textContent);
      var count = button.form.querySelectorAll("input[name='" + button.dataset.counts + "']:checked").length;
      button.textContent = count ? words + " (" + count + ")" : words;
    });
  }

  document.addEventListener("click", openRow);
  document.addEventListener("click", closeAccount);
  document.addEventListener("keydown", closeAccount);
  document.addEventListener("submit", guardSubmit, true);
  document.addEventListener("change", tickAll);
  document.addEventListener("change", function (event) {
    if (event.target.form) showConditional(event.target.form);
    showCounts();
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(release);
    showCounts();
  });

  document.addEventListener("htmx:afterSettle", function (event) {
    showConditional(event.target);
    takeFocus(event.target);
  });
  document.addEventListener("htmx:afterRequest", function (event) {
    var form = event.target.closest && event.target.closest("form");
    if (form) release(form);
  });
  document.addEventListener("htmx:sendError", function () { showAlert("connection-lost"); });
  document.addEventListener("htmx:responseError", function () { showAlert("server-trouble"); });

  showConditional(document);
  takeFocus(document);
  startSessionClock();
})();
