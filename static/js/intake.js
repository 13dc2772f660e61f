/* The letter beside its cards: either finds the other, and marked words become a new card. Every act works without this. */
(function () {
  "use strict";

  var text = document.querySelector(".source");
  var form = document.getElementById("tach");
  if (!text || !form) return;
  if (window.matchMedia("(max-width: 63.99em)").matches) document.getElementById("nguyen-van").open = false;

  /* Bring the clause of a card into the text's own window, without moving the page. */
  function showClause(card) {
    var first = document.getElementById("doan-" + card);
    if (!first) return;
    text.querySelectorAll(".clause").forEach(function (mark) {
      mark.classList.toggle("is-current", mark.dataset.card === card);
    });
    text.scrollTop += first.getBoundingClientRect().top - text.getBoundingClientRect().top - 24;
  }

  function cardOf(element) {
    var card = element.closest(".proposal");
    return card && card.dataset.card;
  }

  /* The place in the letter of one end of a selection inside a run of words; the run's own end where it lies outside. */
  function placeIn(run, node, offset, otherwise) {
    var inside = node.nodeType === 3 && run.contains(node);
    return Number(run.dataset.at) + (inside ? offset : otherwise);
  }

  function takeSelection() {
    var chosen = window.getSelection();
    if (!chosen.rangeCount || chosen.isCollapsed) return;
    var range = chosen.getRangeAt(0);
    var runs = Array.prototype.filter.call(text.querySelectorAll("[data-at]"), function (run) {
      return range.intersectsNode(run);
    });
    if (!runs.length) return;
    var last = runs[runs.length - 1];
    var from = placeIn(runs[0], range.startContainer, range.startOffset, 0);
    var to = placeIn(last, range.endContainer, range.endOffset, last.textContent.length);
    if (to <= from) return;
    var quote = document.getElementById("doan-chon");
    form.elements.from.value = from;
    form.elements.to.value = to;
    quote.textContent = chosen.toString().trim().slice(0, 300);
    quote.hidden = false;
    document.getElementById("them").open = true;
  }

  /* The box that opens moves the text: not before the second and third click of a selection are done. */
  var waiting;
  function takeSoon() {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(takeSelection, 350);
  }
  text.addEventListener("mouseup", takeSoon);
  text.addEventListener("keyup", takeSoon);
  text.addEventListener("click", function (event) {
    var mark = event.target.closest(".clause");
    if (mark && window.getSelection().isCollapsed) location.hash = "nv-" + mark.dataset.card;
  });
  form.addEventListener("focusin", function (event) {
    var card = cardOf(event.target);
    if (card) showClause(card);
  });
  /* Choosing a paragraph or typing words takes the place of what was marked. */
  document.getElementById("them").addEventListener("input", function () {
    form.elements.from.value = form.elements.to.value = "";
    document.getElementById("doan-chon").hidden = true;
  });
  function followHash() {
    var found = /^#nv-(\d+)$/.exec(location.hash);
    if (found) showClause(found[1]);
  }
  window.addEventListener("hashchange", followHash);
  followHash();
})();
