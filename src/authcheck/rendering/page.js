// Without the script everything can be read and unfolded; it adds the two buttons, and unfolds for a printer.
(function () {
  "use strict";
  var folds = document.querySelectorAll("details");
  function unfold(open) { folds.forEach(function (one) { one.open = open; }); }
  document.querySelectorAll("[data-unfold]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { unfold(button.dataset.unfold === "all"); });
  });
  var folded = [];
  addEventListener("beforeprint", function () {
    folded = Array.from(folds).filter(function (one) { return !one.open; });
    unfold(true);
  });
  addEventListener("afterprint", function () { folded.forEach(function (one) { one.open = false; }); });
})();
